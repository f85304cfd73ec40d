/** RFC 6901 JSON Pointer. Floor 0. */

import { invalidError } from "./errors.js";
import { hasMember, isObject } from "./json.js";
import type { Json, Pointer } from "./types.js";

/** Splits a pointer into its unescaped tokens. Throws `patch-pointer` when it is neither empty nor starts with a slash, or has a bad escape. */
export function parsePointer(pointer: Pointer): string[] {
  if (pointer === "") return [];
  const escaped = pointer.includes("~");
  if (!pointer.startsWith("/") || (escaped && /~(?![01])/.test(pointer))) {
    throw invalidError("patch-pointer", `"${pointer}" is not a JSON Pointer`, {
      hint: 'A pointer is empty or starts with "/"; "~" is written "~0" and "/" inside a key "~1".',
    });
  }
  const tokens: string[] = [];
  for (let start = 1; start > 0;) {
    const slash = pointer.indexOf("/", start);
    tokens.push(slash < 0 ? pointer.slice(start) : pointer.slice(start, slash));
    start = slash + 1;
  }
  return escaped ? tokens.map(unescapeToken) : tokens;
}

/** Joins tokens to a pointer, escaping `~` and `/`. */
export function formatPointer(tokens: readonly string[]): Pointer {
  let pointer = "";
  for (const token of tokens) pointer += `/${escapeToken(token)}`;
  return pointer;
}

/** A token as it stands in a pointer: `~` and `/` escaped. Most have neither. */
export function escapeToken(token: string): string {
  if (!token.includes("/") && !token.includes("~")) return token;
  return token.replaceAll("~", "~0").replaceAll("/", "~1");
}

function unescapeToken(token: string): string {
  return token.includes("~") ? token.replaceAll("~1", "/").replaceAll("~0", "~") : token;
}

/** True when `inner` is `outer` or lies below it. */
export function isWithin(inner: Pointer, outer: Pointer): boolean {
  if (!inner.startsWith(outer)) return false;
  return inner.length === outer.length || inner.charCodeAt(outer.length) === 47;
}

/** A pointer and every one it lies within, the root last. */
export function placesAbove(path: Pointer): Pointer[] {
  const places = [path];
  for (let slash = path.lastIndexOf("/"); slash >= 0; slash = path.lastIndexOf("/", slash - 1)) {
    places.push(path.slice(0, slash));
    if (slash === 0) break;
  }
  return places;
}

/** The value at a pointer, or undefined where there is none. */
export function valueAt(document: unknown, pointer: Pointer): Json | undefined {
  let value = document as Json | undefined;
  for (const token of parsePointer(pointer)) {
    value = childAt(value, token);
    if (value === undefined) return undefined;
  }
  return value;
}

/** The item or own member that one token names, or undefined where there is none. */
export function childAt(holder: Json | undefined, token: string): Json | undefined {
  if (Array.isArray(holder)) return isIndex(token) ? holder[Number(token)] : undefined;
  return isObject(holder) && hasMember(holder, token) ? holder[token] : undefined;
}

/** True for an array index as RFC 6901 section 4 spells it: digits without a leading zero. */
export function isIndex(token: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(token);
}
