/**
 * RFC 6902 on the model. `applyPatch` of core/patch ran over the value before and refused whatever the standard
 * refuses, so an operation that finds nothing here means that the two disagree about the text.
 */

import { failedError } from "../errors.js";
import { formatPointer, parsePointer } from "../pointer.js";
import type { Operation, Pointer } from "../types.js";
import { cloneValue, fromPatch, fromText, inside, type Inside, type Item, newItem, type Value } from "./model.js";
import type { Tree } from "./tree.js";

/** The document after the operations, as a model of the text. */
export function operate(tree: Tree, operations: readonly Operation[]): Item {
  const root: Item = { key: null, value: fromText(0), origin: 0, home: -1, extra: [] };
  for (const operation of operations) step(tree, root, operation);
  return root;
}

function step(tree: Tree, root: Item, operation: Operation): void {
  switch (operation.op) {
    case "test":
      return;
    case "add":
      return add(tree, root, operation.path, newItem(null, fromPatch(operation.value)));
    case "replace":
      find(tree, root, parsePointer(operation.path)).value = fromPatch(operation.value);
      return;
    case "remove":
      remove(tree, root, operation.path);
      return;
    case "copy": {
      const { value } = find(tree, root, parsePointer(operation.from));
      return add(tree, root, operation.path, newItem(null, cloneValue(value)));
    }
    case "move":
      return move(tree, root, operation.from, operation.path);
  }
}

function find(tree: Tree, root: Item, tokens: readonly string[]): Item {
  let item = root;
  for (const token of tokens) {
    const { items, members } = inside(tree, item.value);
    const next = members === null ? items[Number(token)] : members.get(token);
    if (next === undefined) throw disagreement(formatPointer(tokens));
    item = next;
  }
  return item;
}

function parentOf(tree: Tree, root: Item, path: Pointer): { parent: Value; holder: Inside; token: string } {
  const tokens = parsePointer(path);
  const token = tokens.pop() as string;
  const parent = find(tree, root, tokens).value;
  return { parent, holder: inside(tree, parent), token };
}

function add(tree: Tree, root: Item, path: Pointer, item: Item): void {
  if (path === "") {
    root.value = item.value;
    return;
  }
  const { holder, token } = parentOf(tree, root, path);
  const { items, members, removed } = holder;
  if (members === null) {
    items.splice(token === "-" ? items.length : Number(token), 0, placed(item, null, item.value));
    return;
  }
  const there = members.get(token);
  if (there !== undefined) return replaceBy(there, item);
  // A member that comes back after its removal is a replaced member: it keeps its place and its comments.
  const grave = item.origin < 0 ? removed.get(token) : undefined;
  removed.delete(token);
  members.set(token, placed(grave ?? item, token, item.value));
}

function placed({ origin, home, extra }: Item, key: string | null, value: Value): Item {
  return { key, value, origin, home, extra };
}

/** A member moved over another: the place, the key and the comments of the one, the value and the comments of the other. */
function replaceBy(there: Item, item: Item): void {
  there.value = item.value;
  if (item.origin < 0) return;
  if (there.origin >= 0) {
    there.extra.push(...item.extra, item);
    return;
  }
  there.origin = item.origin;
  there.home = item.home;
  there.extra.push(...item.extra);
}

function remove(tree: Tree, root: Item, path: Pointer): Item {
  const { parent, holder, token } = parentOf(tree, root, path);
  if (holder.members === null) return holder.items.splice(Number(token), 1)[0] as Item;
  const item = detach(holder, token);
  if (item.home === parent.node && item.origin >= 0) holder.removed.set(token, item);
  return item;
}

function detach(holder: Inside, token: string): Item {
  const item = holder.members?.get(token);
  if (item === undefined) throw disagreement(formatPointer([token]));
  holder.members?.delete(token);
  holder.hidden = holder.hidden.filter((other) => other.key !== token);
  return item;
}

function move(tree: Tree, root: Item, from: Pointer, path: Pointer): void {
  if (from === path) return;
  const { holder, token } = parentOf(tree, root, from);
  if (holder.members === null) return add(tree, root, path, remove(tree, root, from));
  return add(tree, root, path, detach(holder, token));
}

function disagreement(pointer: Pointer): Error {
  return failedError("text-guard", `the text has nothing at "${pointer}" where its value has`, {
    pointer,
    hint: "Nothing was changed. Use --reformat to write the file anew without its comments.",
  });
}
