import { describe, expect, test } from "vitest";
import { createChecker } from "./compile.js";

/** Definition, values it takes, values it refuses. */
const definitions: [name: string, taken: unknown[], refused: unknown[]][] = [
  [
    "providerFields",
    [{}, { models: [{ id: "a" }] }, { apiKey: "" }],
    [{ choice: "a" }, { models: [{}] }, { models: {} }],
  ],
  [
    "providerId",
    ["kilocode", "z.ai", "My Prov", "...", "proto", "constructors"],
    ["", " ", "a/b", "a\\b", "a:b", ".", " .. ", "__proto__", "Constructor", " prototype\n"],
  ],
  [
    "modelRef",
    ["a/b", "a/b/c", " a / b ", "a/constructor", "constructors/a"],
    ["", "a", "a/", "/a", " / ", "a/ \t", "__proto__/a", " Constructor /a"],
  ],
  ["profileId", ["kilocode:default", "anthropic:me@example.com", "a"], ["", " ", "__proto__", "constructor"]],
  [
    "agentId",
    ["main", "A", "0", "a_b-c", "a".repeat(64)],
    ["", "-a", "_a", "../x", "a/b", "a b", "a".repeat(65), "__proto__", "Prototype"],
  ],
  [
    "envName",
    ["A", "_", "kilo_KEY_2", "Constructor"],
    ["", "2A", "A-B", "A B", "A=B", "__proto__", "constructor", "Ä"],
  ],
];

describe.each(definitions)("model.json, %s", (name, taken, refused) => {
  const check = createChecker(`model.json#/definitions/${name}`);

  test.each(taken.map((value) => [value]))("takes %j", (value) => {
    expect(check(value)).toEqual([]);
  });

  test.each(refused.map((value) => [value]))("refuses %j", (value) => {
    expect(check(value)).not.toEqual([]);
  });
});
