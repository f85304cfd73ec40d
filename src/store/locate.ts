/** Where OpenClaw 2026.5.6 keeps its files, resolved as it does itself (measured; test/store/locate.test.ts has the table). */

import { dirname, join, resolve } from "node:path";
import { usageError } from "../errors.js";
import { type Environment, readEnvFile } from "./env-file.js";
import { type Files, nodeFiles } from "./files.js";
import { exists } from "./exists.js";

/** Where to look: the flags first, then the environment. */
export interface LocateOptions {
  /** `--config`. */
  readonly config?: string;
  /** `--state-dir`. */
  readonly stateDir?: string;
  readonly env: Environment;
  /** The operating system's idea of the home directory; may be empty. */
  readonly osHome: string;
  /** Absolute. */
  readonly cwd: string;
}

/** Where an OpenClaw installation keeps its state; every path absolute, symbolic links not resolved. */
export interface StatePlace {
  readonly stateDir: string;
  readonly configPath: string;
  /** The home that `~` stands for in OpenClaw's own paths. */
  readonly home: string;
  /** What OpenClaw's env files set, whether or not the process sets it too; the first file to name a variable wins. */
  readonly dotenv: Environment;
}

const configName = "openclaw.json";
const legacyConfigName = "clawdbot.json";

/**
 * The state directory, the config file and the home OpenClaw would use. A flag stands for its variable;
 * `--state-dir` alone means the config in that directory, whatever OPENCLAW_CONFIG_PATH says.
 * A blank flag is a usage error: it is an unset shell variable more often than a wish.
 */
export function locateState(options: LocateOptions, files: Files = nodeFiles): StatePlace {
  const place: Machine = { osHome: options.osHome, cwd: options.cwd, files };
  const { env, dotenv } = loadEnvFiles(withFlags(options), place);
  const stateDir = stateDirectory(env, place);
  return { stateDir, configPath: configFile(env, stateDir, place), home: effectiveHome(env, place), dotenv };
}

/** A path as OpenClaw reads it: trimmed, `~` and `~/x` mean `home` (`~user` does not), else relative to `cwd`. */
export function expandPath(path: string, home: string, cwd: string): string {
  return resolve(cwd, expandHome(path, home));
}

/** A path, trimmed, its `~` taken for `home`. */
export function expandHome(path: string, home: string): string {
  return path.trim().replace(/^~(?=$|[\\/])/, () => home);
}

interface Machine {
  readonly osHome: string;
  readonly cwd: string;
  readonly files: Files;
}

function withFlags({ config, stateDir, env }: LocateOptions): Environment {
  for (const [flag, value] of [["--config", config] as const, ["--state-dir", stateDir] as const]) {
    if (value?.trim() === "")
      throw usageError("blank-path", `${flag} is blank`, { hint: "give a path, or leave the flag out" });
  }
  // Blank is unset for OpenClaw, and yet keeps an env file from setting it.
  const own = stateDir === undefined ? env.OPENCLAW_CONFIG_PATH : "";
  return {
    HOME: env.HOME,
    USERPROFILE: env.USERPROFILE,
    OPENCLAW_HOME: env.OPENCLAW_HOME,
    OPENCLAW_STATE_DIR: stateDir ?? env.OPENCLAW_STATE_DIR,
    OPENCLAW_CONFIG_PATH: config ?? own,
  };
}

/** A value worth using, trimmed. Scripts that print an unset variable leave "undefined" or "null" in a home. */
function homeValue(value: string | undefined): string | undefined {
  const text = value?.trim();
  return text === "" || text === "undefined" || text === "null" ? undefined : text;
}

function effectiveHome(env: Environment, { osHome, cwd }: Machine): string {
  const system = homeValue(env.HOME) ?? homeValue(env.USERPROFILE) ?? homeValue(osHome);
  const own = homeValue(env.OPENCLAW_HOME);
  // Without any home OpenClaw falls back to the working directory.
  return own === undefined ? resolve(cwd, system ?? "") : expandPath(own, system ?? cwd, cwd);
}

function stateDirectory(env: Environment, place: Machine): string {
  const home = effectiveHome(env, place);
  const own = env.OPENCLAW_STATE_DIR?.trim();
  if (own) return expandPath(own, home, place.cwd);
  const current = join(home, ".openclaw");
  const legacy = join(home, ".clawdbot");
  return !exists(current, place.files) && exists(legacy, place.files) ? legacy : current;
}

function configFile(env: Environment, stateDir: string, place: Machine): string {
  const home = effectiveHome(env, place);
  const own = env.OPENCLAW_CONFIG_PATH?.trim();
  if (own) return expandPath(own, home, place.cwd);
  // An explicit state directory is never left for the homes, not even when it is empty.
  const directories = env.OPENCLAW_STATE_DIR?.trim() ? [stateDir] : [join(home, ".openclaw"), join(home, ".clawdbot")];
  const candidates = directories.flatMap((directory) => [
    join(directory, configName),
    join(directory, legacyConfigName),
  ]);
  return candidates.find((candidate) => exists(candidate, place.files)) ?? join(stateDir, configName);
}

/** The variables that say where the files are, and all that the env files set. */
interface Loaded {
  readonly env: Environment;
  readonly dotenv: Environment;
}

/**
 * Adds what OpenClaw's env files say. It loads them twice: on start from the state directory, and with the config from
 * the directory that then is the state directory's, else the config's.
 */
function loadEnvFiles(env: Environment, place: Machine): Loaded {
  const first = stateDirectory(env, place);
  const started = withEnvFiles({ env, dotenv: {} }, first, place);
  const home = effectiveHome(started.env, place);
  const config = started.env.OPENCLAW_CONFIG_PATH?.trim();
  const besides = config && !started.env.OPENCLAW_STATE_DIR?.trim();
  const second = besides ? dirname(expandPath(config, home, place.cwd)) : stateDirectory(started.env, place);
  // The same files once more say nothing new.
  return second === first && home === effectiveHome(env, place) ? started : withEnvFiles(started, second, place);
}

function withEnvFiles({ env, dotenv }: Loaded, directory: string, place: Machine): Loaded {
  const home = effectiveHome(env, place);
  const own = env.OPENCLAW_STATE_DIR !== undefined && directory !== join(home, ".openclaw");
  const paths = [join(directory, ".env"), ...(own ? [] : [join(home, ".config", "openclaw", "gateway.env")])];
  const more = paths.map((path) => readEnvFile(path, place.files)).reduce((known, next) => ({ ...next, ...known }), {});
  const { OPENCLAW_HOME, OPENCLAW_STATE_DIR, OPENCLAW_CONFIG_PATH } = more;
  // What is set already wins over both files, even when it is blank.
  return {
    env: { OPENCLAW_HOME, OPENCLAW_STATE_DIR, OPENCLAW_CONFIG_PATH, ...defined(env) },
    dotenv: { ...more, ...dotenv },
  };
}

function defined(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
}
