/** What a plan is good for: one that must not be applied -> an error; one that writes nothing. */

import { invalidError } from "./errors.js";
import type { Plan } from "./types.js";

/** Throws `invalidError` with all problems when the plan has an error among them. */
export function refuseErrors({ problems }: Pick<Plan, "problems">): void {
  const first = problems.find(({ severity }) => severity === "error");
  if (!first) return;
  const { code, message, file, pointer, hint, line, column } = first;
  throw invalidError(
    code,
    message,
    { file, pointer, hint, ...(line && column ? { position: { line, column } } : {}) },
    problems,
  );
}

/** Whether a plan writes nothing: there is nothing to do, or an error in the way. */
export function nothingToWrite({ changes, problems }: Plan): boolean {
  return changes.length === 0 || problems.some(({ severity }) => severity === "error");
}
