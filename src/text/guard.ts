/**
 * The last look before a text leaves: a reader that has nothing to do with the one that found where to write has to find
 * in it what was meant. Where that one does not, json5, which OpenClaw reads with, is asked.
 */

import JSON5 from "json5";
import { failedError } from "../errors.js";
import { hasMember, isObject } from "../json.js";
import { formatPointer } from "../pointer.js";
import type { Json, Pointer } from "../types.js";
import { parseStrict } from "./parse.js";
import { reread } from "./reread.js";

/** Throws `text-guard`, with the first pointer that differs, unless `text` reads as `meant` (and, when `strict`, is strict JSON). */
export function guard(text: string, meant: Json, strict: boolean): void {
  if (!strict && isAlike(reread(text), meant)) return;
  const found = strict ? parseStrict(text) : readAgain(text);
  const pointer = found === undefined ? "" : firstDifference(found, meant);
  if (pointer === null) return;
  throw failedError("text-guard", `the edited text would not mean what was asked, at "${pointer}"`, {
    pointer,
    hint: "Nothing was changed. Please report this; --reformat writes the file anew, without its comments and layout.",
  });
}

function isAlike(found: Json | undefined, meant: Json): boolean {
  return found !== undefined && firstDifference(found, meant) === null;
}

function readAgain(text: string): Json | undefined {
  try {
    return JSON5.parse<Json>(quiet(text));
  } catch {
    return undefined;
  }
}

/** json5 warns on the console about U+2028 and U+2029 in strings; their escapes mean the same. */
function quiet(text: string): string {
  if (!/[\u2028\u2029]/.test(text)) return text;
  return text.replace(
    /\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\/|"[^"\\]*(?:\\[^][^"\\]*)*"|'[^'\\]*(?:\\[^][^'\\]*)*'/g,
    (piece) => {
      if (piece.startsWith("/")) return piece;
      return piece.replace(/\\[^]|\u2028|\u2029/g, (part) =>
        part === "\u2028" ? "\\u2028" : part === "\u2029" ? "\\u2029" : part,
      );
    },
  );
}

/** The pointer of the first difference found between two values, null when there is none. Tells `-0` from `0`. Does not recurse. */
export function firstDifference(found: Json, meant: Json): Pointer | null {
  const open: Pair[] = [{ found, meant, key: "", outer: null }];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const { found, meant } = pair;
    if (Object.is(found, meant)) continue;
    const alike = Array.isArray(found) ? Array.isArray(meant) : isObject(found) && isObject(meant);
    if (!alike) return pointerOf(pair);
    const [left, right] = [found as { [key: string]: Json }, meant as { [key: string]: Json }];
    for (const key in left) {
      if (!hasMember(right, key)) return pointerOf({ found, meant, key, outer: pair });
      const [one, other] = [left[key] as Json, right[key] as Json];
      if (!Object.is(one, other)) open.push({ found: one, meant: other, key, outer: pair });
    }
    for (const key in right) if (!hasMember(left, key)) return pointerOf({ found, meant, key, outer: pair });
  }
  return null;
}

interface Pair {
  readonly found: Json;
  readonly meant: Json;
  readonly key: string;
  readonly outer: Pair | null;
}

function pointerOf(pair: Pair): Pointer {
  const tokens: string[] = [];
  for (let step = pair; step.outer !== null; step = step.outer) tokens.unshift(step.key);
  return formatPointer(tokens);
}
