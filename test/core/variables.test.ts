import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isHostVariable } from "../../src/core/host-variables.js";
import { environmentOf, substitute } from "../../src/core/variables.js";
import type { Json } from "../../src/types.js";

describe("substitute", () => {
  it("replaces in values anywhere, never in names, and says what is missing where", () => {
    const value: Json = {
      "${A}": ["${A}", { "x/y": "${B} ${C}", n: 1 }],
      e: "${EMPTY}",
      deep: [[["${B}"]]],
      text: "$${B}",
    };
    expect(substitute(value, { A: "a", C: "c", EMPTY: "" })).toEqual({
      value: { "${A}": ["a", { "x/y": "${B} c", n: 1 }], e: "${EMPTY}", deep: [[["${B}"]]], text: "${B}" },
      missing: [
        { pointer: "/${A}/1/x~1y", name: "B" },
        { pointer: "/e", name: "EMPTY" },
        { pointer: "/deep/0/0/0", name: "B" },
      ],
    });
  });

  it("takes a single text, and no variable from an object's prototype", () => {
    expect(substitute("${A}", { A: "a" })).toEqual({ value: "a", missing: [] });
    expect(substitute("${__PROTO__}", {}).missing).toEqual([{ pointer: "", name: "__PROTO__" }]);
  });

  it("keeps a member called __proto__", () => {
    const value = JSON.parse('{ "__proto__": { "a": "${A}" } }') as Json;
    expect(JSON.stringify(substitute(value, { A: "a" }).value)).toBe('{"__proto__":{"a":"a"}}');
  });

  it("leaves the given value alone, and gives an equal one where nothing refers", () => {
    fc.assert(
      fc.property(fc.jsonValue() as fc.Arbitrary<Json>, (value) => {
        const before = structuredClone(value);
        const { value: after, missing } = substitute(value, { A: "x" });
        expect(value).toEqual(before);
        if (!JSON.stringify(value).includes("$")) expect({ after, missing }).toEqual({ after: value, missing: [] });
      }),
    );
  });
});

describe("environmentOf", () => {
  it("adds to the process what it does not set", () => {
    const section = {
      A: "direct",
      B: "direct",
      C: "direct",
      D: "direct",
      vars: { D: "vars", E: "vars", F: 5 },
      shellEnv: { enabled: true },
      G: " ",
    };
    expect(
      environmentOf({
        process: { A: "process", B: "", X: undefined },
        dotenv: { A: "file", B: "file", C: "file", X: "file" },
        section,
      }),
    ).toEqual({
      A: "process",
      B: "direct",
      C: "file",
      D: "direct",
      E: "vars",
      X: "file",
    });
  });

  it.each([
    undefined,
    null,
    "A=1",
    5,
    ["A"],
    { vars: "A=1" },
    { vars: ["x"] },
    { vars: null },
    { "a-b": "x", "": "x", "1A": "x" },
  ])("takes a section %j for empty", (section) => {
    expect(environmentOf({ process: { P: "p" }, dotenv: {}, section })).toEqual({ P: "p" });
  });

  it("changes nothing of what it is given", () => {
    const sources = Object.freeze({
      process: Object.freeze({ A: "" }),
      dotenv: Object.freeze({ B: "b" }),
      section: Object.freeze({ A: "a", constructor: "c" }),
    });
    expect(environmentOf(sources)).toEqual({ A: "a", B: "b", constructor: "c" });
  });
});

describe("isHostVariable", () => {
  it.each(["PATH", "OPENAI_API_KEY", "OPENCLAW_HOME", "LDX", "AWS_REGION", "AWS_BEARER_TOKEN_BEDROCK", ""])(
    "%s is anybody's",
    (name) => {
      expect(isHostVariable(name)).toBe(false);
    },
  );
  it.each([
    "HOME",
    "home",
    "NODE_OPTIONS",
    "LD_PRELOAD",
    "dyld_x",
    "GITHUB_TOKEN",
    "GH_TOKEN",
    "AWS_SECRET_ACCESS_KEY",
    "_JAVA_OPTIONS",
    "ALL_PROXY",
    "GIT_CONFIG_COUNT",
    "TF_VAR_x",
  ])("%s is the host's", (name) => {
    expect(isHostVariable(name)).toBe(true);
  });
});
