/** A saved plan's value -> Plan. */

import { invalidError } from "../errors.js";
import { sha256 } from "../hash.js";
import type { Change, Json, Plan } from "../types.js";
import { findings } from "./validate.js";

/** Checks a plan read back from disk: its shape, and that its texts still have the fingerprints it was saved with. Throws `invalidError`. */
export function parseSavedPlan(value: Json, file: string): Plan {
  const [first] = findings("plan", value);
  if (first)
    throw invalidError("saved-plan", `not a plan of this version: ${first.message}`, {
      file,
      pointer: first.pointer,
      hint: "Make it again with clawform plan --out.",
    });
  const plan = value as unknown as Plan;
  const altered = alteredFile(plan.changes);
  if (altered === null) return plan;
  throw invalidError("saved-plan", `the plan's content for ${altered} was altered after it was saved`, {
    file,
    hint: "Make it again with clawform plan --out.",
  });
}

/** The label of the first file whose text no longer has the fingerprint beside it; null when all have. */
export function alteredFile(changes: readonly Change[]): string | null {
  const states = ({ before, after }: Change): readonly Change["after"][] => [before, after];
  const altered = changes.find((change) =>
    states(change).some((state) => state && sha256(state.text) !== state.sha256),
  );
  return altered?.file ?? null;
}
