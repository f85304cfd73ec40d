/**
 * Where a command works: which files, read how, with which cards. Floor 4: composition of the rooms below, shared by the
 * library and the command line. What comes from outside (environment, home, working directory) is handed in.
 */

import { agentIdPattern, unsafeKeys } from "./ids.js";
import { usageError } from "./errors.js";
import { parseCard } from "./core/card.js";
import { openSource } from "./core/documents.js";
import { catalogDirectory, listCardIds, readCardText } from "./store/catalog.js";
import { authPath } from "./store/auth-path.js";
import { locateState } from "./store/locate.js";
import { readSource } from "./store/read.js";
import type { Card, OpenClawConfig, SourceFile } from "./types.js";

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
  /** The configuration's value; `{}` when there is no file. */
  readonly value: OpenClawConfig;
  /** Reads the credential stores of these agents. Throws a usage error for an id no agent can have. */
  readonly authStores: (agents: readonly string[]) => SourceFile[];
  readonly catalog: Catalog;
  readonly surroundings: Surroundings;
}

/** The cards, each read when it is asked for. */
export interface Catalog {
  readonly ids: () => string[];
  readonly card: (id: string) => Card | null;
  readonly all: () => Card[];
}

/** Locates and reads the configuration. Throws `invalidError` with line and column when it cannot be read or parsed. */
export function openWorkspace(options: WorkspaceOptions, surroundings: Surroundings): Workspace {
  const { stateDir, configPath, home } = locateState({
    ...(options.config === undefined ? {} : { config: options.config }),
    ...(options.stateDir === undefined ? {} : { stateDir: options.stateDir }),
    ...surroundings,
  });
  const config = readSource(configPath, "openclaw.json", { kind: "config" });
  const value = openSource(config) as OpenClawConfig;
  return {
    stateDir,
    configPath,
    config,
    value,
    authStores: (agents) => [...new Set(agents)].map((agent) => authStore(agent, stateDir, value, home)),
    catalog: openCatalog(options.catalog),
    surroundings,
  };
}

function authStore(agent: string, stateDir: string, config: OpenClawConfig, home: string): SourceFile {
  if (!agentIdPattern.test(agent) || unsafeKeys.has(agent)) {
    throw usageError("agent-id", `"${agent}" is not an agent id`, { hint: "Letters, digits, - and _, 64 characters at most." });
  }
  const listed = Array.isArray(config.agents?.list) ? config.agents.list : [];
  const own = listed.find((entry) => entry?.id?.trim().toLowerCase() === agent.toLowerCase())?.agentDir;
  const path = authPath(stateDir, agent, typeof own === "string" && own.trim() !== "" ? own : undefined, home);
  const file = agent === "main" ? "auth-profiles.json" : `agents/${agent}/agent/auth-profiles.json`;
  return readSource(path, file, { kind: "auth", agent });
}

/** The catalog in a directory of one's own, the built-in one by default. */
export function openCatalog(own?: string): Catalog {
  const directory = own ?? catalogDirectory();
  const card = (id: string): Card | null => {
    const found = readCardText(directory, id);
    return found && parseCard(id, found.text, found.path, own === undefined);
  };
  return {
    ids: () => listCardIds(directory),
    card,
    all: () => listCardIds(directory).map((id) => card(id) as Card),
  };
}
