/** Where a place of one state of a document is in another, across the operations between. */

import { formatPointer, isIndex, isWithin, parsePointer } from "../pointer.js";
import type { Operation, Pointer } from "../types.js";

/** The pointer after the operations; null when one of them took the place away. */
export function followForward(pointer: Pointer, operations: readonly Operation[]): Pointer | null {
  let at: Pointer | null = pointer;
  for (const operation of operations) {
    if (at === null) return null;
    const { op, path } = operation;
    if (op === "remove") at = isWithin(at, path) ? null : shifted(at, path, -1);
    else if (op === "add" || op === "copy") at = shifted(at, path, 1);
    else if (op === "move")
      at = isWithin(at, operation.from)
        ? path + at.slice(operation.from.length)
        : shifted(shifted(at, operation.from, -1), path, 1);
  }
  return at;
}

/** The pointer before the operations; null when one of them made the place. */
export function followBackward(pointer: Pointer, operations: readonly Operation[]): Pointer | null {
  let at: Pointer | null = pointer;
  for (const operation of operations.toReversed()) {
    if (at === null) return null;
    const { op, path } = operation;
    if (op === "remove") at = shifted(at, path, 1);
    else if (op === "add" || op === "copy") at = isWithin(at, path) ? null : shifted(at, path, -1);
    else if (op === "move")
      at = isWithin(at, path)
        ? operation.from + at.slice(path.length)
        : shifted(shifted(at, path, -1), operation.from, 1);
  }
  return at;
}

/** Items of a list move up when one goes in (1) before them, down when one goes out (-1). */
function shifted(pointer: Pointer, path: Pointer, by: 1 | -1): Pointer {
  const slash = path.lastIndexOf("/");
  const index = path.slice(slash + 1);
  if (!isIndex(index) || !pointer.startsWith(path.slice(0, slash + 1))) return pointer;
  const depth = parsePointer(path).length - 1;
  const tokens = parsePointer(pointer);
  const token = tokens[depth] as string;
  if (!isIndex(token) || Number(token) < Number(index) + (by === 1 ? 0 : 1)) return pointer;
  tokens[depth] = String(Number(token) + by);
  return formatPointer(tokens);
}
