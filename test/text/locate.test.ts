import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { valueAt } from "../../src/pointer.js";
import { duplicateKeys, locate, parseText, positionAt } from "../../src/text/index.js";
import type { Json } from "../../src/types.js";
import { parseQuietly } from "./support/quiet-json5.js";
import { randomDocument } from "./support/random-document.js";
import { pointersOf } from "./support/random-patch.js";
import { runs } from "./support/runs.js";

describe("locate", () => {
  const text = "\ufeff// c\r\n{\r\n  a: 1, 'b/c': [ true,\r\n { \\u0064: '~' } ],\r\n  a: 2,\r\n}";

  it.each<[string, string | null, string | null, number, number]>([
    ["", text.slice(text.indexOf("{")), null, 2, 1],
    ["/a", "2", "a: 2", 5, 3],
    ["/b~1c", "[ true,\r\n { \\u0064: '~' } ]", "'b/c'", 3, 9],
    ["/b~1c/0", "true", null, 3, 18],
    ["/b~1c/1", "{ \\u0064: '~' }", null, 4, 2],
    ["/b~1c/1/d", "'~'", "\\u0064", 4, 4],
    ["/none", null, null, 0, 0],
    ["/b~1c/2", null, null, 0, 0],
    ["/b~1c/01", null, null, 0, 0],
    ["/b~1c/-", null, null, 0, 0],
    ["/a/x", null, null, 0, 0],
    ["/toString", null, null, 0, 0],
  ])("finds %j", (pointer, value, key, line, column) => {
    const [range] = locate(text, [pointer]);
    if (value === null) return expect(range).toBeNull();
    expect(text.slice(range?.start, range?.end)).toBe(value);
    if (key === null) expect(range?.keyStart).toBeNull();
    else expect(text.slice(range?.keyStart ?? 0)).toMatch(new RegExp(`^${key.replaceAll("\\", "\\\\")}`));
    expect(range?.position).toEqual({ line, column });
  });

  it("answers in order, and nothing for no pointers", () => {
    expect(locate("not json5", [])).toEqual([]);
    expect(locate("[1, 2]", ["/1", "/7", "/0"]).map((range) => range?.start ?? null)).toEqual([4, null, 1]);
    expect(() => locate("[1]", ["x"])).toThrow(expect.objectContaining({ code: "patch-pointer" }));
  });

  it("finds the text of every value", () => {
    fc.assert(
      fc.property(randomDocument, ({ text }) => {
        const document = parseQuietly(text).value as Json;
        const pointers = pointersOf(document);
        locate(text, pointers).forEach((range, index) => {
          const value = parseQuietly(text.slice(range?.start, range?.end)).value;
          expect(value).toEqual(valueAt(document, pointers[index] as string));
          expect(range?.position).toEqual(positionAt(text, range?.keyStart ?? range?.start ?? -1));
        });
      }),
      runs(300),
    );
  });
});

describe("positionAt", () => {
  it.each<[string, number, number, number]>([
    ["", 0, 1, 1],
    ["ab", 1, 1, 2],
    ["ab", 2, 1, 3],
    ["a\nb", 2, 2, 1],
    ["a\r\nb", 3, 2, 1],
    ["a\rb", 2, 2, 1],
    ["a\r\n\nb", 4, 3, 1],
    ["\ufeffa", 0, 1, 1],
    ["\ufeffa", 1, 1, 1],
    ["\ufeffa\n\ufeffb", 4, 2, 2],
    ["😀x", 2, 1, 3],
    ["a\u2028b", 2, 1, 3],
  ])("%j at %i", (text, offset, line, column) => {
    expect(positionAt(text, offset)).toEqual({ line, column });
  });
});

describe("duplicateKeys", () => {
  it.each<[string, readonly (readonly [string, number, number])[]]>([
    ["{}", []],
    ["[1, 1]", []],
    ["{a: 1, b: {a: 1}}", []],
    ["{a: 1,\n a: 2}", [["/a", 1, 2]]],
    [
      "{a: 1, 'a': 2, \\u0061: 3}",
      [
        ["/a", 1, 2],
        ["/a", 1, 8],
      ],
    ],
    ["[{}, {x: [{'a/b': 1, 'a/b': 2}]}]", [["/1/x/0/a~1b", 1, 12]]],
    [
      "{a: {b: 1, b: 2}, a: {b: 3, c: 1, b: 4}}",
      [
        ["/a", 1, 2],
        ["/a/b", 1, 6],
        ["/a/b", 1, 23],
      ],
    ],
    ["{__proto__: 1, __proto__: 2}", [["/__proto__", 1, 2]]],
    ["'no object'", []],
    ["null", []],
  ])("%s", (text, found) => {
    const expected = found.map(([pointer, line, column]) => ({ pointer, position: { line, column } }));
    expect(duplicateKeys(text)).toEqual(expected);
    expect(duplicateKeys(text, parseText(text))).toEqual(expected);
  });

  it("finds none exactly where the value keeps every member", () => {
    fc.assert(
      fc.property(randomDocument, ({ text }) => {
        const count = pointersOf(parseText(text)).length;
        const members = locate(text, pointersOf(parseText(text))).filter((range) => range !== null).length;
        expect(members).toBe(count);
        for (const { pointer } of duplicateKeys(text)) expect(pointer).not.toBe("");
      }),
      runs(200),
    );
  });
});
