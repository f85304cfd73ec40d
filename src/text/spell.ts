/** How keys and scalars are written. */

import { invalidError } from "../errors.js";
import type { Json } from "../types.js";

/** How a file spells names and strings. */
export interface Spelling {
  /** Keys that can go without quotes do. */
  readonly bare: boolean;
  readonly keyQuote: string;
  readonly quote: string;
}

/** True for a key that every JSON5 reader takes without quotes. */
export function canBeBare(key: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(key);
}

/** A key as the file spells its keys. */
export function spellKey(key: string, spelling: Spelling): string {
  return spelling.bare && canBeBare(key) ? key : spellString(key, spelling.keyQuote);
}

/** A string in the file's quotes; in the other ones when that saves escapes and the file has single quotes anyway. */
export function spellString(value: string, quote: string): string {
  const double = JSON.stringify(value).replace(/[\u2028\u2029]/g, (end) => (end === "\u2028" ? "\\u2028" : "\\u2029"));
  if (quote === '"' || (value.includes("'") && !value.includes('"'))) return double;
  const inner = double.slice(1, -1).replace(/\\[^]|'/g, (part) => (part === '\\"' ? '"' : part === "'" ? "\\'" : part));
  return `'${inner}'`;
}

/** A value that is no container. Throws when strict JSON has no word for it. */
export function spellScalar(value: Json, quote: string, strict: boolean): string {
  if (typeof value === "string") return spellString(value, quote);
  if (typeof value !== "number") return JSON.stringify(value);
  if (strict && !Number.isFinite(value)) {
    throw invalidError("text-value", `${value} cannot be written in a file of strict JSON`, {
      hint: "Only JSON5 has a word for it; nothing was changed.",
    });
  }
  return Object.is(value, -0) ? "-0" : String(value);
}
