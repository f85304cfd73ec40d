import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { deepEqual } from "../../src/json.js";
import { applyPatchToText, parseText } from "../../src/text/index.js";
import type { Json, Operation } from "../../src/types.js";
import { verdict } from "./support/quiet-json5.js";
import { respell } from "./support/respell.js";

const suites = new URL("../../../shared/suites/", import.meta.url);

/** Public suites that stand beside the checkout, where they are present. */
function folder(name: string): URL | null {
  const url = new URL(`${name}/`, suites);
  if (existsSync(url)) return url;
  console.log(`test/text/suites: the ${name} suite is not at ../shared/suites/${name}; its cases are left out`);
  return null;
}

interface Case {
  readonly comment?: string;
  readonly doc: Json;
  readonly patch: readonly Operation[];
  readonly expected?: Json;
  readonly error?: string;
  readonly disabled?: boolean;
}

const patches = folder("json-patch");
const cases: readonly Case[] =
  patches === null
    ? []
    : ["tests.json", "spec_tests.json"].flatMap(
        (name) => JSON.parse(readFileSync(new URL(name, patches), "utf8")) as Case[],
      );

/** A case that has two members `op` or `from` in its source: no parser can see the error. */
const invisible = (one: Case): boolean => /two 'op' members/.test(one.error ?? "");

const json5 = folder("json5");
const files =
  json5 === null
    ? []
    : readdirSync(json5, { recursive: true, encoding: "utf8" })
        .filter((name) => /\.(json5?|js|txt)$/.test(name))
        .map((name) => [name, readFileSync(new URL(name.replaceAll("\\", "/"), json5), "utf8")] as const);

it("reads whole suites or none", () => {
  expect([0, 112]).toContain(cases.length);
  expect([0, 113]).toContain(files.length);
});

describe
  .runIf(cases.length > 0)
  .each(["strict JSON", "indented JSON", "commented JSON5", "JSON5 on one line"] as const)(
  "json-patch-test-suite on %s",
  (spelling) => {
    const spell = (value: Json): string =>
      spelling === "strict JSON"
        ? JSON.stringify(value)
        : spelling === "indented JSON"
          ? `${JSON.stringify(value, null, 2)}\n`
          : respell(value, spelling === "commented JSON5");

    it
      .runIf(cases.length > 0)
      .each(
        cases
          .filter((one) => !invisible(one))
          .map((one, index) => [one.comment ?? one.error ?? JSON.stringify(one.patch), index, one] as const),
      )("%s (%i)", (_name, _index, { doc, patch, expected, error }) => {
      const text = spell(doc);
      if (error !== undefined) {
        const { index, path } = culprit(text, patch);
        expect(() => applyPatchToText(text, patch)).toThrow(
          expect.objectContaining({
            kind: "invalid",
            code: expect.stringMatching(/^patch-/),
            message: expect.stringContaining(`operation ${index} `),
            ...(typeof path === "string" ? { pointer: path } : {}),
          }),
        );
        return;
      }
      const after = applyPatchToText(text, patch);
      expect(parseText(after)).toEqual(expected ?? doc);
      if (deepEqual(doc, expected ?? doc) && patch.every(({ op }) => op === "test")) expect(after).toBe(text);
    });
  },
);

/** The first operation that does not apply: all before it do. */
function culprit(text: string, patch: readonly Operation[]): { index: number; path: unknown } {
  for (let count = 1; count <= patch.length; count++) {
    try {
      applyPatchToText(text, patch.slice(0, count));
    } catch {
      return { index: count - 1, path: patch[count - 1]?.path };
    }
  }
  throw new Error("every operation applies");
}

describe.runIf(files.length > 0)("json5-tests", () => {
  const valid = files.filter(([name]) => /\.json5?$/.test(name));
  const invalid = files.filter(([name]) => /\.(js|txt)$/.test(name));

  it.each(valid)("%s survives an edit", (_name, text) => {
    expect({ value: parseText(text) }).toStrictEqual(verdict(text));
    expect(applyPatchToText(text, [])).toBe(text);
    const root = parseText(text);
    expect(parseText(applyPatchToText(text, [{ op: "replace", path: "", value: ["new"] }]))).toEqual(["new"]);
    if (Array.isArray(root)) expectEdit(text, { op: "add", path: "/-", value: { a: [1] } }, [...root, { a: [1] }]);
    else if (typeof root === "object" && root !== null)
      expectEdit(text, { op: "add", path: "/new key", value: "v" }, { ...root, "new key": "v" });
  });

  it.each(invalid)("%s is refused", (_name, text) => {
    const failure = {
      kind: "invalid",
      code: expect.stringMatching(/^(syntax|empty-file)$/),
      position: { line: expect.any(Number), column: expect.any(Number) },
    };
    expect(() => parseText(text)).toThrow(expect.objectContaining(failure));
    expect(() => applyPatchToText(text, [])).toThrow(expect.objectContaining(failure));
  });
});

/** After the addition the value is right, and taking it away again gives the text back. */
function expectEdit(text: string, operation: Operation, value: Json): void {
  const after = applyPatchToText(text, [operation]);
  expect(parseText(after)).toEqual(value);
  const path = operation.path === "/-" ? `/${(value as Json[]).length - 1}` : operation.path;
  expect(applyPatchToText(after, [{ op: "remove", path }])).toBe(text);
}
