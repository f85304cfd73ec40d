/** One operation on the whole configuration -> the operations on the files it is put together from. */

import { hasMember, isObject } from "../json.js";
import { formatPointer, parsePointer } from "../pointer.js";
import type { Json, Operation, Pointer } from "../types.js";
import { listOfSeveral, otherFiles, refuseIncludesIn, severalFiles } from "./include-refusals.js";
import {
  findNode,
  type Leaf,
  leavesOf,
  type Node,
  onlyIncludes,
  type Part,
  type Parts,
  type Place,
  viewKind,
} from "./include-view.js";

/** An operation on the value of one file. */
export interface FileEdit {
  readonly part: Part;
  readonly operation: Operation;
}

/** Guards of what the files themselves give for the value at `path`. */
export function testEdits(parts: Parts, path: Pointer): FileEdit[] {
  const leaves = distinctLeaves(nodeOf(parts, path));
  // A copy: what the draft holds may change under a later operation.
  return leaves.map(({ place: { part, pointer }, value }) => ({
    part,
    operation: { op: "test", path: pointer, value: structuredClone(value) },
  }));
}

/** Adds or replaces: a value that is there where it stands, a new member in the file that owns its parent object. */
export function writeEdit(parts: Parts, op: "add" | "replace", path: Pointer, value: Json): FileEdit {
  const { part, pointer, inside } = targetOf(parts, op, path);
  return { part, operation: { op, path: pointer, value: wrapped(inside, value) } };
}

/** Removes: a member from every file that gives it, an item from the one file that holds its list. */
export function removeEdits(parts: Parts, path: Pointer): FileEdit[] {
  return spotsOf(parts, path).map(({ part, pointer }) => ({ part, operation: { op: "remove", path: pointer } }));
}

/** The places to remove what stands at `path` from. Throws when it is an item of a list that several files give. */
export function spotsOf(parts: Parts, path: Pointer): Place[] {
  const parent = nodeOf(parts, parentOf(path));
  const leaves = ownLeaves(parent);
  if (viewKind(parent.view) === "array" && leaves.length !== 1) throw listOfSeveral(parentOf(path), leaves);
  return distinct(nodeOf(parts, path).spots);
}

/** Renames a member within its object, in every file that gives it; null when the move is none of that kind. */
export function renameEdits(parts: Parts, from: Pointer, path: Pointer): FileEdit[] | null {
  const parent = parentOf(path);
  if (
    parentOf(from) !== parent ||
    viewKind(nodeOf(parts, parent).view) !== "object" ||
    findNode(parts, parsePointer(path)) !== null
  )
    return null;
  const name = path.slice(parent.length);
  return spotsOf(parts, from).map(({ part, pointer }) => ({
    part,
    operation: { op: "move", from: pointer, path: parentOf(pointer) + name },
  }));
}

interface Target extends Place {
  /** Members that have to be made around a new value. */
  readonly inside: readonly string[];
}

function targetOf(parts: Parts, op: "add" | "replace", path: Pointer): Target {
  const present = path.endsWith("/-") ? null : findNode(parts, parsePointer(path));
  const key = parsePointer(path).at(-1);
  if (key === undefined) return wholePlace(parts, nodeOf(parts, path), path);
  const holder = parentOf(path);
  const parent = nodeOf(parts, holder);
  if (viewKind(parent.view) !== "array") {
    return present ? wholePlace(parts, present, path) : newPlace(parts, parsePointer(holder), key, path);
  }
  if (op === "replace") return wholePlace(parts, present as Node, path);
  const leaves = ownLeaves(parent);
  if (leaves.length !== 1) throw listOfSeveral(holder, leaves);
  const { part, pointer } = (leaves[0] as Leaf).place;
  return { part, pointer: pointer + formatPointer([key]), inside: [] };
}

/** Where a value stands that is replaced as a whole: in one file, or not at all. */
function wholePlace(parts: Parts, node: Node, path: Pointer): Target {
  const leaves = distinctLeaves(node);
  if (leaves.length > 1) throw severalFiles(path, leaves);
  const [place] = [...leaves.map((leaf) => leaf.place), ...node.spots] as [Place];
  refuseIncludesIn(parts, [place], path);
  return { ...place, inside: [] };
}

/**
 * Where a new member goes: into the one file that gives its object; of several into the one fewest includes away from
 * the root that can give it, with the objects around it if it has none of them yet. Nothing is made inside a list.
 */
function newPlace(parts: Parts, holder: readonly string[], key: string, path: Pointer): Target {
  const leaves = distinctLeaves(findNode(parts, holder) as Node);
  if (leaves.length === 1) return into(leaves[0] as Leaf, [key]);
  const nearest = parts.all.toSorted((a, b) => a.depth - b.depth);
  for (const part of nearest) {
    for (let length = holder.length; length >= 0; length--) {
      const node = findNode(parts, holder.slice(0, length)) as Node;
      if (viewKind(node.view) !== "object") break;
      const leaf = leavesOf(node.view).findLast(({ place }) => place.part === part);
      const inside = [...holder.slice(length), key];
      if (leaf && isObject(leaf.value) && !hasMember(leaf.value, inside[0] as string)) return into(leaf, inside);
    }
  }
  throw leaves.length > 0 ? severalFiles(path, leaves) : otherFiles(path, (findNode(parts, holder) as Node).spots);
}

function into({ place: { part, pointer } }: Leaf, [key = "", ...inside]: readonly string[]): Target {
  return { part, pointer: pointer + formatPointer([key]), inside };
}

function wrapped(inside: readonly string[], value: Json): Json {
  return inside.reduceRight<Json>((inner, key) => ({ [key]: inner }), value);
}

/** The files' shares of a value, without objects that only include others. */
function ownLeaves({ view }: Node): Leaf[] {
  return leavesOf(view).filter((leaf) => !onlyIncludes(leaf));
}

function distinctLeaves(node: Node): Leaf[] {
  const leaves = ownLeaves(node);
  return leaves.filter(({ place }, index) => leaves.findIndex((other) => isSame(other.place, place)) === index);
}

function distinct(places: readonly Place[]): Place[] {
  return places.filter((place, index) => places.findIndex((other) => isSame(other, place)) === index);
}

function isSame(a: Place, b: Place): boolean {
  return a.part.draft === b.part.draft && a.pointer === b.pointer;
}

function nodeOf(parts: Parts, path: Pointer): Node {
  const node = findNode(parts, parsePointer(path));
  if (node === null) throw new Error(`nothing at "${path}"`);
  return node;
}

function parentOf(path: Pointer): Pointer {
  return path.slice(0, path.lastIndexOf("/"));
}
