/** Plans for programs. */

import { createScrubber, planSecrets, redactPatch } from "../core/redact.js";
import type { ClawformError } from "../errors.js";
import { parseText } from "../text/index.js";
import { failureProblems } from "./problems.js";
import type { Change, Json, JsonObject, Operation, Plan, Problem } from "../types.js";

/**
 * The document of `plan --json` and `apply --json`: changed files with their patches and the titles of their steps, and
 * the problems. Secrets are masked, guards that hold one left out, unless `showSecrets`.
 */
export function planJson(
  plan: Plan,
  { applied, showSecrets }: { readonly applied: boolean; readonly showSecrets: boolean },
): JsonObject {
  const secrets = showSecrets ? null : planSecrets(plan);
  const scrub = createScrubber(secrets ?? []);
  return {
    format: 1,
    changed: plan.changes.length > 0,
    applied,
    files: plan.changes.map((change) => ({
      file: change.file,
      path: change.path,
      before: change.before?.sha256 ?? null,
      after: change.after?.sha256 ?? null,
      patch: shownPatch(change, secrets) as unknown as Json,
      steps: [...new Set(change.patch.map(({ step }) => scrub(plan.steps[step]?.title ?? "")))],
    })),
    problems: plan.problems.map((problem) => shownProblem(problem, scrub)),
  };
}

/** One file's patch as `--format json-patch` prints it; empty when the file, named by label or path, does not change. */
export function patchJson(plan: Plan, file: string, { showSecrets }: { readonly showSecrets: boolean }): Operation[] {
  const change = plan.changes.find((one) => one.file === file || one.path === file);
  return change ? shownPatch(change, showSecrets ? null : planSecrets(plan)) : [];
}

/** The document of a command that failed: all that was wrong, what looks like a key masked. */
export function failureJson(error: ClawformError): JsonObject {
  return {
    format: 1,
    changed: false,
    applied: false,
    files: [],
    problems: failureProblems(error).map((problem) => shownProblem(problem, (text) => text)),
  };
}

/** `secrets` null: they may be shown. */
function shownPatch({ before, document, patch }: Change, secrets: readonly string[] | null): Operation[] {
  const operations = patch.map(({ operation }) => operation);
  return secrets === null
    ? operations
    : redactPatch(operations, document, before === null ? {} : parseText(before.text), secrets);
}

function shownProblem(
  { code, severity, file, pointer, line, column, message, hint }: Problem,
  scrub: (text: string) => string,
): JsonObject {
  return {
    code,
    severity,
    file: scrub(file),
    pointer: scrub(pointer),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    message: scrub(message),
    hint: scrub(hint),
  };
}
