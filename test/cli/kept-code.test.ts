/** The code V8 made of the command line: where it is kept for a Node that did not build the package, and where never. */

import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { binaryPath, makeHome } from "./harness.js";

/** A package built by another Node: nothing in it is of use to this one. */
function foreign() {
  const at = makeHome({ "clawform.json5": "{}" });
  cpSync(dirname(binaryPath), at.path("dist"), { recursive: true });
  for (const file of readdirSync(at.path("dist"))) if (file.endsWith(".cache")) rmSync(at.path("dist", file));
  const cache = at.path("cache");
  const plan = (env: Record<string, string>): void => {
    const done = spawnSync(process.execPath, [at.path("dist/cli.cjs"), "plan"], {
      cwd: at.dir,
      encoding: "utf8",
      env: { HOME: at.dir, ...env },
    });
    expect(done).toMatchObject({ status: 0, stderr: "" });
    expect(done.stdout).toContain("No changes");
  };
  const kept = (): string[] => (existsSync(join(cache, "clawform")) ? readdirSync(join(cache, "clawform")).sort() : []);
  return { at, cache, plan, kept };
}

describe("kept code", () => {
  it("is kept where NODE_COMPILE_CACHE says, for this user alone, and used from then on", () => {
    const { cache, plan, kept } = foreign();
    plan({ NODE_COMPILE_CACHE: cache });
    const files = kept();
    expect(files.map((file) => file.split(".cjs.")[0])).toEqual(["cli-main", "cli-plan"]);
    expect(statSync(join(cache, "clawform")).mode & 0o777).toBe(0o700);
    const before = files.map((file) => statSync(join(cache, "clawform", file)));
    for (const { mode } of before) expect(mode & 0o777).toBe(0o600);
    plan({ NODE_COMPILE_CACHE: cache });
    expect(kept()).toEqual(files);
    const after = files.map((file) => statSync(join(cache, "clawform", file)));
    expect(after.map(({ ino }) => ino)).toEqual(before.map(({ ino }) => ino));
  });

  it("is made again when it is damaged", () => {
    const { cache, plan, kept } = foreign();
    plan({ NODE_COMPILE_CACHE: cache });
    const [file = ""] = kept();
    writeFileSync(join(cache, "clawform", file), "damaged");
    plan({ NODE_COMPILE_CACHE: cache });
    expect(statSync(join(cache, "clawform", file)).size).toBeGreaterThan(1000);
  });

  it("is kept nowhere else, nor when Node's own switch is off", () => {
    const { at, cache, plan, kept } = foreign();
    const before = readdirSync(at.dir, { recursive: true }).length;
    plan({});
    expect(readdirSync(at.dir, { recursive: true }).length).toBe(before);
    plan({ NODE_COMPILE_CACHE: cache, NODE_DISABLE_COMPILE_CACHE: "1" });
    expect(kept()).toEqual([]);
  });

  it("is not taken from a folder that others can write to", () => {
    const { cache, plan, kept } = foreign();
    mkdirSync(join(cache, "clawform"), { recursive: true });
    chmodSync(join(cache, "clawform"), 0o777);
    plan({ NODE_COMPILE_CACHE: cache });
    expect(kept()).toEqual([]);
  });
});
