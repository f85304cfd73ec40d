/** Random operations that apply: each is chosen for the document as the ones before it left it. */

import fc from "fast-check";
import { applyPatch } from "../../../src/core/patch.js";
import { isObject } from "../../../src/json.js";
import { formatPointer, isWithin, parsePointer, valueAt } from "../../../src/pointer.js";
import type { Json, Operation, Pointer } from "../../../src/types.js";

/** What one operation is made of. */
export interface Seed {
  readonly op: Operation["op"];
  readonly at: number;
  readonly to: number;
  readonly key: string;
  readonly value: Json;
}

const word = fc.constantFrom(
  "a",
  "b",
  "new",
  "it's",
  'say "x"',
  "a/b",
  "with space",
  "",
  "__proto__",
  "0",
  "\u2028",
  "line\nbreak",
  "// no",
  "a long word that fills the line ".repeat(2),
);
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<Json>(null, true, 0, -0, 1.5, 16),
    word,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.tuple(word, tie("value")), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
  ),
}));

/** Seeds of 1 to `most` operations. */
export function seeds(
  most: number,
  ops: readonly Operation["op"][] = ["add", "add", "remove", "remove", "replace", "move", "move", "copy", "test"],
): fc.Arbitrary<Seed[]> {
  return fc.array(fc.record({ op: fc.constantFrom(...ops), at: fc.nat(), to: fc.nat(), key: word, value }), {
    minLength: 1,
    maxLength: most,
  });
}

/** The operations that grow from seeds on a document. */
export function grow(document: Json, given: readonly Seed[]): Operation[] {
  const operations: Operation[] = [];
  let now = document;
  for (const seed of given) {
    const operation = choose(now, seed);
    if (operation === null) continue;
    now = applyPatch(now, [operation]);
    if (JSON.stringify(now).length > 20_000) break;
    operations.push(operation);
  }
  return operations;
}

/** All pointers of a value, its own first. */
export function pointersOf(value: Json, at: readonly string[] = []): Pointer[] {
  const inner = Array.isArray(value)
    ? value.map((item, index) => [String(index), item] as const)
    : isObject(value)
      ? Object.entries(value)
      : [];
  return [formatPointer(at), ...inner.flatMap(([key, item]) => pointersOf(item, [...at, key]))];
}

function choose(document: Json, { op, at, to, key, value }: Seed): Operation | null {
  const all = pointersOf(document);
  const below = all.slice(1);
  const some = (list: readonly Pointer[], index: number): Pointer | null =>
    list[index % Math.max(1, list.length)] ?? null;
  const from = some(below, at);
  switch (op) {
    case "test": {
      const path = some(all, at) as Pointer;
      return { op, path, value: valueAt(document, path) as Json };
    }
    case "replace":
      return at % 9 === 0 || from === null
        ? at % 40 === 0
          ? { op, path: "", value }
          : null
        : { op, path: from, value };
    case "remove":
      return from === null ? null : { op, path: from };
    case "add":
      return { op, path: landing(document, all, to, key), value };
    case "copy":
      return from === null ? null : { op, from, path: landing(document, all, to, key) };
    case "move": {
      if (from === null) return null;
      const without = applyPatch(document, [{ op: "remove", path: from }]);
      const open = pointersOf(without);
      const path = to % 5 === 0 && to % 3 !== 0 ? renamed(document, from, key) : landing(without, open, to, key);
      return isWithin(path, from) ? null : { op, from, path };
    }
  }
}

function renamed(document: Json, from: Pointer, key: string): Pointer {
  const tokens = parsePointer(from);
  const parent = formatPointer(tokens.slice(0, -1));
  return Array.isArray(valueAt(document, parent)) ? `${parent}/0` : formatPointer([...tokens.slice(0, -1), key]);
}

function landing(document: Json, all: readonly Pointer[], to: number, key: string): Pointer {
  const open = all.filter(
    (pointer) => typeof valueAt(document, pointer) === "object" && valueAt(document, pointer) !== null,
  );
  const holder = open[to % Math.max(1, open.length)] ?? "";
  const inside = valueAt(document, holder);
  if (Array.isArray(inside)) return `${holder}/${to % 4 === 0 ? "-" : (to >> 2) % (inside.length + 1)}`;
  if (!isObject(inside)) return "";
  const names = Object.keys(inside);
  const name = to % 3 === 0 && names.length > 0 ? (names[(to >> 2) % names.length] as string) : key;
  return holder + formatPointer([name]);
}
