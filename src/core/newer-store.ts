/** Credentials that OpenClaw 2026.6.5 and later keep in a database: what clawform says instead of writing a file nobody reads. */

import { isObject } from "../json.js";
import type { Json, Problem, Step } from "../types.js";

/** Where an agent's OpenClaw keeps credentials, as far as the disk tells. */
export interface Keeper {
  /** `unclear`: a database is there, and nothing tells whether credentials are in it. */
  readonly kind: "file" | "database" | "unclear";
  /** What told it: a path, or a sentence. */
  readonly evidence: string;
  /** Path of an auth-profiles.json that is there. */
  readonly file: string | null;
}

/** A step that stores a credential. */
function stores({ transform, input }: Step): boolean {
  return transform === "auth-profile" && input["credential"] !== undefined;
}

/** Whether any of these steps writes a credential store. */
export function storesCredentials(steps: readonly Step[]): boolean {
  return steps.some(stores);
}

/**
 * An error for every credential that would be written where the agent's OpenClaw does not look for it, with the command
 * that gives it to OpenClaw. `keeperOf` is asked once per agent; `labelOf` names an agent's store.
 */
export function newerStoreProblems(
  steps: readonly Step[],
  keeperOf: (agent: string) => Keeper,
  labelOf: (agent: string) => string,
): Problem[] {
  const keepers = new Map<string, Keeper>();
  return steps.filter(stores).flatMap(({ input }) =>
    agentsIn(input["agents"]).flatMap((agent) => {
      const keeper = keepers.get(agent) ?? keeperOf(agent);
      keepers.set(agent, keeper);
      return keeper.kind === "file" ? [] : [refusal(input, agent, keeper, labelOf(agent))];
    }),
  );
}

/** A warning for a store of which there are two: only one of them is read. */
export function mixedStoreProblem({ kind, evidence, file }: Keeper, label: string): Problem | null {
  if (kind !== "database" || file === null) return null;
  return {
    code: "mixed-stores",
    severity: "warning",
    file: label,
    pointer: "",
    message: `credentials are in a database (${evidence}) and there is also ${file}, which OpenClaw 2026.6.5 and later do not read`,
    hint: "Run openclaw doctor --fix: it takes the file into the database. OpenClaw 2026.9 does not start before that.",
  };
}

function agentsIn(agents: Json | undefined): string[] {
  return Array.isArray(agents) ? agents.filter((agent) => typeof agent === "string") : [];
}

function refusal(input: Step["input"], agent: string, { kind, evidence }: Keeper, file: string): Problem {
  const { credential, profile, provider } = input;
  const reference = isObject(credential) && credential["keyRef"] !== undefined;
  const message =
    kind === "database"
      ? `this OpenClaw keeps credentials in a database (${evidence}); an auth-profiles.json would not be read, and stops OpenClaw 2026.9`
      : `whether this OpenClaw keeps credentials in auth-profiles.json or in a database cannot be told (${evidence})`;
  const command = reference
    ? `openclaw secrets configure --agent ${agent}`
    : `openclaw models auth --agent ${agent} paste-api-key --provider ${word(provider)} --profile-id ${word(profile)}`;
  const unless =
    kind === "database"
      ? "--store file writes it all the same, for an OpenClaw older than 2026.6.5 that has yet to start."
      : "With OpenClaw 2026.6.1 or older add --store file.";
  return {
    code: "newer-store",
    severity: "error",
    file,
    pointer: "",
    message,
    hint: `Give it to OpenClaw itself: ${command}${reference ? "" : " (it reads the key from standard input)"}. Then run this again without the key. ${unless}`,
  };
}

/** As a shell takes it for one word. */
function word(value: Json | undefined): string {
  const text = typeof value === "string" ? value : "";
  return /^[\w.:@/+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
