/** Taking an apply back -> a plan. Pure: given the entry and the files as they are now. */

import { parsePointer } from "../pointer.js";
import type { Change, HistoryEntry, Json, Plan, Problem, SourceFile } from "../types.js";
import { createScrubber, maskValue, planSecrets, secretValues } from "./redact.js";
import { openSource, withPositions } from "./documents.js";
import { undoStep } from "./history-entry.js";
import type { Conflict } from "./three-way.js";
import { type FileBack, fileBack } from "./undo-file.js";
import { type Together, undoFindings } from "./undo-findings.js";

/** How to take an apply back. */
export interface UndoInput {
  readonly entry: HistoryEntry;
  /** The files the entry names, as they are now, in its order. */
  readonly present: readonly SourceFile[];
  /** The configuration's files as they are now when it is put together from several, else null; asked only if others changed some. */
  readonly together: () => Together | null;
  /** Write a file anew, without its comments, where its text cannot be edited. */
  readonly reformat?: boolean;
}

/** What an undo would do. */
export interface Undone {
  /** Without changes when there is nothing to take back, or a conflict. */
  readonly plan: Plan;
  /** Where others changed what the apply wrote: errors, and then nothing is to be written. */
  readonly conflicts: readonly Problem[];
}

/**
 * The plan that takes an apply back. A file as the apply left it gets its bytes from before; one that others changed since
 * loses our values and keeps theirs; one as it was before stays. Throws as `fileBack`.
 */
export function planUndo(input: UndoInput): Undone {
  const { entry, present, together } = input;
  const back = entry.changes.map((done, index) => fileBack(done, present[index] as SourceFile, input.reformat));
  const changes = back.flatMap(({ change }) => (change ? [change] : []));
  const conflicts = back.flatMap(({ conflicts: found }, index) => told(found, present[index] as SourceFile, entry));
  if (conflicts.length === 0 && !back.every(({ exact }) => exact))
    conflicts.push(...undoFindings(merged(back), changes, entry.changes, together));
  const plan: Plan = {
    format: 1,
    steps: [undoStep(entry.number)],
    changes: conflicts.length > 0 ? [] : changes,
    problems: [],
  };
  return { plan, conflicts };
}

function merged(back: readonly FileBack[]): Change[] {
  return back.flatMap(({ change, exact }) => (change && !exact ? [change] : []));
}

/** Longer ones say nothing more. */
const longestValue = 60;

function told(conflicts: readonly Conflict[], source: SourceFile, entry: HistoryEntry): Problem[] {
  if (conflicts.length === 0) return [];
  const { document, file } = source;
  const secrets = [
    ...planSecrets({ format: 1, steps: entry.steps, changes: entry.changes, problems: [] }),
    ...secretValues(document, openSource(source)),
  ];
  const scrub = createScrubber(secrets);
  const shown = (value: Json | undefined, pointer: string): string => {
    if (value === undefined) return "nothing";
    const text = JSON.stringify(maskValue(value, parsePointer(pointer), document, scrub));
    return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
  };
  const problems = conflicts.map(({ pointer, ours, present }): Problem => {
    const place = pointer === "" ? source.path : pointer;
    return {
      code: "undo-conflict",
      severity: "error",
      file,
      pointer,
      message:
        source.before === null
          ? `${source.path} is gone; apply ${entry.number} had changed it`
          : `${place} has changed since apply ${entry.number}: it is ${shown(present, pointer)} now, and was left as ${shown(ours, pointer)}`,
      hint:
        source.before === null
          ? "Put the file back to undo the change in it; clawform does not bring back what others removed."
          : "Nothing was written. Set it back to what the apply left, or to what it was before, and undo again; or change it by hand.",
    };
  });
  return withPositions(problems, source);
}
