/** Searching a list of answers. */

import type { Answer } from "./ask.js";

/** What a search looks through. */
export function searchText({ value, label, hint, words }: Answer): string {
  return [label, hint, value, words].join(" ").toLowerCase();
}

/** Every word of a search has to be there, in any order. */
export function matches(search: string, findable: string): boolean {
  return search
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .every((word) => findable.includes(word));
}
