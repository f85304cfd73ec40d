import { describe, expect, it } from "vitest";
import { diffDocuments } from "../../src/core/compare.js";
import type { Json, OpenClawConfig } from "../../src/types.js";
import { codes, run } from "./harness.js";

const after = (provider: string, config: OpenClawConfig): OpenClawConfig =>
  run("provider-id", { provider, places: ["models", "auth"] }, { config }).config;

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
    expect(diffDocuments(config as Json, after("kilocode", config) as Json).map(({ op }) => op)).toEqual([
      "test",
      "move",
    ]);
  });
  it("moves an auth order too", () => {
    expect(after("kilocode", { auth: { order: { KiloCode: ["a:b"] } } }).auth?.order).toEqual({ kilocode: ["a:b"] });
  });
  it("leaves both where the canonical id is taken, and says so", () => {
    const config = { models: { providers: { Kilocode: { baseUrl: "1" }, kilocode: { baseUrl: "2" } } } };
    expect(after("kilocode", config)).toEqual(config);
    expect(codes("provider-id", { provider: "kilocode", places: ["models"] }, { config })).toEqual([
      "warning provider-spellings",
    ]);
  });
  it("takes the first of several spellings, leaves the others, and says so", () => {
    const config = { models: { providers: { "z.ai": { baseUrl: "1" }, "z-ai": { baseUrl: "2" } } } };
    expect(after("zai", config).models?.providers).toEqual({ zai: { baseUrl: "1" }, "z-ai": { baseUrl: "2" } });
    expect(codes("provider-id", { provider: "zai", places: ["models"] }, { config })).toEqual([
      "warning provider-spellings",
    ]);
  });
  it("leaves several orders for auth-order to join", () => {
    const config = { auth: { order: { "z.ai": ["zai:a"], "z-ai": ["zai:b"] } } };
    expect(after("zai", config)).toEqual(config);
  });
  it("looks only where it is told to", () => {
    const config = { models: { providers: { "z.ai": {} } }, auth: { order: { "z.ai": ["zai:a"] } } };
    expect(run("provider-id", { provider: "zai", places: ["auth"] }, { config }).config).toEqual({
      ...config,
      auth: { order: { zai: ["zai:a"] } },
    });
  });
  it("makes no section that was not there", () => {
    expect(after("zai", {})).toEqual({});
  });
});
