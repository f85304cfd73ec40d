/** Bytes to text, strictly: nothing is replaced, dropped or guessed. */

import { isUtf8 } from "node:buffer";
import { invalidError } from "../errors.js";
import type { Position } from "../types.js";

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * The text of UTF-8 bytes, a byte order mark and CRLF kept. Throws `invalid-utf8` (byte offset and
 * line:column) and `nul-byte` (line:column), neither quoting the content.
 */
export function decodeText(bytes: Buffer, file: string): string {
  if (!isUtf8(bytes)) {
    const offset = invalidOffset(bytes);
    const position = positionAt(bytes, offset);
    throw invalidError(
      "invalid-utf8",
      `${file} is not valid UTF-8: byte ${offset} (line ${position.line}, column ${position.column})`,
      { file, position, hint: isUtf16(bytes) ? "it looks like UTF-16: save it as UTF-8" : "save it as UTF-8" },
    );
  }
  const nul = bytes.indexOf(0);
  if (nul < 0) return bytes.toString("utf8");
  const position = positionAt(bytes, nul);
  throw invalidError("nul-byte", `${file} holds a NUL byte at line ${position.line}, column ${position.column}`, {
    file,
    position,
    hint: "it was damaged or is no text file: restore it from a backup",
  });
}

function isUtf16(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** Index of the first byte that begins no well-formed sequence (RFC 3629, section 4: no surrogates, no overlong forms). */
function invalidOffset(bytes: Buffer): number {
  let index = 0;
  while (index < bytes.length) {
    const length = sequenceLength(bytes, index);
    if (length === 0) break;
    index += length;
  }
  return index;
}

function sequenceLength(bytes: Buffer, index: number): number {
  const lead = bytes[index] ?? 0;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  if (length === 0 || index + length > bytes.length) return 0;
  // The second byte's range is narrower after the four leads that could be overlong, a surrogate or beyond U+10FFFF.
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  const second = bytes[index + 1] ?? 0;
  if (second < low || second > high) return 0;
  for (let at = 2; at < length; at += 1) {
    if (((bytes[index + at] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

/** Line and column of a byte; everything before it has to be valid UTF-8. */
function positionAt(bytes: Buffer, offset: number): Position {
  let line = 1;
  let start = 0;
  for (let index = 0; index < offset; index += 1) {
    const byte = bytes[index];
    // CRLF counts once, at its line feed.
    if (byte === lineFeed || (byte === carriageReturn && bytes[index + 1] !== lineFeed)) {
      line += 1;
      start = index + 1;
    }
  }
  return { line, column: bytes.toString("utf8", start, offset).length + 1 };
}
