/** Text to value. */

import { ClawformError, invalidError } from "../errors.js";
import type { Json } from "../types.js";
import { maxDepth, scan } from "./scan.js";
import { valueOf } from "./value.js";

/**
 * The value of a JSON or JSON5 text, exactly as JSON5.parse 2.2.3 gives it: own `__proto__` members, the last of
 * members with one name, `-0` and `NaN`. `file` is the label in errors. Throws `invalidError`: `empty-file` for a
 * blank text, `syntax` with line, column and what was expected, `nesting` for more than 500 levels.
 */
export function parseText(text: string, file = ""): Json {
  try {
    if (text.trim() === "") throw blank();
    const strict = parseStrict(text);
    if (strict !== undefined && !isTooDeep(strict)) return strict;
    return valueOf(scan(text), 0);
  } catch (error) {
    throw error instanceof ClawformError ? error.at({ file }) : error;
  }
}

/** The value of a strict JSON text (a byte order mark aside), by the engine's own and much faster reader; undefined when it is none. */
export function parseStrict(text: string): Json | undefined {
  // A comment or a bare key in front is JSON5, and an error costs more than the look.
  if (/^\uFEFF?\s*(?:\/|[{[]\s*[^\s"{[\]}\d\-tfn])/.test(text)) return undefined;
  try {
    return JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text) as Json;
  } catch {
    return undefined;
  }
}

/** True when a value has more levels than clawform takes. Does not recurse. */
export function isTooDeep(value: Json): boolean {
  let level: Json[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    const inner: Json[] = [];
    for (const item of level) {
      if (typeof item !== "object" || item === null) continue;
      if (depth === maxDepth) return true;
      for (const child of Array.isArray(item) ? item : Object.values(item)) {
        if (typeof child === "object" && child !== null) inner.push(child);
      }
    }
    level = inner;
  }
  return false;
}

function blank(): ClawformError {
  return invalidError("empty-file", "the file is empty", {
    position: { line: 1, column: 1 },
    hint: "OpenClaw calls an empty file invalid too. Start from {} or delete it.",
  });
}
