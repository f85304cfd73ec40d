/** Where the parts of a document stand in its text. */

import { someContainer } from "../json.js";
import { formatPointer, isIndex, parsePointer } from "../pointer.js";
import type { Json, Pointer, Position } from "../types.js";
import { positions } from "./position.js";
import { scan } from "./scan.js";
import {
  afterOf,
  childrenOf,
  endOf,
  headOf,
  isContainer,
  keyStartOf,
  kindAt,
  kinds,
  startOf,
  type Tree,
} from "./tree.js";
import { keyAt, valueOf } from "./value.js";

/** A value in a text. Offsets in UTF-16 units; `position` is that of the key, of the value where there is none. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
  readonly keyStart: number | null;
  readonly position: Position;
}

/** Where each pointer's value stands, null when there is nothing. Of members with one name it is the last. Throws as `parseText`, and for a bad pointer. */
export function locate(text: string, pointers: readonly Pointer[]): (TextRange | null)[] {
  if (pointers.length === 0) return [];
  const tree = scan(text);
  const position = positionsIn(tree);
  const child = childFinder(tree);
  return pointers.map((pointer) => {
    let node = 0;
    for (const token of parsePointer(pointer)) {
      node = child(node, token);
      if (node < 0) return null;
    }
    const key = keyStartOf(tree, node);
    return {
      start: startOf(tree, node),
      end: endOf(tree, node),
      keyStart: key < 0 ? null : key,
      position: position(headOf(tree, node)),
    };
  });
}

/**
 * The members that a later member of the same name hides: OpenClaw never sees them. In the order of the text. `value`: what
 * the text says, where somebody knows. Throws as `parseText`.
 */
export function duplicateKeys(text: string, value?: Json): { pointer: Pointer; position: Position }[] {
  const tree = scan(text);
  // Most texts have none, and then as many members as their value.
  if (membersOfText(tree) === membersOfValue(value ?? valueOf(tree, 0))) return [];
  const position = positionsIn(tree);
  const found: { pointer: Pointer; position: Position }[] = [];
  const path: {
    readonly after: number;
    readonly token: string;
    index: number;
    readonly last: ReadonlyMap<string, number> | null;
  }[] = [];
  for (let node = 0; node < tree.count; node++) {
    while (path.length > 0 && (path[path.length - 1]?.after as number) <= node) path.pop();
    const holder = path[path.length - 1];
    const token = holder === undefined ? "" : holder.last === null ? String(holder.index++) : keyAt(tree, node);
    if (holder?.last && holder.last.get(token) !== node) {
      const pointer = formatPointer([...path.slice(1).map((step) => step.token), token]);
      found.push({ pointer, position: position(headOf(tree, node)) });
    }
    if (!isContainer(tree, node)) continue;
    const last = kindAt(tree, node) === kinds.object ? membersOf(tree, node) : null;
    path.push({ after: afterOf(tree, node), token, index: 0, last });
  }
  return found;
}

// A tree that is kept is asked for many places, each time by somebody else.
const known = new WeakMap<Tree, (offset: number) => Position>();

function positionsIn(tree: Tree): (offset: number) => Position {
  const position = known.get(tree) ?? positions(tree.text);
  known.set(tree, position);
  return position;
}

function membersOfText(tree: Tree): number {
  let count = 0;
  for (let node = 0; node < tree.count; node++) if (keyStartOf(tree, node) >= 0) count++;
  return count;
}

function membersOfValue(value: Json): number {
  let count = 0;
  someContainer(value, (container) => {
    if (!Array.isArray(container)) count += Object.keys(container).length;
    return false;
  });
  return count;
}

function membersOf(tree: Tree, node: number): Map<string, number> {
  return new Map(childrenOf(tree, node).map((child) => [keyAt(tree, child), child]));
}

/** Finds children by token; a container is listed once however many pointers lead through it. */
function childFinder(tree: Tree): (node: number, token: string) => number {
  const objects = new Map<number, Map<string, number>>();
  const arrays = new Map<number, number[]>();
  return (node, token) => {
    if (kindAt(tree, node) === kinds.object) {
      const members = objects.get(node) ?? membersOf(tree, node);
      objects.set(node, members);
      return members.get(token) ?? -1;
    }
    if (kindAt(tree, node) !== kinds.array || !isIndex(token)) return -1;
    const items = arrays.get(node) ?? childrenOf(tree, node);
    arrays.set(node, items);
    return items[Number(token)] ?? -1;
  };
}
