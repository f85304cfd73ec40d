/** Laying one value over another. */

import { isObject } from "../../src/json.js";

/** `added` over `present`: members of objects one by one, new items of a list (by `id`) behind those there, else `added`. */
export function over(present: unknown, added: unknown): unknown {
  if (Array.isArray(present) && Array.isArray(added)) {
    return [
      ...(present as { id?: string }[]),
      ...(added as { id?: string }[]).filter(
        ({ id }) => !(present as { id?: string }[]).some((item) => item.id === id),
      ),
    ];
  }
  if (!isObject(present) || !isObject(added)) return added;
  return {
    ...present,
    ...Object.fromEntries(Object.entries(added).map(([key, value]) => [key, over(present[key], value)])),
  };
}
