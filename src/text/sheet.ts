/** A container's tokens with what is to become of each. */

import { addEdit, type TextEdit } from "./edits.js";
import type { Layout } from "./layout.js";

/** Marks on the tokens of a layout, by index. */
export interface Sheet extends Layout {
  /** Tokens that go. */
  readonly dead: Set<number>;
  readonly before: Map<number, string>;
  readonly after: Map<number, string>;
  /** What a token is replaced by. */
  readonly instead: Map<number, string>;
}

/** A layout without marks. */
export function newSheet({ tokens, entries, lines }: Layout): Sheet {
  return {
    tokens,
    entries,
    lines,
    dead: new Set(),
    before: new Map(),
    after: new Map(),
    instead: new Map(),
  };
}

/** Takes a token out; -1 is no token. */
export function kill(sheet: Sheet, token: number): void {
  if (token >= 0) sheet.dead.add(token);
}

/** True when a token stays. */
export function lives(sheet: Sheet, token: number): boolean {
  return token >= 0 && token < sheet.tokens.length && !sheet.dead.has(token);
}

/** Adds text behind a token, after what was added there before. */
export function addAfter(sheet: Sheet, token: number, text: string): void {
  sheet.after.set(token, (sheet.after.get(token) ?? "") + text);
}

/** Adds text in front of a token, after what was added there before. */
export function addBefore(sheet: Sheet, token: number, text: string): void {
  sheet.before.set(token, (sheet.before.get(token) ?? "") + text);
}

/** The first token behind `token` that stays and is no space; undefined at the closing bracket. */
export function nextAlive(sheet: Sheet, token: number): Layout["tokens"][number] | undefined {
  for (let index = token + 1; index < sheet.tokens.length; index++) {
    if (lives(sheet, index) && sheet.tokens[index]?.kind !== "space") return sheet.tokens[index];
  }
  return undefined;
}

/** Turns the marks into edits. `change` adds those within an item that stays. */
export function addSheet(sheet: Sheet, edits: TextEdit[], change: (token: number) => void): void {
  const { before, instead, after } = sheet;
  sheet.tokens.forEach(({ kind, start, end }, index) => {
    if (before.size > 0) addEdit(edits, start, 0, before.get(index) ?? "");
    const other = instead.size > 0 ? instead.get(index) : undefined;
    if (other !== undefined) addEdit(edits, start, end - start, other);
    else if (!lives(sheet, index)) addEdit(edits, start, end - start, "");
    else if (kind === "item") change(index);
    if (after.size > 0) addEdit(edits, end, 0, after.get(index) ?? "");
  });
}
