/**
 * Two documents to a patch. fast-json-patch says what differs, and is shown only where something may; inside lists, which it
 * compares by index, an alignment takes over so that one inserted item is one operation. Every replace and remove is guarded
 * by a `test`. What is the same object in both is not looked into.
 */

import jsonPatch from "fast-json-patch";
import { deepEqual, hasMember, isObject, setMember } from "../json.js";
import { escapeToken, valueAt } from "../pointer.js";
import type { Json, JsonObject, Operation, Pointer } from "../types.js";
import { alignLists, identityOf, type Pair } from "./align.js";
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
  const lists: Lists[] = [];
  const pruned = { before: {}, after: {} };
  if (!prune({ at, before, after }, pruned, lists)) return lists.flatMap(listDifferences);
  const plain = (jsonPatch.compare(pruned.before, pruned.after, true) as Operation[]).map((found) =>
    exact(found, at, before, after),
  );
  return [...withMoves(plain), ...lists.flatMap(listDifferences)];
}

/** Two objects that differ, or are not known to be alike. */
interface Objects {
  readonly at: Pointer;
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/**
 * Puts into `pruned` what of two objects may differ, lists that stand in both left out, and those lists into `lists`. False
 * when nothing was put.
 */
function prune(
  { at, before, after }: Objects,
  pruned: { before: JsonObject; after: JsonObject },
  lists: Lists[],
): boolean {
  let some = false;
  const put = (name: string, old: Json | undefined, value: Json | undefined): void => {
    if (old !== undefined) setMember(pruned.before, name, old);
    if (value !== undefined) setMember(pruned.after, name, value);
    some = true;
  };
  for (const name of Object.keys(before)) {
    const old = before[name] as Json;
    const value = hasMember(after, name) ? after[name] : undefined;
    if (old === value || (Number.isNaN(old) && Number.isNaN(value))) continue;
    const path = `${at}/${escapeToken(name)}`;
    if (Array.isArray(old) && Array.isArray(value)) lists.push({ at: path, before: old, after: value });
    else if (isObject(old) && isObject(value)) {
      const inner = { before: {}, after: {} };
      if (prune({ at: path, before: old, after: value }, inner, lists)) put(name, inner.before, inner.after);
    } else put(name, old, value);
  }
  for (const name of Object.keys(after)) if (!hasMember(before, name)) put(name, undefined, after[name]);
  return some;
}

/** The library copies values by way of JSON, which knows no NaN and no infinity: the documents' own are taken. */
function exact(found: Operation, at: Pointer, before: Json, after: Json): Operation {
  const path = at + found.path;
  if (!("value" in found)) return { ...found, path };
  return { op: found.op, path, value: valueAt(found.op === "test" ? before : after, found.path) as Json };
}

function listDifferences({ at, before, after }: Lists): Operation[] {
  const shared = Math.min(before.length, after.length);
  if (isInPlace(before, after, shared)) return inPlaceDifferences(at, before, after, shared);
  // Items without an `id` are told apart by their text, in which the order of members counts: equal ones are found first.
  if (!(before.every(hasId) && after.every(hasId)) && deepEqual(before, after)) return [];
  const { kept, moved } = alignLists(before, after);
  if (moved.length > 0 && moved.length * after.length <= mostLooks)
    return reordered({ at, before, after }, kept, moved);
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

/** Where an item that moves stands meanwhile is looked up in the list: in long ones of many such they are taken out and put in. */
const mostLooks = 1_000_000;

/**
 * Items that stand elsewhere are moved there, comments and all, each directly behind the one it follows; then what differs
 * within items is told at the places they have in the end.
 */
function reordered({ at, before, after }: Lists, kept: readonly Pair[], moved: readonly Pair[]): Operation[] {
  const operations: Operation[] = [];
  const pairs = new Map([...kept, ...moved].map((pair) => [pair.after, pair.before]));
  const shared = new Set(pairs.values());
  const moving = new Set(moved.map((pair) => pair.before));
  for (let index = before.length - 1; index >= 0; index--)
    if (!shared.has(index)) operations.push(...removal(`${at}/${index}`, before[index] as Json));
  /** What stands where by now, as indexes of `before`; -1 for what is new. */
  const present = [...shared].sort((one, other) => one - other);
  let last = -1;
  after.forEach((item, index) => {
    const from = pairs.get(index);
    if (from === undefined) {
      operations.push({ op: "add", path: `${at}/${last + 1}`, value: item });
      present.splice((last += 1), 0, -1);
      return;
    }
    const there = present.indexOf(from, moving.has(from) ? 0 : last + 1);
    if (!moving.has(from)) {
      last = there;
      return;
    }
    const path = `${at}/${there}`;
    last = there <= last ? last : last + 1;
    if (there === last) return;
    operations.push(
      { op: "test", path, value: before[from] as Json },
      { op: "move", from: path, path: `${at}/${last}` },
    );
    present.splice(there, 1);
    present.splice(last, 0, from);
  });
  for (const [index, from] of pairs)
    for (const inside of differences(`${at}/${index}`, before[from] as Json, after[index] as Json))
      operations.push(inside);
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
