/** Which steps caused which hunk. */

import { detailsOf, joinDetails } from "../core/describe.js";
import { locate, type TextRange } from "../text/index.js";
import { lineOf, lineStarts } from "../text/position.js";
import type { Change, Operation, Pointer, Step, TracedOperation } from "../types.js";
import { followBackward, followForward } from "./follow.js";
import type { Hunk } from "./hunks.js";

/** Lines (0-based, inclusive) of the text before or after. */
interface Lines {
  readonly side: "before" | "after";
  readonly from: number;
  readonly to: number;
}

/** For each hunk what caused it, in the order of the steps, one entry per step title: `provider kilocode: base URL, API`. */
export function annotations(change: Change, steps: readonly Step[], hunks: readonly Hunk[]): string[][] {
  if (hunks.length === 1) return [causes(change, steps)];
  const { before, after, patch } = change;
  const grouped = hunks.map(() => new Map<string, string[]>());
  const places = linesOf(before?.text ?? "", after?.text ?? "", patch);
  const changed = hunks.map(changedLines);
  patch.forEach(({ step, operation }, index) => {
    const cause = steps[step];
    if (!cause || operation.op === "test") return;
    for (const hunk of hunksAt(places[index] ?? [], changed)) {
      const details = grouped[hunk] as Map<string, string[]>;
      details.set(cause.title, [...(details.get(cause.title) ?? []), ...detailsOf(operation, cause)]);
    }
  });
  return grouped.map((titles) => [...titles].map(([title, details]) => joinDetails(title, details)));
}

/** What caused a change as a whole, one entry per step title. */
export function causes({ patch }: Change, steps: readonly Step[]): string[] {
  const titles = new Map<string, string[]>();
  for (const { step, operation } of patch) {
    const cause = steps[step];
    if (cause && operation.op !== "test")
      titles.set(cause.title, [...(titles.get(cause.title) ?? []), ...detailsOf(operation, cause)]);
  }
  return [...titles].map(([title, details]) => joinDetails(title, details));
}

/** For each operation the lines it shows on. */
function linesOf(before: string, after: string, patch: readonly TracedOperation[]): Lines[][] {
  const shifting = patch.map(({ operation }) => operation);
  const wanted = shifting.map((operation, index) => ({
    before:
      "from" in operation || operation.op === "remove"
        ? followBackward("from" in operation ? operation.from : operation.path, shifting.slice(0, index).filter(moves))
        : null,
    after: operation.op === "remove" ? null : followForward(operation.path, shifting.slice(index + 1).filter(moves)),
  }));
  const inBefore = rangesIn(
    before,
    wanted.map((place) => place.before),
  );
  const inAfter = rangesIn(
    after,
    wanted.map((place) => place.after),
  );
  return shifting.map((operation, index) => {
    const renamed = "from" in operation && parent(operation.from) === parent(operation.path);
    const shown = (side: Lines["side"], range: Range | null): Lines[] =>
      range === null ? [] : [{ side, from: range.from, to: renamed ? range.from : range.to }];
    return [...shown("before", inBefore[index] ?? null), ...shown("after", inAfter[index] ?? null)];
  });
}

/** A `replace` or `test` leaves every other place where it is. */
function moves({ op }: Operation): boolean {
  return op !== "replace" && op !== "test";
}

function parent(pointer: Pointer): Pointer {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The lines of each pointer's member in a text; null where it has none. */
function rangesIn(text: string, pointers: readonly (Pointer | null)[]): (Range | null)[] {
  const known = [...new Set(pointers.filter((pointer) => pointer !== null))];
  if (text.trim() === "" || known.length === 0) return pointers.map(() => null);
  const starts = lineStarts(text, /\n/g);
  const located = locate(text, known);
  const ranges = new Map(known.map((pointer, index) => [pointer, located[index] ?? null]));
  const lines = ({ start, end, keyStart }: TextRange): Range => ({
    from: lineOf(starts, keyStart ?? start),
    to: lineOf(starts, Math.max(start, end - 1)),
  });
  return pointers.map((pointer) => {
    const range = pointer === null ? null : (ranges.get(pointer) ?? null);
    return range === null ? null : lines(range);
  });
}

interface ChangedLines {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

function changedLines(hunk: Hunk): ChangedLines {
  return {
    before: hunk.lines.flatMap(({ sign, before }) => (sign === "-" && before !== null ? [before] : [])),
    after: hunk.lines.flatMap(({ sign, after }) => (sign === "+" && after !== null ? [after] : [])),
  };
}

/**
 * Indexes of the hunks that changed one of the lines; the nearest ones when none did, for a diff may show a neighbour's
 * equal line as the new one. None for what left no trace.
 */
function hunksAt(places: readonly Lines[], changed: readonly ChangedLines[]): number[] {
  const distances = changed.map((lines) => Math.min(...places.map((place) => distance(lines[place.side], place))));
  const nearest = Math.min(...distances);
  return distances.flatMap((far, index) => (far === nearest && Number.isFinite(far) ? [index] : []));
}

/** How far the nearest of rising line numbers is from a run of lines. */
function distance(rising: readonly number[], { from, to }: Lines): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] as number) < from) low = middle + 1;
    else high = middle;
  }
  const above = from - (rising[low - 1] ?? Number.NEGATIVE_INFINITY);
  const below = Math.max(0, (rising[low] ?? Number.POSITIVE_INFINITY) - to);
  return Math.min(above, below);
}
