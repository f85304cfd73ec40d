/** The text of values that do not stand where they stood: new ones, and pieces of the text that moved. */

import { arrange } from "./arrange.js";
import { addEdit, applyEdits, reindent, type TextEdit } from "./edits.js";
import { isSmall, modelInside, prefersLine } from "./imitate.js";
import { isLineComment } from "./layout.js";
import { columns, hasBreak } from "./lines.js";
import { contents, holds, inside, type Item, type Value } from "./model.js";
import { leadText, type Parts, partsOf, trailText } from "./parts.js";
import { lineWidth, type Press, type Spot } from "./press.js";
import { relist } from "./relist.js";
import { spellScalar } from "./spell.js";
import { afterOf, endOf, kindAt, kinds, startOf } from "./tree.js";

/** The text of a value at a spot. Throws `text-value` for a number that strict JSON cannot spell. */
export function writeValue(press: Press, value: Value, spot: Spot): string {
  if (value.node >= 0) return writePiece(press, value, spot);
  if (!holds(press.tree, value)) return spellScalar(value.json, spot.habits.quote, press.strict);
  return writeNew(press, value, spot);
}

/** Adds the edits of a container in its place. True when a member was added to a line. */
export function changeValue(press: Press, value: Value, edits: TextEdit[], flat: boolean): boolean {
  const { tree, lines } = press;
  const start = startOf(tree, value.node);
  const length = endOf(tree, value.node) - start;
  const column = lines.columnAt(start);
  const spot = (): Spot => ({
    indent: lines.indentAt(start),
    column,
    model: -1,
    habits: press.habits(value.node),
    flat,
  });
  if (isBlank(press, value)) {
    const filled = [...contents(tree, value)].length > 0;
    if (filled) addEdit(edits, start, length, writeNew(press, value, spot()));
    return filled;
  }
  if (flat || !lines.sameLine(start, start + length)) return relist(press, value, edits, flat);
  const inner: TextEdit[] = [];
  const added = relist(press, value, inner, true);
  const grown = inner.reduce((sum, edit) => sum + edit.content.length - edit.length, 0);
  const broken = inner.some(({ content }) => hasBreak(content)) || column + length + grown + 1 > lineWidth;
  if (broken && column + length + 1 <= lineWidth) {
    if (!added) return relist(press, value, edits, false);
    addEdit(edits, start, length, writeBroken(press, value, spot()));
  } else {
    for (const edit of inner) addEdit(edits, edit.offset, edit.length, edit.content);
  }
  return added;
}

function writePiece(press: Press, value: Value, spot: Spot): string {
  const { tree, lines } = press;
  const start = startOf(tree, value.node);
  const end = endOf(tree, value.node);
  // A closing bracket on a line of its own tells the level; the opening one may stand behind a comment of many lines.
  const from = lines.indentAt(lines.startsLine(end - 1) ? end - 1 : start);
  if (value.inside === null) return reindent(tree.text.slice(start, end), from, spot.indent);
  if (isBlank(press, value)) return writeNew(press, value, spot);
  const oneLine = lines.sameLine(start, end);
  const edits: TextEdit[] = [];
  const added = press.change(press, value, edits, spot.flat || oneLine);
  const text = applyEdits(tree.text, edits, start, end);
  const wasLong = lines.columnAt(start) + end - start + 1 > lineWidth;
  const tooLong = hasBreak(text) || (!wasLong && spot.column + text.length + 1 > lineWidth);
  if (oneLine && added && tooLong && !spot.flat) return writeBroken(press, value, spot);
  return reindent(text, from, spot.indent);
}

/** A container that the patch brought, or that was empty. */
function writeNew(press: Press, value: Value, spot: Spot): string {
  const { tree } = press;
  const items = [...contents(tree, value)];
  const list = inside(tree, value).members === null;
  if (items.length === 0) return list ? "[]" : "{}";
  const habits = spot.model < 0 ? spot.habits : press.habits(spot.model);
  const spotOf = (item: Item, indent: string, column: number, flat: boolean): Spot => ({
    indent,
    column,
    model: modelInside(tree, item.value, spot.model, item.key),
    habits,
    flat,
  });
  if (spot.flat || (prefersLine(press, value, spot) && isSmall(tree, value, lineWidth / 2))) {
    const parts = items.map((item) => partsOf(press, item, spotOf(item, spot.indent, spot.column, true)));
    const line = onLine(parts, list, habits.gap, list ? habits.arrayPad : habits.objectPad);
    const fits = spot.flat || spot.column + line.length + 1 <= lineWidth;
    if (fits && !hasBreak(line) && !parts.some(endsLine)) return line;
  }
  const indent = spot.indent + habits.unit;
  const parts = items.map((item) => partsOf(press, item, spotOf(item, indent, columns(indent), false)));
  return onLines(press, parts, list, indent, spot.indent, habits.trailing);
}

/** A container of the text that stood on one line and has become too long for it. */
function writeBroken(press: Press, value: Value, spot: Spot): string {
  const { tree } = press;
  const habits = press.habits(value.node);
  const indent = spot.indent + habits.unit;
  const layout = press.layout(value.node);
  const inner: Spot = { indent, column: columns(indent), model: -1, habits, flat: false };
  const parts = arrange(tree, value).rows.map(({ item }) => partsOf(press, item, inner));
  const list = kindAt(tree, value.node) === kinds.array;
  const strays = layout.entries.length > 0 ? [] : layout.tokens.filter(({ kind }) => kind === "comment");
  const remarks = strays.map(({ start, end }) => ({ text: tree.text.slice(start, end), alone: true }));
  const first = parts[0];
  if (first !== undefined) parts[0] = { ...first, lead: [...remarks, ...first.lead] };
  const trailing = habits.trailing || (layout.entries.at(-1)?.comma ?? -1) >= 0;
  return onLines(press, parts, list, indent, spot.indent, trailing);
}

/** True for a container of the text with nothing in it, not even a comment. */
function isBlank(press: Press, value: Value): boolean {
  if (afterOf(press.tree, value.node) > value.node + 1) return false;
  return press.layout(value.node).tokens.every(({ kind }) => kind === "space" || kind === "break");
}

function onLine(parts: readonly Parts[], list: boolean, gap: string, pad: string): string {
  const texts = parts.map(({ lead, core, trail }) => leadText(lead, "", true) + core + trailText(trail));
  const inner = pad + texts.join(`,${gap}`) + pad;
  return list ? `[${inner}]` : `{${inner}}`;
}

function onLines(
  press: Press,
  parts: readonly Parts[],
  list: boolean,
  indent: string,
  outer: string,
  trailing: boolean,
): string {
  const newLine = press.lines.eol + indent;
  const texts = parts.map(({ lead, core, trail }, index) => {
    const comma = trailing || index < parts.length - 1 ? "," : "";
    return newLine + leadText(lead, newLine, false) + core + comma + trailText(trail);
  });
  return (list ? "[" : "{") + texts.join("") + press.lines.eol + outer + (list ? "]" : "}");
}

function endsLine({ lead, trail }: Parts): boolean {
  return [...lead, ...trail].some(({ text }) => isLineComment(text));
}
