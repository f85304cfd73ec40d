import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { longestRising } from "../src/rising.js";

describe("longestRising", () => {
  test.each<[numbers: number[], indexes: number[]]>([
    [[], []],
    [[7], [0]],
    [[-1], []],
    [
      [0, 1, 2],
      [0, 1, 2],
    ],
    [[2, 1, 0], [2]],
    [[5, 5, 5], [2]],
    [
      [1, 2, 0, 3],
      [0, 1, 3],
    ],
    [
      [-1, 4, -1, 5],
      [1, 3],
    ],
    [
      [3, -1, 0, 1, 2],
      [2, 3, 4],
    ],
  ])("%j: %j", (numbers, indexes) => {
    expect(longestRising(numbers)).toEqual(indexes);
  });

  test("rises, leaves out what is below 0, and none is longer", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -2, max: 12 }), { maxLength: 24 }), (numbers) => {
        const run = longestRising(numbers);
        const kept = run.map((index) => numbers[index] as number);
        expect([...new Set(run)].sort((a, b) => a - b)).toEqual(run);
        expect(kept.every((number, at) => number > (kept[at - 1] ?? -1))).toBe(true);
        expect(run.length).toBe(longestOf(numbers));
      }),
    );
  });
});

/** Of every number the longest run that ends there: n squared, and plain. */
function longestOf(numbers: readonly number[]): number {
  const lengths: number[] = [];
  for (const [index, number] of numbers.entries()) {
    const before = lengths.filter((_, at) => (numbers[at] as number) < number);
    lengths[index] = number < 0 ? 0 : Math.max(0, ...before) + 1;
  }
  return Math.max(0, ...lengths);
}
