/** Spells a value as JSON5 the way people do. */

import type { Json } from "../../../src/types.js";

/** The value as JSON5: bare keys and single quotes; with a comment on every perch and a line for each member, or all on one line. */
export function respell(value: Json, commented: boolean): string {
  return commented ? `// before\n${lines(value, "")} // after\n` : line(value);
}

function lines(value: Json, indent: string): string {
  if (typeof value !== "object" || value === null) return scalar(value);
  const inner = `${indent}\t`;
  const items = Array.isArray(value)
    ? value.map((item) => lines(item, inner))
    : Object.entries(value).map(([key, item]) => `${name(key)} /* key */: /* value */ ${lines(item, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const body = items.map((item) => `${inner}// above\n${inner}${item} /* beside */, // behind\n`).join("");
  return `${open} // opened\n${body}${inner}// last\n${indent}${close}`;
}

function line(value: Json): string {
  if (typeof value !== "object" || value === null) return scalar(value);
  if (Array.isArray(value)) return `[${value.map(line).join(", ")}]`;
  return `{ ${Object.entries(value)
    .map(([key, item]) => `${name(key)}: ${line(item)}`)
    .join(", ")} }`;
}

function name(key: string): string {
  return /^[a-z]\w*$/i.test(key) ? key : scalar(key);
}

function scalar(value: Json): string {
  if (typeof value === "number")
    return Number.isInteger(value) && value >= 0 ? `0x${value.toString(16)}` : String(value);
  if (typeof value !== "string") return JSON.stringify(value);
  return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
