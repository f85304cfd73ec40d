/**
 * Taking one change out of a value that others have changed since: what they did stays, what we did goes. The three values
 * are the one we found, the one we left, and the present one; `undefined` stands for nothing there.
 */

import { deepEqual, hasMember, isObject, setMember } from "../json.js";
import { formatPointer } from "../pointer.js";
import type { Json, JsonObject, Pointer } from "../types.js";
import { identityOf } from "./align.js";
import { includeKey } from "./include-names.js";
import { followList } from "./three-way-list.js";

type Maybe = Json | undefined;

/** A place where both we and others changed the same value: neither may win by itself. */
export interface Conflict {
  /** In the present value. */
  readonly pointer: Pointer;
  /** What we left there. */
  readonly ours: Maybe;
  readonly present: Maybe;
}

/** The value without our change, as far as there is no conflict. */
export interface Reverted {
  readonly value: Maybe;
  readonly conflicts: readonly Conflict[];
}

/**
 * The present value with our change (from `before` to `after`) taken back. With `present` equal to `after` it is `before`;
 * what others added, changed or removed elsewhere stays; where they touched what we wrote there is a conflict, unless they
 * took it back themselves. A section we made goes when nothing of others is in it. Pure.
 */
export function revert(before: Maybe, after: Maybe, present: Maybe): Reverted {
  const conflicts: Conflict[] = [];
  return { value: valueBack([], before, after, present, conflicts), conflicts };
}

function valueBack(at: readonly string[], before: Maybe, after: Maybe, present: Maybe, conflicts: Conflict[]): Maybe {
  if (deepEqual(after, present)) return before;
  if (deepEqual(before, after) || deepEqual(before, present)) return present;
  if (isObject(after) && isObject(present) && (before === undefined || isObject(before)) && sameKind(after, present))
    return objectBack(at, before, after, present, conflicts);
  if (Array.isArray(after) && Array.isArray(present) && (before === undefined || Array.isArray(before)))
    return listBack(at, before, after, present, conflicts);
  if (present === undefined && isObject(after) && isObject(before) && onlyAdded(before, after)) return undefined;
  conflicts.push({ pointer: formatPointer(at), ours: after, present });
  return present;
}

/** What others have put into a file of its own is not there to be taken back, and not for that reason gone. */
function sameKind(after: JsonObject, present: JsonObject): boolean {
  return deepEqual(memberOf(after, includeKey), memberOf(present, includeKey));
}

/** Others removed a whole section: that is no conflict when all we did was to add to it. */
function onlyAdded(before: JsonObject, after: JsonObject): boolean {
  return Object.entries(before).every(([key, value]) => {
    const left = memberOf(after, key);
    return deepEqual(value, left) || (isObject(value) && isObject(left) && onlyAdded(value, left));
  });
}

function objectBack(
  at: readonly string[],
  before: JsonObject | undefined,
  after: JsonObject,
  present: JsonObject,
  conflicts: Conflict[],
): Maybe {
  const back: JsonObject = {};
  const keys = new Set([...Object.keys(present), ...Object.keys(after), ...Object.keys(before ?? {})]);
  for (const key of keys) {
    const [old, left, there] = [memberOf(before, key), memberOf(after, key), memberOf(present, key)];
    const value = valueBack([...at, key], old, left, there, conflicts);
    if (value !== undefined) setMember(back, key, value);
  }
  return before === undefined && Object.keys(back).length === 0 ? undefined : back;
}

function memberOf(object: JsonObject | undefined, key: string): Maybe {
  return object !== undefined && hasMember(object, key) ? object[key] : undefined;
}

interface Kept {
  readonly value: Json;
  /** Its index in the present list; null for an item that came back. */
  readonly present: number | null;
  /** Its index in the list we found; null when it was not there. */
  before: number | null;
}

function listBack(
  at: readonly string[],
  before: readonly Json[] | undefined,
  after: readonly Json[],
  present: readonly Json[],
  conflicts: Conflict[],
): Maybe {
  const found = before ?? [];
  const story = followList(found, after, present);
  const kept: Kept[] = story.present.flatMap(({ after: ours, before: from }, index): Kept[] => {
    const value = present[index] as Json;
    if (ours === null) return [{ value, present: index, before: null }];
    const path = [...at, String(index)];
    if (from !== null) {
      const back = valueBack(path, found[from], after[ours], value, conflicts);
      return [{ value: back ?? value, present: index, before: from }];
    }
    if (deepEqual(value, after[ours])) return [];
    conflicts.push({ pointer: formatPointer(path), ours: after[ours], present: value });
    return [{ value, present: index, before: null }];
  });
  for (const index of story.taken) putBack(kept, found[index] as Json, index, at, conflicts);
  return before === undefined && kept.length === 0 ? undefined : kept.map(({ value }) => value);
}

/** An item that we took out comes back behind those that stood before it. */
function putBack(kept: Kept[], value: Json, before: number, at: readonly string[], conflicts: Conflict[]): void {
  const there = kept.find((item) => item.before === null && identityOf(item.value) === identityOf(value));
  if (there) {
    if (deepEqual(there.value, value)) there.before = before;
    else
      conflicts.push({ pointer: formatPointer([...at, String(there.present)]), ours: undefined, present: there.value });
    return;
  }
  const behind = kept.findLastIndex((item) => item.before !== null && item.before < before);
  const next = kept.findIndex((item) => item.before !== null && item.before > before);
  kept.splice(behind >= 0 ? behind + 1 : Math.max(next, 0), 0, { value, present: null, before });
}
