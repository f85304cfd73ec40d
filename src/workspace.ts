/**
 * Where a command works: which files, read how, with which cards (`catalog`). Floor 4: composition of the rooms below, shared by the
 * library and the command line. What comes from outside (environment, home, working directory) is handed in.
 */

import { dirname } from "node:path";
import { type Catalog, catalogOf } from "./catalog.js";
import { agentIdPattern, authStoreLabel, unsafeKeys } from "./ids.js";
import { ClawformError, usageError } from "./errors.js";
import { isComposed, openSource, wholeOf } from "./core/documents.js";
import { compose, type Composition } from "./core/include.js";
import { agentsOf } from "./core/agents.js";
import type { Keeper } from "./core/newer-store.js";
import { releaseOf } from "./core/release.js";
import { thisProcess } from "./host.js";
import { environmentOf, substitute, type Variables } from "./core/variables.js";
import { authPath } from "./store/auth-path.js";
import { includeRoots } from "./store/include-path.js";
import { readIncluded } from "./store/includes.js";
import { credentialKeeper } from "./store/keeper.js";
import { nodeFiles } from "./store/files.js";
import { signsOf } from "./store/interrupted.js";
import { locateState, type StatePlace } from "./store/locate.js";
import { readSource } from "./store/read.js";
import { unfinishedIn } from "./store/recover-words.js";
import { canReplace } from "./store/writable.js";
import { type Timed, untimed } from "./timings.js";
import type { DocumentKey, IncludedFile, OpenClawConfig, Problem, SourceFile } from "./types.js";

/** What surrounds a run. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The operating system's home directory. */
  readonly osHome: string;
  readonly cwd: string;
  /** Reads standard input to its end; throws a usage error when it is a terminal. */
  readonly readInput: () => string;
  /** Told what takes how long; nobody is by default. */
  timed?: Timed | undefined;
}

/** Which OpenClaw installation to work on; what is left out is found as OpenClaw itself finds it. */
export interface WorkspaceOptions {
  /** Path of openclaw.json. */
  readonly config?: string | undefined;
  /** OpenClaw's state directory. */
  readonly stateDir?: string | undefined;
  /** A directory of cards instead of the built-in catalog. */
  readonly catalog?: string | undefined;
  /** `file`: credentials go to auth-profiles.json whatever the disk tells of the release. */
  readonly store?: "auto" | "file" | undefined;
  /** Whether it is another user's, whose home is not known: what `~` means there is not guessed. Asked where it matters. */
  readonly foreign?: (() => boolean) | undefined;
}

/** An installation that has been located, its configuration read. */
export interface Workspace {
  readonly stateDir: string;
  readonly configPath: string;
  readonly config: SourceFile;
  /** Files the configuration includes. */
  readonly included: readonly IncludedFile[];
  /** How the configuration is put together; null when it is one file. */
  readonly composition: Composition | null;
  /** The configuration's value, includes and all; `{}` when there is no file. */
  readonly value: OpenClawConfig;
  /** OpenClaw's environment: the process's, with its `.env` files and the configuration's `env` section. For reading alone. */
  readonly env: Variables;
  /** The same without the configuration's `env` section. */
  readonly outside: Variables;
  /** Reads the credential stores of these agents. Throws a usage error for an id no agent can have. */
  readonly authStores: (agents: readonly string[]) => SourceFile[];
  /** Where this OpenClaw keeps an agent's credentials. Throws as `authStores`. */
  readonly keeper: (agent: string) => Keeper;
  readonly catalog: Catalog;
  /** False for a file that cannot be replaced. */
  readonly canReplace: (path: string) => boolean;
  /** An apply is under way, or was interrupted. */
  readonly interrupted: boolean;
  /** An apply that was interrupted, as a warning; null when there is none. */
  readonly unfinished: Problem | null;
  readonly surroundings: Surroundings;
}

/** Reads one of OpenClaw's files, as `readSource` does. */
export type ReadSource = (path: string, file: string, document: DocumentKey) => SourceFile;

/** Where OpenClaw keeps its files; reads none of them but its `.env` files. */
export function findState(options: WorkspaceOptions, surroundings: Surroundings): StatePlace {
  return locateState({
    ...(options.config === undefined ? {} : { config: options.config }),
    ...(options.stateDir === undefined ? {} : { stateDir: options.stateDir }),
    ...surroundings,
  });
}

/** Locates and reads the configuration. Throws `invalidError` with line and column when it cannot be read or parsed. */
export function openWorkspace(
  options: WorkspaceOptions,
  surroundings: Surroundings,
  read: ReadSource = readSource,
): Workspace {
  const { timed = untimed } = surroundings;
  const { stateDir, configPath, home, dotenv } = timed("read", () => findState(options, surroundings));
  const config = timed("read", () => read(configPath, "openclaw.json", { kind: "config" }));
  const signs = timed("read", () => signsOf(stateDir, nodeFiles));
  const unfinished = (): Problem | null => unfinishedIn(stateDir, signs, thisProcess);
  timed("parse", () => advised(() => openSource(config), unfinished));
  const { included, composition } = timed("read", () =>
    readIncludes(config, { configPath, home, dotenv }, surroundings),
  );
  const value: OpenClawConfig = composition ? wholeOf(composition, config) : openSource(config);
  const variables = (): Variables => environmentOf({ process: surroundings.env, dotenv, section: value.env });
  const storeOf = (agent: string): string =>
    storePath(agent, stateDir, value, () => (options.foreign?.() ? undefined : home), variables);
  return {
    stateDir,
    configPath,
    config,
    included,
    composition,
    value,
    // A plan asks for neither.
    get env() {
      return variables();
    },
    get outside() {
      return environmentOf({ process: surroundings.env, dotenv, section: undefined });
    },
    authStores: (agents) =>
      [...new Set(agents)].map((agent) => {
        const path = storeOf(agent);
        const store = timed("read", () => read(path, authStoreLabel(agent), { kind: "auth", agent }));
        timed("parse", () => advised(() => openSource(store), unfinished));
        return store;
      }),
    keeper: (agent) => {
      const path = storeOf(agent);
      if (options.store === "file") return { kind: "file", evidence: path, file: null };
      return credentialKeeper({ path, stateDir, release: releaseOf(value) });
    },
    catalog: catalogOf(surroundings, options.catalog),
    canReplace,
    interrupted: signs.paths.length > 0,
    unfinished: unfinished(),
    surroundings,
  };
}

/** What an interrupted apply left half written is not to be mended by hand: what it fails with says so. */
function advised<Value>(parse: () => Value, unfinished: () => Problem | null): Value {
  try {
    return parse();
  } catch (error) {
    const problem = error instanceof ClawformError ? unfinished() : null;
    throw problem === null ? error : (error as ClawformError).advising(`${problem.message}. ${problem.hint}`);
  }
}

/** A plain configuration, which most are, pays nothing for includes. */
function readIncludes(
  config: SourceFile,
  place: { configPath: string; home: string; dotenv: Variables },
  { env, cwd }: Surroundings,
): Pick<Workspace, "included" | "composition"> {
  if (!isComposed(config)) return { included: [], composition: null };
  const { OPENCLAW_INCLUDE_ROOTS: roots } = environmentOf({ process: env, dotenv: place.dotenv, section: undefined });
  const included = readIncluded(config, {
    configDir: dirname(place.configPath),
    roots: includeRoots(roots, place.home, cwd),
  });
  return { included, composition: compose(config, included) };
}

function storePath(
  agent: string,
  stateDir: string,
  config: OpenClawConfig,
  home: () => string | undefined,
  variables: () => Variables,
): string {
  if (!agentIdPattern.test(agent) || unsafeKeys.has(agent)) {
    throw usageError("agent-id", `"${agent}" is not an agent id`, {
      hint: "Letters, digits, - and _, 64 characters at most.",
    });
  }
  const own = agentsOf(config).find(({ id }) => id.trim().toLowerCase() === agent.toLowerCase())?.entry["agentDir"];
  if (typeof own !== "string" || own.trim() === "") return authPath(stateDir, agent);
  // Only to find the file: what is written keeps its variables.
  const directory = own.includes("${") ? (substitute(own, variables()).value as string) : own;
  return authPath(stateDir, agent, directory, home());
}
