import { describe, expect, it } from "vitest";
import { applyPatchToText } from "../../src/text/index.js";
import { add, copy, move, remove, replace, type Rule } from "./support/operations.js";

const rules: { readonly [rule: string]: readonly Rule[] } = {
  "a replaced value changes nothing around it": [
    ["{ a: /* v */ 1 /* w */ }", [replace("/a", [1])], "{ a: /* v */ [1] /* w */ }"],
    ["[0x10, +1, .5, 1e3]", [replace("/2", 0.6)], "[0x10, +1, 0.6, 1e3]"],
    ["{\n  a: 1, // one\n  b: 2, // two\n}", [replace("/a", "x")], '{\n  a: "x", // one\n  b: 2, // two\n}'],
    ["// c\n[1]\n// d", [replace("", { a: [1, 2] })], "// c\n{\n  a: [1, 2]\n}\n// d"],
    ["{a: 'x', b: \"y\"}", [replace("/a", "u"), replace("/b", "v")], "{a: 'u', b: \"v\"}"],
    ["{a: 'x'}", [replace("/a", "it's")], '{a: "it\'s"}'],
    ["{a: 'x'}", [replace("/a", 'it\'s "so"')], "{a: 'it\\'s \"so\"'}"],
    ["{ a: { b: 1, c: 2 } }", [replace("/a", { c: 3 })], "{ a: { c: 3 } }"],
    ["{\n  a: {\n    b: 1, // b\n  }, // a\n}", [replace("/a", { c: 3 })], "{\n  a: {\n    c: 3,\n  }, // a\n}"],
  ],
  "an equal value keeps its spelling": [
    [
      "[0x10, +1, .5, 1e3, 'a']",
      [replace("/0", 16), replace("/1", 1), replace("/2", 0.5), replace("/3", 1000), replace("/4", "a")],
      "[0x10, +1, .5, 1e3, 'a']",
    ],
    ["{ a: { b: 1, /* c */ } }", [replace("/a", { b: 1 })], "{ a: { b: 1, /* c */ } }"],
    ["{a: 1, b: 2}", [remove("/a"), add("/a", 1)], "{a: 1, b: 2}"],
    ["[0]", [replace("/0", -0)], "[-0]"],
    ["[-0]", [replace("/0", 0)], "[0]"],
  ],
  "a removed member takes its own comments and nobody else's": [
    ["{\n  // a\n  a: 1, // a\n  // b\n  b: 2, // b\n}", [remove("/a")], "{\n  // b\n  b: 2, // b\n}"],
    ["{\n  // a\n  a: 1, // a\n  // b\n  b: 2, // b\n}", [remove("/b")], "{\n  // a\n  a: 1, // a\n}"],
    ["{\n  // all\n\n  // a\n  // a\n  a: 1,\n  b: 2,\n}", [remove("/a")], "{\n  // all\n\n  b: 2,\n}"],
    ["{ // all\n  a: 1,\n  // end\n}", [remove("/a")], "{ // all\n  // end\n}"],
    ["{ a: 1, /* b */ b: 2 /* b */, /* c */ c: 3 }", [remove("/b")], "{ a: 1, /* c */ c: 3 }"],
    ["{ a: 1, /* b */ b: 2 /* b */ }", [remove("/b")], "{ a: 1 }"],
    ["{ a /* k */ : /* v */ 1, b: 2 }", [remove("/a")], "{ b: 2 }"],
    ["{\n  a: 1, /* b\n  b */ b: 2, // b\n}", [remove("/b")], "{\n  a: 1,\n}"],
    ["{\n  a: 1, /* a\n  a */\n  b: 2,\n}", [remove("/a")], "{\n  b: 2,\n}"],
    [
      "{\n  a: 1,\n\n  // section\n\n  // b\n  b: 2,\n\n  c: 3,\n}",
      [remove("/b")],
      "{\n  a: 1,\n\n  // section\n\n  c: 3,\n}",
    ],
    ["{a:1//a\n,b:2}", [remove("/a")], "{b:2}"],
  ],
  "what is left is sane": [
    ["{ a: 1 }", [remove("/a")], "{}"],
    ["{\n  a: 1, // a\n}", [remove("/a")], "{}"],
    ["[1,2,3]", [remove("/0")], "[2,3]"],
    ["[1,2,3]", [remove("/2")], "[1,2]"],
    ["[1,2,3,]", [remove("/2")], "[1,2,]"],
    ["[ 1, 2 ]", [remove("/1")], "[ 1 ]"],
    ["{\n  a: 1,\n  b: 2\n}", [remove("/b")], "{\n  a: 1\n}"],
    ["{\n  a: 1, // a\n  b: 2\n}", [remove("/b")], "{\n  a: 1 // a\n}"],
    ["{\n  a: 1, b: 2,\n  c: 3\n}", [remove("/a")], "{\n  b: 2,\n  c: 3\n}"],
    ["{ a: 1,\n  b: 2 }", [remove("/a")], "{ b: 2 }"],
    ["{ a: 1,\n  b: 2 }", [remove("/b")], "{ a: 1 }"],
    ["{ a: 1, // a\n  b: 2 }", [remove("/b")], "{ a: 1 // a\n  }"],
    ["{\n  a: 1,\n\n  b: 2,\n\n  c: 3,\n}", [remove("/b")], "{\n  a: 1,\n\n  c: 3,\n}"],
    ["{\n  a: 1,\n\n  b: 2,\n}", [remove("/a")], "{\n  b: 2,\n}"],
    ["{\n  a: 1,\n\n  b: 2,\n}", [remove("/b")], "{\n  a: 1,\n}"],
    ["[1, 2, 3]", [remove("/1"), add("/1", 9)], "[1, 9, 3]"],
    ["[\n  1, // one\n]", [remove("/0"), add("/0", 9)], "[\n  9,\n]"],
  ],
  "a moved member brings its text and its comments": [
    [
      "{\n  // a\n  a: { x: 0x1 }, // a\n  b: {},\n}",
      [move("/a", "/b/a")],
      "{\n  b: {\n    // a\n    a: { x: 0x1 }, // a\n  },\n}",
    ],
    [
      "{\n  a: {\n    b: {\n      c: 1, // c\n    }, // b\n  },\n}",
      [move("/a/b", "/b")],
      "{\n  a: {},\n  b: {\n    c: 1, // c\n  }, // b\n}",
    ],
    ["[\n  // one\n  1, // one\n  2,\n]", [move("/0", "/1")], "[\n  2,\n  // one\n  1, // one\n]"],
    ["[1, 2, 3]", [move("/0", "/2"), move("/2", "/0")], "[1, 2, 3]"],
    ["{ a: [ /* x */ 1 ], b: {} }", [move("/a/0", "/b/x")], "{ a: [], b: { /* x */ x: 1 } }"],
    ["{ a: { x /* x */: 1 }, b: [] }", [move("/a/x", "/b/-")], "{ a: {}, b: [/* x */ 1] }"],
    ["{ a: { x: 1 // x\n}, b: { c: 1 } }", [move("/a/x", "/b/x")], "{ a: {}, b: {\n  c: 1,\n  x: 1 // x\n} }"],
    ["{\n  a: 1, // a\n  b: 2, // b\n}", [move("/a", "/b")], "{\n  // a\n  b: 1, // b\n}"],
    [
      "{\n  s: {\n    t: 'x\\\n  y',\n  },\n  b: {},\n}",
      [move("/s", "/b/s")],
      "{\n  b: {\n    s: {\n      t: 'x\\\n  y',\n    },\n  },\n}",
    ],
    [
      "{\n  a: {\n    /* a\n     * b */\n    b: 1,\n  },\n}",
      [move("/a/b", "/b")],
      "{\n  a: {},\n  /* a\n   * b */\n  b: 1,\n}",
    ],
    ["{\n  a: { b: 1 },\n}", [replace("/a/b", 2), move("/a", "/c"), add("/c/d", 3)], "{\n  c: { b: 2, d: 3 },\n}"],
    ["{a: {b: {c: 1}}}", [move("/a/b", "/a")], "{a: {c: 1}}"],
    ["{a: 1}", [move("/a", "")], "1"],
  ],
  "a renamed member changes its key alone": [
    [
      "{\n  // a\n  a /* k */: { x: 1, }, // a\n  b: 2\n}",
      [move("/a", "/c")],
      "{\n  // a\n  c /* k */: { x: 1, }, // a\n  b: 2\n}",
    ],
    ["{'a': 1, \"b\": 2, c: 3}", [move("/a", "/x"), move("/b", "/y"), move("/c", "/z")], "{'x': 1, \"y\": 2, z: 3}"],
    ["{a: 1}", [move("/a", "/with space")], '{"with space": 1}'],
    ["{a: 1, b: 2}", [move("/a", "/x"), move("/b", "/a"), move("/x", "/b")], "{b: 1, a: 2}"],
  ],
  "a copied value keeps its spelling": [
    [
      "{ a: { x: 0x1, /* y */ y: 'z' } }",
      [copy("/a", "/b")],
      "{ a: { x: 0x1, /* y */ y: 'z' }, b: { x: 0x1, /* y */ y: 'z' } }",
    ],
    [
      "{\n  a: {\n    x: +1,\n  },\n  b: {\n    c: 1,\n  },\n}",
      [copy("/a", "/b/a"), replace("/a/x", 2)],
      "{\n  a: {\n    x: 2,\n  },\n  b: {\n    c: 1,\n    a: {\n      x: +1,\n    },\n  },\n}",
    ],
    ["{ a: { x: 1 } }", [copy("/a", "/b"), move("/a/x", "/b/y")], "{ a: {}, b: { x: 1, y: 1 } }"],
    ["[1]", [copy("", "/-"), copy("", "/-")], "[1, [1], [1, [1]]]"],
  ],
  "of equal names the last one counts": [
    ["{a: 1, a: 2, b: 3}", [replace("/a", 5)], "{a: 1, a: 5, b: 3}"],
    ["{a: 1, a: 2, b: 3}", [remove("/a")], "{b: 3}"],
    ["{a: 1, a: 2, b: 3}", [move("/a", "/c")], "{c: 2, b: 3}"],
    ["{a: {x: 1}, \\u0061: {y: 2}}", [add("/a/z", 3)], "{a: {x: 1}, \\u0061: {y: 2, z: 3}}"],
  ],
  "no name is special": [
    ["{ a: 1 }", [add("/__proto__", { x: 1 }), add("/__proto__/y", 2)], "{ a: 1, __proto__: { x: 1, y: 2 } }"],
    [
      "{ __proto__: { x: 1 }, constructor: 1 }",
      [replace("/__proto__/x", 2), remove("/constructor")],
      "{ __proto__: { x: 2 } }",
    ],
    ["{ a: 1 }", [add("/", 2), add("/~1~0", 3), add("/q\"'\n", 4)], '{ a: 1, "": 2, "/~": 3, "q\\"\'\\n": 4 }'],
    ["{ '': { '': 1 } }", [replace("//", 2)], "{ '': { '': 2 } }"],
    [
      "{ 'a/b': 1, 'm~n': 2, \\u0061: 3 }",
      [replace("/a~1b", 4), replace("/m~0n", 5), replace("/a", 6)],
      "{ 'a/b': 4, 'm~n': 5, \\u0061: 6 }",
    ],
  ],
  "numbers that JSON cannot spell move about": [
    ["{ a: NaN, b: -Infinity }", [copy("/a", "/c"), move("/b", "/d")], "{ a: NaN, d: -Infinity, c: NaN }"],
    ["[1]", [add("/-", -0)], "[1, -0]"],
    ["[+1]", [add("/-", Number.NaN), add("/-", Number.POSITIVE_INFINITY)], "[+1, NaN, Infinity]"],
  ],
};

describe.each(Object.entries(rules))("%s", (_rule, table) => {
  it.each(table)("%j %j", (before, operations, after) => {
    expect(applyPatchToText(before, operations)).toBe(after);
  });
});
