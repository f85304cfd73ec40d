/** A setup and what is to be said about it -> the text of a setup file. */

import { isObject } from "../json.js";
import { formatPointer } from "../pointer.js";
import { spellKey, spellString } from "../text/spell.js";
import type { Json } from "../types.js";
import type { Remark } from "./import-draft.js";
import type { Imported } from "./import.js";

const width = 110;
const spelling = { bare: true, keyQuote: '"', quote: '"' };

/** The setup as JSON5, each remark a comment above its place; what is not there is told of at the end of what would hold it. */
export function setupText({ setup, remarks }: Imported, heading: readonly string[]): string {
  const said = byPlace(setup as Json, remarks);
  const comments = heading.map((line) => `// ${oneLine(line)}\n`).join("");
  return `${comments}${spell(setup as Json, [], "", said)}\n`;
}

interface Said {
  readonly above: ReadonlyMap<string, readonly string[]>;
  readonly within: ReadonlyMap<string, readonly string[]>;
}

function byPlace(setup: Json, remarks: readonly Remark[]): Said {
  const above = new Map<string, string[]>();
  const within = new Map<string, string[]>();
  for (const { tokens, text } of remarks) {
    if (tokens.at(-1) !== "" && has(setup, tokens)) {
      const place = formatPointer(tokens);
      above.set(place, [...(above.get(place) ?? []), text]);
      continue;
    }
    const holder = longest(setup, tokens.slice(0, -1));
    within.set(holder, [...(within.get(holder) ?? []), text]);
  }
  return { above, within };
}

function has(value: Json | undefined, tokens: readonly string[]): boolean {
  const [first, ...rest] = tokens;
  if (first === undefined) return value !== undefined;
  return isObject(value) && Object.hasOwn(value, first) && has(value[first], rest);
}

function longest(setup: Json, tokens: readonly string[]): string {
  return has(setup, tokens) ? formatPointer(tokens) : longest(setup, tokens.slice(0, -1));
}

function spell(value: Json, tokens: readonly string[], indent: string, said: Said): string {
  if (!isObject(value) && !Array.isArray(value)) return scalar(value);
  const place = formatPointer(tokens);
  const notes = said.within.get(place) ?? [];
  const isSilent =
    notes.length === 0 && ![...said.above.keys(), ...said.within.keys()].some((one) => one.startsWith(`${place}/`));
  const flat = flatText(value);
  const depth = tokens.length;
  if (isSilent && depth > 0 && indent.length + flat.length + 20 <= width) return flat;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const lines = Object.entries(value).flatMap(([name, member]) => {
    const at = [...tokens, name];
    const comments = (said.above.get(formatPointer(at)) ?? []).map((text) => `${inner}// ${oneLine(text)}\n`);
    const key = Array.isArray(value) ? "" : `${keyText(name)}: `;
    return [...comments, `${inner}${key}${spell(member, at, inner, said)},\n`];
  });
  const after = notes.map((text) => `${inner}// ${oneLine(text)}\n`);
  return `${open}\n${[...lines, ...after].join("")}${indent}${close}`;
}

function flatText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(flatText).join(", ")}]`;
  if (!isObject(value)) return scalar(value);
  const members = Object.entries(value).map(([name, member]) => `${keyText(name)}: ${flatText(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

// What could steer a terminal, or end a comment's line, stands as an escape: the same text for a reader of JSON5.
const unsafe =
  /[\0-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]/g;

function escaped(text: string): string {
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]|[^]/g, (character) =>
    character.length > 1
      ? character
      : character.replace(unsafe, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
}

function keyText(name: string): string {
  return escaped(spellKey(name, spelling));
}

function scalar(value: Json): string {
  return typeof value === "string" ? escaped(spellString(value, '"')) : numberText(value);
}

/** JSON5 has words for what JSON has none for. */
function numberText(value: Json): string {
  return typeof value === "number" ? (Object.is(value, -0) ? "-0" : String(value)) : JSON.stringify(value);
}

function oneLine(text: string): string {
  return escaped(text);
}
