/** Servers of the user's own: ids, addresses, what is assumed. What the real program writes is in test/oracle. */

import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { azurePlace, reasonsOnAzure, sameHost } from "../../src/core/azure.js";
import { customProviderId, freeProviderId } from "../../src/core/custom-id.js";
import { parseDuration } from "../../src/core/duration.js";
import { atEndpoint } from "../../src/core/endpoint.js";
import type { EndpointRequest } from "../../src/core/endpoint-shapes.js";
import { foreignOwner } from "../../src/core/key-owners.js";
import { seesImages } from "../../src/core/model-sight.js";
import { serverAddress } from "../../src/core/server-endpoint.js";
import { tokenProfileId } from "../../src/core/token-profile.js";
import type { Card, CardChoice, CardEndpoint, OpenClawConfig } from "../../src/types.js";
import { openCatalog } from "../../src/catalog.js";

describe("customProviderId", () => {
  test.each([
    [undefined, "http://10.0.0.5:8000/v1", "custom-10-0-0-5-8000"],
    ["  ", "https://LLM.Example.com/x", "custom-llm-example-com"],
    [undefined, "https://llm.example.com:443", "custom-llm-example-com"],
    [undefined, "http://[::1]:8080/v1", "custom--1--8080"],
    [undefined, "no address", "custom"],
    [" My Prov!! ", "http://x", "my-prov"],
    ["--A--b", "http://x", "a--b"],
    ["!!!", "http://x", ""],
  ])("%j at %s is %j", (named, url, id) => expect(customProviderId(named, url)).toBe(id));

  test("is one that a model reference can name", () => {
    fc.assert(
      fc.property(
        fc.option(fc.string(), { nil: undefined }),
        fc.webUrl({ withQueryParameters: true }),
        (named, url) => {
          const id = customProviderId(named, url);
          expect(id).toMatch(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)?$/);
          expect(customProviderId(id || undefined, url)).toBe(id || customProviderId(undefined, url));
        },
      ),
    );
  });
});

describe("freeProviderId", () => {
  const same = ({ baseUrl }: { baseUrl?: string }): boolean => baseUrl === "a";
  test.each<[string, { [id: string]: { baseUrl: string } }, string]>([
    ["x", {}, "x"],
    ["x", { x: { baseUrl: "a" } }, "x"],
    ["x", { X: { baseUrl: "a" } }, "x"],
    ["x", { x: { baseUrl: "b" } }, "x-2"],
    ["x", { X: { baseUrl: "b" }, "x-2": { baseUrl: "c" } }, "x-3"],
    ["x", { x: { baseUrl: "b" }, "x-2": { baseUrl: "a" } }, "x-2"],
    ["z-ai", { zai: { baseUrl: "b" } }, "z-ai-2"],
    ["kimi-code", { kimi: { baseUrl: "a" } }, "kimi-code"],
  ])("%s among %j is %s", (wanted, blocks, id) => expect(freeProviderId(wanted, blocks, same)).toBe(id));
});

describe("azurePlace", () => {
  test.each([
    ["https://a.openai.azure.com", "https://a.openai.azure.com/openai/v1", true],
    ["https://A.OpenAI.Azure.com/", "https://A.OpenAI.Azure.com/openai/v1", true],
    ["https://a.openai.azure.com/openai/deployments/gpt-4o/x", "https://a.openai.azure.com/openai/v1", true],
    ["https://a.services.ai.azure.com/openai/v1/", "https://a.services.ai.azure.com/openai/v1", false],
  ])("%s", (typed, baseUrl, openai) => expect(azurePlace(typed)).toEqual({ baseUrl, openai }));
  test.each(["https://openai.azure.com.evil.example", "https://azure.com", "a.openai.azure.com", ""])(
    "%j is not on Azure",
    (typed) => expect(azurePlace(typed)).toBeNull(),
  );
  test("hosts are compared without case, and what is none is nobody's", () => {
    expect(sameHost("https://A.example/x", "http://a.example:1/y")).toBe(true);
    expect(sameHost("nothing", "nothing")).toBe(false);
  });
  test.each([
    ["o3-mini", true],
    ["my-gpt-5", true],
    ["gpt-10", true],
    ["gpt-4o", false],
    ["proto1", false],
  ])("%s reasons: %s", (id, expected) => expect(reasonsOnAzure(id)).toBe(expected));
});

describe("small rules", () => {
  test.each([
    ["30d", 30 * 86_400_000],
    ["30", 30 * 86_400_000],
    [" 12H ", 12 * 3_600_000],
    ["1.5h", 5_400_000],
    ["1d12h", 36 * 3_600_000],
    ["250ms", 250],
    ["", null],
    ["0", null],
    ["-1d", null],
    ["1w", null],
    ["1d 2h", null],
    ["9999999999999999d", null],
  ])("parseDuration(%j) is %j", (text, expected) => expect(parseDuration(text)).toBe(expected));

  test.each([
    ["kilocode:work", "kilocode", "kilocode:work"],
    ["anthropic:Work Account", "anthropic", "anthropic:Work Account"],
    ["Work Account", "anthropic", "anthropic:work-account"],
    ["other:x", "anthropic", "anthropic:other-x"],
    ["!!", "Z.AI", "zai:default"],
  ])("tokenProfileId(%j, %s) is %s", (typed, provider, id) => expect(tokenProfileId(typed, provider)).toBe(id));

  test.each([
    ["sk-or-v1-x", "openai", "OpenRouter"],
    ["sk-or-v1-x", "openrouter", null],
    ["sk-ant-x", "claude-cli", null],
    ["sk-x", "openai", null],
    ["", "openai", null],
  ])("foreignOwner(%j, %s) is %j", (key, provider, owner) => expect(foreignOwner(key, provider)).toBe(owner));

  test("seesImages does not take a word inside another", () => {
    expect(["gpt-4o", "Gemini-3", "x/llava:7b", "qwen3-vl:8b", "a_vl_b"].map(seesImages)).not.toContain(false);
    expect(["gpt-4", "geminis", "my_vision", "deepseek-vl2", ""].map(seesImages)).not.toContain(true);
  });
});

describe("serverAddress", () => {
  const lm: CardEndpoint = { rule: "server", path: "/v1", strip: ["/api/v1", "/v1"] };
  test.each<[string, CardEndpoint, string]>([
    ["http://h:1//", { rule: "server" }, "http://h:1"],
    ["http://h:1/V1/", { rule: "server", strip: ["/v1"] }, "http://h:1"],
    ["h:1234", lm, "http://h:1234/v1"],
    ["http://h/api/v1/", lm, "http://h/v1"],
    ["https://h/x", lm, "https://h/x/v1"],
  ])("%s", (typed, endpoint, url) => {
    expect(serverAddress(typed, endpoint)).toBe(url);
    expect(serverAddress(url, endpoint), "stays").toBe(url);
  });
});

const catalog = openCatalog();
function at(id: string, request: Partial<EndpointRequest>, config: OpenClawConfig = {}): ReturnType<typeof atEndpoint> {
  const card = catalog.card(id) as Card;
  const choice = card.choices[0] as CardChoice;
  return atEndpoint(card, choice, choice.endpoint as CardEndpoint, { keyed: false, ...request }, config);
}
const codes = ({ problems }: ReturnType<typeof atEndpoint>): string[] => problems.map(({ code }) => code);

describe("a server", () => {
  it("is refused without a model, with an address that is none, and then nothing else is said", () => {
    expect(codes(at("vllm", {}))).toEqual(["missing-model"]);
    expect(codes(at("vllm", { baseUrl: "::", modelId: "m" }))).toEqual(["base-url"]);
    expect(codes(at("ollama", { found: [] }))).toEqual(["missing-model"]);
  });

  it("that answers: the model that is asked for, else the suggested one, else its first", () => {
    const found = ["b", "gemma4:latest", "a"].map((id) => ({ id }));
    expect(at("ollama", { found }).card.defaultModel).toBe("ollama/gemma4:latest");
    expect(at("ollama", { found, modelId: "ollama/a" }).card.defaultModel).toBe("ollama/a");
    expect(at("ollama", { found: [{ id: "b" }, { id: "a" }] }).card.defaultModel).toBe("ollama/b");
    expect(at("ollama", { found, modelId: "c" }).problems[0]?.hint).toContain("gemma4:latest");
    expect(at("ollama", { found, modelId: "x:cloud" }).card.models?.map(({ id }) => id)).toEqual([
      "gemma4:latest",
      "b",
      "a",
      "x:cloud",
    ]);
  });

  it("a context window caps the answer and what is loaded", () => {
    expect(at("lmstudio", { contextWindow: 2000, modelId: "m" }).card.models).toMatchObject([
      { id: "m", contextWindow: 2000, contextTokens: 2000, maxTokens: 2000 },
    ]);
  });
});

describe("a custom provider", () => {
  const url = { baseUrl: "http://10.0.0.5:8000/v1", modelId: "m" };
  const id = "custom-10-0-0-5-8000";

  it("takes the context window from the request, else from the server, else the least with a warning", () => {
    const found = [{ id: "m", contextWindow: 32_768 }];
    expect(at("custom", { ...url, contextWindow: 9000, found }).card.models?.[0]?.contextWindow).toBe(9000);
    expect(at("custom", { ...url, found }).card.models?.[0]?.contextWindow).toBe(32_768);
    expect(codes(at("custom", { ...url, found }))).toEqual([]);
    expect(at("custom", url).card.models?.[0]?.contextWindow).toBe(4000);
    expect(codes(at("custom", url))).toEqual(["small-context"]);
  });

  it("keeps a definition that is there but for its gaps", () => {
    const models = [{ id: "m", name: "Mine", contextWindow: 2048.5, maxTokens: 7 }];
    const config = { models: { providers: { [id]: { baseUrl: url.baseUrl, models } } } };
    expect(at("custom", url, config).provider.models).toEqual([
      { id: "m", contextWindow: 4000, cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 } },
    ]);
    expect(at("custom", { ...url, image: true }, config).provider.models).toMatchObject([{ input: ["text", "image"] }]);
  });

  it("never changes what it is given", () => {
    const card = JSON.stringify(catalog.card("custom"));
    at("custom", { ...url, key: "test-key-1", keyed: true });
    expect(JSON.stringify(catalog.card("custom"))).toBe(card);
  });
});
