/** Patterns for ids of models. */

/** True when the whole of `id` fits the pattern: `*` is any text, slashes too, `?` one character. Case does not count. */
export function fitsGlob(pattern: string, id: string): boolean {
  const source = pattern
    .replace(/\*+/g, "*")
    .replace(/[\\^$.+()[\]{}|/]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "isu").test(id);
}
