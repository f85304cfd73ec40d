/** Servers of the user's own and tokens, declared in a setup. */

import { describe, expect, it } from "vitest";
import { config, makeHome, store } from "./harness.js";

const setupOf = (providers: object): string => JSON.stringify({ providers });
const token = `sk-ant-oat01-${"test-0123456789-".repeat(5)}`;

async function applied(providers: object, env = {}): Promise<{ config: unknown; profiles: unknown }> {
  const home = makeHome({ "clawform.json5": setupOf(providers) });
  const { code, err } = await home.run(["apply", "--yes"], { env });
  expect([code, err]).toEqual([0, ""]);
  expect((await home.run(["plan"], { env })).out).toContain("No changes");
  const profiles = home.exists(store) ? (JSON.parse(home.read(store)) as { profiles: unknown }).profiles : null;
  return { config: JSON.parse(home.read(config)), profiles };
}

async function refused(providers: object): Promise<string> {
  const home = makeHome({ "clawform.json5": setupOf(providers) });
  const { code, err } = await home.run(["apply", "--yes"], { env: { T: "sk-test-1" } });
  expect([code, home.exists(config)]).toEqual([65, false]);
  return err.replaceAll(/\s+/g, " ");
}

describe("in a setup", () => {
  it("a server takes the models that are named, with what is assumed of them, and needs no key", async () => {
    const written = await applied({
      vllm: { baseUrl: "http://10.0.0.5:8000/v1", models: [{ id: "qwen3", contextWindow: 40_960 }] },
    });
    expect(written).toMatchObject({
      config: {
        models: {
          providers: {
            vllm: {
              baseUrl: "http://10.0.0.5:8000/v1",
              apiKey: "custom-local",
              api: "openai-completions",
              models: [{ id: "qwen3", name: "qwen3", contextWindow: 40_960, maxTokens: 8192, input: ["text"] }],
            },
          },
        },
        plugins: { entries: { vllm: { enabled: true } } },
      },
      profiles: null,
    });
  });

  it("with a key the block says where it is", async () => {
    const { config: written, profiles } = await applied(
      { sglang: { apiKey: { env: "K" }, models: [{ id: "m" }] } },
      { K: "test-key-1" },
    );
    expect(written).toMatchObject({ models: { providers: { sglang: { apiKey: "SGLANG_API_KEY" } } } });
    expect(profiles).toEqual({ "sglang:default": { type: "api_key", provider: "sglang", key: "test-key-1" } });
  });

  it("Ollama gets its placeholder, but not over a key that is there", async () => {
    const { config: written, profiles } = await applied({ ollama: {} });
    expect(written).toMatchObject({ models: { providers: { ollama: { apiKey: "OLLAMA_API_KEY", api: "ollama" } } } });
    expect(written).not.toHaveProperty("auth");
    expect(profiles).toEqual({ "ollama:default": { type: "api_key", provider: "ollama", key: "ollama-local" } });
    const own = { "ollama:default": { type: "api_key", provider: "ollama", key: "sk-test-own" } };
    const home = makeHome({ "clawform.json5": setupOf({ ollama: {} }), [store]: JSON.stringify({ profiles: own }) });
    expect((await home.run(["apply", "--yes"])).code).toBe(0);
    expect((JSON.parse(home.read(store)) as { profiles: unknown }).profiles).toEqual(own);
  });

  it("a setup-token and Copilot's token are stored as tokens", async () => {
    const { config: written, profiles } = await applied(
      {
        anthropic: { choice: "setup-token", apiKey: { env: "T" } },
        "github-copilot": { apiKey: { source: "env", provider: "default", id: "GH_TOKEN" } },
      },
      { T: `${token.slice(0, 40)}\n ${token.slice(40)}` },
    );
    expect(written).toMatchObject({
      auth: {
        profiles: {
          "anthropic:default": { provider: "anthropic", mode: "token" },
          "github-copilot:github": { provider: "github-copilot", mode: "token" },
        },
      },
    });
    expect(profiles).toEqual({
      "anthropic:default": { type: "token", provider: "anthropic", token },
      "github-copilot:github": {
        type: "token",
        provider: "github-copilot",
        tokenRef: { source: "env", provider: "default", id: "GH_TOKEN" },
      },
    });
  });

  it("no model, two spellings and a key of another form are refused", async () => {
    expect(await refused({ vllm: {} })).toContain("none is named");
    expect(await refused({ zai: {}, "z.ai": {} })).toContain('"zai" and "z.ai" are two spellings');
    expect(await refused({ anthropic: { choice: "setup-token", apiKey: { env: "T" } } })).toMatch(
      /clawform\.json5:1:\d+.*is no Anthropic setup-token|is no Anthropic setup-token.*clawform\.json5:1:\d+/,
    );
  });
});
