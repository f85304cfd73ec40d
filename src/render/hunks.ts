/** Two texts to unified hunks. */

import { structuredPatch } from "diff";

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

/** The hunks that take one text to the other, with 3 lines of context. Lines end at LF alone; a CR before it is part of the line. */
export function hunksOf(before: string, after: string): Hunk[] {
  if (before === after) return [];
  const patch =
    before === "" ? undefined : structuredPatch("", "", before, after, "", "", { context, maxEditLength: mostEdits });
  return (patch?.hunks ?? [wholeHunk(before, after)]).map(numbered);
}

/** Everything between the first and the last line that differ, taken out and put in. */
function wholeHunk(before: string, after: string): RawHunk {
  const old = linesOf(before);
  const fresh = linesOf(after);
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < fresh.length - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail++;
  const from = Math.max(0, head - context);
  const left = Math.min(tail, context);
  const signed = (sign: string, lines: readonly string[]): string[] =>
    lines.flatMap((line) =>
      line.endsWith("\n") ? [sign + line.slice(0, -1)] : [sign + line, "\\ No newline at end of file"],
    );
  return {
    oldStart: from + 1,
    oldLines: old.length - tail + left - from,
    newStart: from + 1,
    newLines: fresh.length - tail + left - from,
    lines: [
      ...signed(" ", old.slice(from, head)),
      ...signed("-", old.slice(head, old.length - tail)),
      ...signed("+", fresh.slice(head, fresh.length - tail)),
      ...signed(" ", old.slice(old.length - tail, old.length - tail + left)),
    ],
  };
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
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
