/**
 * The edits of a container whose members came, left or changed. The list is planned anew on its tokens, so that commas,
 * comments and lines come out right in whatever style it is written; what stays keeps its bytes.
 */

import { arrange, type Row } from "./arrange.js";
import { markArrivals, type Scene, seal } from "./arrivals.js";
import { commaStyle, markCommas } from "./commas.js";
import { addEdit, type TextEdit } from "./edits.js";
import { changeItem } from "./item.js";
import { startsLine } from "./layout.js";
import type { Value } from "./model.js";
import type { Press } from "./press.js";
import { addSheet, kill, lives, newSheet, type Sheet } from "./sheet.js";
import { tidy } from "./tidy.js";
import { endOf, startOf } from "./tree.js";

/** Adds the edits of a container that has members or comments in the text. True when a member was added to a line. */
export function relist(press: Press, value: Value, edits: TextEdit[], flat: boolean): boolean {
  const { rows, settled } = arrange(press.tree, value);
  let added = false;
  if (settled) {
    for (const { item } of rows) if (changeItem(press, item, edits, flat)) added = true;
    return added;
  }
  const sheet = newSheet(press.layout(value.node));
  markLeavers(sheet, rows);
  if (rows.length === 0 && !sheet.tokens.some(({ kind }, token) => kind === "comment" && lives(sheet, token))) {
    const start = startOf(press.tree, value.node) + 1;
    addEdit(edits, start, endOf(press.tree, value.node) - 1 - start, "");
    return false;
  }
  const stays = replan(press, value.node, sheet, rows, flat);
  added = sheet.lines === 0 && rows.length > stays.size;
  addSheet(sheet, edits, (token) => {
    const row = stays.get(token);
    if (row !== undefined && changeItem(press, row.item, edits, flat)) added = true;
  });
  return added;
}

/** Marks commas, arrivals and white space. Returns the rows that keep their place, by token. */
function replan(press: Press, node: number, sheet: Sheet, rows: readonly Row[], flat: boolean): Map<number, Row> {
  const stays = new Map<number, Row>();
  for (const row of rows) if (row.place >= 0 && !row.instead) stays.set(sheet.entries[row.place]?.token ?? -1, row);
  const leader = sheet.lines === 0 ? -1 : sheet.entries.findIndex((_, index) => startsLine(sheet, index));
  const commas = commaStyle(sheet, sheet.lines > 0 && press.habits(node).trailing);
  const scene: Scene = { press, node, sheet, rows, stays, leader, commas, flat };
  markCommas(sheet, rows, commas);
  const ending = markArrivals(scene);
  tidy(sheet, press.tree.text, ending);
  seal(scene, ending);
  return stays;
}

/** Takes out what left, with its comments. */
function markLeavers(sheet: Sheet, rows: readonly Row[]): void {
  const stays = new Map(rows.map((row) => [row.place, row]));
  sheet.entries.forEach(({ token, first, last }, place) => {
    const row = stays.get(place);
    if (row !== undefined && !row.instead) return;
    for (let index = first; index <= last; index++) if (sheet.tokens[index]?.kind === "comment") kill(sheet, index);
    if (row === undefined) kill(sheet, token);
  });
}
