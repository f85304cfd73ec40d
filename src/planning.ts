/** Setup + workspace -> plan. Floor 4: the one way every command and the library go. */

import type { Catalog } from "./catalog.js";
import { agentIdOf, agentsOf } from "./core/agents.js";
import { locate } from "./text/index.js";
import { openSource } from "./core/documents.js";
import { authStoreLabel, normalizeProviderId } from "./ids.js";
import { isObject } from "./json.js";
import { formatPointer } from "./pointer.js";
import { newerShapeProblems } from "./core/newer-config.js";
import { newerStoreProblems, storesCredentials } from "./core/newer-store.js";
import { makePlan } from "./core/plan.js";
import type { ResolvedKey } from "./core/credential-steps.js";
import { type DefaultEntry, type StepContext, toSteps } from "./core/steps.js";
import type { AuthStore, Card, Change, Plan, Problem, Setup, SourceFile, Step } from "./types.js";
import type { Workspace } from "./workspace.js";

/** What to plan. */
export interface PlanRequest {
  readonly setup: Setup;
  /** The setup's label in problems. */
  readonly file: string;
  /** The setup's text, so that problems can say in which line. */
  readonly text?: string;
  readonly keys: ReadonlyMap<string, ResolvedKey>;
  /** Problems found on the way here. */
  readonly problems?: readonly Problem[];
  /** Agents whose credentials are written; the setup's own, else `main`, by default. */
  readonly agents?: readonly string[];
  readonly enablePlugin?: boolean;
  /** Write a file anew where its text cannot be edited. */
  readonly reformat?: boolean;
  readonly onboarding?: boolean;
  /** Cards made for this request, before those of the catalog. */
  readonly cards?: readonly Card[];
  /** The default model's entry. */
  readonly entry?: DefaultEntry | undefined;
}

/** Where a plan's documents and cards come from: an installation, or values in memory. */
export type PlanGround = Pick<
  Workspace,
  "config" | "included" | "composition" | "value" | "authStores" | "keeper" | "catalog" | "canReplace"
> &
  Partial<Pick<Workspace, "stateDir" | "unfinished">>;

/** Plans a setup. Problems of severity error stop it: the plan then has no changes. Throws for files that cannot be read. */
export function planSetup(request: PlanRequest, ground: PlanGround): Plan {
  const { setup, file } = request;
  const named = request.agents?.length ? request.agents : setup.agents?.length ? setup.agents : ["main"];
  const agents = named.map((agent) => agent.toLowerCase());
  const cards = new Map(cardsFor(request, ground.catalog).map((card) => [card.id, card]));
  const { keys, problems: missing } = withProfiles(request, ground, agents);
  const everyProviderHasCard = Object.keys(setup.providers ?? {}).length === cards.size;
  const { steps, problems } = stepsOf(request, {
    file,
    cards,
    catalog: everyProviderHasCard ? [] : ground.catalog.ids(),
    configured: Object.keys(ground.value.models?.providers ?? {}),
    keys,
    agents,
    enablePlugin: request.enablePlugin ?? false,
    onboarding: request.onboarding ?? false,
    entry: request.entry,
  });
  const unfinished = ground.unfinished ?? null;
  const unread = newerStoreProblems(steps, ground.keeper, authStoreLabel);
  const given = [
    ...(unfinished === null ? [] : [unfinished]),
    ...(request.problems ?? []),
    ...inSetup([...missing, ...problems], request),
    ...newerShapeProblems(ground.value, ground.config.file, steps),
    ...unread,
  ];
  const sources = sourcesFor(steps, unread.length > 0 ? [] : agents, ground);
  given.push(...sharedStores(sources), ...unknownAgents(sources, ground));
  const bare = makePlan(
    {
      sources,
      composition: ground.composition,
      problems: given,
      reformat: request.reformat ?? false,
    },
    steps,
  );
  const made: Plan = ground.stateDir === undefined ? bare : { ...bare, stateDir: ground.stateDir };
  const closed = made.changes.filter(({ document, path }) => document.kind === "include" && !ground.canReplace(path));
  return closed.length === 0
    ? made
    : { ...made, changes: [], problems: [...made.problems, ...closed.map(notWritable)] };
}

/** What a request came to, and what of its context is not its own. */
interface Made {
  readonly outside: readonly unknown[];
  readonly steps: ReturnType<typeof toSteps>;
}

const lastMade = new WeakMap<PlanRequest, Made>();

/** The steps of a request: made once where it is asked in one home after the other, and these have the same providers. */
function stepsOf(request: PlanRequest, context: StepContext): ReturnType<typeof toSteps> {
  const { keys, cards, catalog, configured } = context;
  const outside = [keys, cards.size, ...cards.values(), catalog.length, ...catalog, ...configured];
  const last = lastMade.get(request);
  if (last?.outside.length === outside.length && last.outside.every((one, at) => one === outside[at]))
    return last.steps;
  const steps = toSteps(request.setup, context);
  lastMade.set(request, { outside, steps });
  return steps;
}

/** The cards of a setup's providers, those made for the request before the catalog's. */
export function cardsFor({ setup, cards = [] }: PlanRequest, catalog: Pick<Catalog, "card">): Card[] {
  return Object.keys(setup.providers ?? {}).flatMap((id) => {
    const meant = normalizeProviderId(id);
    const card =
      cards.find((one) => one.id === id) ??
      cards.find((one) => one.id === meant) ??
      catalog.card(id) ??
      catalog.card(meant);
    return card ? [card] : [];
  });
}

/** The keys, those that are stored already among them: `apiKey: { profile }`. An agent has main's profiles too. */
function withProfiles(
  { setup, file, keys }: PlanRequest,
  ground: PlanGround,
  agents: readonly string[],
): { keys: ReadonlyMap<string, ResolvedKey>; problems: Problem[] } {
  const wanted = Object.entries(setup.providers ?? {}).flatMap(([id, { apiKey }]) =>
    typeof apiKey === "object" && "profile" in apiKey ? [{ id, profile: apiKey.profile }] : [],
  );
  if (wanted.length === 0) return { keys, problems: [] };
  const stores = ground.authStores([...new Set([...agents, "main"])]).map((source) => openSource(source) as AuthStore);
  const all = new Map(keys);
  const problems = wanted.flatMap(({ id, profile }): Problem[] => {
    const credential = stores.map(({ profiles = {} }) => profiles[profile]).find(isObject);
    if (credential && typeof credential.provider === "string") {
      all.set(id, { profile, provider: credential.provider, mode: credential.type });
      return [];
    }
    const message = `no credential is stored as "${profile}"`;
    const hint = `Give the key itself: apiKey: { env: "…" } and profile: "${profile}".`;
    const pointer = formatPointer(["providers", id, "apiKey", "profile"]);
    return [{ code: "profile-missing", severity: "error", file, pointer, message, hint }];
  });
  return { keys: all, problems };
}

/** Included files are often somebody else's: that they cannot be written is said before anything is. */
function notWritable({ file, path }: Change): Problem {
  return {
    code: "include-readonly",
    severity: "error",
    file,
    pointer: "",
    message: `${path} would have to change and cannot be written`,
    hint: "Make it and its directory writable, or set the value in openclaw.json itself.",
  };
}

/** Only what the steps write is read: a plan about models has no business with credentials. */
function sourcesFor(steps: readonly Step[], agents: readonly string[], ground: PlanGround): SourceFile[] {
  return [ground.config, ...ground.included, ...(storesCredentials(steps) ? ground.authStores(agents) : [])];
}

/** One store for two agents: what is written for the one would be undone for the other. */
function sharedStores(sources: readonly SourceFile[]): Problem[] {
  const owners = new Map<string, string>();
  return sources.flatMap(({ document, path }): Problem[] => {
    if (document.kind !== "auth") return [];
    const other = owners.get(path);
    owners.set(path, document.agent);
    if (other === undefined) return [];
    const message = `the agents ${other} and ${document.agent} keep their credentials in one file, ${path}`;
    const hint = "Name one of them, or give each a directory of its own (agentDir in agents.list).";
    return [{ code: "same-file", severity: "error", file: "openclaw.json", pointer: "/agents/list", message, hint }];
  });
}

/** OpenClaw reads the credentials of agents it knows: another's are nobody's. */
function unknownAgents(sources: readonly SourceFile[], { value }: PlanGround): Problem[] {
  const known = agentsOf(value).map(({ id }) => agentIdOf(id));
  if (known.length === 0) return [];
  return sources.flatMap(({ document }): Problem[] => {
    if (document.kind !== "auth" || document.agent === "main" || known.includes(document.agent)) return [];
    const message = `the configuration names no agent "${document.agent}": nobody reads its credentials`;
    const hint = `It names ${known.filter((id) => id !== "").join(", ")}.`;
    return [{ code: "unknown-agent", severity: "warning", file: "openclaw.json", pointer: "/agents", message, hint }];
  });
}

function inSetup(problems: readonly Problem[], { file, text }: PlanRequest): Problem[] {
  if (text === undefined) return [...problems];
  const ranges = locate(
    text,
    problems.map(({ pointer }) => pointer),
  );
  return problems.map((problem, index) =>
    problem.file === file ? { ...problem, ...ranges[index]?.position } : problem,
  );
}
