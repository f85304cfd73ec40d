/** The examples every part measures on, and the environments a command is started in. */

import { cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** The command line as it is built there. */
export const cli = path.join(root, "dist/cli.cjs");

/** Of a state directory: the credentials of agent main. */
export const storeFile = "agents/main/agent/auth-profiles.json";

const keys = { KILOCODE_API_KEY: "test-key-1", OPENROUTER_API_KEY: "test-key-2", MOONSHOT_API_KEY: "test-key-3" };

/**
 * The caller's own environment, and one of nothing but the search path. What an empty Node costs depends on it (certificates to
 * load, options), and with it every ratio to that.
 * @param {string} home
 */
export const environments = (home) => ({
  own: {
    ...process.env,
    OPENCLAW_CONFIG_PATH: undefined,
    OPENCLAW_STATE_DIR: undefined,
    OPENCLAW_HOME: undefined,
    NO_COLOR: "1",
    HOME: home,
    ...keys,
  },
  clean: { PATH: process.env.PATH, HOME: home, ...keys },
});

/** @typedef {"busy" | "household"} Example */

/** Its texts; the credentials are empty where it has none. @param {Example} example */
export function textsOf(example) {
  const folder = path.join(root, "bench/fixtures", example);
  const read = (/** @type {string} */ file) => readFileSync(path.join(folder, file), "utf8");
  const auth = existsSync(path.join(folder, storeFile)) ? read(storeFile) : '{ "version": 1, "profiles": {} }\n';
  return { setup: read("clawform.json5"), config: read("openclaw.json"), auth };
}

/**
 * The arguments that name an example and a fresh copy of its home, made in `folder` under `name`.
 * @param {string} folder
 * @param {Example} example
 * @param {string} [name]
 */
export function freshHome(folder, example, name = example) {
  const home = path.join(folder, name);
  rmSync(home, { recursive: true, force: true });
  cpSync(path.join(root, "bench/fixtures", example), home, { recursive: true });
  return [path.join(home, "clawform.json5"), "--state-dir", home];
}
