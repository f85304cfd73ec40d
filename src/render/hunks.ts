/** Two texts to unified hunks. */

import { structuredPatch } from "diff/lib/patch/create.js";

/** One line of a hunk: its sign, its text, and its index in the text before and after (0-based; null where it has none). */
export interface HunkLine {
  readonly sign: " " | "-" | "+" | "\\";
  readonly text: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** A run of changed lines with the lines around it. Starts are 1-based as in `@@ -3,6 +3,7 @@`. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly HunkLine[];
}

interface RawHunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly string[];
}

/** Lines of context. */
const context = 3;
/** More changed lines than this are shown as one block: the search for the least difference is quadratic in them. */
const mostEdits = 2000;

/**
 * The hunks that take one text to the other, with 3 lines of context. Lines end at LF alone; a CR before it is part of
 * the line. What both texts begin and end with is not searched: the time taken follows the change, not the text.
 */
export function hunksOf(before: string, after: string): Hunk[] {
  if (before === after) return [];
  const middle = middleOf(linesOf(before), linesOf(after));
  return (searched(middle) ?? [wholeHunk(middle)]).map(numbered);
}

/** Lines with their ends, those around the first and the last difference with them as context. */
interface Middle {
  readonly old: readonly string[];
  readonly fresh: readonly string[];
  /** Of the lines, how many at their start and at their end are the same in both. */
  readonly head: number;
  readonly tail: number;
  /** Lines of the texts before these. */
  readonly skipped: number;
}

function middleOf(old: readonly string[], fresh: readonly string[]): Middle {
  const shorter = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < shorter && old[head] === fresh[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) tail++;
  const skipped = Math.max(0, head - context);
  const left = Math.min(tail, context);
  return {
    old: old.slice(skipped, old.length - tail + left),
    fresh: fresh.slice(skipped, fresh.length - tail + left),
    head: head - skipped,
    tail: left,
    skipped,
  };
}

/** The hunks with the least difference; undefined where none is to be searched for, or the search would take too long. */
function searched({ old, fresh, head, tail, skipped }: Middle): RawHunk[] | undefined {
  if (Math.min(old.length, fresh.length) === head + tail) return undefined;
  const patch = structuredPatch("", "", old.join(""), fresh.join(""), "", "", { context, maxEditLength: mostEdits });
  return patch?.hunks.map((hunk) => ({
    ...hunk,
    oldStart: hunk.oldStart + skipped,
    newStart: hunk.newStart + skipped,
  }));
}

/** Everything between the first and the last line that differ, taken out and put in. */
function wholeHunk({ old, fresh, head, tail, skipped }: Middle): RawHunk {
  const signed = (sign: string, lines: readonly string[]): string[] =>
    lines.flatMap((line) =>
      line.endsWith("\n") ? [sign + line.slice(0, -1)] : [sign + line, "\\ No newline at end of file"],
    );
  return {
    oldStart: skipped + 1,
    oldLines: old.length,
    newStart: skipped + 1,
    newLines: fresh.length,
    lines: [
      ...signed(" ", old.slice(0, head)),
      ...signed("-", old.slice(head, old.length - tail)),
      ...signed("+", fresh.slice(head, fresh.length - tail)),
      ...signed(" ", old.slice(old.length - tail)),
    ],
  };
}

function linesOf(text: string): string[] {
  const lines: string[] = [];
  for (let start = 0; start < text.length; start += (lines.at(-1) as string).length) {
    const end = text.indexOf("\n", start);
    lines.push(end < 0 ? text.slice(start) : text.slice(start, end + 1));
  }
  return lines;
}

function numbered({ oldStart, oldLines, newStart, newLines, lines }: RawHunk): Hunk {
  let before = oldStart - 1;
  let after = newStart - 1;
  return {
    oldStart: oldLines === 0 ? oldStart - 1 : oldStart,
    oldLines,
    newStart: newLines === 0 ? newStart - 1 : newStart,
    newLines,
    lines: lines.map((line): HunkLine => {
      const sign = line.charAt(0) as HunkLine["sign"];
      const text = line.slice(1);
      if (sign === "\\") return { sign, text, before: null, after: null };
      return { sign, text, before: sign === "+" ? null : before++, after: sign === "-" ? null : after++ };
    }),
  };
}
