/** A list that we changed and others may have changed since: which of its items is whose. */

import type { Json } from "../types.js";
import { alignLists, identityOf } from "./align.js";

/** An item of the present list: `after` is its index in the list we left, null when others put it in. */
export interface PresentItem {
  readonly after: number | null;
  /** Its index in the list we found, null when it was not there. */
  readonly before: number | null;
}

/** The three lists laid beside each other. */
export interface ListStory {
  /** One for each item of the present list. */
  readonly present: readonly PresentItem[];
  /** Indexes in the list we found of the items we took out, rising. */
  readonly taken: readonly number[];
  /** Indexes in the list we left of the items that others took out, rising. */
  readonly lost: readonly number[];
  /** For each item of the list we left its index in the list we found, null when we put it in. */
  readonly origins: readonly (number | null)[];
}

/** Follows every item from the list we found over the one we left to the present one; a moved item is still the same. */
export function followList(before: readonly Json[], after: readonly Json[], present: readonly Json[]): ListStory {
  const origins: (number | null)[] = after.map(() => null);
  for (const pair of alignLists(before, after).kept) origins[pair.after] = pair.before;
  const known: (number | null)[] = present.map(() => null);
  for (const pair of alignLists(after, present).kept) known[pair.after] = pair.before;
  const lost = matchMoved(after, present, known);
  const kept = new Set(origins);
  return {
    present: known.map((index) => ({ after: index, before: index === null ? null : (origins[index] ?? null) })),
    taken: before.flatMap((_, index) => (kept.has(index) ? [] : [index])),
    lost,
    origins,
  };
}

/** An alignment keeps the order; what others moved is left over on both sides. Fills `known`, returns what nothing matches. */
function matchMoved(after: readonly Json[], present: readonly Json[], known: (number | null)[]): number[] {
  const found = new Set(known);
  const left = after.flatMap((_, index) => (found.has(index) ? [] : [index]));
  const waiting = new Map<string, number[]>();
  for (const index of left.toReversed()) {
    const key = identityOf(after[index] as Json);
    waiting.set(key, [...(waiting.get(key) ?? []), index]);
  }
  const moved = new Set<number>();
  present.forEach((item, index) => {
    if (known[index] !== null) return;
    const from = waiting.get(identityOf(item))?.pop();
    if (from === undefined) return;
    known[index] = from;
    moved.add(from);
  });
  return left.filter((index) => !moved.has(index));
}
