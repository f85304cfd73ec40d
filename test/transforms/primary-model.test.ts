import { describe, expect, it } from "vitest";
import type { AgentDefaults } from "../../src/types.js";
import { codes, run } from "./harness.js";

const input = { model: "kilocode/kilo/auto" };
const model = (present: AgentDefaults["model"]): unknown =>
  run("primary-model", input, { config: present === undefined ? {} : { agents: { defaults: { model: present } } } })
    .config.agents?.defaults?.model;

describe("primary-model", () => {
  it("is an object on a fresh start", () => {
    expect(model(undefined)).toEqual({ primary: input.model });
  });
  it("makes an object of a string form that names another model", () => {
    expect(model("openai/gpt-5.2")).toEqual({ primary: input.model });
  });
  it("leaves a string form that names this model", () => {
    expect(model(input.model)).toBe(input.model);
  });
  it.each([[["openai/gpt-5.2", "openrouter/auto"]], [[]]])("keeps the fallbacks %j in their order", (fallbacks) => {
    expect(model({ primary: "a/b", fallbacks })).toEqual({ primary: input.model, fallbacks });
  });
  it("keeps the other fields of the slot (OpenClaw drops timeoutMs)", () => {
    expect(model({ primary: "a/b", timeoutMs: 5, invented: true })).toEqual({
      primary: input.model,
      timeoutMs: 5,
      invented: true,
    });
  });
  it("leaves per-agent models alone", () => {
    const list = [{ id: "work", model: "openai/gpt-5.5" }];
    expect(run("primary-model", input, { config: { agents: { list } } }).config.agents?.list).toEqual(list);
  });
  it("says what the former default was, kept as fallback or not", () => {
    const said = (slot: AgentDefaults["model"]): string[] =>
      codes("primary-model", input, { config: { agents: { defaults: slot === undefined ? {} : { model: slot } } } });
    expect(said("a/b")).toEqual(["info primary-replaced"]);
    expect(said({ primary: "a/b", fallbacks: ["a/b"] })).toEqual(["info primary-replaced"]);
    expect(said({ primary: input.model })).toEqual([]);
    expect(said(undefined)).toEqual([]);
  });
});
