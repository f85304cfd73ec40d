/** Whether any of many words stands in a text. */

/** So few are looked for one after the other, which the engine does fastest. */
const few = 16;

/** A question to many texts: does one of these words stand in it? A word has at least `shortest` characters. The time taken follows the text, not the number of words. */
export function occurrenceOf(words: readonly string[], shortest: number): (text: string) => boolean {
  if (words.length <= few) return (text) => words.some((word) => text.includes(word));
  const byHead = new Map<string, Map<number, Set<string>>>();
  for (const word of words) {
    const head = word.slice(0, shortest);
    const byLength = byHead.get(head) ?? new Map<number, Set<string>>();
    const alike = byLength.get(word.length) ?? new Set<string>();
    byHead.set(head, byLength.set(word.length, alike.add(word)));
  }
  return (text) => {
    for (let at = 0; at + shortest <= text.length; at++) {
      const candidates = byHead.get(text.slice(at, at + shortest));
      if (!candidates) continue;
      for (const [length, alike] of candidates) if (alike.has(text.slice(at, at + length))) return true;
    }
    return false;
  };
}
