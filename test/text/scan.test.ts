import { inspect, isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { parseText } from "../../src/text/index.js";
import { scan } from "../../src/text/scan.js";
import { valueOf } from "../../src/text/value.js";
import { samples } from "./support/json5-samples.js";
import { scraps } from "./support/json5-scraps.js";
import { json5Text } from "./support/json5-text.js";
import { verdict } from "./support/quiet-json5.js";
import { runs } from "./support/runs.js";

/** Our reader alone, without the fast path for strict JSON. */
function ours(text: string): { value: unknown } | "refused" {
  try {
    return { value: valueOf(scan(text), 0) };
  } catch (error) {
    expect(error).toMatchObject({ name: "ClawformError", kind: "invalid", code: "syntax" });
    return "refused";
  }
}

const same = (text: string): void => {
  const theirs = verdict(text);
  if (!isDeepStrictEqual(ours(text), theirs))
    expect.fail(`${JSON.stringify(text)}: ${inspect(ours(text))} is not ${inspect(theirs)}`);
};

describe("scan", () => {
  afterEach(() => vi.restoreAllMocks());

  it.each(samples)("reads %j as json5 does", (text) => same(text));

  it("reads any JSON5 as json5 does", () => {
    fc.assert(
      fc.property(json5Text, ({ text }) => same(text)),
      runs(500),
    );
  });

  it("refuses damaged JSON5 as json5 does", () => {
    const junk = fc.constantFrom(
      "",
      ",",
      ":",
      "}",
      "{",
      "[",
      "]",
      '"',
      "'",
      "\\",
      "/",
      "*",
      "//",
      "/*",
      "*/",
      "\n",
      "\r",
      "\u2028",
      "0",
      "x",
      "u",
      "-",
      ".",
      "e",
      "1",
      "\ufeff",
      "ü",
      "\\u0061",
    );
    const damage = fc.tuple(fc.nat(), fc.nat({ max: 4 }), junk);
    fc.assert(
      fc.property(json5Text, fc.array(damage, { minLength: 1, maxLength: 3 }), ({ text }, damages) => {
        let broken = text;
        for (const [at, length, put] of damages) {
          const offset = at % (broken.length + 1);
          broken = broken.slice(0, offset) + put + broken.slice(offset + length);
        }
        same(broken);
      }),
      runs(1500),
    );
  });

  it("reads random scraps as json5 does", () => {
    const scrap = fc.array(fc.constantFrom(...scraps), { maxLength: 12 });
    fc.assert(
      fc.property(scrap, (parts) => same(parts.join(""))),
      runs(3000),
    );
  });
});

describe("parseText", () => {
  afterEach(() => vi.restoreAllMocks());

  it.each(samples)("gives for %j what JSON5.parse gives", (text) => {
    const theirs = verdict(text);
    if (theirs === "refused") expect(() => parseText(text)).toThrow();
    else expect(isDeepStrictEqual(parseText(text), theirs.value)).toBe(true);
  });

  it("keeps members that would change a prototype", () => {
    for (const text of ['{"__proto__": {"polluted": 1}}', "{__proto__: {polluted: 1}}"]) {
      const value = parseText(text) as object;
      expect(Object.keys(value)).toEqual(["__proto__"]);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(({} as { polluted?: number }).polluted).toBeUndefined();
    }
  });

  it("never warns about U+2028 and U+2029 in strings", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    expect(parseText("{a: '\u2028\u2029'}")).toEqual({ a: "\u2028\u2029" });
    expect(parseText('{"a": "\u2028"}')).toEqual({ a: "\u2028" });
    expect(warn).not.toHaveBeenCalled();
  });

  it.each([
    ["", 1, 1],
    [" \n\t", 1, 1],
    ["\ufeff", 1, 1],
    ["\ufeff\r\n", 1, 1],
  ])("calls %j an empty file", (text, line, column) => {
    expect(() => parseText(text, "openclaw.json")).toThrow(
      expect.objectContaining({
        code: "empty-file",
        kind: "invalid",
        file: "openclaw.json",
        position: { line, column },
        hint: expect.stringContaining("{}"),
      }),
    );
  });

  it.each<[string, number, number, RegExp]>([
    ["{\n  a: 1\n  b: 2\n}", 3, 3, /expected "," or "}" after the value, found "b"/],
    ["{\n  a: 1,\n", 3, 1, /expected a key or "}", found the end of the file/],
    ["[1,\r\n 2\r\n", 3, 1, /expected "," or "\]" after the item, found the end of the file/],
    ["{a: }", 1, 5, /expected a value, found "}"/],
    ["{a: b}", 1, 5, /expected a value, found "b"/],
    ["{a 1}", 1, 4, /expected ":" after the key, found "1"/],
    ["{a: 'x\n'}", 1, 7, /expected the closing quote of the string that begins at line 1, found the end of the line/],
    ["// c\n/* x", 2, 5, /expected the "\*\/" of a comment that begins at line 2, found the end of the file/],
    ["{a: 1} x", 1, 8, /expected nothing after the value, found "x"/],
    ["// only a comment\n", 2, 1, /expected a value, found the end of the file/],
    ["{a: '\\x4g'}", 1, 9, /expected 2 hexadecimal digits, found "g"/],
    ["{a: '\\1'}", 1, 7, /expected an escape/],
    ["\ufeff{a: \u0007}", 1, 5, /found the character U\+0007/],
    ['{a: 1} "', 1, 8, /found a quotation mark/],
    ["{a: 1 / 2}", 1, 8, /expected a comment/],
    ["a\rb", 1, 1, /expected a value/],
    ["[\r\r1 1]", 3, 3, /expected ","/],
  ])("says where %j is wrong", (text, line, column, message) => {
    expect(() => parseText(text, "f.json5")).toThrow(
      expect.objectContaining({
        code: "syntax",
        kind: "invalid",
        file: "f.json5",
        position: { line, column },
        message: expect.stringMatching(message),
      }),
    );
  });
});
