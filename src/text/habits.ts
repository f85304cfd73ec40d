/** How a file, or one container of it, is laid out: learnt from the text by majority, so that new parts look like old ones. */

import type { Lines } from "./lines.js";
import { canBeBare, type Spelling } from "./spell.js";
import {
  afterOf,
  childrenOf,
  endOf,
  headOf,
  isContainer,
  keyEndOf,
  keyStartOf,
  kindAt,
  kinds,
  startOf,
  type Tree,
} from "./tree.js";
import { skipTrivia } from "./trivia.js";
import { keyAt } from "./value.js";

/** Habits of a file or container. */
export interface Habits extends Spelling {
  /** Between key and value, with its spaces: `: `. */
  readonly colon: string;
  /** Between items on one line, after the comma. */
  readonly gap: string;
  /** Inside the braces of an object on one line. */
  readonly objectPad: string;
  /** Inside the brackets of an array on one line. */
  readonly arrayPad: string;
  /** A comma follows the last item of a container that has a line for each. */
  readonly trailing: boolean;
  /** One level of indentation. */
  readonly unit: string;
}

/** Containers that are alike in layout: what they are, and whether there are containers in them. */
export type Shape = "object of scalars" | "object of containers" | "array of scalars" | "array of containers";

/** Votes on each habit. */
export interface Votes {
  readonly bare: Map<boolean, number>;
  readonly keyQuote: Map<string, number>;
  readonly quote: Map<string, number>;
  readonly colon: Map<string, number>;
  readonly gap: Map<string, number>;
  readonly objectPad: Map<string, number>;
  readonly arrayPad: Map<string, number>;
  readonly trailing: Map<boolean, number>;
  readonly unit: Map<string, number>;
}

/** Between key and value, unless there are comments, or columns. */
const plainColons: ReadonlySet<string> = new Set([":", ": ", " :", " : "]);

/** How many children of a container are asked about its habits. */
const witnesses = 64;

/** No votes yet. */
export function noVotes(): Votes {
  return {
    bare: new Map(),
    keyQuote: new Map(),
    quote: new Map(),
    colon: new Map(),
    gap: new Map(),
    objectPad: new Map(),
    arrayPad: new Map(),
    trailing: new Map(),
    unit: new Map(),
  };
}

/** The habits of one container, where it shows none those of `base`. */
export function habitsNear(tree: Tree, lines: Lines, node: number, base: Habits): Habits {
  const votes = noVotes();
  for (const child of childrenOf(tree, node, witnesses)) voteMember(tree, child, votes);
  voteContainer(tree, lines, node, votes);
  return settle(votes, base);
}

/** What the votes decided; `base` where nobody voted. */
export function settle(votes: Votes, base: Habits): Habits {
  const quote = winner(votes.quote) ?? winner(votes.keyQuote) ?? base.quote;
  return {
    bare: winner(votes.bare) ?? base.bare,
    quote,
    keyQuote: winner(votes.keyQuote) ?? (votes.quote.size > 0 ? quote : base.keyQuote),
    colon: winner(votes.colon) ?? base.colon,
    gap: winner(votes.gap) ?? base.gap,
    objectPad: winner(votes.objectPad) ?? base.objectPad,
    arrayPad: winner(votes.arrayPad) ?? base.arrayPad,
    trailing: winner(votes.trailing) ?? base.trailing,
    unit: winner(votes.unit) ?? base.unit,
  };
}

/** One member or item votes with its key, its colon and its quotes. */
export function voteMember(tree: Tree, node: number, votes: Votes): void {
  const { text } = tree;
  if (kindAt(tree, node) === kinds.string) vote(votes.quote, text.charAt(startOf(tree, node)));
  const start = keyStartOf(tree, node);
  if (start < 0) return;
  const first = text.charAt(start);
  const quoted = first === '"' || first === "'";
  if (quoted) vote(votes.keyQuote, first);
  if (!quoted || canBeBare(keyAt(tree, node))) vote(votes.bare, !quoted);
  const colon = text.slice(keyEndOf(tree, node), startOf(tree, node));
  if (plainColons.has(colon)) vote(votes.colon, colon);
}

/** A container votes with its commas and the space in it. */
export function voteContainer(tree: Tree, lines: Lines, node: number, votes: Votes): void {
  const { text } = tree;
  const [first, second] = childrenOf(tree, node, 2);
  if (first === undefined) return;
  const start = startOf(tree, node);
  const pad = text.slice(start + 1, headOf(tree, first));
  if (lines.sameLine(start, endOf(tree, node))) {
    if (pad === "" || pad === " ") vote(kindAt(tree, node) === kinds.object ? votes.objectPad : votes.arrayPad, pad);
    const gap = second === undefined ? "" : text.slice(endOf(tree, first), headOf(tree, second));
    if (gap === "," || gap === ", ") vote(votes.gap, gap.slice(1));
    return;
  }
  // `} }` says nothing of the comma before a bracket that has a line of its own.
  if (lines.startsLine(endOf(tree, node) - 1)) {
    vote(votes.trailing, text.charCodeAt(skipTrivia(text, endOf(tree, lastChild(tree, node)))) === 44);
  }
  const outer = lines.indentAt(start);
  const inner = lines.indentAt(headOf(tree, first));
  if (lines.startsLine(headOf(tree, first)) && inner.length > outer.length && inner.startsWith(outer))
    vote(votes.unit, inner.slice(outer.length));
}

/** What a container is like. Null for an empty one, which shows no layout. */
export function shapeOf(tree: Tree, node: number): Shape | null {
  const children = childrenOf(tree, node, witnesses);
  if (children.length === 0) return null;
  const parts = children.some((child) => isContainer(tree, child)) ? "containers" : "scalars";
  return kindAt(tree, node) === kinds.object ? `object of ${parts}` : `array of ${parts}`;
}

function lastChild(tree: Tree, node: number): number {
  const after = afterOf(tree, node);
  let last = node + 1;
  for (let child = last; child < after; child = afterOf(tree, child)) last = child;
  return last;
}

/** One more for `choice`. */
export function vote<T>(votes: Map<T, number>, choice: T): void {
  votes.set(choice, (votes.get(choice) ?? 0) + 1);
}

/** The choice with most votes, of equals the first; undefined when nobody voted. */
export function winner<T>(votes: ReadonlyMap<T, number>): T | undefined {
  let best: T | undefined;
  let most = 0;
  for (const [choice, count] of votes) {
    if (count <= most) continue;
    most = count;
    best = choice;
  }
  return best;
}
