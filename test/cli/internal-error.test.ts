/** A fault of clawform's own: where it happened can be read from the built binary's stack. */

import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

import { binaryPath, makeHome } from "./harness.js";

/** Runs a copy of the package whose card of kilocode is not what the code takes its own cards to be. */
function failing(
  env: Record<string, string>,
  change: (dist: string) => void = () => undefined,
  argv: readonly string[] = ["plan"],
): string {
  const at = makeHome({
    "clawform.json5": '{ providers: { kilocode: { apiKey: { env: "K" } } } }',
    "home/openclaw.json": "{}",
  });
  const dist = at.path("dist");
  cpSync(dirname(binaryPath), dist, { recursive: true });
  at.write("dist/catalog/kilocode.json", '{ "label": "Kilo", "choices": [], "register": 1 }');
  change(dist);
  const done = spawnSync(process.execPath, [join(dist, "cli.cjs"), ...argv], {
    cwd: at.dir,
    encoding: "utf8",
    env: { HOME: at.dir, K: "test-key", ...env },
  });
  expect(done.status).toBe(1);
  return done.stderr;
}

describe("an internal error of the built binary", () => {
  it("says how to see where", () => {
    const said = failing({});
    expect(said).toContain("CLAWFORM_DEBUG=1");
    expect(said).not.toContain("    at ");
  });

  it("names sources and their lines, not the bundle's", () => {
    const said = failing({ CLAWFORM_DEBUG: "1" });
    const places = [...said.matchAll(/at (?<name>\S+) \((?<file>src\/[\w/-]+\.ts):(?<line>\d+):\d+\)/g)];
    expect(places.length).toBeGreaterThan(3);
    expect(said).not.toMatch(/cli-plan\.cjs/);
    for (const { groups } of places) {
      const { name = "", file = "", line } = groups ?? {};
      const lines = readFileSync(file, "utf8").split("\n");
      expect(lines.length).toBeGreaterThanOrEqual(Number(line));
      if (name === "planSetup") expect(file).toBe("src/planning.ts");
    }
    expect(places.map(({ groups }) => groups?.["name"])).toContain("planSetup");
  });

  it("is told so of many homes too", () => {
    const argv = ["plan", "--homes", "home"];
    expect(failing({}, undefined, argv)).toBe("");
    expect(failing({ CLAWFORM_DEBUG: "1" }, undefined, argv)).toMatch(/at planSetup \(src\/planning\.ts:\d+:\d+\)/);
  });

  it("is told as it is where the maps are missing or broken", () => {
    for (const break_ of [(file: string) => rmSync(file), (file: string) => writeFileSync(file, "{")]) {
      const said = failing({ CLAWFORM_DEBUG: "1" }, (dist) => break_(join(dist, "cli-plan.cjs.map")));
      expect(said).toContain("cli-plan.cjs:");
    }
  });

  it("is told alike when no kept code is there", () => {
    const bare = failing({ CLAWFORM_DEBUG: "1" }, (dist) => {
      for (const file of readdirSync(dist)) if (file.endsWith(".cache")) rmSync(join(dist, file));
    });
    expect(bare).toMatch(/at planSetup \(src\/planning\.ts:\d+:\d+\)/);
  });

  it("finds no place of the building machine in what the package carries", () => {
    const dist = dirname(binaryPath);
    const files = readdirSync(dist).filter((file) => /\.(?:cjs|cache|map)$/.test(file));
    expect(files.filter((file) => file.endsWith(".cache")).length).toBeGreaterThan(0);
    for (const file of files)
      expect(readFileSync(join(dist, file), "latin1").includes(dirname(dist)), file).toBe(false);
  });
});
