import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffDocuments } from "../../src/core/compare.js";
import { invertPatch } from "../../src/core/invert.js";
import { applyPatch } from "../../src/core/patch.js";
import type { Json } from "../../src/types.js";

const item = fc.oneof(
  fc.constantFrom<Json>("a", "b", "c", "d", 1, null),
  fc.record({ id: fc.constantFrom("x", "y", "z"), value: fc.nat(2) }),
);
const lists = fc.tuple(fc.array(item, { maxLength: 8 }), fc.array(item, { maxLength: 8 }));

describe("a list in another order", () => {
  it("is reached, and left again, by operations of which none takes out what another puts in", () => {
    fc.assert(
      fc.property(lists, ([before, after]) => {
        const operations = diffDocuments(before, after);
        expect(applyPatch(before, operations)).toEqual(after);
        expect(applyPatch(after, invertPatch(before, operations))).toEqual(before);
        const removed = operations.flatMap(({ op }, index) => (op === "remove" ? [operations[index - 1]] : []));
        const texts = removed.map((test) => JSON.stringify(test && "value" in test ? test.value : null));
        for (const operation of operations)
          if (operation.op === "add") expect(texts).not.toContain(JSON.stringify(operation.value));
      }),
    );
  });

  it.each<[Json[], Json[], string[]]>([
    [
      ["a", "b", "c"],
      ["c", "a", "b"],
      ["test /2", "move /2 /0"],
    ],
    [
      ["a", "b", "c"],
      ["b", "c", "a"],
      ["test /0", "move /0 /2"],
    ],
    [
      ["a", "b", "c"],
      ["c", "n", "a"],
      ["test /1", "remove /1", "test /1", "move /1 /0", "add /1"],
    ],
    [
      [
        { id: "x", v: 1 },
        { id: "y", v: 1 },
      ],
      [
        { id: "y", v: 2 },
        { id: "x", v: 1 },
      ],
      ["test /1", "move /1 /0", "test /0/v", "replace /0/v"],
    ],
  ])("%j -> %j", (before, after, words) => {
    const told = diffDocuments(before, after).map((operation) =>
      operation.op === "move" ? `move ${operation.from} ${operation.path}` : `${operation.op} ${operation.path}`,
    );
    expect(told).toEqual(words);
  });
});
