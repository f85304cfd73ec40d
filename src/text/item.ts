/** The edits of a member or item that keeps its place. */

import { addEdit, type TextEdit } from "./edits.js";
import { modelAmong } from "./imitate.js";
import { entryOf, startsLine } from "./layout.js";
import { holds, inside, type Item, sameValue, toJson } from "./model.js";
import { extraRemarks, leadText, renamed } from "./parts.js";
import type { Press, Spot } from "./press.js";
import { endOf, headOf, kindAt, keyEndOf, keyStartOf, kinds, startOf } from "./tree.js";
import { keyAt, valueOf } from "./value.js";

/** Adds the edits of a member in its place: a new name, a new value, changes within. True when a member was added to a line. */
export function changeItem(press: Press, item: Item, edits: TextEdit[], flat: boolean): boolean {
  const { tree } = press;
  const { origin } = item;
  addRemarks(press, item, edits);
  if (item.key !== null && keyAt(tree, origin) !== item.key) {
    const start = keyStartOf(tree, origin);
    addEdit(edits, start, keyEndOf(tree, origin) - start, renamed(press, item, { habits: press.habits(item.home) }));
  }
  if (item.value.node === origin) return item.value.inside !== null && press.change(press, item.value, edits, flat);
  if (item.value.node < 0 && sameValue(toJson(tree, item.value), valueOf(tree, origin))) return false;
  const start = startOf(tree, origin);
  const end = endOf(tree, origin);
  const text = press.write(press, item.value, spotOf(press, item, flat));
  if (text !== tree.text.slice(start, end)) addEdit(edits, start, end - start, text);
  return false;
}

/** The comments of members that were moved over this one go above it. */
function addRemarks(press: Press, item: Item, edits: TextEdit[]): void {
  if (item.extra.length === 0) return;
  const layout = press.layout(item.home);
  const entry = entryOf(layout, item.origin);
  const head = headOf(press.tree, item.origin);
  const indent = press.lines.indentAt(head);
  const remarks = extraRemarks(press, item, indent);
  const inline = entry === undefined || !startsLine(layout, layout.entries.indexOf(entry));
  addEdit(edits, head, 0, leadText(remarks, press.lines.eol + indent, inline));
}

/** A replaced value looks like the one it replaces, else like its neighbours. */
function spotOf(press: Press, { value, origin, home }: Item, flat: boolean): Spot {
  const { tree, lines } = press;
  const habits = home < 0 ? press.style().habits : press.habits(home);
  const start = startOf(tree, origin);
  const own = kindAt(tree, origin) === kinds.string ? tree.text.charAt(start) : habits.quote;
  return {
    indent: lines.indentAt(headOf(tree, origin)),
    column: lines.columnAt(start),
    model: modelOf(press, value, origin, home),
    habits: { ...habits, quote: own },
    flat,
  };
}

function modelOf(press: Press, value: Item["value"], origin: number, home: number): number {
  const { tree } = press;
  if (!holds(tree, value)) return -1;
  const kind = inside(tree, value).members === null ? kinds.array : kinds.object;
  if (kindAt(tree, origin) === kind) return origin;
  if (home < 0) return -1;
  const layout = press.layout(home);
  const entry = entryOf(layout, origin);
  return modelAmong(tree, value, layout.entries, entry === undefined ? 0 : layout.entries.indexOf(entry));
}
