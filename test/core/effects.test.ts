import { describe, expect, it } from "vitest";
import { plan } from "../../src/index.js";
import type { Problem } from "../../src/types.js";

const said = (config: unknown, model: object = { primary: "kilocode/kilo/auto" }): readonly Problem[] =>
  plan({ providers: { kilocode: {} }, model }, { on: { config: JSON.stringify(config, null, 2) } }).problems;
const codes = (config: unknown, model?: object): string[] => said(config, model).map(({ code }) => code);
const list = (...items: unknown[]): object => ({ agents: { list: items } });

describe("agents with a model of their own", () => {
  it.each<[string, unknown, string[]]>([
    ["none", list({ id: "main" }, { id: "work" }), []],
    ["the first, which answers by default", list({ id: "main", model: "a/b" }, { id: "work" }), ["agent-own-model"]],
    ["in object form", list({ id: "main", model: { primary: "a/b", fallbacks: [] } }), ["agent-own-model"]],
    [
      "the one that says it is the default",
      list({ id: "x" }, { id: "y", default: true, model: "a/b" }),
      ["agent-own-model"],
    ],
    ["another one", list({ id: "main" }, { id: "work", model: "a/b" }), ["agents-own-models"]],
    ["all", list({ id: "main", model: "a/b" }, { id: "work", model: "c/d" }), ["agent-own-model", "agents-own-models"]],
    ["fallbacks alone", list({ id: "main", model: { fallbacks: ["a/b"] } }), []],
    ["the very model", list({ id: "main", model: "kilocode/kilo/auto" }), []],
    ["a blank one", list({ id: "main", model: " " }), []],
    ["what is no agent", list(null, 5, "x", { id: 7, model: 5 }), []],
  ])("%s", (_name, config, expected) => {
    expect(codes(config).filter((code) => code.startsWith("agent"))).toEqual(expected);
  });

  it("says which, where, and what to do", () => {
    const config = list({ id: "main", model: "a/b" }, ...["p", "q", "r", "s"].map((id) => ({ id, model: "c/d" })));
    expect(said(config).filter(({ code }) => code.startsWith("agent"))).toMatchObject([
      {
        severity: "warning",
        file: "openclaw.json",
        pointer: "/agents/list/0/model",
        line: 6,
        message: expect.stringContaining('"main"') as string,
        hint: expect.stringContaining("remove it") as string,
      },
      { severity: "info", pointer: "/agents/list", message: expect.stringMatching(/p, q, r and 1 more$/) as string },
    ]);
  });

  it("is not told where the default model stays", () => {
    const config = { agents: { defaults: { model: "kilocode/kilo/auto" }, list: [{ id: "main", model: "a/b" }] } };
    expect(codes(config)).not.toContain("agent-own-model");
  });
});

describe("the list of models that can be picked", () => {
  const provider = (...ids: string[]): object => ({
    baseUrl: "http://x/v1",
    models: ids.map((id) => ({ id, name: id })),
  });
  const models = { providers: { one: provider("a", "b"), "Z.AI": provider("glm-5") } };
  const begins = (config: unknown): string[] =>
    said(config).flatMap(({ code, message }) =>
      code === "model-list-begins" ? [message.slice(message.indexOf("; ") + 2)] : [],
    );

  it.each<[string, unknown, string[]]>([
    [
      "begins: models of the file's own blocks cannot be picked any more",
      { models },
      ["no longer one/a, one/b, Z.AI/glm-5"],
    ],
    ["empty is the same", { models, agents: { defaults: { models: {} } } }, ["no longer one/a, one/b, Z.AI/glm-5"]],
    ["was there", { models, agents: { defaults: { models: { "one/a": {} } } } }, []],
    ["no blocks", {}, []],
    [
      "fallbacks can be picked all the same",
      { models, agents: { defaults: { model: { fallbacks: ["one/a", "zai/glm-5"] } } } },
      ["no longer one/b"],
    ],
    ["blocks that are none", { models: { providers: { a: { baseUrl: "x", models: [{ name: "no id" }] } } } }, []],
  ])("%s", (_name, config, expected) => {
    expect(begins(config)).toEqual(expected);
  });
});

it("tells nothing of what would come of a plan that is refused", () => {
  const config = {
    plugins: { allow: ["telegram"] },
    agents: { defaults: { model: "a/b" }, list: [{ id: "m", model: "c/d" }] },
  };
  expect(codes(config)).toEqual(["plugin-not-allowed"]);
});
