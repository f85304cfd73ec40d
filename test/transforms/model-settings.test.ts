import { describe, expect, it } from "vitest";
import { run } from "./harness.js";

const input = {
  provider: "kimi-code",
  model: "k",
  settings: { reasoning: true, headers: { "User-Agent": "KimiCLI/0.77" }, compat: { supportsDeveloperRole: false } },
};

describe("model-settings", () => {
  it("changes every definition of a model that is there twice", () => {
    const config = { models: { providers: { "kimi-code": { models: [{ id: "k" }, { id: "k", name: "again" }] } } } };
    expect(run("model-settings", input, { config }).config.models?.providers?.["kimi-code"]?.models).toEqual([
      { id: "k", ...input.settings },
      { id: "k", name: "again", ...input.settings },
    ]);
  });
  it("sets declared fields and keeps the others, merging headers and compat", () => {
    const k = { id: "k", name: "K", contextWindow: 9, headers: { "X-A": "1" }, compat: { supportsTools: true } };
    const config = { models: { providers: { "kimi-code": { models: [{ id: "j" }, k] } } } };
    expect(run("model-settings", input, { config }).config.models?.providers?.["kimi-code"]?.models).toEqual([
      { id: "j" },
      {
        ...k,
        reasoning: true,
        headers: { "X-A": "1", "User-Agent": "KimiCLI/0.77" },
        compat: { supportsTools: true, supportsDeveloperRole: false },
      },
    ]);
  });
  it("adds a model that is not there, named by its id", () => {
    const config = { models: { providers: { "kimi-code": { baseUrl: "u" } } } };
    expect(run("model-settings", input, { config }).config.models?.providers?.["kimi-code"]?.models).toEqual([
      { id: "k", name: "k", ...input.settings },
    ]);
  });
  it("does nothing without a block: only a whole block makes sense to OpenClaw", () => {
    expect(run("model-settings", input, {}).config).toEqual({});
  });
});
