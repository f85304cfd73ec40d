/** The way out when a text cannot be edited: written anew, and what that loses. */

import JSON5 from "json5";
import { applyPatch } from "../core/patch.js";
import { deepEqual } from "../json.js";
import type { Json, Operation, Position } from "../types.js";
import { parseStrict, parseText } from "./parse.js";
import { positions } from "./position.js";

/** A text written anew. */
export interface Reprinted {
  readonly text: string;
  /** Where the comments stood that it no longer has. */
  readonly comments: readonly Position[];
}

// Strings first, so that what looks like a comment in one is none.
const pieces = /"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'|(\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\/)/g;

/**
 * The patched value printed with two spaces, without comments and layout: as strict JSON where the text was and JSON can
 * spell the value, else as JSON5. Throws as `parseText` and `applyPatch`.
 */
export function reprint(text: string, operations: readonly Operation[]): Reprinted {
  const value = applyPatch(parseText(text), operations);
  const json = JSON.stringify(value, null, 2);
  const strict = parseStrict(text) !== undefined && deepEqual(JSON.parse(json) as Json, value);
  const place = positions(text);
  const comments = [...text.matchAll(pieces)].filter(([, comment]) => comment !== undefined);
  return {
    text: `${strict ? json : JSON5.stringify(value, null, 2)}\n`,
    comments: comments.map(({ index }) => place(index)),
  };
}
