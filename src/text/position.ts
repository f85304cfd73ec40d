/** Offsets as people count: lines end with LF, CRLF or CR, a byte order mark takes no column. */

import type { Position } from "../types.js";

/** Line and column (both 1-based, UTF-16 units) of an offset. */
export function positionAt(text: string, offset: number): Position {
  return positions(text)(offset);
}

/** `positionAt` for many offsets of one text: the lines are found once, an answer takes a binary search. */
export function positions(text: string): (offset: number) => Position {
  const starts = lineStarts(text, /\r\n|\n|\r/g);
  const mark = text.startsWith("\uFEFF") ? 1 : 0;
  return (offset) => {
    const line = lineOf(starts, offset);
    const column = offset - (starts[line] as number) + 1;
    return { line: line + 1, column: line === 0 ? Math.max(1, column - mark) : column };
  };
}

/** Offsets at which lines begin, the first is 0. `ending` is a global expression. */
export function lineStarts(text: string, ending: RegExp): number[] {
  const starts = [0];
  ending.lastIndex = 0;
  while (ending.test(text)) starts.push(ending.lastIndex);
  return starts;
}

/** Index of the line an offset lies in. */
export function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
