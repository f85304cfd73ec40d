/** A plan that must not be applied -> an error. */

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
