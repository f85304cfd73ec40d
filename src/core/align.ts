/** Which items of two lists are the same item. */

import { isObject } from "../json.js";
import { longestRising } from "../rising.js";
import type { Json } from "../types.js";

/** The same item's index in both lists. */
export interface Pair {
  readonly before: number;
  readonly after: number;
}

/** The items that two lists share, in the order of the second. */
export interface Alignment {
  /** Those that keep their order. */
  readonly kept: readonly Pair[];
  /** Those that do not: in the second list they stand elsewhere among the others. */
  readonly moved: readonly Pair[];
}

/**
 * Pairs items: objects with the same `id` (else equal items) are the same item. The longest run in an order both lists share
 * is kept, in n log n; what is in no pair was removed or inserted.
 */
export function alignLists(before: readonly Json[], after: readonly Json[]): Alignment {
  const waiting = new Map<string, number[]>();
  before.forEach((item, index) => {
    const key = identityOf(item);
    const places = waiting.get(key);
    if (places) places.push(index);
    else waiting.set(key, [index]);
  });
  for (const places of waiting.values()) places.reverse();
  const pairs: Pair[] = [];
  after.forEach((item, index) => {
    const from = waiting.get(identityOf(item))?.pop();
    if (from !== undefined) pairs.push({ before: from, after: index });
  });
  const run = longestRising(pairs.map((pair) => pair.before));
  const stays = new Set(run);
  return {
    kept: run.map((index) => pairs[index] as Pair),
    moved: run.length === pairs.length ? [] : pairs.filter((_, index) => !stays.has(index)),
  };
}

/** What makes two items the same item: an `id`, else all of their value. */
export function identityOf(item: Json): string {
  return isObject(item) && typeof item["id"] === "string" ? `id:${item["id"]}` : `value:${JSON.stringify(item)}`;
}
