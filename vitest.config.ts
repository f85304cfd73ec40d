import { defineConfig, type ViteUserConfig } from "vitest/config";

const report = process.env["CLAWFORM_REPORT"];

// A developer's own OpenClaw home or colour wish reaches no test: workers inherit this process's environment.
for (const name of Object.keys(process.env).filter((name) => /^(OPENCLAW_|NO_COLOR$|FORCE_COLOR$)/.test(name))) {
  delete process.env[name];
}

const config: ViteUserConfig = defineConfig({
  test: {
    // .ci/run counts from the JSON report, and measures coverage in the same run.
    ...(report === undefined ? {} : { reporters: ["default", "json"], outputFile: { json: report } }),
    globalSetup: ["scripts/vitest-setup.mjs"],
    setupFiles: ["test/seed.ts"],
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/fixtures/**"],
    // Stories start real processes, properties run thousands of cases: two slow cores must do.
    testTimeout: process.env["CLAWFORM_RUNS"] === undefined ? 60_000 : 1_800_000,
    hookTimeout: 120_000,
    coverage: {
      enabled: report !== undefined,
      provider: "v8",
      include: ["src/**/*.ts", "transforms/**/*.ts"],
      exclude: ["**/*.generated.*", "**/*.d.ts"],
      reporter: ["text-summary", "json-summary", "html"],
      reportsDirectory: "coverage",
      thresholds: {
        "transforms/**/*.ts": { lines: 95 },
        "src/core/**/*.ts": { lines: 95 },
        "src/!(core)/**/*.ts": { lines: 90 },
        "src/*.ts": { lines: 90 },
      },
    },
  },
});

export default config;
