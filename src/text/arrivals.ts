/** Where new members go, and on which line. */

import type { Row } from "./arrange.js";
import type { CommaStyle } from "./commas.js";
import { valueColumn } from "./columns.js";
import { modelAmong } from "./imitate.js";
import { isLineComment, lineOfEntry, startsLine } from "./layout.js";
import { columns } from "./lines.js";
import { leadText, type Parts, partsOf, trailText } from "./parts.js";
import { lineWidth, type Press } from "./press.js";
import { addAfter, addBefore, lives, nextAlive, type Sheet } from "./sheet.js";
import { startOf } from "./tree.js";

/** A container whose rows are being placed. */
export interface Scene {
  readonly press: Press;
  readonly node: number;
  readonly sheet: Sheet;
  readonly rows: readonly Row[];
  /** The rows of the items that keep their place, by token. */
  readonly stays: ReadonlyMap<number, Row>;
  /** Index of an item that begins a line, -1 when none does. */
  readonly leader: number;
  readonly commas: CommaStyle;
  /** Everything stays on its line. */
  readonly flat: boolean;
}

/** On which line a new member goes. */
interface Seat {
  /** Indentation of the line it gets, null when it goes on the line of its neighbour. */
  readonly line: string | null;
  /** Indentation of the line it gets where there is no room on that one. */
  readonly wrap: string;
  /** Lines are wrapped when they are full. */
  readonly wraps: boolean;
}

/** Adds the text of the rows that arrive. Returns the tokens whose added text ends in a line comment. */
export function markArrivals(scene: Scene): Set<number> {
  const { press, sheet, rows, commas } = scene;
  const { eol } = press.lines;
  const spread = hasBlankLines(sheet) ? eol : "";
  const gap = sheet.entries.length === 0 ? " " : press.habits(scene.node).gap;
  const ending = new Set<number>();
  let anchor = sheet.entries.length > 0 ? -1 : lastComment(sheet);
  let near = 0;
  rows.forEach((row, index) => {
    if (row.place >= 0) near = row.place;
    if (row.place >= 0 && !row.instead) {
      anchor = groupEnd(sheet, row.place, commas);
      return;
    }
    const comma = !commas.leading && (index < rows.length - 1 || commas.trailing) ? commas.comma : "";
    const full = anchor >= 0 && !row.instead && (ending.has(anchor) || isComment(press, sheet, anchor));
    const { parts, line, newLine } = compose(scene, row, near, anchor, full);
    const text = textOf(parts, newLine, line === null, comma);
    const link = commas.leading ? ", " : "";
    if (row.instead) {
      anchor = sheet.entries[row.place]?.token ?? 0;
      sheet.instead.set(anchor, text);
    } else if (anchor >= 0) {
      // Directly below a comment that is nobody's, the newcomer would own it, and take it along when it goes.
      const apart = index === 0 && (sheet.tokens[anchor]?.line ?? 0) > 0 ? eol : spread;
      addAfter(sheet, anchor, (line === null ? gap : apart + newLine) + link + text);
    } else {
      addBefore(sheet, sheet.entries[0]?.first ?? 0, text + (line === null ? gap : spread + newLine) + link);
      return;
    }
    if (endsLine(parts)) ending.add(anchor);
    else ending.delete(anchor);
  });
  return ending;
}

/** Gives a line to whatever follows a line comment that was added. */
export function seal(scene: Scene, ending: ReadonlySet<number>): void {
  const { press, node, sheet } = scene;
  const outer = press.lines.indentAt(startOf(press.tree, node));
  for (const token of ending) {
    const next = nextAlive(sheet, token);
    if (next?.kind === "break") continue;
    addAfter(sheet, token, press.lines.eol + (next === undefined ? outer : seatNear(scene, 0).wrap));
  }
}

/** The text of a row, on its neighbour's line where there is room. */
function compose(
  scene: Scene,
  row: Row,
  near: number,
  anchor: number,
  full: boolean,
): { parts: Parts; line: string | null; newLine: string } {
  const { press, node, sheet, commas, flat } = scene;
  const seat = seatNear(scene, near);
  const neighbour = sheet.entries[near];
  const beside = sheet.tokens[anchor]?.end ?? startOf(press.tree, node) + 1;
  const outer = press.lines.indentAt(
    neighbour ? (sheet.tokens[neighbour.token]?.start ?? 0) : startOf(press.tree, node),
  );
  const model = modelAmong(press.tree, row.item.value, sheet.entries, near, ({ token }) => scene.stays.has(token));
  const habits = press.habits(node);
  const make = (line: string | null): Parts => {
    const column = line === null ? press.lines.columnAt(beside) + 2 : columns(line);
    const indent = commas.leading && line !== null ? `${line}  ` : (line ?? outer);
    const ownColumn = line === null ? 0 : valueColumn(press, sheet);
    return partsOf(press, row.item, { indent, column, model, habits, flat, valueColumn: ownColumn });
  };
  let line = full && !row.instead ? (seat.line ?? seat.wrap) : seat.line;
  let parts = make(line);
  const long = seat.wraps && press.lines.columnAt(beside) + parts.core.length + 3 > lineWidth;
  if (line === null && !row.instead && (endsLine(parts) || long)) {
    line = seat.wrap;
    parts = make(line);
  }
  return { parts, line, newLine: press.lines.eol + (line ?? seat.wrap) };
}

/** A new member begins a line where its neighbours do. */
function seatNear({ press, node, sheet, leader }: Scene, near: number): Seat {
  const { lines, tree } = press;
  const inner = lines.indentAt(startOf(tree, node)) + press.habits(node).unit;
  const indentOf = (index: number): string =>
    lines.indentAt(sheet.tokens[sheet.entries[index]?.token ?? 0]?.start ?? 0);
  if (sheet.entries.length === 0) {
    const comment = sheet.tokens[lastComment(sheet)];
    const line = comment !== undefined && comment.line > 0 ? lines.indentAt(comment.start) : inner;
    return { line: sheet.lines > 0 ? line : null, wrap: line, wraps: false };
  }
  if (startsLine(sheet, near)) return { line: indentOf(near), wrap: indentOf(near), wraps: false };
  if (leader < 0) return { line: null, wrap: inner, wraps: false };
  return { line: lineOfEntry(sheet, near) === 0 ? indentOf(leader) : null, wrap: indentOf(leader), wraps: true };
}

function textOf({ lead, core, trail }: Parts, newLine: string, inline: boolean, comma: string): string {
  const ends = trail.some(({ text }) => isLineComment(text));
  const tail = inline && !ends ? trailText(trail) + comma : comma + trailText(trail);
  return leadText(lead, newLine, inline) + core + tail;
}

function endsLine({ trail }: Parts): boolean {
  return trail.some(({ text }) => isLineComment(text));
}

/** The last token that goes with an item: its comments and its comma. */
function groupEnd(sheet: Sheet, place: number, { leading }: CommaStyle): number {
  const entry = sheet.entries[place];
  if (entry === undefined) return -1;
  return !leading && entry.comma >= 0 && lives(sheet, entry.comma) ? Math.max(entry.last, entry.comma) : entry.last;
}

function isComment(press: Press, { tokens }: Sheet, token: number): boolean {
  const there = tokens[token];
  return there?.kind === "comment" && isLineComment(press.tree.text.slice(there.start, there.start + 2));
}

function lastComment({ tokens }: Sheet): number {
  return tokens.findLastIndex(({ kind }) => kind === "comment");
}

/** True when a blank line stands between any two items. */
function hasBlankLines({ tokens, entries }: Sheet): boolean {
  const isBlank = (from: number, to: number): boolean => {
    let breaks = 0;
    for (let token = from; token < to; token++) {
      const kind = tokens[token]?.kind;
      if (kind === "break" && ++breaks === 2) return true;
      if (kind !== "break" && kind !== "space") breaks = 0;
    }
    return false;
  };
  return entries.length > 1 && entries.slice(1).every(({ first }, index) => isBlank(entries[index]?.token ?? 0, first));
}
