/**
 * Where a command works: which files, read how, with which cards. Floor 4: composition of the rooms below, shared by the
 * library and the command line. What comes from outside (environment, home, working directory) is handed in.
 */

import { dirname } from "node:path";
import { agentIdPattern, authStoreLabel, unsafeKeys } from "./ids.js";
import { usageError } from "./errors.js";
import { parseCard } from "./core/card.js";
import { openSource, wholeOf } from "./core/documents.js";
import { compose, type Composition } from "./core/include.js";
import { composes } from "./core/include-names.js";
import { thisProcess } from "./host.js";
import { environmentOf, type Variables } from "./core/variables.js";
import { catalogDirectory, listCardIds, readCardText } from "./store/catalog.js";
import { authPath } from "./store/auth-path.js";
import { includeRoots } from "./store/include-path.js";
import { readIncluded } from "./store/includes.js";
import { locateState, type StatePlace } from "./store/locate.js";
import { readSource } from "./store/read.js";
import { unfinishedApply } from "./store/recover-words.js";
import { canReplace } from "./store/writable.js";
import type { Card, IncludedFile, OpenClawConfig, Problem, SourceFile } from "./types.js";

/** What surrounds a run. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The operating system's home directory. */
  readonly osHome: string;
  readonly cwd: string;
  /** Reads standard input to its end; throws a usage error when it is a terminal. */
  readonly readInput: () => string;
}

/** Which OpenClaw installation to work on; what is left out is found as OpenClaw itself finds it. */
export interface WorkspaceOptions {
  /** Path of openclaw.json. */
  readonly config?: string | undefined;
  /** OpenClaw's state directory. */
  readonly stateDir?: string | undefined;
  /** A directory of cards instead of the built-in catalog. */
  readonly catalog?: string | undefined;
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
  readonly catalog: Catalog;
  /** False for a file that cannot be replaced. */
  readonly canReplace: (path: string) => boolean;
  /** An apply that was interrupted, as a warning; null when there is none. */
  readonly unfinished: Problem | null;
  readonly surroundings: Surroundings;
}

/** The cards, each read when it is asked for. */
export interface Catalog {
  readonly ids: () => string[];
  readonly card: (id: string) => Card | null;
  readonly all: () => Card[];
}

/** Where OpenClaw keeps its files; reads none of them but its `.env` files. */
export function findState(options: WorkspaceOptions, surroundings: Surroundings): StatePlace {
  return locateState({
    ...(options.config === undefined ? {} : { config: options.config }),
    ...(options.stateDir === undefined ? {} : { stateDir: options.stateDir }),
    ...surroundings,
  });
}

/** Locates and reads the configuration. Throws `invalidError` with line and column when it cannot be read or parsed. */
export function openWorkspace(options: WorkspaceOptions, surroundings: Surroundings): Workspace {
  const { stateDir, configPath, home, dotenv } = findState(options, surroundings);
  const config = readSource(configPath, "openclaw.json", { kind: "config" });
  const { included, composition } = readIncludes(config, { configPath, home, dotenv }, surroundings);
  const value: OpenClawConfig = composition ? wholeOf(composition, config) : openSource(config);
  return {
    stateDir,
    configPath,
    config,
    included,
    composition,
    value,
    env: environmentOf({ process: surroundings.env, dotenv, section: value.env }),
    outside: environmentOf({ process: surroundings.env, dotenv, section: undefined }),
    authStores: (agents) => [...new Set(agents)].map((agent) => authStore(agent, stateDir, value, home)),
    catalog: openCatalog(options.catalog),
    canReplace,
    unfinished: unfinishedApply(stateDir, thisProcess),
    surroundings,
  };
}

/** A plain configuration, which most are, pays nothing for includes. */
function readIncludes(
  config: SourceFile,
  place: { configPath: string; home: string; dotenv: Variables },
  { env, cwd }: Surroundings,
): Pick<Workspace, "included" | "composition"> {
  if (!composes(openSource(config))) return { included: [], composition: null };
  const { OPENCLAW_INCLUDE_ROOTS: roots } = environmentOf({ process: env, dotenv: place.dotenv, section: undefined });
  const included = readIncluded(config, {
    configDir: dirname(place.configPath),
    roots: includeRoots(roots, place.home, cwd),
  });
  return { included, composition: compose(config, included) };
}

function authStore(agent: string, stateDir: string, config: OpenClawConfig, home: string): SourceFile {
  if (!agentIdPattern.test(agent) || unsafeKeys.has(agent)) {
    throw usageError("agent-id", `"${agent}" is not an agent id`, {
      hint: "Letters, digits, - and _, 64 characters at most.",
    });
  }
  const listed = Array.isArray(config.agents?.list) ? config.agents.list : [];
  const own = listed.find(
    (entry) => typeof entry?.id === "string" && entry.id.trim().toLowerCase() === agent.toLowerCase(),
  )?.agentDir;
  const path = authPath(stateDir, agent, typeof own === "string" && own.trim() !== "" ? own : undefined, home);
  const file = authStoreLabel(agent);
  return readSource(path, file, { kind: "auth", agent });
}

// What came with clawform does not change while a program runs; a program may plan many times.
const builtIn = new Map<string, Card | null>();

/** The catalog in a directory of one's own, the built-in one by default. */
export function openCatalog(own?: string): Catalog {
  const directory = own ?? catalogDirectory();
  const read = (id: string): Card | null => {
    const found = readCardText(directory, id);
    return found && parseCard(id, found.text, found.path, own === undefined);
  };
  const card = (id: string): Card | null => {
    if (own !== undefined) return read(id);
    const known = builtIn.get(id) ?? read(id);
    builtIn.set(id, known);
    return known;
  };
  return {
    ids: () => listCardIds(directory),
    card,
    all: () => listCardIds(directory).map((id) => card(id) as Card),
  };
}
