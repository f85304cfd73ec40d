/** Operations of single steps on one document -> its patch, each operation with its step. */

import { ClawformError } from "../errors.js";
import type { Json, Pointer, TracedOperation } from "../types.js";
import { diffDocuments } from "./compare.js";
import { placesAbove, valueAt } from "../pointer.js";
import { applyPatch } from "./patch.js";

/**
 * Each step's own operations, in order. Should a later step undo or redo part of an earlier one, the whole is compared
 * at once instead, so that nothing is written twice; an operation then belongs to the last step that touched its place. What
 * was moved stays moved: found anew it would be something removed and something added, and its comments would be lost.
 */
export function trace(perStep: readonly TracedOperation[], before: Json, after: Json): readonly TracedOperation[] {
  if (!isDoubled(perStep)) return perStep;
  const { at, within } = lastSteps(perStep);
  const { moves, moved } = movesFirst(perStep, before);
  const rest = diffDocuments(moved, after).map((operation) => {
    const above = placesAbove(operation.path).map((path) => at.get(path) ?? 0);
    return { step: Math.max(within.get(operation.path) ?? 0, ...above), operation };
  });
  return [...moves, ...rest];
}

/** The moves that can be made before anything else is, and the document with them made. */
function movesFirst(
  perStep: readonly TracedOperation[],
  before: Json,
): { readonly moves: readonly TracedOperation[]; readonly moved: Json } {
  const moves: TracedOperation[] = [];
  let moved = before;
  for (const [index, traced] of perStep.entries()) {
    if (traced.operation.op !== "move" || isItem(moved, traced.operation.from)) continue;
    const guard = perStep[index - 1];
    const { from } = traced.operation;
    const own = guard?.operation.op === "test" && guard.operation.path === from ? [guard, traced] : [traced];
    try {
      moved = applyPatch(
        moved,
        own.map(({ operation }) => operation),
      );
      moves.push(...own);
    } catch (error) {
      // What an earlier step made is moved by being made there.
      if (!(error instanceof ClawformError)) throw error;
    }
  }
  return { moves, moved };
}

/** Items go by indexes, which mean other items before the rest is done; lists are compared anew. */
function isItem(document: Json, path: Pointer): boolean {
  return Array.isArray(valueAt(document, path.slice(0, path.lastIndexOf("/"))));
}

/** True when a step replaces or removes what an earlier one wrote, or something in it. */
function isDoubled(operations: readonly TracedOperation[]): boolean {
  const first = new Map<Pointer, number>();
  for (const { step, operation } of operations) {
    const { op, path } = operation;
    if (op === "test") continue;
    const undoes = op === "replace" || op === "remove";
    if (undoes && placesAbove(path).some((place) => (first.get(place) ?? step) < step)) return true;
    // A move writes nothing that is written again where what was moved changes.
    if (op !== "move" && !first.has(path)) first.set(path, step);
  }
  return false;
}

/** The last step that wrote at a place, and the last that wrote there or below. */
function lastSteps(operations: readonly TracedOperation[]): Record<"at" | "within", Map<Pointer, number>> {
  const at = new Map<Pointer, number>();
  const within = new Map<Pointer, number>();
  for (const { step, operation } of operations) {
    if (operation.op === "test") continue;
    at.set(operation.path, step);
    for (const place of placesAbove(operation.path)) within.set(place, step);
  }
  return { at, within };
}
