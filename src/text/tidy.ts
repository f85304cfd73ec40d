/** The white space that members leave behind. */

import { isLineComment } from "./layout.js";
import { kill, lives, type Sheet } from "./sheet.js";

/** A line of a container, as indexes of tokens; its break is at `end`. */
interface Line {
  readonly start: number;
  readonly end: number;
  readonly first: boolean;
  readonly last: boolean;
}

/** Takes out lines that lost all they had, blank lines that would double, and spaces around gaps within lines. `ending`: tokens that a line comment was added to. */
export function tidy(sheet: Sheet, text: string, ending: ReadonlySet<number>): void {
  const lines = linesIn(sheet);
  const touched = lines.filter((line) => lost(sheet, line));
  const bare = new Set(touched.filter((line) => !hasWords(sheet, line)));
  for (const line of touched) {
    if (bare.has(line)) clear(sheet, line, text, ending);
    else closeGaps(sheet, line);
  }
  dropBlankLines(sheet, lines, bare);
}

function linesIn({ tokens }: Sheet): Line[] {
  const lines: Line[] = [];
  let start = 0;
  tokens.forEach(({ kind }, index) => {
    if (kind !== "break") return;
    lines.push({ start, end: index, first: start === 0, last: false });
    start = index + 1;
  });
  lines.push({ start, end: tokens.length, first: start === 0, last: true });
  return lines;
}

function isSpace(sheet: Sheet, token: number): boolean {
  return sheet.tokens[token]?.kind === "space";
}

function lost(sheet: Sheet, { start, end }: Line): boolean {
  for (let token = start; token < end; token++) if (!lives(sheet, token) && !isSpace(sheet, token)) return true;
  return false;
}

function hasWords(sheet: Sheet, { start, end }: Line): boolean {
  for (let token = start; token < end; token++) if (lives(sheet, token) && !isSpace(sheet, token)) return true;
  return false;
}

/** A line with nothing left. What is left of the lines with the brackets joins what is behind or before. */
function clear(sheet: Sheet, line: Line, text: string, ending: ReadonlySet<number>): void {
  const spaces = gap(sheet, line.start - 1, line.end);
  if (line.first) {
    // `{ a: 1,` lost its item, so the next one stands beside the bracket.
    const next = sheet.tokens.findIndex((_, token) => token > line.end && isWord(sheet, token));
    const joins = sheet.tokens[next]?.kind === "item";
    clearWhite(sheet, line.start + (joins && isSpace(sheet, line.start) ? 1 : 0), joins ? next : line.end);
  } else if (line.last) {
    const before = sheet.tokens.findLastIndex((_, token) => token < line.start && isWord(sheet, token));
    const joins = !endsLine(sheet, before, text, ending);
    if (joins) clearWhite(sheet, before + 1, line.start);
    for (const space of joins ? spaces.slice(0, -1) : spaces.slice(1)) kill(sheet, space);
  } else {
    clearWhite(sheet, line.start, line.end + 1);
  }
}

function isWord(sheet: Sheet, token: number): boolean {
  const kind = sheet.tokens[token]?.kind;
  return kind !== "space" && kind !== "break" && lives(sheet, token);
}

function clearWhite(sheet: Sheet, from: number, to: number): void {
  for (let token = from; token < to; token++) {
    const kind = sheet.tokens[token]?.kind;
    if (kind === "space" || kind === "break") kill(sheet, token);
  }
}

/** True for a token that has to stay the last of its line. */
function endsLine(sheet: Sheet, token: number, text: string, ending: ReadonlySet<number>): boolean {
  const there = sheet.tokens[token];
  return ending.has(token) || (there?.kind === "comment" && isLineComment(text.slice(there.start, there.end)));
}

/** Of the spaces on both sides of a gap one stays: the indentation, the one inside the brackets, else the one before. */
function closeGaps(sheet: Sheet, line: Line): void {
  const words: number[] = [];
  for (let token = line.start; token < line.end; token++) if (!isSpace(sheet, token)) words.push(token);
  for (let index = 0; index < words.length; index++) {
    if (lives(sheet, words[index] as number)) continue;
    let to = index;
    while (to + 1 < words.length && !lives(sheet, words[to + 1] as number)) to++;
    const left = index === 0 ? line.start - 1 : (words[index - 1] as number);
    const right = words[to + 1] ?? line.end;
    const before = gap(sheet, left, words[index] as number);
    const behind = gap(sheet, words[to] as number, right);
    for (const space of gap(sheet, words[index] as number, words[to] as number)) kill(sheet, space);
    const atStart = index === 0;
    const atEnd = to + 1 === words.length;
    const beforeComma = sheet.tokens[right]?.kind === "comma";
    const keepsBehind = !atStart && !beforeComma && (atEnd ? line.last : before.length === 0);
    const keepsBefore = atStart || (!atEnd && !beforeComma);
    if (!keepsBehind) for (const space of behind) kill(sheet, space);
    if (!keepsBefore) for (const space of before) kill(sheet, space);
    index = to;
  }
}

/** The spaces between two tokens. */
function gap(sheet: Sheet, left: number, right: number): number[] {
  const spaces: number[] = [];
  for (let token = left + 1; token < right; token++) if (isSpace(sheet, token)) spaces.push(token);
  return spaces;
}

/** Where lines went, the blank lines above and below them do not add up; at a bracket those on the side of the gap go. */
function dropBlankLines(sheet: Sheet, lines: readonly Line[], bare: ReadonlySet<Line>): void {
  const isBlank = (line: Line | undefined): boolean =>
    line !== undefined && !line.first && !line.last && !bare.has(line) && !hasWords(sheet, line);
  for (let index = 0; index < lines.length; index++) {
    if (!bare.has(lines[index] as Line)) continue;
    let to = index;
    while (to + 1 < lines.length && bare.has(lines[to + 1] as Line)) to++;
    let top = index;
    while (isBlank(lines[top - 1])) top--;
    let bottom = to;
    while (isBlank(lines[bottom + 1])) bottom++;
    const above = lines.slice(top, index);
    const below = lines.slice(to + 1, bottom + 1);
    const opens = top === 0 || lines[top - 1]?.first === true;
    const closes = bottom === lines.length - 1 || lines[bottom + 1]?.last === true;
    const drop = closes ? above : opens ? below : below.slice(0, Math.min(above.length, below.length));
    for (const { start, end } of drop) for (let token = start; token <= end; token++) kill(sheet, token);
    index = to;
  }
}
