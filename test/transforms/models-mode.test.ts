import { describe, expect, it } from "vitest";
import { run } from "./harness.js";

describe("models-mode", () => {
  it("is merge where nothing is said", () => {
    expect(run("models-mode", { mode: "merge" }, {}).config).toEqual({ models: { mode: "merge" } });
  });
  it("keeps the user's mode", () => {
    expect(run("models-mode", { mode: "merge" }, { config: { models: { mode: "replace" } } }).config).toEqual({
      models: { mode: "replace" },
    });
  });
  it("keeps the siblings of models (OpenClaw's own presets lose pricing)", () => {
    const models = { pricing: { enabled: false }, providers: {} };
    expect(run("models-mode", { mode: "merge" }, { config: { models } }).config.models).toEqual({
      ...models,
      mode: "merge",
    });
  });
});
