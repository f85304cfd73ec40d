/** A workspace -> a setup file. Floor 4: the engine itself tells what changes nothing. */

import { openSource } from "./core/documents.js";
import { importSetup, type Imported } from "./core/import.js";
import { setupText } from "./core/import-text.js";
import { checkSetup } from "./core/setup.js";
import { ClawformError } from "./errors.js";
import { resolveKeys } from "./keys.js";
import { type PlanGround, planSetup } from "./planning.js";
import type { AuthStore, Json, Setup, SourceFile } from "./types.js";
import type { Surroundings } from "./workspace.js";

/** What to import. */
export interface ImportWish {
  /** Whose credentials; `main` by default. */
  readonly agent?: string;
  /** Keys themselves instead of where they are. */
  readonly includeSecrets?: boolean;
}

/** A setup and its text. */
export interface ImportResult extends Imported {
  readonly text: string;
}

/** The setup that declares what is there: planning it changes nothing. Throws for files that cannot be read. */
export function importFrom(
  ground: PlanGround,
  surroundings: Surroundings,
  { agent = "main", includeSecrets = false }: ImportWish = {},
): ImportResult {
  const stores = new Map<string, SourceFile>();
  const authStores = (agents: readonly string[]): SourceFile[] =>
    agents.map((id) => {
      const known = stores.get(id) ?? ground.authStores([id])[0];
      if (known) stores.set(id, known);
      return known as SourceFile;
    });
  const read = { ...ground, authStores };
  const agents = agent === "main" ? {} : { agents: [agent] };
  const whole = (setup: Setup): Setup => ({ ...agents, ...setup });
  const holds = (setup: Setup): boolean => changesNothing(whole(setup), read, surroundings);
  const [own, main] = authStores([agent, "main"]).map((source) => openSource(source) as AuthStore);
  const imported = importSetup({
    config: ground.value,
    store: { profiles: { ...main?.profiles, ...own?.profiles } },
    cards: ground.catalog.all(),
    holds,
    includeSecrets,
  });
  const result = { ...imported, setup: whole(imported.setup) };
  const heading = [
    `What OpenClaw's configuration ${agent === "main" ? "holds" : `and the agent ${agent} hold`} of providers and models, as a setup.`,
    "Planning it changes nothing; what is changed here is what the next plan shows.",
  ];
  return { ...result, text: setupText(result, heading) };
}

function changesNothing(setup: Setup, ground: PlanGround, surroundings: Surroundings): boolean {
  const file = "clawform.json5";
  try {
    const checked = checkSetup(setup as unknown as Json, file);
    const { keys } = resolveKeys(checked, file, surroundings);
    const { changes, problems } = planSetup({ setup: checked, file, keys }, ground);
    return changes.length === 0 && problems.every(({ severity }) => severity !== "error");
  } catch (error) {
    if (error instanceof ClawformError) return false;
    throw error;
  }
}
