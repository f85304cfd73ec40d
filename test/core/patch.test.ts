import fc from "fast-check";
import jsonPatch from "fast-json-patch";
import { applyPatch as applyRfc6902 } from "rfc6902";
import { describe, expect, it } from "vitest";
import { diffDocuments } from "../../src/core/compare.js";
import { invertPatch } from "../../src/core/invert.js";
import { applyPatch } from "../../src/core/patch.js";
import type { Json, Operation } from "../../src/types.js";

const key = fc.oneof(
  fc.constantFrom("id", "a", "b", "a/b", "~", "", "__proto__", "constructor"),
  fc.string({ maxLength: 4 }),
);
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Json>(null, true, 0, 1, "x", "y"),
    fc.array(tie("json"), { maxLength: 5 }),
    fc.array(fc.tuple(key, tie("json")), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
  ),
}));
/** rfc6902 refuses to look into a member named `constructor`, fast-json-patch into `__proto__`. */
const plain = (value: Json): boolean => !/__proto__|constructor/.test(JSON.stringify(value));

describe("diffDocuments", () => {
  it("applied to the before gives the after, and its inverse the before again", () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        const patch = diffDocuments(before, after);
        expect(applyPatch(before, patch)).toEqual(after);
        expect(applyPatch(after, invertPatch(before, patch))).toEqual(before);
      }),
      { numRuns: 2000 },
    );
  });

  it("means the same to two other implementations, guards included", () => {
    fc.assert(
      fc.property(json.filter(plain), json.filter(plain), (before, after) => {
        const patch = diffDocuments(before, after);
        const theirs = jsonPatch.applyPatch(
          structuredClone(before) as object,
          structuredClone(patch),
          true,
        ).newDocument;
        expect(theirs).toEqual(after);
        const boxed = { root: structuredClone(before) };
        const inBox = structuredClone(patch).map((operation) => ({
          ...operation,
          path: `/root${operation.path}`,
          ...("from" in operation ? { from: `/root${operation.from}` } : {}),
        }));
        expect(applyRfc6902(boxed, inBox as never).filter((error) => error !== null)).toEqual([]);
        expect(boxed.root).toEqual(after);
      }),
      { numRuns: 1000 },
    );
  });

  it("has no no-ops and guards every replace, remove and move", () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        const patch = diffDocuments(before, after);
        let document = before;
        patch.forEach((operation, index) => {
          if (operation.op === "test") return;
          const next = applyPatch(document, [operation]);
          expect(next).not.toEqual(document);
          document = next;
          if (operation.op !== "add") {
            const guard = patch[index - 1];
            expect(guard?.op).toBe("test");
            expect(guard?.path).toBe(operation.op === "move" ? operation.from : operation.path);
          }
        });
      }),
      { numRuns: 1000 },
    );
  });

  it.each<[string, Json, Json, Operation[]]>([
    ["one insertion in front of a list", ["a", "b"], ["x", "a", "b"], [{ op: "add", path: "/0", value: "x" }]],
    [
      "one insertion inside",
      { l: [{ id: "a" }, { id: "b" }] },
      { l: [{ id: "a" }, { id: "n" }, { id: "b" }] },
      [{ op: "add", path: "/l/1", value: { id: "n" } }],
    ],
    [
      "an item known by its id",
      [{ id: "a", n: 1 }],
      [{ id: "z" }, { id: "a", n: 2 }],
      [
        { op: "add", path: "/0", value: { id: "z" } },
        { op: "test", path: "/1/n", value: 1 },
        { op: "replace", path: "/1/n", value: 2 },
      ],
    ],
    [
      "a renamed member",
      { p: { Kilocode: { baseUrl: "u" } } },
      { p: { kilocode: { baseUrl: "u" } } },
      [
        { op: "test", path: "/p/Kilocode", value: { baseUrl: "u" } },
        { op: "move", from: "/p/Kilocode", path: "/p/kilocode" },
      ],
    ],
    [
      "a null that left and one that came: no container, so no new name",
      { p: { a: null } },
      { p: { b: null } },
      [
        { op: "test", path: "/p/a", value: null },
        { op: "remove", path: "/p/a" },
        { op: "add", path: "/p/b", value: null },
      ],
    ],
    [
      "another kind of value",
      { model: "a" },
      { model: { primary: "a" } },
      [
        { op: "test", path: "/model", value: "a" },
        { op: "replace", path: "/model", value: { primary: "a" } },
      ],
    ],
    [
      "another root",
      [],
      {},
      [
        { op: "test", path: "", value: [] },
        { op: "replace", path: "", value: {} },
      ],
    ],
    ["equal documents", { a: [1] }, { a: [1] }, []],
  ])("%s", (_name, before, after, patch) => {
    expect(diffDocuments(before, after)).toEqual(patch);
  });
});

describe("applyPatch refuses, naming the operation", () => {
  it.each<[string, Json, unknown, string]>([
    ["a missing path", {}, { op: "remove", path: "/a" }, "patch-missing"],
    ["a failing test", { a: 1 }, { op: "test", path: "/a", value: 2 }, "patch-test"],
    ["an index with a leading zero", [1, 2], { op: "add", path: "/01", value: 0 }, "patch-index"],
    ["a negative index", [1], { op: "add", path: "/-1", value: 0 }, "patch-index"],
    ["an exponent as index", [1], { op: "remove", path: "/1e0" }, "patch-missing"],
    ["an index out of range", [1], { op: "add", path: "/3", value: 0 }, "patch-index"],
    ["adding to a scalar", { a: 1 }, { op: "add", path: "/a/b", value: 0 }, "patch-scalar"],
    ["a move into itself", { a: { b: 1 } }, { op: "move", from: "/a", path: "/a/b" }, "patch-move"],
    ["a path that is no pointer", { a: 1 }, { op: "remove", path: "a" }, "patch-pointer"],
    ["a bad escape", { a: 1 }, { op: "remove", path: "/~2" }, "patch-pointer"],
    ["removing everything", {}, { op: "remove", path: "" }, "patch-root"],
    ["no value", {}, { op: "add", path: "/a" }, "patch-shape"],
    ["no from", {}, { op: "move", path: "/a" }, "patch-shape"],
    ["no path", {}, { op: "add", value: 1 }, "patch-shape"],
    ["an unknown operation", {}, { op: "spam", path: "" }, "patch-shape"],
    ["a prototype's member", {}, { op: "test", path: "/constructor", value: 1 }, "patch-missing"],
  ])("%s", (_name, document, operation, code) => {
    const before = structuredClone(document);
    expect(() => applyPatch(document, [operation as Operation])).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining("operation 0") }),
    );
    expect(document).toEqual(before);
  });

  it("keeps a member named __proto__ a member", () => {
    const document = JSON.parse('{"a":{"__proto__":{"x":1}}}') as Json;
    const patched = applyPatch(document, [
      { op: "add", path: "/a/__proto__/y", value: 2 },
      { op: "add", path: "/__proto__", value: {} },
    ]);
    expect(JSON.stringify(patched)).toBe('{"a":{"__proto__":{"x":1,"y":2}},"__proto__":{}}');
    expect(({} as Record<string, unknown>)["y"]).toBeUndefined();
  });
});

describe("diffDocuments over what JSON5 can spell and JSON cannot", () => {
  it.each<[string, Json, Json]>([
    ["a number that is none, replaced", { a: Number.NaN }, { a: 1 }],
    ["a section with one, replaced", { a: { b: Number.NaN } }, { a: 1 }],
    ["an infinity, added", {}, { a: [Number.POSITIVE_INFINITY] }],
    ["one for a null in a list", [Number.NaN, 1], [null, 1]],
    ["a null for one in a list", [1, null], [1, Number.NEGATIVE_INFINITY]],
  ])("%s", (_, before, after) => {
    expect(applyPatch(before, diffDocuments(before, after))).toEqual(after);
  });
});
