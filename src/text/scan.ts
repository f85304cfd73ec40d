/**
 * Reads JSON5 into a `Tree` in one pass, without recursion.
 *
 * Our own reader, not @humanwhocodes/momoa: measured on a commented 1 MB config, momoa 3.3 took four times as long as
 * JSON5.parse and 78 bytes of heap per character, overflowed the stack at 10,000 levels, took `"\1"` for valid and
 * a line comment ended by U+2028 for invalid. It accepts exactly what json5 2.2.3 accepts; test/text/scan.test.ts
 * compares the two on random and on damaged texts, and every edited text is read back by json5 itself.
 */

import JSON5 from "json5";
import { type ClawformError, type ErrorPlace, invalidError } from "../errors.js";
import { positionAt } from "./position.js";
import { kinds, type Tree, treeBuilder } from "./tree.js";
import { skipTrivia } from "./trivia.js";
import { unexpected } from "./unexpected.js";

/** Containers inside containers that clawform takes. Deeper texts are refused before anything recurses over them. */
export const maxDepth = 500;

const number =
  /[+-]?(?:Infinity|NaN|0[xX][0-9a-fA-F]+|(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)/y;
const plainName = /[A-Za-z_$][\w$]*/y;
const anyName = /(?:[\w$]|\\u[0-9A-Fa-f]{4}|[^\0-\x7f\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff])+/y;
const words: readonly (readonly [string, number])[] = [
  ["null", kinds.null],
  ["true", kinds.boolean],
  ["false", kinds.boolean],
];

// On its way to a plan a text is read for its value, its positions, its secrets and its edits: one tree serves them all.
const recent: { readonly text: string; readonly tree: Tree }[] = [];
const recentTrees = 4;
const recentLength = 256 * 1024;
// One of a larger text lives on while a plan is made, and is nobody's afterwards.
let large: WeakRef<Tree> | undefined;

/** The tree of a text, not to be changed. Throws `invalidError` with line, column and what was expected (`syntax`), or for too many levels (`nesting`). */
export function scan(text: string): Tree {
  const last = text.length > recentLength ? large?.deref() : undefined;
  const known = last?.text === text ? last : recent.find((one) => one.text === text)?.tree;
  if (known) return known;
  const tree = grow(text);
  if (text.length <= recentLength) {
    recent.unshift({ text, tree });
    recent.length = Math.min(recent.length, recentTrees);
  } else large = new WeakRef(tree);
  return tree;
}

function grow(text: string): Tree {
  const builder = treeBuilder(text.length);
  const open: number[] = [];
  const lists: boolean[] = [];
  let at = skipTrivia(text, 0);
  let keyStart = -1;
  let keyEnd = -1;

  /** Stands before a member or a closing brace; true when there is a member. */
  function key(): boolean {
    if (text.charCodeAt(at) === 125) return false;
    keyStart = at;
    keyEnd = at = nameEnd(text, at);
    at = skipTrivia(text, at);
    if (text.charCodeAt(at) !== 58) throw unexpected(text, at, '":" after the key');
    at = skipTrivia(text, at + 1);
    return true;
  }

  /** Stands where a member, an item or the end of the container may be; true when a value follows. */
  function inside(): boolean {
    if (lists[lists.length - 1] !== true) return key();
    keyStart = keyEnd = -1;
    return text.charCodeAt(at) !== 93;
  }

  /** Stands after a value: leaves containers as they end. True when another value follows. */
  function next(): boolean {
    for (;;) {
      at = skipTrivia(text, at);
      const list = lists[lists.length - 1];
      if (list === undefined) return false;
      const code = text.charCodeAt(at);
      if (code === 44) {
        at = skipTrivia(text, at + 1);
        if (inside()) return true;
      } else if (code !== (list ? 93 : 125)) {
        throw unexpected(text, at, list ? '"," or "]" after the item' : '"," or "}" after the value');
      }
      leave();
    }
  }

  function leave(): void {
    at++;
    builder.close(open.pop() as number, at);
    lists.pop();
  }

  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 123 || code === 91) {
      if (open.length === maxDepth) throw tooDeep({ position: positionAt(text, at) });
      open.push(builder.open(code === 91 ? kinds.array : kinds.object, at, keyStart, keyEnd));
      lists.push(code === 91);
      at = skipTrivia(text, at + 1);
      if (inside()) continue;
      leave();
    } else {
      const [kind, end] = scalar(text, at, code);
      builder.close(builder.open(kind, at, keyStart, keyEnd), end);
      at = end;
    }
    if (!next()) break;
  }
  if (at < text.length) throw unexpected(text, at, "nothing after the value");
  return builder.finish(text);
}

/** The failure of a text or value with more than `maxDepth` levels. */
export function tooDeep(place: ErrorPlace): ClawformError {
  return invalidError("nesting", `more than ${maxDepth} levels of nesting`, {
    ...place,
    hint: "No OpenClaw configuration needs that; the file is most likely damaged.",
  });
}

function scalar(text: string, at: number, code: number): readonly [number, number] {
  if (code === 34 || code === 39) return [kinds.string, stringEnd(text, at)];
  for (const [word, kind] of words) if (text.startsWith(word, at)) return [kind, at + word.length];
  number.lastIndex = at;
  const found = number.exec(text);
  if (found === null) throw unexpected(text, at, "a value");
  return [kinds.number, at + found[0].length];
}

function nameEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === 34 || code === 39) return stringEnd(text, at);
  plainName.lastIndex = anyName.lastIndex = at;
  const plain = plainName.exec(text)?.[0] ?? "";
  const follow = text.charCodeAt(at + plain.length);
  if (plain !== "" && follow < 128 && follow !== 92) return at + plain.length;
  const name = anyName.exec(text)?.[0] ?? "";
  if (name === "" || !isName(name)) throw unexpected(text, at, 'a key or "}"');
  return at + name.length;
}

/** json5 carries the Unicode tables that say which letters a bare key may have; it is asked rather than copied. */
function isName(name: string): boolean {
  try {
    JSON5.parse(`{${name}:0}`);
    return true;
  } catch {
    return false;
  }
}

function stringEnd(text: string, start: number): number {
  const quote = text.charCodeAt(start);
  let at = start + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === 92) at = escapeEnd(text, at);
    else if (code === 10 || code === 13 || at >= text.length)
      throw unexpected(text, at, "the closing quote of the string", start);
    else at++;
  }
}

function escapeEnd(text: string, at: number): number {
  const code = text.charCodeAt(at + 1);
  if (code === 120) return digitsEnd(text, at + 2, 2);
  if (code === 117) return digitsEnd(text, at + 2, 4);
  if (code === 13 && text.charCodeAt(at + 2) === 10) return at + 3;
  const octal = code === 48 ? isDigit(text.charCodeAt(at + 2)) : isDigit(code);
  if (octal || at + 1 >= text.length)
    throw unexpected(text, code === 48 ? at + 2 : at + 1, 'an escape such as "\\n" or "\\u0000"');
  return at + 2;
}

function digitsEnd(text: string, start: number, count: number): number {
  for (let at = start; at < start + count; at++) {
    if (!/[0-9a-fA-F]/.test(text.charAt(at))) throw unexpected(text, at, `${count} hexadecimal digits`);
  }
  return start + count;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
