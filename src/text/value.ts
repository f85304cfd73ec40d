/** Values out of a tree: what JSON5.parse 2.2.3 gives for the same text. */

import { setMember } from "../json.js";
import type { Json, JsonObject } from "../types.js";
import { afterOf, childrenOf, endOf, keyEndOf, keyStartOf, kindAt, kinds, startOf, type Tree } from "./tree.js";

const controls: { readonly [letter: string]: string } = {
  n: "\n",
  t: "\t",
  r: "\r",
  b: "\b",
  f: "\f",
  v: "\v",
  0: "\0",
};

/** The value of a node. Of members with the same name the last one wins; `__proto__` is a member like any other. */
export function valueOf(tree: Tree, node: number): Json {
  const kind = kindAt(tree, node);
  if (kind === kinds.object) {
    const object: JsonObject = {};
    const after = afterOf(tree, node);
    for (let child = node + 1; child < after; child = afterOf(tree, child))
      setMember(object, keyAt(tree, child), valueOf(tree, child));
    return object;
  }
  if (kind === kinds.array) return childrenOf(tree, node).map((child) => valueOf(tree, child));
  if (kind === kinds.null) return null;
  if (kind === kinds.string) return unescape(tree.text.slice(startOf(tree, node) + 1, endOf(tree, node) - 1));
  const text = tree.text.slice(startOf(tree, node), endOf(tree, node));
  return kind === kinds.boolean ? text === "true" : toNumber(text);
}

/** The name of a member. */
export function keyAt(tree: Tree, node: number): string {
  const start = keyStartOf(tree, node);
  const quote = tree.text.charCodeAt(start);
  const quotes = quote === 34 || quote === 39 ? 1 : 0;
  return unescape(tree.text.slice(start + quotes, keyEndOf(tree, node) - quotes));
}

function toNumber(text: string): number {
  if (text.startsWith("-")) return -Number(text.slice(1));
  return Number(text.startsWith("+") ? text.slice(1) : text);
}

function unescape(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[\n\r\u2028\u2029])|([^]))/g,
    (_all, unit?: string, byte?: string, end?: string, letter?: string) => {
      if (end !== undefined) return "";
      if (letter !== undefined) return controls[letter] ?? letter;
      return String.fromCharCode(Number.parseInt((unit ?? byte) as string, 16));
    },
  );
}
