import { describe, expect, it } from "vitest";
import type { ModelEntry } from "../../src/types.js";
import { codes, run } from "./harness.js";

const ref = "kilocode/kilo/auto";
const entry = (present: ModelEntry | undefined, input: object): ModelEntry | undefined =>
  run(
    "model-alias",
    { ref, ...input },
    { config: present ? { agents: { defaults: { models: { [ref]: present } } } } : {} },
  ).config.agents?.defaults?.models?.[ref];

describe("model-alias", () => {
  it("fills gaps of the parameters", () => {
    expect(entry(undefined, { params: { thinking: "medium" } })).toEqual({ params: { thinking: "medium" } });
    expect(entry({ params: { thinking: "high", a: 1 } }, { params: { thinking: "medium", b: 2 } })).toEqual({
      params: { thinking: "high", a: 1, b: 2 },
    });
  });
  it("fills a gap with the card's alias", () => {
    expect(entry(undefined, { alias: "Kilo Gateway" })).toEqual({ alias: "Kilo Gateway" });
    expect(entry({ params: { temperature: 0.3 } }, { alias: "Kilo Gateway" })).toEqual({
      params: { temperature: 0.3 },
      alias: "Kilo Gateway",
    });
  });
  it("keeps the user's alias over a card's", () => {
    expect(entry({ alias: "mine", params: {} }, { alias: "Kilo Gateway" })).toEqual({ alias: "mine", params: {} });
  });
  it("lets an alias of the setup win; params and every other field stay", () => {
    expect(entry({ alias: "old", params: { a: 1 }, streaming: false }, { alias: "new", declared: true })).toEqual({
      alias: "new",
      params: { a: 1 },
      streaming: false,
    });
  });
  it("only registers without an alias", () => {
    expect(entry(undefined, {})).toEqual({});
    expect(entry({ alias: "mine" }, {})).toEqual({ alias: "mine" });
  });
  it("warns when another model carries the alias, in any case, and names both", () => {
    const config = { agents: { defaults: { models: { "openai/gpt-5.5": { alias: "FAST" } } } } };
    expect(codes("model-alias", { ref, alias: "fast" }, { config })).toEqual(["warning alias-taken"]);
  });
  it("does not warn about an alias it will not write", () => {
    const config = {
      agents: { defaults: { models: { "openai/gpt-5.5": { alias: "fast" }, [ref]: { alias: "mine" } } } },
    };
    expect(codes("model-alias", { ref, alias: "fast" }, { config })).toEqual([]);
  });
});
