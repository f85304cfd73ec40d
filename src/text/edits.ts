/** Edits of a text as data, and the one function that applies them. */

import { failedError } from "../errors.js";

/** Replaces `length` UTF-16 units at `offset` of the text before by `content`. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly content: string;
}

/** Adds an edit behind those before it in the text; neighbours become one. */
export function addEdit(edits: TextEdit[], offset: number, length: number, content: string): void {
  if (length === 0 && content === "") return;
  const last = edits.at(-1);
  if (last !== undefined && offset < last.offset + last.length) {
    throw failedError("text-guard", "two edits of the text overlap", {
      hint: "Nothing was changed. Please report this.",
    });
  }
  if (last === undefined || offset > last.offset + last.length) edits.push({ offset, length, content });
  else {
    const { offset: start, length: before, content: text } = last;
    edits[edits.length - 1] = { offset: start, length: before + length, content: text + content };
  }
}

/** The text between two offsets after edits that lie there, in order. */
export function applyEdits(text: string, edits: readonly TextEdit[], from = 0, to: number = text.length): string {
  const parts: string[] = [];
  let at = from;
  for (const edit of edits) {
    parts.push(text.slice(at, edit.offset), edit.content);
    at = edit.offset + edit.length;
  }
  parts.push(text.slice(at, to));
  return parts.join("");
}

const pieces =
  /"[^"\\]*(?:\\[^][^"\\]*)*"|'[^'\\]*(?:\\[^][^'\\]*)*'|\/\/[^\n\r\u2028\u2029]*|(\/\*[^]*?\*\/)|(\r\n|[\n\r\u2028\u2029])([ \t]*)(?![ \t\n\r\u2028\u2029]|$)/g;

/** Shifts a piece of JSON5 text to another level: lines that begin with `from` begin with `to`. Strings that go over lines stay. */
export function reindent(text: string, from: string, to: string): string {
  if (from === to) return text;
  return text.replace(pieces, (all, comment?: string, end?: string, indent?: string) => {
    if (comment !== undefined) return shift(comment, from, to);
    if (end === undefined || indent === undefined) return all;
    return indent.startsWith(from) ? end + to + indent.slice(from.length) : all;
  });
}

function shift(comment: string, from: string, to: string): string {
  return comment.replace(
    /(\r\n|[\n\r\u2028\u2029])([ \t]*)(?![ \t\n\r\u2028\u2029])/g,
    (all, end: string, indent: string) => (indent.startsWith(from) ? end + to + indent.slice(from.length) : all),
  );
}
