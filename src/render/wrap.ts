/** Lines for terminals of any width. */

import stringWidth from "fast-string-width";
import { isPlain } from "./visible.js";

/** Terminal columns a text takes; wide characters take two. */
export function columnsOf(text: string): number {
  return isPlain(text) ? text.length : stringWidth(text);
}

/**
 * A text in lines of at most `width` columns, broken between words (between characters where these are wide); a longer
 * word stays whole. The first line begins with `first`, the others with `rest`. Never empty.
 */
export function wrapWords(text: string, width: number, first = "", rest: string = first): string[] {
  const room = width - columnsOf(rest);
  const lines: string[] = [];
  let line = first;
  let columns = columnsOf(first);
  let fresh = true;
  for (const { text: word, glued } of text.split(" ").flatMap((part) => (part === "" ? [] : pieces(part, room)))) {
    const gap = fresh || glued ? "" : " ";
    const wide = columnsOf(word);
    if (!fresh && columns + gap.length + wide > width) {
      lines.push(line);
      line = rest + word;
      columns = columnsOf(line);
    } else {
      line += gap + word;
      columns += gap.length + wide;
    }
    fresh = false;
  }
  return [...lines, line];
}

/** A text cut to `width` columns, its last one then being `…`. */
export function cut(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  let short = "";
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (columnsOf(short + segment) > width - 1) break;
    short += segment;
  }
  return `${short}…`;
}

/** A text with spaces up to `width` columns. */
export function padTo(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columnsOf(text)));
}

/** Languages that write no spaces are broken beside any wide character; a long id never. */
function pieces(word: string, room: number): { text: string; glued: boolean }[] {
  if (isPlain(word) || columnsOf(word) <= room || columnsOf(word) === word.length)
    return [{ text: word, glued: false }];
  const parts: string[] = [];
  let wide = true;
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    const isWide = columnsOf(segment) > 1;
    if (wide || isWide) parts.push(segment);
    else parts.push(`${parts.pop() ?? ""}${segment}`);
    wide = isWide;
  }
  return parts.map((text, index) => ({ text, glued: index > 0 }));
}
