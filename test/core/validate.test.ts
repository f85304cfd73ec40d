import { describe, expect, it } from "vitest";
import { findings } from "../../src/core/validate.js";

describe("findings", () => {
  it.each<[string, string, unknown, object[]]>([
    [
      "an unknown key, the nearest offered",
      "setup",
      { provider: {} },
      [
        {
          code: "unknown-key",
          pointer: "/provider",
          message: 'unknown key "provider"',
          hint: 'Did you mean "providers"?',
        },
      ],
    ],
    [
      "an unknown key near to none: all of them",
      "setup",
      { env: { zzz: {} } },
      [{ code: "unknown-key", pointer: "/env/zzz", hint: "Known keys: vars." }],
    ],
    [
      "a wrong type",
      "openclaw",
      { models: [] },
      [{ code: "wrong-type", pointer: "/models", message: "models must be an object" }],
    ],
    [
      "none of several forms",
      "openclaw",
      { agents: { defaults: { model: 3 } } },
      [{ code: "wrong-type", pointer: "/agents/defaults/model" }],
    ],
    [
      "inside one of several forms",
      "openclaw",
      { agents: { defaults: { model: { primary: 3 } } } },
      [{ code: "wrong-type", pointer: "/agents/defaults/model/primary", message: "primary must be a string" }],
    ],
    [
      "a missing key",
      "openclaw",
      { auth: { profiles: { a: { provider: "p" } } } },
      [{ code: "missing-key", pointer: "/auth/profiles/a", message: '"mode" is missing in a' }],
    ],
    [
      "a missing key of an item, which goes by its list",
      "openclaw",
      { agents: { list: [{ id: "a" }, {}] } },
      [{ code: "missing-key", pointer: "/agents/list/1", message: '"id" is missing in list[1]' }],
    ],
    [
      "none of the allowed values",
      "setup",
      { thinkingDefault: "lots" },
      [
        {
          code: "invalid-value",
          pointer: "/thinkingDefault",
          message: expect.stringContaining("must be one of off, minimal") as string,
        },
      ],
    ],
    [
      "a reference without a slash, in words",
      "setup",
      { model: { primary: "gpt" } },
      [{ code: "invalid-value", pointer: "/model/primary", hint: expect.stringContaining("provider/model") as string }],
    ],
    [
      "a name that is wrong, pointing at it",
      "setup",
      { providers: { "a/b": {} } },
      [{ code: "invalid-value", pointer: "/providers/a~1b", hint: expect.stringContaining("id") as string }],
    ],
    ["nothing", "setup", { providers: {} }, []],
  ])("%s", (_name, schema, value, expected) => {
    expect(findings(schema, value)).toEqual(expected.map((one) => expect.objectContaining(one) as object));
  });

  it("knows its schemas", () => {
    expect(() => findings("nonsense", {})).toThrow("nonsense");
  });
});
