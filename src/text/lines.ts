/** The lines of a text as its layout has them. */

import { lineOf, lineStarts } from "./position.js";
import { isLineEnd, isSpace } from "./trivia.js";

/** Where lines begin, and what stands before the first word of one. Built once for a text. */
export interface Lines {
  /** What ends lines here: the most frequent of LF, CRLF and CR. */
  readonly eol: string;
  /** True when two offsets lie on one line. */
  readonly sameLine: (a: number, b: number) => boolean;
  /** The white space that the line of an offset begins with. */
  readonly indentAt: (offset: number) => string;
  /** True when nothing but white space stands before an offset on its line. */
  readonly startsLine: (offset: number) => boolean;
  /** Columns before an offset on its line. */
  readonly columnAt: (offset: number) => number;
}

/** The lines of a text. All of JSON5's line terminators count, since each of them ends a line comment. */
export function linesOf(text: string): Lines {
  const starts = lineStarts(text, /\r\n|[\n\r\u2028\u2029]/g);
  const startAt = (offset: number): number => starts[lineOf(starts, offset)] as number;
  const indentEnd = (offset: number): number => {
    let end = startAt(offset);
    while (end < offset && isSpace(text.charCodeAt(end)) && !isLineEnd(text.charCodeAt(end))) end++;
    return end;
  };
  return {
    eol: commonEol(text, starts),
    sameLine: (a, b) => lineOf(starts, a) === lineOf(starts, b),
    indentAt: (offset) => text.slice(afterMark(text, startAt(offset)), indentEnd(offset)),
    startsLine: (offset) => indentEnd(offset) === offset,
    columnAt: (offset) => columns(text.slice(startAt(offset), offset)),
  };
}

/** A byte order mark is no indentation. */
function afterMark(text: string, start: number): number {
  return text.charCodeAt(start) === 0xfeff ? start + 1 : start;
}

/** Columns a line takes on a screen; a tab counts as four. */
export function columns(line: string): number {
  return line.includes("\t") ? line.length + 3 * (line.split("\t").length - 1) : line.length;
}

/** True for text of more than one line. */
export function hasBreak(text: string): boolean {
  return /[\n\r\u2028\u2029]/.test(text);
}

function commonEol(text: string, starts: readonly number[]): string {
  let crlf = 0;
  let lf = 0;
  let cr = 0;
  for (let line = 1; line < starts.length; line++) {
    const start = starts[line] as number;
    if (text.charCodeAt(start - 1) === 13) cr++;
    else if (text.charCodeAt(start - 1) === 10 && text.charCodeAt(start - 2) === 13) crlf++;
    else lf++;
  }
  if (crlf > lf && crlf >= cr) return "\r\n";
  return cr > lf ? "\r" : "\n";
}
