/** What stands between values: white space and comments, as JSON5.parse 2.2.3 takes them. */

import { unexpected } from "./unexpected.js";

const lineEnd = /[\n\r\u2028\u2029]/g;

/** True for a character that ends a line comment (JSON5 section 3). */
export function isLineEnd(code: number): boolean {
  return code === 10 || code === 13 || code === 0x2028 || code === 0x2029;
}

/** True for white space: JSON5's set is the one of `\s`. */
export function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  return code >= 160 && /\s/.test(String.fromCharCode(code));
}

/** Offset after the comment that begins at `offset`: the line's end, or what follows its closing mark. Throws `syntax` when it is none. */
export function commentEnd(text: string, offset: number): number {
  const next = text.charCodeAt(offset + 1);
  if (next === 47) {
    lineEnd.lastIndex = offset;
    const end = lineEnd.exec(text);
    return end === null ? text.length : end.index;
  }
  if (next !== 42) throw unexpected(text, offset + 1, 'a comment ("//" or "/*")');
  const end = text.indexOf("*/", offset + 2);
  if (end < 0) throw unexpected(text, text.length, 'the "*/" of a comment', offset);
  return end + 2;
}

/** Offset of the next character that is neither white space nor in a comment. Throws `syntax` for a broken comment. */
export function skipTrivia(text: string, offset: number): number {
  let at = offset;
  for (;;) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) at++;
    else if (code === 47) at = commentEnd(text, at);
    else return at;
  }
}
