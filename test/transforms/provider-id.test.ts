import { describe, expect, it } from "vitest";
import { diffDocuments } from "../../src/core/compare.js";
import type { Json, OpenClawConfig } from "../../src/types.js";
import { codes, run } from "./harness.js";

const after = (provider: string, config: OpenClawConfig): OpenClawConfig => run("provider-id", { provider }, { config }).config;

describe("provider-id", () => {
  it.each([
    ["kilocode", "Kilocode"],
    ["zai", "z.ai"],
    ["zai", "Z-AI"],
    ["kimi", "kimi-code"],
    ["qwen", " modelstudio "],
  ])("moves the block of %s that stands under %j", (provider, spelling) => {
    const config = { models: { providers: { [spelling]: { baseUrl: "u" }, other: {} } } };
    expect(after(provider, config).models?.providers).toEqual({ [provider]: { baseUrl: "u" }, other: {} });
  });
  it("is one move, so comments travel along", () => {
    const config = { models: { providers: { Kilocode: { baseUrl: "u" } } } };
    expect(diffDocuments(config as Json, after("kilocode", config) as Json).map(({ op }) => op)).toEqual(["test", "move"]);
  });
  it("moves an auth order too", () => {
    expect(after("kilocode", { auth: { order: { KiloCode: ["a:b"] } } }).auth?.order).toEqual({ kilocode: ["a:b"] });
  });
  it("leaves both where the canonical id is taken, and says so", () => {
    const config = { models: { providers: { Kilocode: { baseUrl: "1" }, kilocode: { baseUrl: "2" } } } };
    expect(after("kilocode", config)).toEqual(config);
    expect(codes("provider-id", { provider: "kilocode" }, { config })).toEqual(["warning provider-spellings"]);
  });
  it("leaves several competing spellings", () => {
    const config = { models: { providers: { "z.ai": {}, "z-ai": {} } } };
    expect(after("zai", config)).toEqual(config);
  });
  it("makes no section that was not there", () => {
    expect(after("zai", {})).toEqual({});
  });
});
