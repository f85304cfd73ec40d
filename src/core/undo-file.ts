/** Taking one change back in the file as it is now. */

import { ClawformError } from "../errors.js";
import { fingerprinted } from "../hash.js";
import { applyPatchToText, parseText } from "../text/index.js";
import type { Change, Json, Operation, Pointer, SourceFile, TracedOperation } from "../types.js";
import { diffDocuments } from "./compare.js";
import { openSource } from "./documents.js";
import { invertPatch } from "./invert.js";
import { applyPatch } from "./patch.js";
import { valueAt } from "../pointer.js";
import { textAfter } from "./text-after.js";
import { type Conflict, revert } from "./three-way.js";

/** One file taken back. */
export interface FileBack {
  /** Null when nothing has to be done. */
  readonly change: Change | null;
  /** The file is as we left it, and gets its bytes back; else the change was taken out of what stands there now. */
  readonly exact: boolean;
  readonly conflicts: readonly Conflict[];
}

const nothing: FileBack = { change: null, exact: true, conflicts: [] };

/**
 * What takes `done` back in the file as it is now. As we left it: its bytes before, to the last one. Else our values come out
 * and everything others wrote since stays, comments too. Throws as `parseText`, and `text-...` for a text that cannot be
 * edited.
 */
export function fileBack(done: Change, present: SourceFile, reformat = false): FileBack {
  const now = present.before?.sha256 ?? null;
  if (now === (done.before?.sha256 ?? null)) return nothing;
  if (now === (done.after?.sha256 ?? null)) return { ...nothing, change: exactChange(done, present) };
  if (present.before === null)
    return { change: null, exact: false, conflicts: [{ pointer: "", ours: valueOf(done.after), present: undefined }] };
  return merged(done, present, reformat);
}

function exactChange(done: Change, present: SourceFile): Change {
  const operations = diffDocuments(valueOf(done.after), valueOf(done.before));
  return changeOf(present, operations, done.before?.text ?? null);
}

function merged(done: Change, present: SourceFile, reformat: boolean): FileBack {
  const found = openSource(present);
  const moves = movesBack(done, found);
  const start = applyPatch(found, moves);
  const left = applyPatch(
    valueOf(done.after),
    moves.filter(({ op }) => op === "move"),
  );
  const { value, conflicts } = revert(valueOf(done.before), left, start);
  if (conflicts.length > 0) return { change: null, exact: false, conflicts };
  const operations = [...moves, ...diffDocuments(start, value ?? {})];
  if (operations.length === 0) return { ...nothing, exact: false };
  const { text } = textAfter(present, operations, { reformat, edit: applyPatchToText });
  return { change: changeOf(present, operations, text), exact: false, conflicts: [] };
}

/**
 * What the change renamed gets its old name first, comments and all, as long as it is there and the old name is free: then
 * what others wrote in it is compared under the name it had.
 */
function movesBack({ patch, after }: Change, present: Json): Operation[] {
  const back: Operation[] = [];
  let [ours, now] = [valueOf(after), present];
  for (const { operation } of patch.toReversed()) {
    if (operation.op !== "move" || operation.from === operation.path) continue;
    const move = { op: "move", from: operation.path, path: operation.from } as const;
    const moved = tryPatch(ours, move);
    const there = tryPatch(now, move);
    if (moved === null || there === null) continue;
    back.push({ op: "test", path: move.from, value: valueAt(now, move.from) as Json }, move);
    [ours, now] = [moved, there];
  }
  return back;
}

function tryPatch(
  document: Json,
  move: { readonly op: "move"; readonly from: Pointer; readonly path: Pointer },
): Json | null {
  if (valueAt(document, move.path) !== undefined) return null;
  try {
    return applyPatch(document, [move]);
  } catch (error) {
    if (error instanceof ClawformError) return null;
    throw error;
  }
}

function changeOf(present: SourceFile, operations: readonly Operation[], text: string | null): Change {
  const { file, path, document, before } = present;
  const patch = operations.map((operation): TracedOperation => ({ step: 0, operation }));
  const after = text === null ? null : fingerprinted(text);
  const inverse = invertPatch(openSource(present), operations);
  return { file, path, document, before, after, patch, inverse };
}

/** A file that is not there holds nothing. */
function valueOf(state: Change["before"]): Json {
  return state === null ? {} : parseText(state.text);
}
