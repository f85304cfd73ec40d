import { afterEach, describe, expect, it, vi } from "vitest";
import { ClawformError } from "../../src/errors.js";
import { firstDifference, guard } from "../../src/text/guard.js";
import { applyPatchToText, duplicateKeys, locate, parseText } from "../../src/text/index.js";
import type { Json, Operation } from "../../src/types.js";

const text = "{ list: ['a', 'b'], object: { x: 1 }, word: 'w' }";

describe("a patch that does not apply", () => {
  it.each<[string, unknown, string, string]>([
    ["no such member", { op: "remove", path: "/none" }, "patch-missing", "/none"],
    ["no such member to replace", { op: "replace", path: "/object/y", value: 1 }, "patch-missing", "/object/y"],
    ["no such parent", { op: "add", path: "/none/x", value: 1 }, "patch-missing", "/none/x"],
    ["no such source", { op: "copy", from: "/none", path: "/x" }, "patch-missing", "/x"],
    ["an inherited name", { op: "replace", path: "/object/toString", value: 1 }, "patch-missing", "/object/toString"],
    ["another value", { op: "test", path: "/word", value: "v" }, "patch-test", "/word"],
    ["an index behind the end", { op: "add", path: "/list/3", value: 1 }, "patch-index", "/list/3"],
    ["a missing index", { op: "replace", path: "/list/2", value: 1 }, "patch-missing", "/list/2"],
    ["nothing behind the end", { op: "remove", path: "/list/-" }, "patch-missing", "/list/-"],
    ["a leading zero", { op: "add", path: "/list/01", value: 1 }, "patch-index", "/list/01"],
    ["a negative index", { op: "add", path: "/list/-1", value: 1 }, "patch-index", "/list/-1"],
    ["an exponent", { op: "add", path: "/list/1e0", value: 1 }, "patch-index", "/list/1e0"],
    ["a name in a list", { op: "add", path: "/list/x", value: 1 }, "patch-index", "/list/x"],
    ["a scalar's inside", { op: "add", path: "/word/x", value: 1 }, "patch-scalar", "/word/x"],
    ["a letter of a string", { op: "replace", path: "/word/0", value: "v" }, "patch-missing", "/word/0"],
    ["a move into itself", { op: "move", from: "/object", path: "/object/x" }, "patch-move", "/object/x"],
    ["a removed root", { op: "remove", path: "" }, "patch-root", ""],
    ["no slash", { op: "add", path: "list", value: 1 }, "patch-pointer", "list"],
    ["a bad escape", { op: "add", path: "/a~2", value: 1 }, "patch-pointer", "/a~2"],
    ["no path", { op: "add", value: 1 }, "patch-shape", ""],
    ["no value", { op: "add", path: "/x" }, "patch-shape", "/x"],
    ["no from", { op: "move", path: "/x" }, "patch-shape", "/x"],
    ["no such operation", { op: "spam", path: "/x" }, "patch-shape", "/x"],
  ])("%s", (_name, operation, code, pointer) => {
    const operations = [
      { op: "test", path: "/word", value: "w" },
      { op: "add", path: "/fine", value: 1 },
      operation,
    ] as Operation[];
    expect(() => applyPatchToText(text, operations)).toThrow(
      expect.objectContaining({
        name: "ClawformError",
        kind: "invalid",
        code,
        pointer,
        message: expect.stringContaining("operation 2 "),
      }),
    );
  });

  it("a text that is no JSON5", () => {
    expect(() => applyPatchToText("{ a: 1", [])).toThrow(
      expect.objectContaining({ code: "syntax", position: { line: 1, column: 7 } }),
    );
    expect(() => applyPatchToText(" \n", [])).toThrow(expect.objectContaining({ code: "empty-file" }));
    expect(() => locate("[", [""])).toThrow(expect.objectContaining({ code: "syntax" }));
    expect(() => duplicateKeys("[")).toThrow(expect.objectContaining({ code: "syntax" }));
  });

  it("a number that strict JSON cannot spell", () => {
    expect(() => applyPatchToText('{"a": 1}', [{ op: "add", path: "/b", value: Number.NaN }])).toThrow(
      expect.objectContaining({ code: "text-value" }),
    );
  });
});

describe("10,000 levels", () => {
  const deep = (open: string, close: string): string => open.repeat(10_000) + close.repeat(10_000);
  const refused = expect.objectContaining({
    name: "ClawformError",
    kind: "invalid",
    code: "nesting",
  }) as unknown as Error;
  const value = JSON.parse(deep("[", "]")) as Json;

  it.each([
    ["strict JSON", deep("[", "]")],
    ["objects", deep('{"a":', "}").replace(":}", ":1}")],
    ["JSON5", `// deep\n${deep("[ ", "]")}`],
    ["unclosed", "[".repeat(10_000)],
  ])("of %s are refused with their place", (_name, text) => {
    for (const read of [
      () => parseText(text, "f"),
      () => locate(text, [""]),
      () => duplicateKeys(text),
      () => applyPatchToText(text, []),
    ]) {
      expect(read).toThrow(refused);
      expect(read).toThrow(
        expect.objectContaining({ position: expect.objectContaining({ line: expect.any(Number) }) }),
      );
    }
  });

  it("in an operation are refused", () => {
    for (const op of ["add", "replace", "test"] as const) {
      expect(() => applyPatchToText("{a: 1}", [{ op, path: "/a", value }])).toThrow(refused);
    }
    expect(() => applyPatchToText("{a: 1}", [{ op: "remove", path: "/a".repeat(10_000) }])).toThrow(refused);
    const doubling: Operation[] = Array.from({ length: 12 }, () => ({ op: "copy", from: "", path: "/0" }));
    expect(() =>
      applyPatchToText(`${"[".repeat(450)}${"]".repeat(450)}`, [
        ...doubling,
        { op: "copy", from: "", path: "/0".repeat(400) },
      ]),
    ).toThrow(refused);
  });

  it("are far more than the 500 that work", () => {
    const document = `${"[ ".repeat(499)}{ a: 1 }${" ]".repeat(499)}`;
    const path = "/0".repeat(499);
    const after = applyPatchToText(document, [
      { op: "add", path: `${path}/b`, value: 2 },
      { op: "replace", path: `${path}/a`, value: 0 },
    ]);
    expect(after).toBe(document.replace("{ a: 1 }", "{ a: 0, b: 2 }"));
    expect(locate(document, [`${path}/a`])[0]?.start).toBe(document.indexOf("1"));
    const broken = `${"[\n".repeat(499)}1${"\n]".repeat(499)}`;
    expect(applyPatchToText(broken, [{ op: "add", path: `${path.slice(2)}/-`, value: 2 }])).toBe(
      broken.replace("1", "1,\n2"),
    );
    expect(
      JSON.parse(
        applyPatchToText("{}", [
          { op: "add", path: "/a", value: JSON.parse(`${"[".repeat(490)}${"]".repeat(490)}`) as Json },
        ]),
      ),
    ).toBeDefined();
  });
});

describe("the guard", () => {
  afterEach(() => vi.restoreAllMocks());

  it.each<[string, Json, string]>([
    ["{ a: { b: [1, 2] } }", { a: { b: [1, 3] } }, "/a/b/1"],
    ["{ a: { b: [1] } }", { a: { b: [1, 2] } }, "/a/b/1"],
    ["{ a: { b: [1, 2] } }", { a: { b: [1] } }, "/a/b/1"],
    ["{ a: 1, 'b/c': 2 }", { a: 1 }, "/b~1c"],
    ["{ a: 1 }", { a: 1, c: 2 }, "/c"],
    ["{ a: [] }", { a: {} }, "/a"],
    ["{ a: {} }", { a: [] }, "/a"],
    ["{ a: null }", { a: {} }, "/a"],
    ["[-0]", [0], "/0"],
    ["[1]", 1, ""],
    ["{ a: 1", { a: 1 }, ""],
  ])("refuses %s where %j is meant", (text, meant, pointer) => {
    expect(() => guard(text, meant, false)).toThrow(
      expect.objectContaining({
        name: "ClawformError",
        kind: "failed",
        code: "text-guard",
        pointer,
        hint: expect.stringContaining("--reformat"),
      }),
    );
  });

  it("reads as json5 does, silently", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    guard(
      "{ a: 'x\u2028\\\u2029y', // '\u2028 b: \"\u2029\" /* \" \u2028 */, n: [NaN, -Infinity, -0, 0x10] }",
      { a: "x\u2028y", b: "\u2029", n: [Number.NaN, Number.NEGATIVE_INFINITY, -0, 16] },
      false,
    );
    expect(applyPatchToText("{ a: '\u2028', /* \u2028 */ }", [{ op: "add", path: "/b", value: "\u2028" }])).toBe(
      "{ a: '\u2028', /* \u2028 */ b: '\\u2028', }",
    );
    expect(warn).not.toHaveBeenCalled();
  });

  it("wants strict JSON to be strict JSON", () => {
    expect(() => guard("{ a: 1 }", { a: 1 }, true)).toThrow(ClawformError);
    expect(() => guard('\ufeff{ "a": 1 }', { a: 1 }, true)).not.toThrow();
  });

  it("never shows a value", () => {
    let message = "";
    try {
      guard("{ key: 'test-key-1' }", { key: "test-key-2" }, false);
    } catch (error) {
      message = JSON.stringify(error) + String(error);
    }
    expect(message).toContain("/key");
    expect(message).not.toContain("test-key");
  });

  it("tells apart what differs in prototypes' names", () => {
    const odd = JSON.parse('{"__proto__": 1, "constructor": {}}') as Json;
    expect(firstDifference(odd, JSON.parse('{"__proto__": 1, "constructor": {}}') as Json)).toBeNull();
    expect(firstDifference(odd, JSON.parse('{"__proto__": 2, "constructor": {}}') as Json)).toBe("/__proto__");
    expect(firstDifference({}, odd)).toBe("/__proto__");
  });
});
