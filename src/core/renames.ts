/** Which of the operations that take members out and put members in are one member with a new name. */

import { deepEqual, isContainer } from "../json.js";
import type { Json, Operation, Pointer } from "../types.js";

type Added = Extract<Operation, { readonly value: Json }>;

/** A container that left one member and came back, equal, as another of the same object was renamed: a `move`. */
export function withMoves(operations: Operation[]): Operation[] {
  const waiting = arrivals(operations);
  if (waiting.size === 0) return operations;
  const target = new Map<Operation, Added>();
  const taken = new Set<Operation>();
  operations.forEach((removed, index) => {
    const guard = operations[index - 1];
    if (removed.op !== "remove" || guard?.op !== "test" || !isContainer(guard.value)) return;
    const candidates = waiting.get(parentOf(removed.path))?.get(sketch(guard.value)) ?? [];
    const added = candidates.find((other) => !taken.has(other) && deepEqual(other.value, guard.value));
    if (!added) return;
    target.set(removed, added);
    taken.add(added);
  });
  if (taken.size === 0) return operations;
  return operations
    .filter((operation) => !taken.has(operation))
    .map((operation) => {
      const added = target.get(operation);
      return added ? { op: "move", from: operation.path, path: added.path } : operation;
    });
}

/** Containers that were put in, by the object they are in and by what they hold; only of objects that one was taken out of. */
function arrivals(operations: readonly Operation[]): Map<Pointer, Map<string, Added[]>> {
  const found = new Map<Pointer, Map<string, Added[]>>();
  operations.forEach((operation, index) => {
    const guard = operations[index - 1];
    if (operation.op === "remove" && guard?.op === "test" && isContainer(guard.value))
      found.set(parentOf(operation.path), new Map());
  });
  if (found.size === 0) return found;
  for (const operation of operations) {
    const holder =
      operation.op === "add" && isContainer(operation.value) ? found.get(parentOf(operation.path)) : undefined;
    if (holder === undefined || operation.op !== "add") continue;
    const alike = holder.get(sketch(operation.value));
    if (alike) alike.push(operation);
    else holder.set(sketch(operation.value), [operation]);
  }
  return found;
}

/** The same for equal values, members in any order: among many additions an equal one is found without a look at each. */
function sketch(value: Json): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(sketch).join()}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${sketch(value[name] as Json)}`).join()}}`;
}

function parentOf(path: Pointer): Pointer {
  return path.slice(0, path.lastIndexOf("/"));
}
