/** Which items of two lists are the same item. */

import { isObject } from "../json.js";
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
  return longestRising(pairs);
}

/** What makes two items the same item: an `id`, else all of their value. */
export function identityOf(item: Json): string {
  return isObject(item) && typeof item["id"] === "string" ? `id:${item["id"]}` : `value:${JSON.stringify(item)}`;
}

/** The longest subsequence whose `before` rises (patience sorting). */
function longestRising(pairs: readonly Pair[]): Pair[] {
  const tails: number[] = [];
  const previous = new Array<number>(pairs.length).fill(-1);
  pairs.forEach((pair, index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] as number] as Pair).before < pair.before) low = middle + 1;
      else high = middle;
    }
    if (low > 0) previous[index] = tails[low - 1] as number;
    tails[low] = index;
  });
  const kept: Pair[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at] as number) kept.push(pairs[at] as Pair);
  return kept.reverse();
}
