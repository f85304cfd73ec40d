/** Whether a change still stands in a value that others may have written since. */

import { deepEqual, hasMember, isObject } from "../json.js";
import { formatPointer } from "../pointer.js";
import type { Json, JsonObject, Pointer } from "../types.js";
import { followList } from "./three-way-list.js";

type Maybe = Json | undefined;

/** What became of the places we changed; pointers into the value we left. */
export interface Standing {
  /** As we left them. */
  readonly kept: readonly Pointer[];
  /** As they were before us. */
  readonly reverted: readonly Pointer[];
  /** Neither: somebody wrote another value there. */
  readonly replaced: readonly Pointer[];
}

/** Looks at every place where `before` and `after` differ; `undefined`: nothing is there. Pure. */
export function standing(before: Maybe, after: Maybe, present: Maybe): Standing {
  const found = { kept: [] as Pointer[], reverted: [] as Pointer[], replaced: [] as Pointer[] };
  visit([], before, after, present, found);
  return found;
}

interface Found {
  readonly kept: Pointer[];
  readonly reverted: Pointer[];
  readonly replaced: Pointer[];
}

function visit(at: readonly string[], before: Maybe, after: Maybe, present: Maybe, found: Found): void {
  if (deepEqual(before, after)) return;
  const pointer = formatPointer(at);
  if (deepEqual(after, present)) found.kept.push(pointer);
  else if (deepEqual(before, present)) found.reverted.push(pointer);
  else if (isObject(after) && isObject(present)) {
    const old = isObject(before) ? before : {};
    for (const key of new Set([...Object.keys(old), ...Object.keys(after)]))
      visit([...at, key], memberOf(old, key), memberOf(after, key), memberOf(present, key), found);
  } else if (Array.isArray(after) && Array.isArray(present)) {
    visitList(at, Array.isArray(before) ? before : [], after, present, found);
  } else found.replaced.push(pointer);
}

function memberOf(object: JsonObject, key: string): Maybe {
  return hasMember(object, key) ? object[key] : undefined;
}

function visitList(
  at: readonly string[],
  before: readonly Json[],
  after: readonly Json[],
  present: readonly Json[],
  found: Found,
): void {
  const story = followList(before, after, present);
  const place = new Map(story.present.flatMap((item, index) => (item.after === null ? [] : [[item.after, index]])));
  story.origins.forEach((from, index) => {
    const there = place.get(index);
    const value = there === undefined ? undefined : present[there];
    visit([...at, String(index)], from === null ? undefined : before[from], after[index], value, found);
  });
  for (const index of story.taken) {
    const back = story.present.some((item, there) => item.after === null && deepEqual(present[there], before[index]));
    (back ? found.reverted : found.kept).push(formatPointer([...at, "-"]));
  }
}
