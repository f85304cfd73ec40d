/** The habits of a whole text, found when the first new part has to be written. */

import {
  type Habits,
  noVotes,
  settle,
  type Shape,
  shapeOf,
  vote,
  voteContainer,
  voteMember,
  winner,
} from "./habits.js";
import type { Lines } from "./lines.js";
import { endOf, isContainer, keyStartOf, kindAt, kinds, startOf, type Tree } from "./tree.js";

/** How a text is laid out. */
export interface Style {
  readonly strict: boolean;
  /** Written for machines: all on one line without a space. Nothing is ever broken into lines there. */
  readonly compact: boolean;
  readonly habits: Habits;
  /** True where most containers of that shape stand on one line; undefined where there are none. */
  readonly onOneLine: (shape: Shape) => boolean | undefined;
}

/** The layout of a text that shows none: JSON.stringify's for strict JSON, with bare keys for JSON5. Who puts no space after a colon puts none after a comma. */
function plainHabits(strict: boolean, tight: boolean): Habits {
  const space = tight ? "" : " ";
  return {
    bare: !strict,
    quote: '"',
    keyQuote: '"',
    colon: ": ",
    gap: space,
    objectPad: space,
    arrayPad: "",
    trailing: false,
    unit: "  ",
  };
}

/** Reads the style of a text. `strict`: it is strict JSON and has to stay so. */
export function styleOf(tree: Tree, lines: Lines, strict: boolean): Style {
  const votes = noVotes();
  const shapes = new Map<Shape, Map<boolean, number>>();
  let members = 0;
  for (let node = 0; node < tree.count; node++) {
    voteMember(tree, node, votes);
    if (keyStartOf(tree, node) >= 0) members++;
    if (!isContainer(tree, node)) continue;
    voteContainer(tree, lines, node, votes);
    const shape = shapeOf(tree, node);
    if (shape === null) continue;
    const count = shapes.get(shape) ?? new Map<boolean, number>();
    vote(count, lines.sameLine(startOf(tree, node), endOf(tree, node)));
    shapes.set(shape, count);
  }
  const oneLine = lines.sameLine(startOf(tree, 0), endOf(tree, 0)) && kindAt(tree, 0) >= kinds.array;
  const tight = members > 0 ? winner(votes.colon) === ":" : winner(votes.gap) === "";
  const habits = settle(votes, plainHabits(strict, tight));
  return {
    strict,
    compact: oneLine && tight,
    habits,
    onOneLine(shape) {
      const count = shapes.get(shape);
      if (count === undefined) return undefined;
      return (count.get(true) ?? 0) > (count.get(false) ?? 0);
    },
  };
}
