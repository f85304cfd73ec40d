/**
 * The guard's own reader. It shares no line with the scanner: it spells common JSON5 as JSON (names quoted, comments and
 * last commas out) and leaves grammar and values to the engine. Whatever it does not know for sure it leaves as it is, so
 * that the engine refuses it, or gives up: json5 reads the text then. It may be stricter than json5, never laxer.
 */

import type { Json } from "../types.js";

/** Pieces that are held before they become one string: those of a large text would take more room than the text. */
const handful = 4096;
const lineEnd = /[\n\r\u2028\u2029]/g;

/** The value of a text of common JSON5, as JSON5.parse gives it; undefined when only json5 can tell. */
export function reread(text: string): Json | undefined {
  const json = asJson(text);
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json) as Json;
  } catch {
    return undefined;
  }
}

function asJson(text: string): string | undefined {
  let done = "";
  let pieces: string[] = [];
  let from = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let at = from;
  /** A comma is written when something follows it that is no closing bracket. */
  let comma = false;
  /** An opening bracket came last, commas aside. */
  let opened = false;

  function put(instead: string, next: number): void {
    if (pieces.length > handful) {
      done += pieces.join("");
      pieces = [];
    }
    pieces.push(text.slice(from, at), instead);
    from = at = next;
  }

  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) at++;
    else if (code === 47) {
      const end = commentEnd(text, at);
      if (end < 0) return undefined;
      put(" ", end);
    } else if (code === 44) {
      if (comma) return undefined;
      comma = true;
      put("", at + 1);
    } else {
      const closes = code === 125 || code === 93;
      if (comma && closes && opened) return undefined;
      if (comma && !closes) pieces.push(",");
      comma = false;
      opened = code === 123 || code === 91;
      if (closes || opened || code === 58) at++;
      else if (code === 34) at = stringEnd(text, at);
      else if (code === 39) {
        const end = text.indexOf("'", at + 1);
        const content = text.slice(at + 1, end);
        if (end < 0 || content.includes('"') || content.includes("\\")) return undefined;
        put(`"${content}"`, end + 1);
      } else if (isLetter(code)) {
        const end = nameEnd(text, at);
        if (beforeColon(text, end)) put(`"${text.slice(at, end)}"`, end);
        else at = end;
      } else if (isDigit(code) || code === 45) at = numberEnd(text, at);
      else return undefined;
    }
  }
  if (comma) return undefined;
  put("", at);
  return done + pieces.join("");
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** What a name begins with, `_` and `$` too. */
function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 36;
}

function nameEnd(text: string, start: number): number {
  let at = start + 1;
  while (isLetter(text.charCodeAt(at)) || isDigit(text.charCodeAt(at))) at++;
  return at;
}

/** Whatever may be in a number: which of it is one, the engine knows. */
function numberEnd(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (!isDigit(code) && !isLetter(code) && code !== 46 && code !== 43 && code !== 45) return at;
    at++;
  }
}

/** Behind the closing quote. Which escapes there are, and what has to be escaped, the engine knows. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) return at + 1;
    if (code === 92) at++;
  }
  return text.length;
}

function commentEnd(text: string, at: number): number {
  const next = text.charCodeAt(at + 1);
  if (next === 47) {
    lineEnd.lastIndex = at;
    return lineEnd.exec(text)?.index ?? text.length;
  }
  const end = next === 42 ? text.indexOf("*/", at + 2) : -1;
  return end < 0 ? -1 : end + 2;
}

function beforeColon(text: string, offset: number): boolean {
  let at = offset;
  while (isSpace(text.charCodeAt(at))) at++;
  return text.charCodeAt(at) === 58;
}
