/**
 * RFC 6902 on values. Strict where implementations are lax (array indexes, pointers), and safe with members named
 * `__proto__`. Comparing lives in `compare.ts`, inverting in `invert.ts`.
 */

import { ClawformError, invalidError } from "../errors.js";
import { deepEqual, setMember } from "../json.js";
import { childAt, isIndex, isWithin, parsePointer } from "../pointer.js";
import type { Json, JsonObject, Operation, Pointer } from "../types.js";

/** A document being patched: containers are copied the first time they change, so the input stays whole and long patches stay linear. */
export interface Draft {
  root: Json;
  readonly owned: Set<object>;
}

/**
 * Applies operations in order and returns the new document; the old one is not touched.
 * Throws a `patch-...` error that names the operation's index and pointer (RFC 6902 section 5); then nothing is returned.
 */
export function applyPatch(document: Json, operations: readonly Operation[]): Json {
  const draft: Draft = { root: document, owned: new Set() };
  operations.forEach((operation, index) => applyOperation(draft, operation, index));
  return draft.root;
}

/** Applies one operation to a draft; `index` is only for the error. */
export function applyOperation(draft: Draft, operation: Operation, index: number): void {
  try {
    checkShape(operation);
    execute(draft, operation);
  } catch (error) {
    if (!(error instanceof ClawformError)) throw error;
    const what = `operation ${index} (${operation.op} ${JSON.stringify(operation.path)})`;
    throw invalidError(error.code, `${what}: ${error.message}`, {
      pointer: typeof operation.path === "string" ? operation.path : "",
      hint: error.hint || "The patch was made for another document; nothing was changed.",
    });
  }
}

function checkShape(operation: Operation): void {
  const { op, path, value, from } = operation as { op: unknown; path: unknown; value?: unknown; from?: unknown };
  if (typeof path !== "string") throw refused("shape", "it has no path");
  if ((op === "add" || op === "replace" || op === "test") && value === undefined)
    throw refused("shape", "it has no value");
  if ((op === "move" || op === "copy") && typeof from !== "string") throw refused("shape", "it has no from");
}

function execute(draft: Draft, operation: Operation): void {
  const { path } = operation;
  switch (operation.op) {
    case "test":
      if (deepEqual(valueIn(draft, path), operation.value)) return;
      throw refused("test", "the value there is not the expected one");
    case "add":
      return insert(draft, path, operation.value);
    case "replace":
      valueIn(draft, path);
      return put(draft, path, operation.value);
    case "remove":
      return take(draft, path);
    case "copy":
      return insert(draft, path, shared(draft, valueIn(draft, operation.from)));
    case "move": {
      const value = valueIn(draft, operation.from);
      if (path === operation.from) return;
      if (isWithin(path, operation.from)) throw refused("move", `"${operation.from}" cannot be moved into itself`);
      take(draft, operation.from);
      return insert(draft, path, value);
    }
    default:
      throw refused("shape", "there is no such operation");
  }
}

/** The value at a pointer of a draft; throws `patch-missing` when there is none. */
export function valueIn(draft: Draft, path: Pointer): Json {
  let value: Json | undefined = draft.root;
  for (const token of parsePointer(path)) {
    value = childAt(value, token);
    if (value === undefined) throw refused("missing", `there is nothing at "${path}"`);
  }
  return value;
}

/** The container that holds the pointer's last token, copied so that it may change, and that token. */
function parentOf(draft: Draft, path: Pointer): { holder: Json[] | JsonObject; key: string } {
  const tokens = parsePointer(path);
  const key = tokens.pop() as string;
  let holder = (draft.root = owned(draft.owned, draft.root));
  for (const token of tokens) {
    const next = childAt(holder, token);
    if (next === undefined) throw refused("missing", `the parent of "${path}" does not exist`);
    const copy = owned(draft.owned, next);
    if (copy !== next) write(holder as Json[] | JsonObject, token, copy);
    holder = copy;
  }
  if (typeof holder !== "object" || holder === null) throw refused("scalar", `the parent of "${path}" is no container`);
  return { holder, key };
}

/** A container as one that may be changed: itself when it is among those, else a copy that is from now on. Other values are what they are. */
export function owned(all: Set<object>, value: Json): Json {
  if (typeof value !== "object" || value === null || all.has(value)) return value;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  all.add(copy);
  return copy;
}

/** A value about to stand in two places: from now on either place copies it before changing it. */
function shared(draft: Draft, value: Json): Json {
  const open: Json[] = [value];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    // What is not owned holds nothing that is.
    if (typeof item !== "object" || item === null || !draft.owned.delete(item)) continue;
    for (const inner of Object.values(item)) open.push(inner);
  }
  return value;
}

function insert(draft: Draft, path: Pointer, value: Json): void {
  if (path === "") return put(draft, path, value);
  const { holder, key } = parentOf(draft, path);
  if (!Array.isArray(holder)) return setMember(holder, key, value);
  const at = key === "-" ? holder.length : isIndex(key) ? Number(key) : Number.NaN;
  if (!(at <= holder.length)) throw refused("index", `"${key}" is no index of an array of ${holder.length}`);
  holder.splice(at, 0, value);
}

function put(draft: Draft, path: Pointer, value: Json): void {
  if (path === "") {
    draft.root = value;
    return;
  }
  const { holder, key } = parentOf(draft, path);
  write(holder, key, value);
}

function take(draft: Draft, path: Pointer): void {
  valueIn(draft, path);
  if (path === "") throw refused("root", "the whole document cannot be removed");
  const { holder, key } = parentOf(draft, path);
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

function write(holder: Json[] | JsonObject, key: string, value: Json): void {
  if (Array.isArray(holder)) holder[Number(key)] = value;
  else setMember(holder, key, value);
}

function refused(code: string, message: string): ClawformError {
  return invalidError(`patch-${code}`, message);
}
