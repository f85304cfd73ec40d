/** The heart: a text and a patch in, the text with the patch in it out. */

import { applyPatch } from "../core/patch.js";
import type { Json, Operation } from "../types.js";
import { applyEdits, type TextEdit } from "./edits.js";
import { guard } from "./guard.js";
import { changeItem } from "./item.js";
import { operate } from "./operate.js";
import { isTooDeep, parseText } from "./parse.js";
import { learn } from "./press.js";
import { maxDepth, scan, tooDeep } from "./scan.js";
import { endOf, startOf } from "./tree.js";
import { changeValue, writeValue } from "./write.js";

/**
 * The text after the operations (RFC 6902) on the JSON or JSON5 in it. Every byte that the operations do not speak of
 * stays: comments, blank lines, indentation, quotes, spelling of numbers, commas, order, byte order mark, line ends.
 * What is new looks like what is beside it, and strict JSON stays strict JSON. A removed or moved member takes its own
 * comments along: those on its line after it, and the block directly above it.
 *
 * Throws `patch-...` with the operation's index and pointer when the patch does not apply, and as `parseText` when the
 * text is no JSON5. The result is read again and compared with the patched value; a difference throws `text-guard`.
 */
export function applyPatchToText(text: string, operations: readonly Operation[]): string {
  if (text.trim() === "") parseText(text);
  const tree = scan(text);
  const press = learn(tree, { write: writeValue, change: changeValue });
  const meant = patchValue(press.value, operations);
  const flat = press.lines.sameLine(startOf(tree, 0), endOf(tree, 0)) && press.style().compact;
  const edits: TextEdit[] = [];
  changeItem(press, operate(tree, operations), edits, flat);
  const after = applyEdits(text, edits);
  guard(after, meant, press.strict);
  return after;
}

/** The value the text has to have afterwards. */
function patchValue(value: Json, operations: readonly Operation[]): Json {
  for (const operation of operations) {
    const { path } = operation;
    const tooMany = typeof path === "string" && path.length > maxDepth && path.split("/").length > maxDepth + 1;
    if (tooMany || ("value" in operation && isTooDeep(operation.value))) throw tooDeep({ pointer: operation.path });
  }
  const meant = applyPatch(value, operations);
  if (isTooDeep(meant)) throw tooDeep({});
  return meant;
}
