/** Asking about many things, a few at a time. */

import type { Cancellation } from "./http.js";

/** How many are asked about, and how many at once: as many as OpenClaw asks Ollama about. */
const most = 200;
const together = 8;

/** What `ask` gives of each item, in their order; undefined for those beyond the limit, and once the signal has come. */
export async function askEach<Item, Value>(
  items: readonly Item[],
  until: Cancellation,
  ask: (item: Item) => Promise<Value>,
): Promise<(Value | undefined)[]> {
  const told: (Value | undefined)[] = [];
  for (let from = 0; from < Math.min(items.length, most) && !until.aborted; from += together)
    told.push(...(await Promise.all(items.slice(from, Math.min(from + together, most)).map(ask))));
  return items.map((_, index) => told[index]);
}
