import fc from "fast-check";
import { expect, test } from "vitest";
import { perMillion } from "../../src/core/price.js";

test.each([
  ["0.000003", 3],
  ["0.0000006", 0.6],
  [0.0000006, 0.6],
  [1.1e-7, 0.11],
  ["3e-6", 3],
  ["2.5E-06", 2.5],
  ["0", 0],
  ["-0", -0],
  [0, 0],
  [".000001", 1],
  ["1.", 1_000_000],
  [" 0.000015 ", 15],
  ["-1", null],
  [-0.1, null],
  ["abc", null],
  ["", null],
  ["0x10", null],
  ["Infinity", null],
  [Number.NaN, null],
  ["1e308", null],
  [null, null],
  [undefined, null],
  [{}, null],
])("%j per token is %j per million", (perToken, expected) => {
  expect(perMillion(perToken)).toBe(expected);
});

test("a price of a few decimals comes out as it was meant, from text and from the number", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 9 }), fc.integer({ min: 0, max: 6 }), (digits, decimals) => {
      const million = Number(`${digits}e-${decimals}`);
      expect(perMillion(`${digits}e-${decimals + 6}`)).toBe(million);
      expect(perMillion(Number(`${digits}e-${decimals + 6}`))).toBe(million);
    }),
  );
});
