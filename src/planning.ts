/** Setup + workspace -> plan. Floor 4: the one way every command and the library go. */

import { locate } from "./text/index.js";
import { normalizeProviderId } from "./ids.js";
import { makePlan } from "./core/plan.js";
import type { ResolvedKey } from "./core/provider-steps.js";
import { toSteps } from "./core/steps.js";
import type { Card, Change, Plan, Problem, Setup, SourceFile, Step } from "./types.js";
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
}

/** Where a plan's documents and cards come from: an installation, or values in memory. */
export type PlanGround = Pick<
  Workspace,
  "config" | "included" | "composition" | "value" | "authStores" | "catalog" | "canReplace"
> &
  Partial<Pick<Workspace, "stateDir" | "unfinished">>;

/** Plans a setup. Problems of severity error stop it: the plan then has no changes. Throws for files that cannot be read. */
export function planSetup(request: PlanRequest, ground: PlanGround): Plan {
  const { setup, file, keys } = request;
  const named = request.agents?.length ? request.agents : setup.agents?.length ? setup.agents : ["main"];
  const agents = named.map((agent) => agent.toLowerCase());
  const cards = new Map<string, Card>();
  for (const id of Object.keys(setup.providers ?? {})) {
    const card = ground.catalog.card(id) ?? ground.catalog.card(normalizeProviderId(id));
    if (card) cards.set(card.id, card);
  }
  const everyProviderHasCard = Object.keys(setup.providers ?? {}).length === cards.size;
  const { steps, problems } = toSteps(setup, {
    file,
    cards,
    catalog: everyProviderHasCard ? [] : ground.catalog.ids(),
    configured: Object.keys(ground.value.models?.providers ?? {}),
    keys,
    agents,
    enablePlugin: request.enablePlugin ?? false,
    onboarding: request.onboarding ?? false,
  });
  const unfinished = ground.unfinished ?? null;
  const given = [
    ...(unfinished === null ? [] : [unfinished]),
    ...(request.problems ?? []),
    ...inSetup(problems, request),
  ];
  const bare = makePlan(
    {
      sources: sourcesFor(steps, agents, ground),
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
  const credentials = steps.some(
    ({ transform, input }) => transform === "auth-profile" && input["credential"] !== undefined,
  );
  return [ground.config, ...ground.included, ...(credentials ? ground.authStores(agents) : [])];
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
