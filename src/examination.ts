/** An installation, looked at by the doctor. Floor 4: reads what the rules are asked about. */

import { dirname, join } from "node:path";
import { agentsOf } from "./core/agents.js";
import { diagnose, rules } from "./core/diagnosis/diagnose.js";
import type { Diagnosis, Ground, StoredOrder } from "./core/diagnosis/rule.js";
import { soundStore } from "./core/diagnosis/sound-store.js";
import { inFiles, openSource } from "./core/documents.js";
import { mixedStoreProblem } from "./core/newer-store.js";
import { requestProblem } from "./core/problem.js";
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
import type { Card, Problem, SourceFile } from "./types.js";
import type { Workspace } from "./workspace.js";

/** What was found, and the files it was found in. */
export interface Examination {
  readonly found: readonly Diagnosis[];
  /** The configuration, what it includes, and every agent's credentials. */
  readonly sources: readonly SourceFile[];
  /** What the rules were shown; null where they were not asked. */
  readonly ground: Ground | null;
}

/** Codes of what the rules find, and of what is found beside them, in clawform's own files and in how credentials are kept. */
export const findingCodes: readonly string[] = [
  ...rules.map(({ code }) => code),
  "unfinished-apply",
  "stale-lock",
  "mixed-stores",
];

/** Said when a configuration is too broken to be told what is wrong with it. */
export const notExamined: Problem = requestProblem(
  "info",
  "not-examined",
  "nothing else was looked at: what the doctor knows is about configurations that OpenClaw can read",
  "Mend that, then ask again.",
);

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
  const errorsIn = (source: SourceFile): Problem[] =>
    source.before === null
      ? []
      : validateDocument(source, workspace.composition).filter(({ severity }) => severity === "error");
  const invalid = [workspace.config, ...workspace.included].flatMap(errorsIn);
  const examined = stores.map((source) => ({ source, errors: errorsIn(source) }));
  // Rules read what the schema has let through: on anything else they would find shadows.
  const ground = invalid.length > 0 ? null : groundOf(workspace, examined, new Map(orders));
  const found = ground ? diagnose(ground) : [];
  const sources = [workspace.config, ...workspace.included, ...stores];
  invalid.push(...examined.flatMap(({ errors }) => errors));
  const beside = [
    ...(workspace.unfinished ? [workspace.unfinished] : []),
    ...agents.flatMap(({ agent, keeper }) => (keeper && mixedStoreProblem(keeper, authStoreLabel(agent))) ?? []),
    ...stores.flatMap(storeProblems),
    ...(attempt(() => staleLocks(workspace.stateDir, stores, thisProcess)) ?? []),
  ];
  return {
    found: [
      ...beside,
      ...unreadable,
      ...invalid,
      ...(ground ? inFiles(found, sources, workspace.composition) : [notExamined]),
    ],
    sources,
    ground,
  };
}

/** A failure to read, as a finding. Throws what is no failure of the user's files. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof ClawformError) || error.kind === "usage") throw error;
  return error.asProblem();
}

function groundOf(
  workspace: Workspace,
  examined: readonly { readonly source: SourceFile; readonly errors: readonly Problem[] }[],
  orders: Ground["orders"],
): Ground {
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
  const sound = examined.flatMap(({ source, errors }) => {
    const one = soundStore(openSource(source), errors);
    return one ? [{ agent: agentOf(source), ...one }] : [];
  });
  const modes = [config, ...examined.map(({ source }) => source)].flatMap(({ path, document }) => {
    const mode = modeOf(path);
    return mode === null ? [] : [{ path, mode, ...(document.kind === "auth" ? { agent: document.agent } : {}) }];
  });
  return {
    config: value,
    stores: new Map(sound.map(({ agent, store }) => [agent, store])),
    broken: new Set(sound.flatMap(({ broken }) => broken)),
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
