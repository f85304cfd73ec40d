/** The way back: from a document and the patch it took, the patch that undoes it. */

import { isObject } from "../json.js";
import { formatPointer, isWithin, parsePointer, valueAt } from "../pointer.js";
import type { Json, Operation, Pointer } from "../types.js";
import { applyOperation, type Draft, valueIn } from "./patch.js";

/**
 * The operations that take `applyPatch(document, operations)` back to `document`. Each is guarded by a `test` of what
 * it is about to replace, move or remove, so a later foreign edit is never overwritten. Throws as `applyPatch`.
 */
export function invertPatch(document: Json, operations: readonly Operation[]): Operation[] {
  const draft: Draft = { root: document, owned: new Set() };
  const groups = operations.map((operation, index) => {
    const back = undo(draft, operation);
    applyOperation(draft, operation, index);
    return back;
  });
  return groups.reverse().flat();
}

function undo(draft: Draft, operation: Operation): Operation[] {
  switch (operation.op) {
    case "test":
      return [];
    case "remove":
      return [{ op: "add", path: operation.path, value: valueIn(draft, operation.path) }];
    case "replace":
      return guarded(operation.path, operation.value, [
        { op: "replace", path: operation.path, value: valueIn(draft, operation.path) },
      ]);
    case "add":
    case "copy": {
      const value = "from" in operation ? valueIn(draft, operation.from) : operation.value;
      const { path, hidden } = landing(draft.root, operation.path);
      return guarded(path, value, [
        hidden === undefined ? { op: "remove", path } : { op: "replace", path, value: hidden },
      ]);
    }
    case "move": {
      if (operation.path === operation.from) return [];
      const value = valueIn(draft, operation.from);
      // What was moved over its own holder comes back with it.
      if (isWithin(operation.from, operation.path))
        return guarded(operation.path, value, [
          { op: "replace", path: operation.path, value: valueIn(draft, operation.path) },
        ]);
      const { path, hidden } = landing(draft.root, operation.path, operation.from);
      const back: Operation[] = [{ op: "move", from: path, path: operation.from }];
      // The overwritten member comes back first when the move's way back needs its place, last otherwise.
      return guarded(path, value, hidden === undefined ? back : [...back, { op: "add", path, value: hidden }]);
    }
  }
}

function guarded(path: Pointer, value: Json, operations: Operation[]): Operation[] {
  return [{ op: "test", path, value }, ...operations];
}

/** Where an added value ends up (`-` is the array's end), and the member it hides there. With `from`: once that has been taken out. */
function landing(root: Json, path: Pointer, from?: Pointer): { path: Pointer; hidden: Json | undefined } {
  if (path === "") return { path, hidden: root };
  const slash = path.lastIndexOf("/");
  const above = path.slice(0, slash);
  const seen = from === undefined ? above : beforeTaking(root, above, from);
  const holder = valueAt(root, seen);
  if (Array.isArray(holder)) {
    const length = from !== undefined && isItemOf(from, seen) ? holder.length - 1 : holder.length;
    return { path: path.endsWith("/-") ? `${above}/${length}` : path, hidden: undefined };
  }
  return { path, hidden: isObject(holder) ? valueAt(root, `${seen}${path.slice(slash)}`) : undefined };
}

/** A pointer into a document that an item has been taken out of, as it is with the item: later items stood one further on. */
function beforeTaking(root: Json, path: Pointer, from: Pointer): Pointer {
  const tokens = parsePointer(path);
  const taken = parsePointer(from);
  const index = taken.length - 1;
  const list = from.slice(0, from.lastIndexOf("/"));
  const later = Number(tokens[index]) >= Number(taken[index]);
  if (!isWithin(path, list) || tokens.length <= index || !later || !Array.isArray(valueAt(root, list))) return path;
  return formatPointer(tokens.with(index, String(Number(tokens[index]) + 1)));
}

function isItemOf(path: Pointer, list: Pointer): boolean {
  return path.slice(0, path.lastIndexOf("/")) === list;
}
