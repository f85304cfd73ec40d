/** The text of a member or item: its comments, its key, its value. */

import { reindent } from "./edits.js";
import { entryOf, isLineComment } from "./layout.js";
import type { Item } from "./model.js";
import type { Press, Spot } from "./press.js";
import { spellKey } from "./spell.js";
import { headOf, keyEndOf, keyStartOf, startOf } from "./tree.js";
import { commentEnd } from "./trivia.js";
import { keyAt } from "./value.js";

/** A comment on its way with the member that owns it. */
export interface Remark {
  readonly text: string;
  /** It has a line of its own. */
  readonly alone: boolean;
}

/** A member or item in pieces, so that a comma can come between. */
export interface Parts {
  readonly lead: readonly Remark[];
  readonly core: string;
  readonly trail: readonly Remark[];
}

const none: readonly Remark[] = [];

/** The pieces of a member that is written at a spot. One that came from elsewhere in the text brings its spelling and its comments. */
export function partsOf(press: Press, item: Item, spot: Spot): Parts {
  const { key, origin, value } = item;
  const { valueColumn = 0, indent, model, habits, flat } = spot;
  const withHead = (head: string): string =>
    head + press.write(press, value, { indent, column: spot.column + head.length, model, habits, flat });
  if (origin < 0) {
    const head = key === null ? "" : (spellKey(key, habits) + habits.colon).padEnd(valueColumn - spot.column);
    return { lead: extraRemarks(press, item, indent), core: withHead(head), trail: none };
  }
  const own = remarksOf(press, item, indent);
  const { head, aside } = headText(press, item, spot);
  return {
    lead: [...own.lead, ...extraRemarks(press, item, indent), ...aside],
    core: withHead(head),
    trail: own.trail,
  };
}

/** The comments of the members that were moved over this one. */
export function extraRemarks(press: Press, { extra }: Item, indent: string): readonly Remark[] {
  return extra.length === 0 ? none : extra.flatMap((other) => allRemarks(press, other, indent));
}

/** All comments of a member whose value goes to the place of another: they go above it. */
function allRemarks(press: Press, item: Item, indent: string): readonly Remark[] {
  const { lead, trail } = remarksOf(press, item, indent);
  const key = item.origin < 0 ? -1 : keyEndOf(press.tree, item.origin);
  const between = key < 0 ? [] : commentsIn(press.tree.text.slice(key, startOf(press.tree, item.origin)));
  return [...lead, ...between, ...trail];
}

/** The comments a member owns, but for those between its key and its value. */
function remarksOf(press: Press, item: Item, indent: string): Pick<Parts, "lead" | "trail"> {
  if (item.home < 0) return { lead: [], trail: [] };
  const layout = press.layout(item.home);
  const { tokens } = layout;
  const entry = entryOf(layout, item.origin);
  if (entry === undefined) return { lead: [], trail: [] };
  const pick = (from: number, to: number): Remark[] =>
    tokens.slice(from, to).flatMap((token, index, all) => {
      if (token.kind !== "comment") return [];
      const next = all.slice(index + 1).find(({ kind }) => kind !== "space");
      const text = press.tree.text.slice(token.start, token.end);
      return [{ text: reindent(text, press.lines.indentAt(token.start), indent), alone: next?.kind === "break" }];
    });
  return { lead: pick(entry.first, entry.token), trail: pick(entry.token + 1, entry.last + 1) };
}

/** Comments before a member: a line comment, and unless `inline` one that had a line of its own, gets a line. */
export function leadText(lead: readonly Remark[], newLine: string, inline: boolean): string {
  return lead.map(({ text, alone }) => text + (isLineComment(text) || (alone && !inline) ? newLine : " ")).join("");
}

/** Comments after a member. */
export function trailText(trail: readonly Remark[]): string {
  return trail.map(({ text }) => ` ${text}`).join("");
}

/** The key of a member of the text with its colon. One whose name did not change keeps its own spelling; comments between key and value stay. */
function headText(press: Press, item: Item, spot: Spot): { head: string; aside: Remark[] } {
  const { tree, lines } = press;
  const { key, origin } = item;
  const start = keyStartOf(tree, origin);
  if (start < 0) return { head: key === null ? "" : spellKey(key, spot.habits) + spot.habits.colon, aside: [] };
  const between = tree.text.slice(keyEndOf(tree, origin), startOf(tree, origin));
  if (key === null) return { head: "", aside: commentsIn(between) };
  const name =
    keyAt(tree, origin) === key ? tree.text.slice(start, keyEndOf(tree, origin)) : renamed(press, item, spot);
  return { head: name + reindent(between, lines.indentAt(headOf(tree, origin)), spot.indent), aside: [] };
}

/** A new name in the spelling of the old one. */
export function renamed(press: Press, item: Item, spot: Pick<Spot, "habits">): string {
  const first = press.tree.text.charAt(keyStartOf(press.tree, item.origin));
  const quoted = first === '"' || first === "'";
  return spellKey(
    item.key ?? "",
    quoted ? { ...spot.habits, bare: false, keyQuote: first } : { ...spot.habits, bare: true },
  );
}

/** The comments between a key and its value, for a value that goes where there are no keys. */
function commentsIn(between: string): Remark[] {
  const found: Remark[] = [];
  for (let at = 0; at < between.length;) {
    if (between.charAt(at) !== "/") {
      at++;
      continue;
    }
    const end = commentEnd(between, at);
    const text = between.slice(at, end);
    found.push({ text, alone: isLineComment(text) });
    at = end;
  }
  return found;
}
