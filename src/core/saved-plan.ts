/** A saved plan's value -> Plan. */

import { invalidError } from "../errors.js";
import { sha256 } from "../hash.js";
import type { Json, Plan } from "../types.js";
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
  for (const { file: changed, before, after } of plan.changes) {
    if ([before, after].some((state) => state && sha256(state.text) !== state.sha256)) {
      throw invalidError("saved-plan", `the plan's content for ${changed} was altered after it was saved`, {
        file,
        hint: "Make it again with clawform plan --out.",
      });
    }
  }
  return plan;
}
