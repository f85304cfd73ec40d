import { describe, expect, it } from "vitest";
import type { ProviderBlock } from "../../src/types.js";
import { run } from "./harness.js";

const auto = { id: "kilo/auto", name: "Kilo Auto" };
const input = { provider: "kilocode", fields: { baseUrl: "https://card/", api: "openai-completions" }, models: [auto] };
const block = (present: ProviderBlock | undefined, over: object = {}): ProviderBlock | undefined =>
  run(
    "provider-block",
    { ...input, ...over },
    { config: present ? { models: { providers: { kilocode: present } } } : {} },
  ).config.models?.providers?.["kilocode"];

describe("provider-block", () => {
  it.each([
    [undefined, "K_KEY"],
    ["  ", "K_KEY"],
    ["test-key-old", "K_KEY"],
    ["${OLD_KEY}", "${OLD_KEY}"],
    [
      { source: "env", provider: "default", id: "OLD" },
      { source: "env", provider: "default", id: "OLD" },
    ],
  ] as const)("a marker over the key %j leaves %j", (apiKey, left) => {
    expect(block(apiKey === undefined ? {} : { apiKey }, { keyMarker: "K_KEY" })?.apiKey).toEqual(left);
  });
  it("makes a whole block on an empty configuration", () => {
    expect(block(undefined)).toEqual({ baseUrl: "https://card/", api: "openai-completions", models: [auto] });
  });
  it("keeps headers and other fields the user added", () => {
    const own = { baseUrl: "https://proxy/", headers: { "X-Team": "blue" }, timeoutSeconds: 9, invented: [1] };
    expect(block(own)).toEqual({ ...own, baseUrl: "https://card/", api: "openai-completions", models: [auto] });
  });
  it("takes baseUrl and api from the card", () => {
    expect(block({ baseUrl: "https://mine/", api: "anthropic-messages", models: [] })).toMatchObject({
      baseUrl: "https://card/",
      api: "openai-completions",
    });
  });
  it("keeps the user's models as they are and adds the missing ones by id", () => {
    const mine = { id: "mine", name: "Mine", contextWindow: 1000 };
    expect(block({ models: [mine] })?.models).toEqual([mine, auto]);
  });
  it("never overwrites a model of the same id", () => {
    const renamed = { id: "kilo/auto", name: "Renamed", contextWindow: 1234 };
    expect(block({ models: [renamed] })?.models).toEqual([renamed]);
  });
  it("leaves the models alone when the block has the named one", () => {
    const two = { models: [auto, { id: "other", name: "Other" }], unlessModel: "kilo/auto" };
    expect(block({ models: [auto] }, two)?.models).toEqual([auto]);
    expect(block({ models: [] }, two)?.models).toHaveLength(2);
  });
  it("trims a key written as text and keeps it", () => {
    expect(block({ apiKey: "  sk-test-old " })?.apiKey).toBe("sk-test-old");
  });
  it("keeps a SecretRef untouched", () => {
    const apiKey = { source: "env", provider: "default", id: "KILO" } as const;
    expect(block({ apiKey })?.apiKey).toEqual(apiKey);
  });
  it.each(["", "  \t "])("drops the blank key %j", (apiKey) => {
    expect(block({ apiKey })).not.toHaveProperty("apiKey");
  });
  it("sets a default field only where the block has none, or a blank one", () => {
    const own = { fields: {}, defaults: { baseUrl: "https://default/" } };
    expect(block({ baseUrl: "https://mine/" }, own)?.baseUrl).toBe("https://mine/");
    expect(block({ baseUrl: " " }, own)?.baseUrl).toBe("https://default/");
    expect(block({}, own)?.baseUrl).toBe("https://default/");
  });
  it("merges headers by name", () => {
    expect(block({ headers: { a: "1", b: "2" } }, { fields: { headers: { b: "3" } } })?.headers).toEqual({
      a: "1",
      b: "3",
    });
  });
  it("leaves other providers and siblings of `models` alone", () => {
    const config = { models: { pricing: { enabled: false }, providers: { local: { baseUrl: "http://l" } } } };
    const { models } = run("provider-block", input, { config }).config;
    expect(models?.["pricing"]).toEqual({ enabled: false });
    expect(models?.providers?.["local"]).toEqual({ baseUrl: "http://l" });
  });
});
