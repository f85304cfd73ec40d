/**
 * A value that can be written to as if it were mutable, while the original stays. What is only read is not copied, what
 * is written to is copied once, with what holds it; everything else is shared with the original.
 *
 * Our own, not immer: that one copies a container to read what is in it and freezes results to their last leaf, three
 * quarters of what a step cost. test/core/draft.test.ts holds the two against each other on random recipes.
 */

import { hasMember, isContainer, setMember } from "../json.js";
import type { Json, JsonObject } from "../types.js";

type Container = Json[] | JsonObject;

/** A container being drafted. */
interface Node {
  readonly base: Container;
  /** The container as written to, null before the first write. */
  copy: Container | null;
  readonly holder: Node | null;
  /** True when something in it was written to. */
  changed: boolean;
  /** Drafts of what is in it, by name, but for members that were written since. */
  drafts: Map<string, Container> | null;
  /** Members that were given a container. There may be drafts in it. */
  given: Set<string> | null;
}

/** What a proxy stands before: for a list a list, so that it is one. */
type Target = Node | [Node];

const itself = Symbol("node");

/** What `recipe` makes of a draft of `base`: `base` itself when it changes nothing. The draft is of no use afterwards. */
export function produce<Value extends object>(base: Value, recipe: (draft: Value) => void): Value {
  const draft = draftOf(base as unknown as Container, null);
  recipe(draft as unknown as Value);
  return settled(draft) as unknown as Value;
}

function draftOf(base: Container, holder: Node | null): Container {
  const node: Node = { base, copy: null, holder, changed: false, drafts: null, given: null };
  return new Proxy<Target>(Array.isArray(base) ? [node] : node, traps) as unknown as Container;
}

const traps: ProxyHandler<Target> = {
  get(target, name): unknown {
    const node = nodeOf(target);
    if (name === itself) return node;
    const held = now(node);
    // A list's methods are found, what every object inherits is no member.
    if (typeof name === "symbol" || !hasMember(held, name))
      return Array.isArray(held) ? (Reflect.get(held, name) as unknown) : undefined;
    const value = held[name];
    if (!isContainer(value) || node.given?.has(name)) return value;
    const known = node.drafts?.get(name);
    if (known) return known;
    const draft = draftOf(value as Container, node);
    node.drafts ??= new Map();
    node.drafts.set(name, draft);
    return draft;
  },
  set: put,
  has: (target, name) => Object.hasOwn(now(nodeOf(target)), name),
  ownKeys: (target) => Reflect.ownKeys(now(nodeOf(target))),
  /** That a member is there. What it holds is had by reading it, so that asking for names drafts nothing. */
  getOwnPropertyDescriptor(target, name): PropertyDescriptor | undefined {
    const held = now(nodeOf(target));
    if (!Object.hasOwn(held, name)) return undefined;
    const isLength = name === "length" && Array.isArray(held);
    return { configurable: !isLength, enumerable: !isLength, writable: true };
  },
  defineProperty: (target, name, { value }) => put(target, name, value as Json),
  deleteProperty(target, name): boolean {
    const node = nodeOf(target);
    if (typeof name === "symbol" || !hasMember(now(node), name)) return true;
    delete written(node)[name];
    node.drafts?.delete(name);
    node.given?.delete(name);
    return true;
  },
};

function put(target: Target, name: string | symbol, value: Json): boolean {
  if (typeof name === "symbol") return false;
  const node = nodeOf(target);
  const held = now(node);
  if (hasMember(held, name) && (value === node.drafts?.get(name) || Object.is(held[name], value))) return true;
  setMember(written(node), name, value);
  node.drafts?.delete(name);
  if (isContainer(value)) (node.given ??= new Set()).add(name);
  else node.given?.delete(name);
  return true;
}

function nodeOf(target: Target): Node {
  return Array.isArray(target) ? target[0] : target;
}

function now({ copy, base }: Node): JsonObject {
  return (copy ?? base) as JsonObject;
}

function written(node: Node): JsonObject {
  node.copy ??= Array.isArray(node.base) ? [...node.base] : { ...node.base };
  for (let above: Node | null = node; above !== null && !above.changed; above = above.holder) above.changed = true;
  return node.copy as JsonObject;
}

/** A value without drafts in it. Only containers that a recipe made hold any, and those are its own to change. */
function settled(value: Json): Json {
  if (!isContainer(value)) return value;
  const node = (value as { [itself]?: Node })[itself];
  if (node === undefined) {
    settle(value as JsonObject, Object.keys(value as JsonObject));
    return value;
  }
  if (!node.changed) return node.base;
  const result = written(node);
  for (const [name, draft] of node.drafts ?? []) {
    if (hasMember(result, name)) setMember(result, name, settled(draft));
  }
  settle(result, node.given ?? []);
  return result;
}

function settle(holder: JsonObject, names: Iterable<string>): void {
  for (const name of names) {
    const value = hasMember(holder, name) ? (holder[name] as Json) : null;
    const plain = settled(value);
    if (plain !== value) setMember(holder, name, plain);
  }
}
