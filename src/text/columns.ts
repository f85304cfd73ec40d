/** Values that stand in a column of their own. */

import { type Layout, startsLine } from "./layout.js";
import type { Press } from "./press.js";
import { keyEndOf, keyStartOf, startOf } from "./tree.js";

/** How many members are asked. */
const witnesses = 64;

/**
 * The column at which the values of an object's members begin, when somebody lined them up: at least two members, each on
 * a line of its own, all values at one column, and more than one space before one of them. 0 where nobody did.
 */
export function valueColumn({ tree, lines }: Pick<Press, "tree" | "lines">, layout: Layout): number {
  const entries = layout.entries.slice(0, witnesses);
  const first = entries[0];
  if (first === undefined || entries.length < 2 || keyStartOf(tree, first.node) < 0) return 0;
  const column = lines.columnAt(startOf(tree, first.node));
  let padded = false;
  for (const [index, { node }] of entries.entries()) {
    const between = tree.text.slice(keyEndOf(tree, node), startOf(tree, node));
    if (!startsLine(layout, index) || !/^: *$/.test(between)) return 0;
    if (lines.columnAt(startOf(tree, node)) !== column) return 0;
    padded ||= between.includes("  ");
  }
  return padded ? column : 0;
}
