import { describe, expect, it } from "vitest";
import { applyPatchToText } from "../../src/text/index.js";
import type { Operation } from "../../src/types.js";

/** Cases that properties found, shrunk, and what a careful person would have written. */
const found: readonly (readonly [what: string, before: string, operations: readonly Operation[], after: string])[] = [
  [
    "a blank line before the neighbour lost its indentation to the newcomer's line",
    "{\n  a: [\n    1,\n\n    2,\n  ],\n}",
    [{ op: "add", path: "/a/0", value: 0 }],
    "{\n  a: [\n    0,\n\n    1,\n\n    2,\n  ],\n}",
  ],
  [
    "a value behind a comment of many lines was moved by the indentation of the comment's end",
    "[\n  1,\n  /* a\n b */ {\n    x: 1,\n  },\n]",
    [{ op: "move", from: "/1", path: "/0" }],
    "[\n  /* a\n b */ {\n    x: 1,\n  },\n  1,\n]",
  ],
  [
    "a first member below a lone comment took the comment along when it went",
    "{\n  // lone\n}",
    [{ op: "add", path: "/a", value: 1 }],
    "{\n  // lone\n\n  a: 1\n}",
  ],
  ["... and now it does not", "{\n  // lone\n\n  a: 1\n}", [{ op: "remove", path: "/a" }], "{\n  // lone\n}"],
  [
    "brackets that close on one line voted against a comma before a bracket with its own",
    "{\n  a: { b: {\n    c: [1, 2, 3],\n  } },\n}",
    [
      {
        op: "add",
        path: "/d",
        value: {
          e: { f: "long enough to be broken over lines, as nothing on one line fits", g: [{ h: 1 }, { i: 2 }] },
        },
      },
    ],
    '{\n  a: { b: {\n    c: [1, 2, 3],\n  } },\n  d: {\n    e: {\n      f: "long enough to be broken over lines, as nothing on one line fits",\n      g: [\n        {\n          h: 1,\n        },\n        {\n          i: 2,\n        },\n      ],\n    },\n  },\n}',
  ],
  [
    "a comma on a line of its own counted as a blank line",
    "{\n  a: 1\n  ,\n  b: 2\n}",
    [{ op: "add", path: "/c", value: 3 }],
    "{\n  a: 1\n  ,\n  b: 2,\n  c: 3\n}",
  ],
  [
    "copies of a changed object shared its later changes",
    "{ a: {} }",
    [
      { op: "add", path: "/a/x", value: 1 },
      { op: "copy", from: "/a", path: "/b" },
      { op: "add", path: "/a/y", value: 2 },
      { op: "copy", from: "/a", path: "/a/a" },
    ],
    "{ a: { x: 1, y: 2, a: { x: 1, y: 2 } }, b: { x: 1 } }",
  ],
  [
    "the comment between key and value was lost when a member was moved over another",
    "{\n  a: /* one */ 1,\n  b: 2, // two\n}",
    [{ op: "move", from: "/a", path: "/b" }],
    "{\n  /* one */ b: 1, // two\n}",
  ],
  [
    "a line comment that arrived on a line swallowed what came after",
    "[{ a: 1 // one\n}, { b: 2 }]",
    [{ op: "move", from: "/0/a", path: "/1/a" }],
    "[{}, {\n  b: 2,\n  a: 1 // one\n}]",
  ],
];

describe("regressions", () => {
  it.each(found)("%s", (_what, before, operations, after) => {
    expect(applyPatchToText(before, operations)).toBe(after);
  });
});
