/**
 * Two documents to a patch. fast-json-patch says what differs; inside lists, which it compares by index, an alignment
 * takes over so that one inserted item is one operation. Every replace and remove is guarded by a `test`.
 */

import jsonPatch from "fast-json-patch";
import { deepEqual, isObject } from "../json.js";
import { childAt, formatPointer, parsePointer, valueAt } from "../pointer.js";
import type { Json, Operation, Pointer } from "../types.js";
import { alignLists } from "./align.js";

/** The operations that take `before` to `after`: minimal, without no-ops, a renamed member as a `move`. Empty when they are equal. */
export function diffDocuments(before: Json, after: Json): Operation[] {
  return differences("", before, after);
}

function differences(at: Pointer, before: Json, after: Json): Operation[] {
  if (deepEqual(before, after)) return [];
  const comparable = isObject(before) ? isObject(after) : Array.isArray(before) && Array.isArray(after);
  if (!comparable) return replacement(at, before, after);
  if (Array.isArray(before)) return listDifferences(at, before, after as Json[]);
  const plain: Operation[] = [];
  const lists = new Set<Pointer>();
  for (const found of jsonPatch.compare(before as object, after as object, true) as Operation[]) {
    const list = firstList(found.path, before, after);
    if (list === null) plain.push(exact(found, at, before, after));
    else lists.add(list);
  }
  const inLists = [...lists].flatMap((list) =>
    listDifferences(at + list, valueAt(before, list) as Json[], valueAt(after, list) as Json[]),
  );
  return [...withMoves(plain), ...inLists];
}

/** The library copies values by way of JSON, which knows no NaN and no infinity: the documents' own are taken. */
function exact(found: Operation, at: Pointer, before: Json, after: Json): Operation {
  const path = at + found.path;
  if (!("value" in found)) return { ...found, path };
  return { op: found.op, path, value: valueAt(found.op === "test" ? before : after, found.path) as Json };
}

/** The outermost pointer above `path` where both documents hold a list. */
function firstList(path: Pointer, before: Json, after: Json): Pointer | null {
  const tokens = parsePointer(path);
  let [one, other]: [Json | undefined, Json | undefined] = [before, after];
  for (const [depth, token] of tokens.entries()) {
    if (depth > 0 && Array.isArray(one) && Array.isArray(other)) return formatPointer(tokens.slice(0, depth));
    one = childAt(one, token);
    other = childAt(other, token);
  }
  return null;
}

function listDifferences(at: Pointer, before: readonly Json[], after: readonly Json[]): Operation[] {
  const kept = alignLists(before, after);
  const operations: Operation[] = [];
  const keptBefore = new Set(kept.map((pair) => pair.before));
  for (let index = before.length - 1; index >= 0; index--) {
    if (keptBefore.has(index)) continue;
    operations.push(
      { op: "test", path: `${at}/${index}`, value: before[index] as Json },
      { op: "remove", path: `${at}/${index}` },
    );
  }
  const pairOf = new Map(kept.map((pair) => [pair.after, pair.before]));
  after.forEach((item, index) => {
    const from = pairOf.get(index);
    if (from === undefined) operations.push({ op: "add", path: `${at}/${index}`, value: item });
    else operations.push(...differences(`${at}/${index}`, before[from] as Json, item));
  });
  return operations;
}

function replacement(path: Pointer, before: Json, after: Json): Operation[] {
  return [
    { op: "test", path, value: before },
    { op: "replace", path, value: after },
  ];
}

/** A container that left one member and came back, equal, as another of the same object was renamed: a `move`. */
function withMoves(operations: readonly Operation[]): Operation[] {
  const target = new Map<Operation, Operation>();
  const taken = new Set<Operation>();
  operations.forEach((removed, index) => {
    const guard = operations[index - 1];
    if (removed.op !== "remove" || guard?.op !== "test" || typeof guard.value !== "object") return;
    const added = operations.find(
      (other) =>
        other.op === "add" &&
        !taken.has(other) &&
        parent(other.path) === parent(removed.path) &&
        deepEqual(other.value, guard.value),
    );
    if (!added) return;
    target.set(removed, added);
    taken.add(added);
  });
  return operations
    .filter((operation) => !taken.has(operation))
    .map((operation) => {
      const added = target.get(operation);
      return added ? { op: "move", from: operation.path, path: added.path } : operation;
    });
}

function parent(path: Pointer): Pointer {
  return path.slice(0, path.lastIndexOf("/"));
}
