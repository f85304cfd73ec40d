/** Documents + steps -> plan. Pure: the plan holds every byte that would be written. */

import { sha256 } from "../hash.js";
import { deepEqual } from "../json.js";
import { isWithin } from "../pointer.js";
import { applyPatchToText } from "../text/index.js";
import { registry } from "../../transforms/registry.js";
import type { Change, Documents, Json, Pointer, Plan, Problem, SourceFile, Step, TracedOperation } from "../types.js";
import { checkStep } from "./checks.js";
import { diffDocuments } from "./compare.js";
import { documentFindings, documentOf, documentPointer, openDocuments, presentProblems, withPositions } from "./documents.js";
import { invertPatch } from "./invert.js";
import { findings } from "./validate.js";

/**
 * What the steps would change in these files. A problem of severity `error` stops the plan: then it has no changes.
 * Throws `invalidError` for a file that is not JSON5 or not an object.
 */
export function makePlan(sources: readonly SourceFile[], steps: readonly Step[], given: readonly Problem[] = []): Plan {
  const documents = openDocuments(sources);
  const problems: Problem[] = [...given, ...steps.flatMap(inputProblems)];
  const stopped = (): boolean => problems.some(({ severity }) => severity === "error");
  if (!stopped()) problems.push(...sources.flatMap((source) => presentProblems(source, documentOf(documents, source.document), pathsIn(source, steps))));
  if (stopped()) return { format: 1, steps, changes: [], problems };

  const states: Documents[] = [documents];
  steps.forEach(({ transform, input }) => {
    const present = states.at(-1) as Documents;
    problems.push(...checkStep(transform, input, present).map((problem) => inFile(problem, sources)));
    states.push(stopped() ? present : entryOf(transform).transform(input)(present));
  });
  if (stopped()) return { format: 1, steps, changes: [], problems };

  const changes = sources.flatMap((source) => changeOf(source, states) ?? []);
  problems.push(...changes.flatMap((change) => newProblems(change, documentOf(documents, change.document), documentOf(states.at(-1) as Documents, change.document))));
  return { format: 1, steps, changes: stopped() ? [] : changes, problems };
}

function entryOf(transform: string): NonNullable<ReturnType<typeof registry.get>> {
  const entry = registry.get(transform);
  if (!entry) throw new Error(`no transform named ${transform}`);
  return entry;
}

/** A step whose input does not fit its schema is somebody's mistake in the setup, never run. */
function inputProblems({ transform, title, input }: Step): Problem[] {
  entryOf(transform);
  return findings(`transforms/${transform}`, input).map((finding) => ({
    ...finding,
    severity: "error",
    file: "",
    message: `${title}: ${finding.message}`,
  }));
}

/** Where the steps write in one file, as pointers over that file's own document. */
function pathsIn({ document }: SourceFile, steps: readonly Step[]): Pointer[] {
  const root = documentPointer(document);
  return steps
    .flatMap(({ transform, input }) => entryOf(transform).paths(input))
    .filter((path) => isWithin(path, root))
    .map((path) => path.slice(root.length));
}

/** Checks speak of `config` and `auth:<agent>`; people of files. */
function inFile(problem: Problem, sources: readonly SourceFile[]): Problem {
  const source = sources.find(({ document }) => problem.file === (document.kind === "auth" ? `auth:${document.agent}` : "config"));
  return source ? (withPositions([{ ...problem, file: source.file }], source)[0] as Problem) : problem;
}

function changeOf(source: SourceFile, states: readonly Documents[]): Change | null {
  const values = states.map((state) => documentOf(state, source.document));
  const before = values[0] as Json;
  const after = values.at(-1) as Json;
  if (deepEqual(before, after)) return null;
  const patch = trace(values);
  const operations = patch.map(({ operation }) => operation);
  const text = source.before === null ? `${JSON.stringify(after, null, 2)}\n` : applyPatchToText(source.before.text, operations);
  const { file, path, document } = source;
  return {
    file,
    path,
    document,
    before: source.before,
    after: { sha256: sha256(text), text },
    patch,
    inverse: invertPatch(before, operations),
  };
}

/**
 * Each step's own operations, in order. Should a later step undo or redo part of an earlier one, the whole is compared
 * at once instead, so that nothing is written twice; an operation then belongs to the last step that touched its place.
 */
function trace(values: readonly Json[]): TracedOperation[] {
  const perStep = values.slice(1).flatMap((value, step) =>
    diffDocuments(values[step] as Json, value).map((operation): TracedOperation => ({ step, operation })),
  );
  const doubled = perStep.some(
    ({ step, operation }, index) =>
      (operation.op === "replace" || operation.op === "remove") &&
      perStep.slice(0, index).some((earlier) => earlier.step < step && earlier.operation.op !== "test" && isWithin(operation.path, earlier.operation.path)),
  );
  if (!doubled) return perStep;
  return diffDocuments(values[0] as Json, values.at(-1) as Json).map((operation) => {
    const touching = perStep.filter(({ operation: { op, path } }) => op !== "test" && (isWithin(path, operation.path) || isWithin(operation.path, path)));
    return { step: touching.at(-1)?.step ?? 0, operation };
  });
}

/** What would be wrong only because of us: a plan must not write it. */
function newProblems({ file, document, patch }: Change, before: Json, after: Json): Problem[] {
  const key = ({ pointer, message }: { pointer: string; message: string }): string => `${pointer} ${message}`;
  const present = new Set(documentFindings(document, before).map(key));
  return documentFindings(document, after)
    .filter((finding) => !present.has(key(finding)) && patch.some(({ operation }) => isWithin(finding.pointer, operation.path) || isWithin(operation.path, finding.pointer)))
    .map((finding) => ({ ...finding, severity: "error", file, message: `the result would be invalid: ${finding.message}` }));
}
