/**
 * The main job, end to end, on a throw-away state directory: a commented openclaw.json goes in; the diff, the apply, and
 * a second apply with nothing to do come out. `npm run demo`
 */

import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const state = mkdtempSync(path.join(tmpdir(), "clawform-demo-"));

/** What a shell would have: keys that no provider knows, and no OpenClaw home but the throw-away one. */
const env = {
  ...process.env,
  HOME: state,
  OPENCLAW_STATE_DIR: state,
  OPENCLAW_CONFIG_PATH: undefined,
  OPENCLAW_HOME: undefined,
  KILOCODE_API_KEY: "test-key-kilocode",
  OPENROUTER_API_KEY: "test-key-openrouter",
  MOONSHOT_API_KEY: "test-key-moonshot",
};

/** Runs the built command as a user would. @param {readonly string[]} args */
function clawform(...args) {
  console.log(`\n$ clawform ${args.join(" ")}`);
  const { status } = spawnSync(process.execPath, [path.join(root, "dist/cli.cjs"), ...args], {
    cwd: state,
    env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status !== 0) throw new Error(`clawform ${args[0]} ended with ${status}`);
}

try {
  cpSync(path.join(root, "bench/fixtures/household"), state, { recursive: true });
  console.log(`$ cat clawform.json5\n${readFileSync(path.join(state, "clawform.json5"), "utf8")}`);
  clawform("plan");
  clawform("apply", "--yes");
  clawform("apply", "--yes");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(state, { recursive: true, force: true });
}
