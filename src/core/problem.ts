/** A problem of a document that a check or an effect found. */

import { formatPointer } from "../pointer.js";
import type { Documents, Problem, Severity } from "../types.js";

/** What there is to say of a step's input on these documents. */
export type Check<Input> = (input: Input, documents: Documents) => Problem[];

/** `file` is a label until the plan, which knows the files, puts the real one in. */
export function problem(
  severity: Severity,
  code: string,
  tokens: string[],
  message: string,
  hint: string,
  document: { kind: "config" } | { kind: "auth"; agent: string } = { kind: "config" },
): Problem {
  return {
    code,
    severity,
    file: document.kind === "config" ? "config" : `auth:${document.agent}`,
    pointer: formatPointer(tokens),
    message,
    hint,
  };
}

/** A problem of the request itself, in no file. */
export function requestProblem(severity: Severity, code: string, message: string, hint: string): Problem {
  return { code, severity, file: "", pointer: "", message, hint };
}
