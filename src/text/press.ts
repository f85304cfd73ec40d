/** What every part of the writing side needs: the text, what was learnt from it, and each other. */

import { type Habits, habitsNear } from "./habits.js";
import { type Layout, layoutOf } from "./layout.js";
import { type Lines, linesOf } from "./lines.js";
import type { Value } from "./model.js";
import { parseStrict } from "./parse.js";
import { type Style, styleOf } from "./style.js";
import type { TextEdit } from "./edits.js";
import type { Json } from "../types.js";
import type { Tree } from "./tree.js";
import { valueOf } from "./value.js";

/** Columns a line may have before it is broken, if it was not longer already. */
export const lineWidth = 100;

/** Where a value is written. */
export interface Spot {
  /** Indentation of the line it begins on. */
  readonly indent: string;
  /** Columns before it on that line. */
  readonly column: number;
  /** A node of the text to imitate, -1 when there is none. */
  readonly model: number;
  readonly habits: Habits;
  /** Everything stays on this line, however long it gets. */
  readonly flat: boolean;
  /** Column at which the member's value begins where its key leaves room. */
  readonly valueColumn?: number;
}

/** A text being changed. */
export interface Press {
  readonly tree: Tree;
  readonly lines: Lines;
  /** It is strict JSON and has to stay so. */
  readonly strict: boolean;
  /** What it says. */
  readonly value: Json;
  /** Habits of the whole text. */
  readonly style: () => Style;
  /** Habits of a container, those of the text where it shows none. */
  readonly habits: (node: number) => Habits;
  readonly layout: (node: number) => Layout;
  /** The text of a value at a spot. This and `change` are here because writing and changing call each other, and imports run one way. */
  readonly write: (press: Press, value: Value, spot: Spot) => string;
  /** Adds the edits of a container that keeps its place. `flat`: it stays on its line. True when something was added to a line. */
  readonly change: (press: Press, value: Value, edits: TextEdit[], flat: boolean) => boolean;
}

// What was learnt of a text that is edited again (many homes have the same) is kept as long as its tree is; null: it was edited once.
const presses = new WeakMap<Tree, Press | null>();

/** What is known about a text, its layout when first asked for. */
export function learn(tree: Tree, hands: Pick<Press, "write" | "change">): Press {
  const known = presses.get(tree);
  if (known) return known;
  const press = pressOf(tree, hands);
  presses.set(tree, known === undefined ? null : press);
  return press;
}

function pressOf(tree: Tree, { write, change }: Pick<Press, "write" | "change">): Press {
  const plain = parseStrict(tree.text);
  const strict = plain !== undefined;
  const lines = linesOf(tree.text);
  const habits = new Map<number, Habits>();
  const layouts = new Map<number, Layout>();
  let style: Style | undefined;
  const styleOnce = (): Style => (style ??= styleOf(tree, lines, strict));
  return {
    tree,
    lines,
    strict,
    value: plain ?? valueOf(tree, 0),
    style: styleOnce,
    habits(node) {
      const known = habits.get(node) ?? habitsNear(tree, lines, node, styleOnce().habits);
      habits.set(node, known);
      return known;
    },
    layout(node) {
      const known = layouts.get(node) ?? layoutOf(tree, node);
      layouts.set(node, known);
      return known;
    },
    write,
    change,
  };
}
