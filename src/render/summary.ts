/** What a plan comes to, in one line. */

import type { Plan } from "../types.js";

/** `2 files, 9 additions, 1 change, 0 removals`: operations of all patches, tests not counted. */
export function summary({ steps, changes, problems }: Plan, applied: boolean): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  if (errors > 0) return `Nothing was planned: ${count(errors, "error")}.`;
  if (changes.length === 0)
    return steps.some(({ transform }) => transform === "undo")
      ? "Nothing to undo."
      : "No changes. Everything is in place.";
  const operations = changes.flatMap(({ patch }) => patch.map(({ operation: { op } }) => op));
  const times = (...ops: string[]): number => operations.filter((op) => ops.includes(op)).length;
  return (
    [
      count(changes.length, "file"),
      count(times("add", "copy"), "addition"),
      count(times("replace", "move"), "change"),
      count(times("remove"), "removal"),
    ].join(", ") + (applied ? "\nApplied." : "")
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
