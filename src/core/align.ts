/** Which items of two lists are the same item. */

import { isObject } from "../json.js";
import { longestRising } from "../rising.js";
import type { Json } from "../types.js";

/** The same item's index in both lists. */
export interface Pair {
  readonly before: number;
  readonly after: number;
}

/**
 * Pairs items in an order both lists share: objects with the same `id` (else equal items) are the same item. The
 * longest such run is kept, in n log n, so what is not paired is what was removed or inserted.
 */
export function alignLists(before: readonly Json[], after: readonly Json[]): Pair[] {
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
  return longestRising(pairs.map((pair) => pair.before)).map((index) => pairs[index] as Pair);
}

/** What makes two items the same item: an `id`, else all of their value. */
export function identityOf(item: Json): string {
  return isObject(item) && typeof item["id"] === "string" ? `id:${item["id"]}` : `value:${JSON.stringify(item)}`;
}
