/**
 * A container's inside as tokens, and whose each comment is.
 *
 * A member owns the comments on its line after it, those before it on its line, and the block of comment lines
 * directly above it with no blank line between. What the line of an opening bracket carries belongs to the container,
 * everything else to nobody.
 */

import { childrenOf, endOf, headOf, startOf, type Tree } from "./tree.js";
import { commentEnd, isLineEnd, isSpace } from "./trivia.js";

/** A piece of a container's inside. */
export interface Token {
  readonly kind: "space" | "break" | "comment" | "comma" | "item";
  readonly start: number;
  readonly end: number;
  /** Line within the container, 0 is that of the opening bracket. A break belongs to the line it ends. */
  readonly line: number;
}

/** A member or item and what it owns, as indexes of tokens. */
export interface Entry {
  readonly node: number;
  readonly token: number;
  /** First of its own comments, else `token`. */
  first: number;
  /** Last of its own comments, else `token`. */
  last: number;
  /** The comma after it, -1 when there is none. */
  comma: number;
}

/** The inside of a container. */
export interface Layout {
  readonly tokens: readonly Token[];
  readonly entries: readonly Entry[];
  /** Line of the closing bracket. */
  readonly lines: number;
}

/** Reads a container's inside. */
export function layoutOf(tree: Tree, node: number): Layout {
  const tokens: Token[] = [];
  const entries: Entry[] = [];
  let line = 0;
  let at = startOf(tree, node) + 1;
  for (const child of childrenOf(tree, node)) {
    line = addTrivia(tree.text, at, headOf(tree, child), line, tokens);
    at = endOf(tree, child);
    entries.push({ node: child, token: tokens.length, first: tokens.length, last: tokens.length, comma: -1 });
    tokens.push({ kind: "item", start: headOf(tree, child), end: at, line });
  }
  line = addTrivia(tree.text, at, endOf(tree, node) - 1, line, tokens);
  for (let gap = 0; gap <= entries.length; gap++) {
    share(tokens, entries[gap - 1], entries[gap], line);
  }
  return { tokens, entries, lines: line };
}

/** The entry of a member, undefined when the container has no such node. Entries stand in the order of their nodes. */
export function entryOf({ entries }: Layout, node: number): Entry | undefined {
  let low = 0;
  let high = entries.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.node as number) < node) low = middle + 1;
    else high = middle;
  }
  return entries[low]?.node === node ? entries[low] : undefined;
}

/** True when nothing but comments (or a comma before it) shares the line with what comes before an entry. */
export function startsLine({ tokens, entries }: Layout, index: number): boolean {
  const line = lineOfEntry({ tokens, entries }, index);
  return line > 0 && (index === 0 || lineOfEntry({ tokens, entries }, index - 1) < line);
}

/** Line of an entry within its container. */
export function lineOfEntry({ tokens, entries }: Pick<Layout, "tokens" | "entries">, index: number): number {
  return tokens[entries[index]?.token ?? 0]?.line ?? 0;
}

/** True for a comment that reaches to the end of its line. */
export function isLineComment(text: string): boolean {
  return text.startsWith("//");
}

function addTrivia(text: string, from: number, to: number, firstLine: number, tokens: Token[]): number {
  let line = firstLine;
  let at = from;
  while (at < to) {
    const start = at;
    const code = text.charCodeAt(at);
    if (isLineEnd(code)) {
      at += code === 13 && text.charCodeAt(at + 1) === 10 ? 2 : 1;
      tokens.push({ kind: "break", start, end: at, line });
      line++;
    } else if (code === 44) {
      tokens.push({ kind: "comma", start, end: ++at, line });
    } else if (code === 47) {
      at = commentEnd(text, at);
      tokens.push({ kind: "comment", start, end: at, line });
    } else {
      while (at < to && isSpace(text.charCodeAt(at)) && !isLineEnd(text.charCodeAt(at))) at++;
      tokens.push({ kind: "space", start, end: at, line });
    }
  }
  return line;
}

/** Gives the comments between two neighbours to one of them or to nobody. */
function share(tokens: readonly Token[], left: Entry | undefined, right: Entry | undefined, lastLine: number): void {
  const from = left === undefined ? 0 : left.token + 1;
  const to = right === undefined ? tokens.length : right.token;
  const above = left === undefined ? 0 : (tokens[left.token]?.line as number);
  const below = right === undefined ? lastLine : (tokens[right.token]?.line as number);
  let comma = -1;
  for (let index = from; index < to; index++) {
    const token = tokens[index] as Token;
    if (token.kind === "comma") comma = index;
    if (token.kind !== "comment" || left === undefined || token.line !== above) continue;
    // On one line a comment before the comma is the left one's, after it the right one's.
    if (above < below || comma < 0 || right === undefined) left.last = index;
  }
  if (left !== undefined) left.comma = comma;
  if (right === undefined) return;
  const commaLine = comma < 0 ? -1 : (tokens[comma]?.line as number);
  const ceiling = commaLine < below ? Math.max(above, commaLine) : above;
  let reached = below;
  for (let index = to - 1; index >= from; index--) {
    const token = tokens[index] as Token;
    if (token.kind === "comma" && above === below) break;
    if (token.kind !== "comment") continue;
    if (token.line < reached - 1 || (token.line < below && token.line <= ceiling)) break;
    reached = token.line;
    right.first = index;
  }
}
