/**
 * Two documents to a patch. Members are compared by name; inside lists an alignment takes over so that one inserted item
 * is one operation. Every replace and remove is guarded by a `test`. What is the same object is not looked into.
 */

import { deepEqual, hasMember, isObject } from "../json.js";
import { escapeToken } from "../pointer.js";
import type { Json, JsonObject, Operation, Pointer } from "../types.js";
import { alignLists, identityOf } from "./align.js";
import { withMoves } from "./renames.js";

/** The operations that take `before` to `after`: minimal, without no-ops, a renamed member as a `move`. Empty when they are equal. */
export function diffDocuments(before: Json, after: Json): Operation[] {
  return differences("", before, after);
}

/** Two lists that differ, or are not known to be alike. */
interface Lists {
  readonly at: Pointer;
  readonly before: readonly Json[];
  readonly after: readonly Json[];
}

function differences(at: Pointer, before: Json, after: Json): Operation[] {
  if (before === after) return [];
  if (Array.isArray(before) && Array.isArray(after)) return listDifferences({ at, before, after });
  if (!isObject(before) || !isObject(after))
    return deepEqual(before, after)
      ? []
      : [
          { op: "test", path: at, value: before },
          { op: "replace", path: at, value: after },
        ];
  const plain: Operation[] = [];
  const lists: Lists[] = [];
  memberDifferences(at, before, after, plain, lists);
  if (lists.length === 0) return withMoves(plain);
  return [...withMoves(plain), ...lists.flatMap(listDifferences)];
}

/** Collects what differs outside of lists, and the outermost lists. Members from the last to the first, what is new at the end. */
function memberDifferences(
  at: Pointer,
  before: JsonObject,
  after: JsonObject,
  plain: Operation[],
  lists: Lists[],
): void {
  const names = Object.keys(before);
  let gone = 0;
  for (let index = names.length - 1; index >= 0; index--) {
    const name = names[index] as string;
    const old = before[name] as Json;
    // What an object inherits is never the same as a value of a document.
    const value = after[name] as Json;
    if (old === value) continue;
    if (!hasMember(after, name)) {
      gone++;
      plain.push(...removal(`${at}/${escapeToken(name)}`, old));
      continue;
    }
    const path = `${at}/${escapeToken(name)}`;
    if (isObject(old) && isObject(value)) memberDifferences(path, old, value, plain, lists);
    else if (Array.isArray(old) && Array.isArray(value)) lists.push({ at: path, before: old, after: value });
    else if (!deepEqual(old, value)) plain.push({ op: "test", path, value: old }, { op: "replace", path, value });
  }
  const now = Object.keys(after);
  if (now.length === names.length - gone) return;
  for (const name of now) {
    if (!hasMember(before, name))
      plain.push({ op: "add", path: `${at}/${escapeToken(name)}`, value: after[name] as Json });
  }
}

function listDifferences({ at, before, after }: Lists): Operation[] {
  const shared = Math.min(before.length, after.length);
  if (isInPlace(before, after, shared)) return inPlaceDifferences(at, before, after, shared);
  // Items without an `id` are told apart by their text, in which the order of members counts: equal ones are found first.
  if (!(before.every(hasId) && after.every(hasId)) && deepEqual(before, after)) return [];
  const kept = alignLists(before, after);
  const operations: Operation[] = [];
  const keptBefore = new Set(kept.map((pair) => pair.before));
  for (let index = before.length - 1; index >= 0; index--) {
    if (keptBefore.has(index)) continue;
    operations.push(...removal(`${at}/${index}`, before[index] as Json));
  }
  const pairOf = new Map(kept.map((pair) => [pair.after, pair.before]));
  after.forEach((item, index) => {
    const from = pairOf.get(index);
    if (from === undefined) operations.push({ op: "add", path: `${at}/${index}`, value: item });
    else for (const inside of differences(`${at}/${index}`, before[from] as Json, item)) operations.push(inside);
  });
  return operations;
}

/** True when every item stands where the same item stood: lists mostly grow at the end, or change within an item. */
function isInPlace(before: readonly Json[], after: readonly Json[], shared: number): boolean {
  for (let index = 0; index < shared; index++) {
    const [one, other] = [before[index] as Json, after[index] as Json];
    if (one !== other && identityOf(one) !== identityOf(other)) return false;
  }
  return true;
}

function inPlaceDifferences(at: Pointer, before: readonly Json[], after: readonly Json[], shared: number): Operation[] {
  const operations: Operation[] = [];
  for (let index = before.length - 1; index >= shared; index--)
    operations.push(...removal(`${at}/${index}`, before[index] as Json));
  for (let index = 0; index < shared; index++) {
    if (before[index] === after[index]) continue;
    for (const inside of differences(`${at}/${index}`, before[index] as Json, after[index] as Json))
      operations.push(inside);
  }
  for (let index = shared; index < after.length; index++)
    operations.push({ op: "add", path: `${at}/${index}`, value: after[index] as Json });
  return operations;
}

/** Taken out, guarded. */
function removal(path: Pointer, value: Json): Operation[] {
  return [
    { op: "test", path, value },
    { op: "remove", path },
  ];
}

function hasId(item: Json): boolean {
  return isObject(item) && typeof item["id"] === "string";
}
