/** An installation, looked at by the doctor. Floor 4: reads what the rules are asked about. */

import { dirname, join } from "node:path";
import { agentsOf } from "./core/agents.js";
import { diagnose } from "./core/diagnosis/diagnose.js";
import type { Diagnosis, Ground, StoredOrder } from "./core/diagnosis/rule.js";
import { inFiles, openSource } from "./core/documents.js";
import { mixedStoreProblem } from "./core/newer-store.js";
import { storeProblems } from "./core/store-form.js";
import { validateDocument } from "./core/validate-document.js";
import { ClawformError } from "./errors.js";
import { agentIdPattern, authStoreLabel, credentialProviderId, normalizeProviderId } from "./ids.js";
import { thisProcess } from "./host.js";
import { isObject } from "./json.js";
import { credentialVariables } from "./policy/credential-variables.js";
import { modeOf } from "./store/mode.js";
import { readSource } from "./store/read.js";
import { staleLocks } from "./store/stale-locks.js";
import type { AuthStore, Card, Problem, SourceFile } from "./types.js";
import type { Workspace } from "./workspace.js";

/** What was found, and the files it was found in. */
export interface Examination {
  readonly found: readonly Diagnosis[];
  /** The configuration, what it includes, and every agent's credentials. */
  readonly sources: readonly SourceFile[];
  /** What the rules were shown; null where they were not asked. */
  readonly ground: Ground | null;
}

/** Codes of what is found beside the rules, in clawform's own files and in how credentials are kept. */
export const besideRules: readonly string[] = ["unfinished-apply", "stale-lock", "mixed-stores"];

/** Looks at the configuration and every agent's credentials; a file that cannot be read is a finding. Writes nothing. */
export function examine(workspace: Workspace): Examination {
  const unreadable: Problem[] = [];
  const attempt = <Value>(read: () => Value): Value | null => {
    try {
      return read();
    } catch (error) {
      unreadable.push(problemOf(error));
      return null;
    }
  };
  const agents = agentIds(workspace).map((agent) => ({ agent, keeper: attempt(() => workspace.keeper(agent)) }));
  // What OpenClaw keeps in a database is not seen: the rules are told of no store then, and judge none.
  const stores = agents
    .filter(({ keeper }) => keeper?.kind === "file")
    .flatMap(({ agent }) => attempt(() => opened(workspace.authStores([agent]))) ?? []);
  const orders = stores.map((store) => [agentOf(store), attempt(() => storedOrder(store)) ?? {}] as const);
  const sources = [workspace.config, ...workspace.included, ...stores];
  const invalid = sources
    .filter(({ before }) => before !== null)
    .flatMap((source) => validateDocument(source, workspace.composition))
    .filter(({ severity }) => severity === "error");
  // Rules read what the schema has let through: on anything else they would find shadows.
  const ground = invalid.length > 0 ? null : groundOf(workspace, stores, new Map(orders));
  const found = ground ? diagnose(ground) : [];
  const beside = [
    ...(workspace.unfinished ? [workspace.unfinished] : []),
    ...agents.flatMap(({ agent, keeper }) => (keeper && mixedStoreProblem(keeper, authStoreLabel(agent))) ?? []),
    ...stores.flatMap(storeProblems),
    ...(attempt(() => staleLocks(workspace.stateDir, stores, thisProcess)) ?? []),
  ];
  return {
    found: [...beside, ...unreadable, ...invalid, ...inFiles(found, sources, workspace.composition)],
    sources,
    ground,
  };
}

/** A failure to read, as a finding. Throws what is no failure of the user's files. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof ClawformError) || error.kind === "usage") throw error;
  return error.asProblem();
}

function groundOf(workspace: Workspace, stores: readonly SourceFile[], orders: Ground["orders"]): Ground {
  const { value, env, catalog, config, outside } = workspace;
  const cards = new Map<string, Card | null>();
  const card = (provider: string): Card | null => {
    const known = cards.get(provider);
    if (known !== undefined) return known;
    const found =
      catalog.card(provider) ??
      catalog.card(normalizeProviderId(provider)) ??
      catalog.card(credentialProviderId(provider));
    cards.set(provider, found);
    return found;
  };
  const modes = [config, ...stores].flatMap(({ path, document }) => {
    const mode = modeOf(path);
    return mode === null ? [] : [{ path, mode, ...(document.kind === "auth" ? { agent: document.agent } : {}) }];
  });
  return {
    config: value,
    stores: new Map(stores.map((store) => [agentOf(store), openSource(store) as AuthStore])),
    orders,
    environment: env,
    outside,
    modes,
    card,
    variables: (provider) => [...new Set([...credentialVariables(provider), ...(card(provider)?.env ?? [])])],
  };
}

/** `main`, and every agent that can have a directory. */
function agentIds({ value }: Workspace): string[] {
  const ids = agentsOf(value).map(({ id }) => id.trim());
  return [...new Set(["main", ...ids.filter((id) => agentIdPattern.test(id)).map((id) => id.toLowerCase())])];
}

function opened(sources: readonly SourceFile[]): readonly SourceFile[] {
  for (const source of sources) openSource(source);
  return sources;
}

function agentOf({ document }: SourceFile): string {
  return document.kind === "auth" ? document.agent : "main";
}

/** OpenClaw keeps the order it was told by its own commands beside the credentials. */
function storedOrder({ path, document }: SourceFile): StoredOrder {
  const { order } = openSource(readSource(join(dirname(path), "auth-state.json"), "auth-state.json", document));
  const lists = Object.entries(isObject(order) ? order : {});
  return Object.fromEntries(
    lists.filter(
      (entry): entry is [string, string[]] => Array.isArray(entry[1]) && entry[1].every((id) => typeof id === "string"),
    ),
  );
}
