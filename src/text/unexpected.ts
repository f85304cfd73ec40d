/** What a reader says about text that is not JSON5. */

import { type ClawformError, invalidError } from "../errors.js";
import { positionAt } from "./position.js";

/** A `syntax` error: what was expected at an offset and what stands there, one character of it at most. `since` is where an unfinished part began. */
export function unexpected(text: string, offset: number, expected: string, since?: number): ClawformError {
  const begun = since === undefined ? "" : ` that begins at line ${positionAt(text, since).line}`;
  return invalidError("syntax", `expected ${expected}${begun}, found ${found(text, offset)}`, {
    position: positionAt(text, offset),
    hint: "The file is not JSON5 there, and OpenClaw cannot read it either. Mend it first; nothing was changed.",
  });
}

function found(text: string, offset: number): string {
  const code = text.codePointAt(offset);
  if (code === undefined) return "the end of the file";
  if (code === 10 || code === 13) return "the end of the line";
  const character = String.fromCodePoint(code);
  if (code < 32 || /[\p{C}\p{Z}]/u.test(character))
    return `the character U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  return character === '"' ? "a quotation mark" : `"${character}"`;
}
