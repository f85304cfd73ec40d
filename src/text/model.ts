/**
 * The document as operations change it: values that still are a piece of the text, and values the patch brought.
 * Only containers an operation looks into become objects, so a patch costs what it touches.
 */

import { hasMember, isObject, setMember } from "../json.js";
import type { Json, JsonObject } from "../types.js";
import { childrenOf, keyStartOf, kindAt, kinds, type Tree } from "./tree.js";
import { keyAt, valueOf } from "./value.js";

/** A value of the changed document. */
export interface Value {
  /** The node whose text it is, -1 for a value the patch brought. */
  readonly node: number;
  /** The value the patch brought, null for a piece of the text. */
  readonly json: Json;
  /** What is in it, once an operation looked. */
  inside: Inside | null;
}

/** The members or items of a container, in order. */
export interface Inside {
  /** Array items; the members of an object are in `members`. */
  readonly items: Item[];
  /** Members by name; null for an array. */
  readonly members: Map<string, Item> | null;
  /** Members that a later one of the same name hides. They go when it goes. */
  hidden: Item[];
  /** Names removed so far and where they stood: a member that comes back comes back there. */
  readonly removed: Map<string, Item>;
}

/** A member or an item. */
export interface Item {
  key: string | null;
  value: Value;
  /** The node of the text that it is: its place, or for a moved one its text and comments. -1 for a new one. */
  origin: number;
  /** The container of `origin`, -1 for a new one. */
  home: number;
  /** Items that were moved over this one: it keeps their comments. */
  readonly extra: Item[];
}

/** A value that is a piece of the text. */
export function fromText(node: number): Value {
  return { node, json: null, inside: null };
}

/** A value that the patch brought. It is read, never changed. */
export function fromPatch(json: Json): Value {
  return { node: -1, json, inside: null };
}

/** A member (or, with key null, an item) that stands nowhere yet. */
export function newItem(key: string | null, value: Value): Item {
  return { key, value, origin: -1, home: -1, extra: [] };
}

/** True for an array or object. */
export function holds(tree: Tree, value: Value): boolean {
  return value.node < 0
    ? typeof value.json === "object" && value.json !== null
    : kindAt(tree, value.node) >= kinds.array;
}

/** What is in a container. */
export function inside(tree: Tree, value: Value): Inside {
  value.inside ??= value.node < 0 ? insideJson(value.json) : insideText(tree, value.node);
  return value.inside;
}

/** All visible members or items. */
export function contents(tree: Tree, value: Value): Iterable<Item> {
  const { items, members } = inside(tree, value);
  return members === null ? items : members.values();
}

function insideJson(json: Json): Inside {
  if (!isObject(json)) {
    const items = Array.isArray(json) ? json.map((item) => newItem(null, fromPatch(item))) : [];
    return { items, members: null, hidden: [], removed: new Map() };
  }
  const members = new Map(Object.entries(json).map(([key, item]) => [key, newItem(key, fromPatch(item))]));
  return { items: [], members, hidden: [], removed: new Map() };
}

function insideText(tree: Tree, node: number): Inside {
  const members = kindAt(tree, node) === kinds.object ? new Map<string, Item>() : null;
  const items: Item[] = [];
  const hidden: Item[] = [];
  for (const child of childrenOf(tree, node)) {
    const key = keyStartOf(tree, child) < 0 ? null : keyAt(tree, child);
    const item: Item = { key, value: fromText(child), origin: child, home: node, extra: [] };
    if (members === null || key === null) {
      items.push(item);
      continue;
    }
    const earlier = members.get(key);
    if (earlier !== undefined) hidden.push(earlier);
    members.set(key, item);
  }
  return { items, members, hidden, removed: new Map() };
}

/** A copy that later operations may change apart from the original. Untouched parts are shared. */
export function cloneValue(value: Value): Value {
  if (value.inside === null) return { ...value };
  const { items, members, hidden, removed } = value.inside;
  const copies = members === null ? null : new Map([...members].map(([key, item]) => [key, cloneItem(item)]));
  return {
    ...value,
    inside: { items: items.map(cloneItem), members: copies, hidden: [...hidden], removed: new Map(removed) },
  };
}

function cloneItem(item: Item): Item {
  return { ...item, value: cloneValue(item.value), extra: [...item.extra] };
}

/** The plain value. */
export function toJson(tree: Tree, value: Value): Json {
  if (value.inside === null) return value.node < 0 ? value.json : valueOf(tree, value.node);
  if (value.inside.members === null) return value.inside.items.map((item) => toJson(tree, item.value));
  const object: JsonObject = {};
  for (const [key, item] of value.inside.members) setMember(object, key, toJson(tree, item.value));
  return object;
}

/** Equality of what JSON5 can spell, by which a value is left as it stands: `-0` is not `0`, NaN is NaN. */
export function sameValue(a: Json, b: Json): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameValue(item, b[index] as Json));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => hasMember(b, key) && sameValue(a[key] as Json, b[key] as Json))
  );
}
