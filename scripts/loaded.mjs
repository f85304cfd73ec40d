/** What a run of the built command line loads: files of dist/, and modules of Node's that an empty run does not have. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const hook = fileURLToPath(new URL("loaded-hook.cjs", import.meta.url));

/**
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ opened: readonly string[], modules: readonly string[] }}
 */
function report(args, env) {
  const folder = mkdtempSync(path.join(tmpdir(), "clawform-loaded-"));
  try {
    const file = path.join(folder, "report.json");
    spawnSync(process.execPath, ["--require", hook, ...args], {
      env: { ...env, CLAWFORM_LOADED: file },
      stdio: "ignore",
    });
    return JSON.parse(readFileSync(file, "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {string} dist
 * @returns {{ files: readonly string[], modules: readonly string[] }} files relative to dist; modules by their public names
 */
export function loadedBy(args, env, dist) {
  const { opened, modules } = report(args, env);
  const empty = new Set(report(["-e", "0"], env).modules);
  const inside = opened.map((file) => path.relative(dist, file)).filter((file) => !file.startsWith(".."));
  const fresh = modules.filter((module) => !empty.has(module)).map((module) => module.replace("NativeModule ", ""));
  return {
    files: inside.map((file) => file.split(path.sep).join("/")),
    modules: fresh.filter((module) => builtinModules.includes(module)).sort(),
  };
}
