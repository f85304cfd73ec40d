/** States of one document -> operations that know their step. */

import { isWithin } from "../pointer.js";
import type { Json, TracedOperation } from "../types.js";
import { diffDocuments } from "./compare.js";

/**
 * Each step's own operations, in order. Should a later step undo or redo part of an earlier one, the whole is compared
 * at once instead, so that nothing is written twice; an operation then belongs to the last step that touched its place.
 */
export function trace(values: readonly Json[]): TracedOperation[] {
  const perStep = values
    .slice(1)
    .flatMap((value, step) =>
      diffDocuments(values[step] as Json, value).map((operation): TracedOperation => ({ step, operation })),
    );
  const doubled = perStep.some(
    ({ step, operation }, index) =>
      (operation.op === "replace" || operation.op === "remove") &&
      perStep
        .slice(0, index)
        .some(
          (earlier) =>
            earlier.step < step && earlier.operation.op !== "test" && isWithin(operation.path, earlier.operation.path),
        ),
  );
  if (!doubled) return perStep;
  return diffDocuments(values[0] as Json, values.at(-1) as Json).map((operation) => {
    const touching = perStep.filter(
      ({ operation: { op, path } }) =>
        op !== "test" && (isWithin(path, operation.path) || isWithin(operation.path, path)),
    );
    return { step: touching.at(-1)?.step ?? 0, operation };
  });
}
