/** Documents + steps -> plan. Pure: the plan holds every byte that would be written. */

import { ClawformError } from "../errors.js";
import { fingerprinted } from "../hash.js";
import { deepEqual } from "../json.js";
import { isWithin } from "../pointer.js";
import { applyPatchToText } from "../text/index.js";
import type {
  Change,
  DocumentKey,
  Json,
  Operation,
  Pointer,
  Plan,
  Problem,
  SourceFile,
  Step,
  TracedOperation,
} from "../types.js";
import {
  documentFindings,
  documentOf,
  documentPointer,
  duplicateProblems,
  inFiles,
  openDocuments,
  openSource,
  presentProblems,
} from "./documents.js";
import type { Composition } from "./include.js";
import { invertPatch } from "./invert.js";
import { entryOf, run } from "./run.js";
import { storeProblems } from "./store-form.js";
import { textAfter } from "./text-after.js";
import { trace } from "./trace.js";
import { type Finding, findings } from "./validate.js";

/** What a plan is made of beside its steps. */
export interface PlanInput {
  /** The files the steps may write, included ones too. */
  readonly sources: readonly SourceFile[];
  /** How the configuration is put together, when it is from several files. */
  readonly composition?: Composition | null;
  /** Problems found on the way here. */
  readonly problems?: readonly Problem[];
  /** Write a file anew, without its comments, where its text cannot be edited; a warning says what is lost. */
  readonly reformat?: boolean;
  /** How a text is edited; a test gives one that fails. */
  readonly edit?: typeof applyPatchToText;
}

/**
 * What the steps would change in these files. A problem of severity `error` stops the plan: then it has no changes.
 * Throws `invalidError` for a file that is not JSON5 or not an object.
 */
export function makePlan(input: PlanInput, steps: readonly Step[]): Plan {
  const { sources, composition = null, problems: given = [], reformat = false, edit = applyPatchToText } = input;
  const documents = openDocuments(sources, composition);
  const problems: Problem[] = [...given, ...steps.flatMap(inputProblems)];
  const stopped = (): boolean => problems.some(({ severity }) => severity === "error");
  const roots = sources.filter(({ document }) => document.kind !== "include");
  if (!stopped()) {
    problems.push(
      ...roots.flatMap((source) =>
        presentProblems(source, documentOf(documents, source.document), () => pathsIn(source, steps), composition),
      ),
    );
    problems.push(...sources.filter((source) => !roots.includes(source)).flatMap(duplicateProblems));
    problems.push(...sources.flatMap(storeProblems));
  }
  if (stopped()) return refused(steps, problems);

  const ran = run(
    steps,
    documents,
    roots.map(({ document }) => document),
  );
  problems.push(...inFiles(ran.said, roots, composition));
  if (stopped()) return refused(steps, problems);

  const changes = roots.flatMap((source, index) => {
    const [before, after] = [documents, ran.after].map((all) => documentOf(all, source.document)) as [Json, Json];
    const patch = deepEqual(before, after) ? [] : trace(ran.operations[index] ?? [], before, after);
    if (patch.length === 0) return [];
    problems.push(...newProblems(source.file, source.document, patch, [before, after]));
    try {
      const routed =
        composition && source.document.kind === "config" ? composition.route(patch) : new Map([[source.path, patch]]);
      return [...routed].map(([path, own]) => {
        const file = fileAt(path, sources);
        const written = textAfter(file, operationsOf(own), { reformat, edit });
        problems.push(...written.problems);
        return changeOf(file, own, written.text, composition);
      });
    } catch (error) {
      problems.push(refusal(error));
      return [];
    }
  });
  return stopped() ? refused(steps, problems) : { format: 1, steps, changes, problems };
}

/** Nothing is written then, so nothing that would come of it is told. */
function refused(steps: readonly Step[], problems: readonly Problem[]): Plan {
  return { format: 1, steps, changes: [], problems: problems.filter(({ severity }) => severity !== "info") };
}

function fileAt(path: string, sources: readonly SourceFile[]): SourceFile {
  const source = sources.find((one) => one.path === path);
  if (!source) throw new Error(`no file ${path} among the plan's`);
  return source;
}

/** An edit that cannot be had as it was asked is the user's to decide, not a crash. */
function refusal(error: unknown): Problem {
  if (!(error instanceof ClawformError) || !/^(include|text)-/.test(error.code)) throw error;
  return error.asProblem();
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

function changeOf(
  source: SourceFile,
  patch: readonly TracedOperation[],
  text: string,
  composition: Composition | null,
): Change {
  const before = composition?.own.get(source.path) ?? openSource(source);
  const { file, path, document } = source;
  return {
    file,
    path,
    document,
    before: source.before,
    after: fingerprinted(text),
    patch,
    inverse: invertPatch(before, operationsOf(patch)),
  };
}

function operationsOf(patch: readonly TracedOperation[]): Operation[] {
  return patch.map(({ operation }) => operation);
}

/** Findings that came along with what was moved, at their new places; their words may name the old ones. */
function movedBy(patch: readonly TracedOperation[], found: readonly Finding[]): Finding[] {
  return found.flatMap((finding) => {
    let { pointer } = finding;
    for (const { operation } of patch)
      if (operation.op === "move" && isWithin(pointer, operation.from))
        pointer = operation.path + pointer.slice(operation.from.length);
    return pointer === finding.pointer ? [] : [{ ...finding, pointer }];
  });
}

/** What would be wrong only because of us: a plan must not write it. */
function newProblems(
  file: string,
  document: DocumentKey,
  patch: readonly TracedOperation[],
  [before, after]: readonly [Json, Json],
): Problem[] {
  const key = ({ pointer, message }: Finding): string => `${pointer} ${message}`;
  const kind = ({ pointer, code }: Finding): string => `${pointer} ${code}`;
  const found = documentFindings(document, before);
  const present = new Set(found.map(key));
  const moved = new Set(patch.some(({ operation }) => operation.op === "move") ? movedBy(patch, found).map(kind) : []);
  return documentFindings(document, after)
    .filter(
      (finding) =>
        !present.has(key(finding)) &&
        !moved.has(kind(finding)) &&
        patch.some(
          ({ operation }) => isWithin(finding.pointer, operation.path) || isWithin(operation.path, finding.pointer),
        ),
    )
    .map((finding) => ({
      ...finding,
      severity: "error",
      file,
      message: `the result would be invalid: ${finding.message}`,
    }));
}
