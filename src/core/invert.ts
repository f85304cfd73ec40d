/** The way back: from a document and the patch it took, the patch that undoes it. */

import { isObject } from "../json.js";
import { valueAt } from "../pointer.js";
import type { Json, Operation, Pointer } from "../types.js";
import { applyOperation, type Draft, valueIn } from "./patch.js";

/**
 * The operations that take `applyPatch(document, operations)` back to `document`. Each is guarded by a `test` of what
 * it is about to replace, move or remove, so a later foreign edit is never overwritten. Throws as `applyPatch`.
 */
export function invertPatch(document: Json, operations: readonly Operation[]): Operation[] {
  const draft: Draft = { root: document, owned: new Set() };
  const groups = operations.map((operation, index) => {
    const before = undo(draft, operation);
    applyOperation(draft, operation, index);
    return before;
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
      const { path, hidden } = landing(draft, operation.path);
      return guarded(path, value, [
        hidden === undefined ? { op: "remove", path } : { op: "replace", path, value: hidden },
      ]);
    }
    case "move": {
      if (operation.path === operation.from) return [];
      const value = valueIn(draft, operation.from);
      const after: Draft = { root: draft.root, owned: new Set() };
      applyOperation(after, { op: "remove", path: operation.from }, 0);
      const { path, hidden } = landing(after, operation.path);
      const back: Operation[] = [{ op: "move", from: path, path: operation.from }];
      // The overwritten member comes back first when the move's way back needs its place, last otherwise.
      return guarded(path, value, hidden === undefined ? back : [...back, { op: "add", path, value: hidden }]);
    }
  }
}

function guarded(path: Pointer, value: Json, operations: Operation[]): Operation[] {
  return [{ op: "test", path, value }, ...operations];
}

/** Where an added value ends up (`-` is the array's end), and the member it hides there. */
function landing(draft: Draft, path: Pointer): { path: Pointer; hidden: Json | undefined } {
  if (path === "") return { path, hidden: draft.root };
  const slash = path.lastIndexOf("/");
  const holder = valueAt(draft.root, path.slice(0, slash));
  if (Array.isArray(holder))
    return { path: path.endsWith("/-") ? `${path.slice(0, slash)}/${holder.length}` : path, hidden: undefined };
  return { path, hidden: isObject(holder) ? valueAt(draft.root, path) : undefined };
}
