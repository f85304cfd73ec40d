import { describe, expect, it } from "vitest";
import { applyPatchToText } from "../../src/text/index.js";
import { add, remove, type Rule } from "./support/operations.js";

const rules: { readonly [rule: string]: readonly Rule[] } = {
  "a member added to a line stays on it": [
    ["{ a: 1 }", [add("/b", 2)], "{ a: 1, b: 2 }"],
    ["{a: 1}", [add("/b", 2)], "{a: 1, b: 2}"],
    ["{a:1}", [add("/b", 2)], "{a:1,b:2}"],
    ["{ a: 1, }", [add("/b", 2)], "{ a: 1, b: 2, }"],
    ["{ a : 1 , b : 2 }", [add("/c", 3)], "{ a : 1 , b : 2 , c : 3 }"],
    ["[1,2]", [add("/-", 3), add("/0", 0), add("/2", 1.5)], "[0,1,1.5,2,3]"],
    ["[ +1, 2 ]", [add("/0", { a: [] })], "[ { a: [] }, +1, 2 ]"],
    ["{ a: 1 /* one */ }", [add("/b", 2)], "{ a: 1 /* one */, b: 2 }"],
    ["{ /* nothing */ }", [add("/a", 1)], "{ /* nothing */ a: 1 }"],
    ["{ a: {} }", [add("/a/b", { c: "d" })], '{ a: { b: { c: "d" } } }'],
    ['{"a":{}}\n', [add("/a/b", { c: [1, "d"] })], '{"a":{"b":{"c":[1,"d"]}}}\n'],
  ],
  "a line that would get too long is broken": [
    [
      '{ a: { b: "0123456789012345678901234567890123456789" }, c: [] } // end',
      [add("/d", "0123456789012345678901234567890123456789")],
      '{\n  a: { b: "0123456789012345678901234567890123456789" },\n  c: [],\n  d: "0123456789012345678901234567890123456789"\n} // end',
    ],
    [
      '{\n  a: { b: "0123456789012345678901234567890123456789", /* c */ c: 1, }, // a\n}',
      [add("/a/d", "0123456789012345678901234567890123456789")],
      '{\n  a: {\n    b: "0123456789012345678901234567890123456789",\n    /* c */ c: 1,\n    d: "0123456789012345678901234567890123456789",\n  }, // a\n}',
    ],
    ["{ a: {\n} }", [add("/a/b", 1)], "{ a: {\n  b: 1\n} }"],
  ],
  "a line that was too long already is not": [
    [`{ a: "${"x".repeat(100)}" }`, [add("/b", { c: 1 })], `{ a: "${"x".repeat(100)}", b: { c: 1 } }`],
  ],
  "a member's value stands in the column its neighbours' stand in": [
    [
      '{\n  "a/long-one": { x: 1 },\n  "b/short":    { x: 2 },\n}',
      [add("/c~1mid", { x: 3 })],
      '{\n  "a/long-one": { x: 1 },\n  "b/short":    { x: 2 },\n  "c/mid":      { x: 3 },\n}',
    ],
    [
      "{\n\taa:  1,\n\tb:   2\n}",
      [add("/c", [1]), add("/ddddd", 2)],
      "{\n\taa:  1,\n\tb:   2,\n\tc:   [1],\n\tddddd: 2\n}",
    ],
    ["{\n  a:   1,\n  bbb: 2,\n}", [add("/c", { d: 3 })], "{\n  a:   1,\n  bbb: 2,\n  c:   {\n    d: 3,\n  },\n}"],
  ],
  "and nowhere else": [
    ["{\n  a: 1,\n  b: 2,\n}", [add("/ccc", 3)], "{\n  a: 1,\n  b: 2,\n  ccc: 3,\n}"],
    ["{\n  a:   1,\n  bbb: 2,\n  cccc: 3,\n}", [add("/d", 4)], "{\n  a:   1,\n  bbb: 2,\n  cccc: 3,\n  d: 4,\n}"],
    ["{\n  a:   1,\n}", [add("/b", 2)], "{\n  a:   1,\n  b: 2,\n}"],
    ["{\n  a  : 1,\n  bbb: 2,\n}", [add("/cc", 3)], "{\n  a  : 1,\n  bbb: 2,\n  cc: 3,\n}"],
    ["{ a:   1, bbb: 2 }", [add("/c", 3)], "{ a:   1, bbb: 2, c: 3 }"],
  ],
  "a member gets a line where its neighbours have one": [
    ["{\n  a: 1\n}", [add("/b", 2)], "{\n  a: 1,\n  b: 2\n}"],
    ["{\n  a: 1,\n}", [add("/b", 2)], "{\n  a: 1,\n  b: 2,\n}"],
    ["{\n\ta: 1, // one\n}", [add("/b", 2)], "{\n\ta: 1, // one\n\tb: 2,\n}"],
    ["{\n  a: 1 // one\n}", [add("/b", 2)], "{\n  a: 1, // one\n  b: 2\n}"],
    ["{\n  a: 1 /* one */\n}", [add("/b", 2)], "{\n  a: 1, /* one */\n  b: 2\n}"],
    ["[\n  1,\n  // two\n  2,\n]", [add("/1", 1.5), add("/0", 0)], "[\n  0,\n  1,\n  1.5,\n  // two\n  2,\n]"],
    ["[\n  // one\n  1,\n]", [add("/0", 0)], "[\n  0,\n  // one\n  1,\n]"],
    ["[\n  // all\n\n  // one\n  1,\n]", [add("/0", 0)], "[\n  // all\n\n  0,\n  // one\n  1,\n]"],
    ["{ a: 1,\n  b: 2 }", [add("/c", 3)], "{ a: 1,\n  b: 2,\n  c: 3 }"],
    ["[ 1,\n  2 ]", [add("/0", 0)], "[ 0,\n  1,\n  2 ]"],
    ["{ a: 1 // one\n}", [add("/b", 2)], "{ a: 1, // one\n  b: 2\n}"],
    ["{\n  a: 1,\n\n  b: 2,\n}", [add("/c", 3)], "{\n  a: 1,\n\n  b: 2,\n\n  c: 3,\n}"],
    ["{\n  a: 1,\n  // b: 2,\n}", [add("/c", 3)], "{\n  a: 1,\n  c: 3,\n  // b: 2,\n}"],
    ["{ // all\n}", [add("/a", 1)], "{ // all\n  a: 1\n}"],
    ["{\n  // none yet\n}", [add("/a", 1), add("/b", 2)], "{\n  // none yet\n\n  a: 1,\n  b: 2\n}"],
    [
      "[{\n  a: 1\n}, {\n  a: 2\n}]",
      [add("/-", { a: 3 }), add("/0", { a: 0 })],
      "[{\n  a: 0\n}, {\n  a: 1\n}, {\n  a: 2\n}, {\n  a: 3\n}]",
    ],
    ["[\n  1, 2,\n  3, 4\n]", [add("/-", 5), add("/2", 2.5)], "[\n  1, 2, 2.5,\n  3, 4, 5\n]"],
  ],
  "commas go where the others are": [
    ["[ 1\n, 2\n]", [add("/-", 3), add("/0", 0), add("/2", 1.5)], "[ 0\n, 1\n, 1.5\n, 2\n, 3\n]"],
    ["[ 1\n, 2 // two\n, 3\n]", [remove("/1")], "[ 1\n, 3\n]"],
    ["[ 1\n, 2\n, 3\n]", [remove("/0")], "[ 2\n, 3\n]"],
    ["[ 1\n, 2\n, 3\n]", [remove("/2")], "[ 1\n, 2\n]"],
    ["[ 1\n, 2\n]", [remove("/0"), add("/0", 0)], "[ 0\n, 2\n]"],
    ["[ 1\n// two\n, 2\n]", [remove("/1")], "[ 1\n]"],
    ["{\n  a: 1\n  ,\n  b: 2\n}", [add("/c", 3)], "{\n  a: 1\n  ,\n  b: 2,\n  c: 3\n}"],
    ["{\n  a: 1\n  ,\n  b: 2\n}", [remove("/a")], "{\n  b: 2\n}"],
  ],
  "keys and strings look like their neighbours": [
    ["{ a: 1 }", [add("/b-c", "x"), add("/default", 1), add("/$d", 1)], '{ a: 1, "b-c": "x", default: 1, $d: 1 }'],
    ["{ 'a': 'x' }", [add("/b", "y")], "{ 'a': 'x', 'b': 'y' }"],
    ["{ \"a\": 'x' }", [add("/b", "y")], "{ \"a\": 'x', \"b\": 'y' }"],
    ["{ a: 'x', 'b/c': { d: 1 } }", [add("/b~1c/e f", "y")], "{ a: 'x', 'b/c': { d: 1, 'e f': 'y' } }"],
    ["{ a: { 'b/c': 1 } }", [add("/a/d", 1)], "{ a: { 'b/c': 1, d: 1 } }"],
    ["{ a: 'x', list: [\"y\"] }", [add("/list/-", "z")], '{ a: \'x\', list: ["y", "z"] }'],
  ],
  "strict JSON stays strict JSON": [
    ['{"a": 1}', [add("/b c", "x\u2028'\"")], '{"a": 1, "b c": "x\\u2028\'\\""}'],
    ["{}", [add("/a", [])], '{\n  "a": []\n}'],
    ["{}\n", [add("/a", { b: ["c"] })], '{\n  "a": {\n    "b": [\n      "c"\n    ]\n  }\n}\n'],
    ["[]", [add("/0", { a: 1 })], '[\n  {\n    "a": 1\n  }\n]'],
    [
      '{\n    "a": [\n        1\n    ]\n}\n',
      [add("/b", { c: [1] })],
      '{\n    "a": [\n        1\n    ],\n    "b": {\n        "c": [\n            1\n        ]\n    }\n}\n',
    ],
    ["\ufeff{}", [add("/a", 1)], '\ufeff{\n  "a": 1\n}'],
  ],
  "line ends, the mark and the last newline stay": [
    [
      "{\r\n  a: 1,\r\n}\r\n",
      [add("/b", { c: [1], d: {} }), add("/e", 1)],
      "{\r\n  a: 1,\r\n  b: {\r\n    c: [1],\r\n    d: {},\r\n  },\r\n  e: 1,\r\n}\r\n",
    ],
    ["{\r  a: 1,\r}", [add("/b", 2)], "{\r  a: 1,\r  b: 2,\r}"],
    ["\ufeff{\n  a: 1\n}", [add("/b", 2)], "\ufeff{\n  a: 1,\n  b: 2\n}"],
    ["{\u2028  a: 1, // a\u2028}", [add("/b", 2)], "{\u2028  a: 1, // a\n  b: 2,\u2028}"],
  ],
  "new values are laid out as the file lays out such values": [
    ["{\n  a: [\n    1,\n  ],\n}", [add("/b", [2])], "{\n  a: [\n    1,\n  ],\n  b: [\n    2,\n  ],\n}"],
    [
      "{\n  a: { x: 1 },\n  b: { x: 2 },\n}",
      [add("/c", { x: 3 })],
      "{\n  a: { x: 1 },\n  b: { x: 2 },\n  c: { x: 3 },\n}",
    ],
    ["{\n  a: {x: 1},\n}", [add("/c", { x: 3, y: [1] })], "{\n  a: {x: 1},\n  c: {\n    x: 3,\n    y: [1],\n  },\n}"],
    [
      "{\n    a: {\n        x: [ 1 ],\n    },\n}",
      [add("/b", { x: [1, 2] })],
      "{\n    a: {\n        x: [ 1 ],\n    },\n    b: {\n        x: [ 1, 2 ],\n    },\n}",
    ],
  ],
};

describe.each(Object.entries(rules))("%s", (_rule, table) => {
  it.each(table)("%j %j", (before, operations, after) => {
    expect(applyPatchToText(before, operations)).toBe(after);
  });
});
