/** Conformance with the real OpenClaw: `npm run test:openclaw`, a sample; `CLAWFORM_OPENCLAW=all` for everything, a pattern for some. */

import { defineConfig, type ViteUserConfig } from "vitest/config";

const report = process.env["CLAWFORM_REPORT"];

const config: ViteUserConfig = defineConfig({
  test: {
    reporters: ["./scripts/openclaw-reporter.mjs", "minimal", ...(report === undefined ? [] : ["json" as const])],
    ...(report === undefined ? {} : { outputFile: { json: report } }),
    globalSetup: ["scripts/vitest-setup.mjs", "scripts/openclaw-setup.mjs"],
    include: ["test/openclaw/*.real.ts"],
    // One file after the other: the real program is run two at a time as it is.
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});

export default config;
