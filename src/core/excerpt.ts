/**
 * The few members of documents that a step is about. A step that is run on these alone costs what it changes; on the whole
 * it copies and compares the maps it adds to, which over many steps is a square.
 */

import { hasMember, isObject, setMember } from "../json.js";
import { parsePointer } from "../pointer.js";
import type { Documents, JsonObject, Pointer } from "../types.js";
import { changeMember, forgetMembers } from "../lookup.js";
import { owned } from "./patch.js";

/** Members by name, with what is asked for in each; null for all of it. */
type Wanted = Map<string, Wanted | null>;

/** Documents with the members at, within and above some places alone. What stands at a place is theirs, not a copy. */
export function excerptOf(documents: Documents, places: readonly Pointer[]): Documents {
  const wanted: Wanted = new Map([
    ["config", new Map()],
    ["auth", new Map()],
  ]);
  for (const place of places) want(wanted, parsePointer(place));
  return membersOf(documents as unknown as JsonObject, wanted) as unknown as Documents;
}

function want(all: Wanted, tokens: readonly string[]): void {
  let wanted = all;
  const last = tokens.length - 1;
  for (let depth = 0; depth < last; depth++) {
    const name = tokens[depth] as string;
    let inner = wanted.get(name);
    if (inner === null) return;
    if (inner === undefined) wanted.set(name, (inner = new Map()));
    wanted = inner;
  }
  wanted.set(tokens[last] as string, null);
}

function membersOf(whole: JsonObject, wanted: Wanted): JsonObject {
  const members: JsonObject = {};
  // Several stand in the order they have there: a comparison goes by it.
  const names = wanted.size === 1 ? wanted.keys() : Object.keys(whole).filter((name) => wanted.has(name));
  for (const name of names) {
    if (!hasMember(whole, name)) continue;
    const value = whole[name];
    const inner = wanted.get(name);
    setMember(members, name, inner && isObject(value) ? membersOf(value, inner) : (value ?? null));
  }
  return members;
}

/**
 * The documents with what became of an excerpt of them, and of nothing else. Objects among `own` are changed in place, others
 * copied and added to these.
 */
export function putBack(documents: Documents, before: Documents, after: Documents, own: Set<object>): Documents {
  const [whole, old, now] = [documents, before, after] as unknown as [JsonObject, JsonObject, JsonObject];
  const copy = owned(own, whole) as JsonObject;
  putMembers(copy, old, now, own);
  return copy as unknown as Documents;
}

function putMembers(whole: JsonObject, before: JsonObject, after: JsonObject, own: Set<object>): void {
  for (const name of Object.keys(before)) if (!hasMember(after, name)) changeMember(whole, name, undefined);
  for (const [name, value] of Object.entries(after)) {
    const old = hasMember(before, name) ? before[name] : undefined;
    if (old === value) continue;
    const present = hasMember(whole, name) ? whole[name] : undefined;
    // Shown in part: what else is in it stays.
    if (isObject(old) && isObject(present) && isObject(value) && old !== present) {
      const copy = owned(own, present) as JsonObject;
      forgetMembers(whole);
      setMember(whole, name, copy);
      putMembers(copy, old, value, own);
    } else changeMember(whole, name, value);
  }
}
