import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { applyPatch } from "../../src/core/patch.js";
import { standing } from "../../src/core/standing.js";
import { revert } from "../../src/core/three-way.js";
import { isObject } from "../../src/json.js";
import { formatPointer, parsePointer, valueAt } from "../../src/pointer.js";
import type { Json } from "../../src/types.js";
import { parseQuietly } from "../text/support/quiet-json5.js";
import { randomDocument } from "../text/support/random-document.js";
import { grow, pointersOf, seeds } from "../text/support/random-patch.js";
import { runs } from "../text/support/runs.js";

type Maybe = Json | undefined;

interface Row {
  readonly rule: string;
  readonly before: Maybe;
  readonly after: Maybe;
  readonly present: Maybe;
  readonly back: Maybe;
  readonly conflicts?: readonly string[];
}

const rows: readonly Row[] = [
  {
    rule: "a member that others added stays",
    before: { a: 1 },
    after: { a: 2 },
    present: { a: 2, b: 3 },
    back: { a: 1, b: 3 },
  },
  {
    rule: "a member that others removed stays away",
    before: { a: 1, b: 3 },
    after: { a: 2, b: 3 },
    present: { a: 2 },
    back: { a: 1 },
  },
  {
    rule: "a member that we removed comes back",
    before: { a: 1, b: 3 },
    after: { a: 1 },
    present: { a: 4 },
    back: { a: 4, b: 3 },
  },
  {
    rule: "what others took back themselves is done",
    before: { a: 1, b: 1 },
    after: { a: 2, b: 2 },
    present: { a: 1, b: 2 },
    back: { a: 1, b: 1 },
  },
  {
    rule: "what we and others changed is in conflict",
    before: { a: 1 },
    after: { a: 2 },
    present: { a: 3 },
    back: { a: 3 },
    conflicts: ["/a"],
  },
  {
    rule: "what we changed and others removed is in conflict",
    before: { a: 1 },
    after: { a: 2 },
    present: {},
    back: {},
    conflicts: ["/a"],
  },
  {
    rule: "what we removed and others wrote anew is in conflict",
    before: { a: 1 },
    after: {},
    present: { a: 3 },
    back: { a: 3 },
    conflicts: ["/a"],
  },
  { rule: "what we added and others removed is gone", before: {}, after: { a: 2 }, present: {}, back: {} },
  {
    rule: "a section of ours goes with all that is in it",
    before: {},
    after: { s: { a: 1, b: { c: 2 } } },
    present: { x: 1, s: { a: 1, b: { c: 2 } } },
    back: { x: 1 },
  },
  {
    rule: "a section of ours in which others wrote keeps what is theirs",
    before: {},
    after: { s: { a: 1, b: { c: 2 } } },
    present: { s: { a: 1, b: { c: 2, d: 3 } } },
    back: { s: { b: { d: 3 } } },
  },
  {
    rule: "a section of ours goes when others emptied it",
    before: {},
    after: { s: { a: 1 } },
    present: { s: {} },
    back: {},
  },
  {
    rule: "a section that was there empty stays",
    before: { s: {} },
    after: { s: { a: 1 } },
    present: { s: { a: 1 }, x: 1 },
    back: { s: {}, x: 1 },
  },
  {
    rule: "a section to which we only added may be removed by others",
    before: { s: { a: 1 } },
    after: { s: { a: 1, b: 2 } },
    present: {},
    back: {},
  },
  {
    rule: "a section in which we changed something may not",
    before: { s: { a: 1 } },
    after: { s: { a: 2 } },
    present: {},
    back: {},
    conflicts: ["/s"],
  },
  {
    rule: "another kind of value in our place is in conflict",
    before: { m: "x" },
    after: { m: { primary: "y" } },
    present: { m: ["z"] },
    back: { m: ["z"] },
    conflicts: ["/m"],
  },
  {
    rule: "a form we changed and others extended is in conflict",
    before: { m: "x" },
    after: { m: { primary: "y" } },
    present: { m: { primary: "y", timeoutMs: 1 } },
    back: { m: { primary: "y", timeoutMs: 1 } },
    conflicts: ["/m"],
  },
  {
    rule: "an item of ours goes wherever it stands now",
    before: ["a"],
    after: ["a", "us"],
    present: ["us", "them", "a"],
    back: ["them", "a"],
  },
  {
    rule: "an item that others removed stays away",
    before: ["a", "b"],
    after: ["a", "b", "us"],
    present: ["b", "us"],
    back: ["b"],
  },
  {
    rule: "an item that we removed comes back behind what stood before it",
    before: ["a", "b", "c"],
    after: ["a", "c"],
    present: ["a", "them", "c"],
    back: ["a", "b", "them", "c"],
  },
  {
    rule: "the first item that we removed comes back first",
    before: ["a", "b"],
    after: ["b"],
    present: ["them", "b"],
    back: ["them", "a", "b"],
  },
  {
    rule: "the only item comes back before what others put in",
    before: ["a"],
    after: [],
    present: ["them"],
    back: ["a", "them"],
  },
  {
    rule: "an item that others put back is not there twice",
    before: ["a", "b"],
    after: ["b"],
    present: ["b", "a", "c"],
    back: ["b", "a", "c"],
  },
  {
    rule: "an order we changed is the old one again",
    before: ["a", "b"],
    after: ["b", "a"],
    present: ["b", "a", "c"],
    back: ["a", "b", "c"],
  },
  {
    rule: "an agent that others put first is not mistaken for the one we changed",
    before: [{ id: "m", model: "x" }],
    after: [{ id: "m", model: "y" }],
    present: [
      { id: "n", model: "y" },
      { id: "m", model: "y" },
    ],
    back: [
      { id: "n", model: "y" },
      { id: "m", model: "x" },
    ],
  },
  {
    rule: "an item of ours that others changed is in conflict",
    before: [],
    after: [{ id: "m", name: "x" }],
    present: [{ id: "m", name: "z" }],
    back: [{ id: "m", name: "z" }],
    conflicts: ["/0"],
  },
  {
    rule: "an item that we removed and others wrote anew is in conflict",
    before: [{ id: "m", a: 1 }, 2],
    after: [2],
    present: [2, { id: "m", a: 3 }],
    back: [2, { id: "m", a: 3 }],
    conflicts: ["/1"],
  },
  {
    rule: "a list of ours keeps what others put in",
    before: {},
    after: { l: ["us"] },
    present: { l: ["us", "them"] },
    back: { l: ["them"] },
  },
  {
    rule: "the first of two equal items is as good as the second",
    before: ["a"],
    after: ["a", "a"],
    present: ["a", "a", "x"],
    back: ["a", "x"],
  },
  {
    rule: "members with names of JavaScript's own are data",
    before: { constructor: 1 },
    after: JSON.parse('{"constructor":1,"__proto__":{"x":1}}') as Json,
    present: JSON.parse('{"constructor":1,"__proto__":{"x":1},"toString":2}') as Json,
    back: { constructor: 1, toString: 2 },
  },
  {
    rule: "a document that others removed while we only added",
    before: { a: 1 },
    after: { a: 1, b: 2 },
    present: undefined,
    back: undefined,
  },
];

describe("revert", () => {
  test.each(rows)("$rule", ({ before, after, present, back, conflicts = [] }) => {
    const result = revert(before, after, present);
    expect(result.conflicts.map(({ pointer }) => pointer)).toEqual(conflicts);
    expect(result.value).toStrictEqual(back);
  });

  const pairs = fc.tuple(randomDocument, seeds(8), seeds(8)).map(([{ text }, ours, theirs]) => {
    const before = parseQuietly(text).value as Json;
    const after = applyPatch(before, grow(before, ours));
    return { before, after, theirs: applyPatch(after, grow(after, theirs)) };
  });

  // Members named `constructor` mislead the test runner's own comparison.
  const same = (one: unknown, other: unknown): void => expect(isDeepStrictEqual(one, other)).toBe(true);

  it("undoes exactly what nobody touched, and is nothing where there is nothing to undo", () => {
    fc.assert(
      fc.property(pairs, ({ before, after, theirs }) => {
        same(revert(before, after, after), { value: before, conflicts: [] });
        same(revert(before, after, before), { value: before, conflicts: [] });
        same(revert(before, before, theirs), { value: theirs, conflicts: [] });
      }),
      runs(1000),
    );
  });

  it("keeps what others put into an object that was there before us and still is", () => {
    fc.assert(
      fc.property(pairs, fc.nat(), ({ before, after }, choice) => {
        const shared = pointersOf(after).filter(
          (pointer) =>
            isObject(valueAt(after, pointer)) &&
            isObject(valueAt(before, pointer)) &&
            !withinList(after, pointer) &&
            !withinList(before, pointer),
        );
        const at = shared[choice % Math.max(1, shared.length)];
        if (at === undefined) return;
        const theirs = [{ op: "add", path: `${at}/theirs`, value: { of: "others" } }] as const;
        const present = applyPatch(after, theirs);
        same(revert(before, after, present), { value: applyPatch(before, theirs), conflicts: [] });
      }),
      runs(1000),
    );
  });

  it("names in every conflict what stands there", () => {
    fc.assert(
      fc.property(pairs, ({ before, after, theirs }) => {
        for (const { pointer, present, ours } of revert(before, after, theirs).conflicts) {
          same(valueAt(theirs, pointer), present);
          expect(isDeepStrictEqual(ours, present)).toBe(false);
        }
      }),
      runs(1000),
    );
  });
});

function withinList(document: Json, pointer: string): boolean {
  const tokens = parsePointer(pointer);
  return tokens.some((_, length) => Array.isArray(valueAt(document, formatPointer(tokens.slice(0, length)))));
}

describe("standing", () => {
  const cases: readonly [string, Maybe, Maybe, Maybe, object][] = [
    ["all of it stands", { a: 1 }, { a: 2 }, { a: 2, x: 1 }, { kept: ["/a"] }],
    ["it is as before us", { a: 1 }, { a: 2, b: { c: 1 } }, { a: 1, meta: 1 }, { reverted: ["/a", "/b"] }],
    ["somebody wrote another value", { a: 1 }, { a: 2 }, { a: 3 }, { replaced: ["/a"] }],
    ["somebody removed it", { a: 1 }, { a: 2 }, {}, { replaced: ["/a"] }],
    [
      "a part of a section stands",
      {},
      { s: { a: 1, b: 2, c: 3 } },
      { s: { a: 1, b: 9 } },
      { kept: ["/s/a"], reverted: ["/s/c"], replaced: ["/s/b"] },
    ],
    ["what we removed is back", { a: 1, b: 1 }, { b: 1 }, { a: 1, b: 2 }, { reverted: ["/a"] }],
    ["an item of ours stands elsewhere", ["a"], ["a", "us"], ["us", "a"], { kept: ["/1"] }],
    ["an item of ours is gone", ["a"], ["a", "us"], ["a", "b"], { reverted: ["/1"] }],
    ["an item that we removed is back", ["a", "b"], ["b"], ["x", "b", "a"], { reverted: ["/-"] }],
    ["an item that we removed stays away", ["a", "b"], ["b"], ["x", "b"], { kept: ["/-"] }],
    [
      "an item has a changed value",
      [
        { id: 1, v: "x" },
        { id: "a", v: 1 },
      ],
      [
        { id: 1, v: "x" },
        { id: "a", v: 2 },
      ],
      [{ id: "a", v: 3 }],
      { replaced: ["/1/v"] },
    ],
    ["another kind of value", { a: 1 }, { a: { b: 1 } }, { a: ["b"] }, { replaced: ["/a"] }],
    ["nothing was ours", { a: 1 }, { a: 1 }, { a: 5 }, {}],
  ];
  test.each(cases)("%s", (_, before, after, present, expected) => {
    expect(standing(before, after, present)).toEqual({ kept: [], reverted: [], replaced: [], ...expected });
  });
});
