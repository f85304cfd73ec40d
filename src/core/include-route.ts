/** A patch of the whole configuration -> patches of its files. Nothing is flattened and no `$include` changes. */

import { deepEqual } from "../json.js";
import { parsePointer } from "../pointer.js";
import type { Json, Operation, Pointer, TracedOperation } from "../types.js";
import { type FileEdit, removeEdits, renameEdits, spotsOf, testEdits, writeEdit } from "./include-edits.js";
import { composes, holdsMember, includeKey } from "./include-names.js";
import { includeItself, lostMember, noObject, otherFiles, refuseIncludesIn, sharedFile } from "./include-refusals.js";
import { checkIncludes, findNode, type Parts, type Place, rootNode, valueOfView } from "./include-view.js";
import { applyOperation, type Draft, valueIn } from "./patch.js";

/**
 * The operations on each file, by its path, in order and each with its step. The files' drafts are edited on the way,
 * and what they then give together is the patched `value`. Throws a `patch-...` error for an operation that does not
 * fit the value, an `include-...` one for what cannot be expressed.
 */
export function routeOperations(
  parts: Parts,
  value: Json,
  operations: readonly TracedOperation[],
): ReadonlyMap<string, TracedOperation[]> {
  const whole: Draft = { root: value, owned: new Set() };
  const routed = new Map<string, TracedOperation[]>();
  operations.forEach(({ step, operation }, index) => {
    refuseNames(parts, operation);
    applyOperation(whole, operation, index);
    const edits = carriedOut(parts, whole, operation, index);
    for (const { part, operation: own } of edits) {
      // Of paths that lead to one file the first takes all its edits.
      const { path } = (parts.all.find(({ draft }) => draft === part.draft) ?? part).source;
      const known = routed.get(path) ?? [];
      known.push({ step, operation: own });
      routed.set(path, known);
    }
  });
  const last = operations.at(-1)?.operation.path ?? "";
  try {
    checkIncludes(parts);
  } catch (error) {
    throw noObject(last, error);
  }
  if (!isWhole(parts, whole))
    throw otherFiles(
      last,
      parts.all.map((part) => ({ part, pointer: "" })),
    );
  return routed;
}

/** Names that mean something else in files that are put together. */
function refuseNames(parts: Parts, operation: Operation): void {
  const { path } = operation;
  const tokens = [path, ...("from" in operation ? [operation.from] : [])].flatMap(parsePointer);
  const writes = (name: string): boolean =>
    tokens.includes(name) || ("value" in operation && holdsMember(operation.value, name));
  if (writes(includeKey)) throw includeItself(parts, path);
  if (writes("__proto__")) throw lostMember(parts, path);
}

/** Carries one operation out on the drafts and makes sure of the outcome. */
function carriedOut(parts: Parts, whole: Draft, operation: Operation, index: number): FileEdit[] {
  try {
    const edits = editsOf(parts, operation, index);
    checkResult(parts, whole, operation, edits);
    return edits;
  } catch (error) {
    throw noObject(operation.path, error);
  }
}

/** Routes one operation and carries it out on the drafts. */
function editsOf(parts: Parts, operation: Operation, index: number): FileEdit[] {
  const { path } = operation;
  const carryOut = (edits: readonly FileEdit[]): FileEdit[] => {
    for (const { part, operation: own } of edits) applyOperation(part.draft, own, index);
    return [...edits];
  };
  switch (operation.op) {
    case "test":
      return carryOut(testEdits(parts, path));
    case "add":
    case "replace":
      return carryOut([writeEdit(parts, operation.op, path, operation.value)]);
    case "copy":
      return carryOut([writeEdit(parts, "add", path, valueAtPath(parts, operation.from))]);
    case "remove":
      refuseIncludesIn(parts, spotsOf(parts, path), path);
      return carryOut(removeEdits(parts, path));
    case "move":
      return operation.from === path ? [] : moveEdits(parts, operation.from, path, carryOut);
  }
}

/** A move within one file stays a move, so that the text can keep what belongs to the value; between files the value is taken out and put in. */
function moveEdits(
  parts: Parts,
  from: Pointer,
  path: Pointer,
  carryOut: (edits: readonly FileEdit[]) => FileEdit[],
): FileEdit[] {
  const renamed = renameEdits(parts, from, path);
  if (renamed) return carryOut(renamed);
  const spots = spotsOf(parts, from);
  const [spot] = spots as [Place];
  if (spots.length > 1) throw otherFiles(from, spots);
  const value = structuredClone(valueIn(spot.part.draft, spot.pointer));
  // Of a file that shows in two places the target, too, may go with what is taken out.
  if (spot.part.uses > 1) throw sharedFile(parts, spot.part, from);
  const removed = carryOut(removeEdits(parts, from));
  const [added] = carryOut([writeEdit(parts, "add", path, value)]) as [FileEdit];
  const { part, operation } = added;
  if (part === spot.part && "value" in operation && operation.value === value) {
    return [{ part, operation: { op: "move", from: spot.pointer, path: operation.path } }];
  }
  // A name in a $include means another file elsewhere.
  if (composes(value)) throw includeItself(parts, from);
  return [...removed, added];
}

/** What the operation asked for must be there; where a file that is used more than once was edited, nothing else may have changed. */
function checkResult(parts: Parts, whole: Draft, operation: Operation, edits: readonly FileEdit[]): void {
  const { op, path } = operation;
  if (op === "test") return;
  const shared = edits.find(({ part }) => part.uses > 1);
  if (shared && !isWhole(parts, whole)) throw sharedFile(parts, shared.part, path);
  const tokens = parsePointer(path);
  if (tokens.at(-1) === "-" || isItem(whole, path)) return;
  const node = findNode(parts, tokens);
  const right =
    op === "remove" ? node === null : node !== null && deepEqual(valueOfView(parts, node.view), valueIn(whole, path));
  if (!right)
    throw otherFiles(path, node?.spots ?? edits.map(({ part, operation: own }) => ({ part, pointer: own.path })));
}

/** Items go into and out of one file's list as they do in the whole, so they need no check of their own. */
function isItem(whole: Draft, path: Pointer): boolean {
  return path !== "" && Array.isArray(valueIn(whole, path.slice(0, path.lastIndexOf("/"))));
}

function isWhole(parts: Parts, whole: Draft): boolean {
  return deepEqual(valueOfView(parts, rootNode(parts).view), whole.root);
}

function valueAtPath(parts: Parts, path: Pointer): Json {
  return valueOfView(parts, (findNode(parts, parsePointer(path)) ?? rootNode(parts)).view);
}
