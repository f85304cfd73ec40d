/** The tables of the policy room, rule by rule, and its laws on any configuration. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTtlEligible } from "../../src/policy/cache.js";
import { credentialOf } from "../../src/policy/credential.js";
import { explain } from "../../src/policy/explain.js";
import { hostClass, isPrivateBase } from "../../src/policy/hosts.js";
import { thinkingLevel } from "../../src/policy/levels.js";
import type { CallModel, Situation } from "../../src/policy/nouns.js";
import { defaultModel, resolveReference } from "../../src/policy/references.js";
import { sdkLevel } from "../../src/policy/sdk-level.js";
import { transcriptOf } from "../../src/policy/transcript.js";
import type { OpenClawConfig } from "../../src/types.js";

const named: OpenClawConfig = {
  models: {
    providers: {
      "kimi-code": { baseUrl: "https://x.example", api: "openai-completions", models: [{ id: "kimi-for-coding" }] },
      openrouter: { baseUrl: "https://x.example", models: [{ id: "v/only:free" }] },
      Mine: { baseUrl: "https://x.example", api: "mine", models: [{ id: "Solo" }] },
    },
  },
  agents: {
    defaults: {
      models: {
        "kilocode/kilo/auto": { alias: "Kilo Gateway" },
        "a/b": { alias: "with/slash" },
        "openrouter/vendor/model:free": {},
        "anthropic/claude-opus-4-7": {},
        "x/twice": {},
        "y/twice": {},
      },
    },
  },
};

describe("references (runtime.md 1)", () => {
  it.each([
    ["kilo gateway", "kilocode", "kilo/auto"],
    ["with/slash", "a", "b"],
    ["opus", "anthropic", "claude-opus-4-7"],
    ["OpenRouter:Auto", "openrouter", "openrouter/auto"],
    ["openrouter:free", "openrouter", "vendor/model:free"],
    ["openrouter/auto", "openrouter", "openrouter/auto"],
    ["kimi-code/kimi-for-coding", "kimi-code", "kimi-for-coding"],
    ["kimi-coding/k", "kimi", "k"],
    ["mine/Solo", "mine", "Solo"],
    ["Z.AI/glm-5", "zai", "glm-5"],
    ["bedrock/x", "amazon-bedrock", "x"],
    ["anthropic/opus-4.6", "anthropic", "claude-opus-4-6"],
    ["google/gemini-3-pro", "google", "gemini-3-pro-preview"],
    ["google/gemini-3.1-flash", "google", "gemini-3-flash-preview"],
    ["nvidia/foo", "nvidia", "nvidia/foo"],
    ["xai/grok-4-fast-reasoning", "xai", "grok-4-fast"],
    ["vercel-ai-gateway/opus-4.6", "vercel-ai-gateway", "anthropic/claude-opus-4-6"],
    ["huggingface/huggingface/a/b", "huggingface", "a/b"],
    ["solo", "mine", "solo"],
    ["twice", "openai", "twice"],
    ["kimi-k9", "openai", "kimi-k9"],
    ["/x", "openai", "/x"],
  ])("%s", (text, provider, model) => {
    expect(resolveReference(text, named)).toMatchObject({ provider, model });
  });

  it.each([
    ["a/m@work", "m", "work"],
    ["a/m@20251001", "m@20251001", undefined],
    ["a/m@20251001@work", "m@20251001", "work"],
    ["a/m@q4_k_m", "m@q4_k_m", undefined],
    ["a/m@4bit", "m@4bit", undefined],
    ["a/m@", "m@", undefined],
    ["a/m@20251001@", "m@20251001@", undefined],
  ])("%s: the profile after the @", (text, model, profile) => {
    const found = resolveReference(text, {});
    expect([found.model, found.profile]).toEqual([model, profile]);
  });

  it.each<[string, OpenClawConfig, string]>([
    ["nothing", {}, "openai/gpt-5.5"],
    ["the first block with a model", named, "kimi-code/kimi-for-coding"],
    [
      "OpenAI's own, when its block has it",
      { models: { providers: { openai: { models: [{ id: "gpt-5.5" }] } } } },
      "openai/gpt-5.5",
    ],
    ["blocks without models", { models: { providers: { p: { models: [] } } } }, "openai/gpt-5.5"],
  ])("without a default model: %s", (_, config, expected) => {
    const { provider, model } = defaultModel(config);
    expect(`${provider}/${model}`).toBe(expected);
  });
});

describe("hosts (runtime.md 4)", () => {
  it.each([
    ["", "default"],
    ["no url", "invalid"],
    ["http://localhost:1", "local"],
    ["https://box.internal/v1", "local"],
    ["https://openrouter.ai/api/v1/", "openrouter"],
    ["https://eu.openrouter.ai", "openrouter"],
    ["https://notopenrouter.ai", "custom"],
    ["https://r.openai.azure.com/openai/v1", "azure-openai"],
    ["https://europe-west1-aiplatform.googleapis.com", "google-vertex"],
    ["https://API.moonshot.ai/v1/", "moonshot-native"],
    ["https://api.moonshot.ai/v2", "custom"],
    ["https://api.kilo.ai/api/gateway/", "custom"],
    ["https://api.kimi.com/coding/", "custom"],
  ])("%s is %s", (baseUrl, expected) => {
    expect(hostClass(baseUrl, true)).toBe(expected);
  });

  it("without a registry no host is known, private ones are still told apart", () => {
    expect(hostClass("https://openrouter.ai/api/v1", false)).toBe("custom");
    expect(hostClass("http://127.0.0.1:1", false)).toBe("local");
  });

  it.each([
    ["http://10.0.0.5:8000/v1", true],
    ["http://172.20.0.1", true],
    ["http://172.40.0.1", false],
    ["http://[::1]:1", true],
    ["https://x.example", false],
    ["", false],
  ])("%s is private: %s", (baseUrl, expected) => {
    expect(isPrivateBase(baseUrl)).toBe(expected);
  });
});

const model = (provider: string, id: string, api = "openai-completions"): CallModel => ({
  provider,
  id,
  api,
  baseUrl: "",
  reasoning: true,
  image: false,
  contextWindow: 1,
  maxTokens: 1,
  headers: {},
  authHeader: false,
  compat: {},
  params: {},
  levels: {},
  request: {},
  origin: "config",
});

describe("cache-TTL eligibility (runtime.md 2a)", () => {
  it.each([
    ["kilocode", "anthropic/x", "openai-completions", true],
    ["kilocode", "openai/x", "openai-completions", false],
    ["openrouter", "moonshotai/x", "openai-completions", true],
    ["openrouter", "z-ai/x", "openai-completions", false],
    ["zai", "glm", "openai-completions", true],
    ["amazon-bedrock", "us.anthropic.claude-3", "bedrock-converse-stream", true],
    ["amazon-bedrock", "arn:aws:bedrock:eu:1:application-inference-profile/my-claude", "bedrock-converse-stream", true],
    ["amazon-bedrock", "meta.llama3", "bedrock-converse-stream", false],
    ["my-own", "m", "anthropic-messages", true],
    ["google", "gemini-2.5-pro", "google-generative-ai", true],
    ["google", "gemini-2.0-flash", "google-generative-ai", false],
    ["moonshot", "kimi", "openai-completions", false],
  ])("%s/%s by %s: %s", (provider, id, api, expected) => {
    expect(isTtlEligible(model(provider, id, api))).toBe(expected);
  });
});

describe("transcripts (runtime.md 3)", () => {
  const openAIStyle = ["strictToolIds", "googleTurnOrder", "validateGeminiTurns", "validateAnthropicTurns"];
  it.each<[string, string, string, string[]]>([
    ["openrouter", "google/gemini-3-pro-preview", "openai-completions", ["thoughtSignatures"]],
    ["kilocode", "mistralai/x", "openai-completions", []],
    ["kimi-code", "kimi-for-coding", "openai-completions", []],
    ["openai", "gpt-5.5", "openai-responses", []],
    ["openai", "gpt-4.1", "openai-completions", ["strictToolIds"]],
    ["mistral", "m", "openai-completions", ["nineCharacterToolIds"]],
    ["moonshot", "m", "openai-completions", openAIStyle.slice(1)],
    ["deepseek", "m", "openai-completions", openAIStyle],
    ["deepseek", "m", "anthropic-messages", []],
    ["ollama", "m", "ollama", openAIStyle],
    ["my-own", "gemma-4-27b", "openai-completions", [...openAIStyle, "dropReasoning"]],
    ["my-own", "m", "openai-responses", ["strictToolIds"]],
    ["my-own", "m", "ollama", []],
    ["github-copilot", "claude-sonnet-4", "anthropic-messages", ["dropThinking"]],
  ])("%s/%s by %s", (provider, id, api, expected) => {
    expect(transcriptOf(model(provider, id, api))).toEqual(expected);
  });

  it("Claude keeps its thoughts from 4 on; earlier ones lose them", () => {
    expect(transcriptOf(model("anthropic", "claude-3-5-haiku", "anthropic-messages"))).toContain("dropThinking");
    expect(transcriptOf(model("anthropic", "claude-sonnet-4-5", "anthropic-messages"))).not.toContain("dropThinking");
    expect(transcriptOf(model("minimax", "M2", "anthropic-messages"))).toContain("preserveSignatures");
    expect(transcriptOf(model("google", "gemini", "google-generative-ai"))).toContain("thoughtSignatures");
  });
});

describe("thinking levels (runtime.md 5)", () => {
  it.each([
    ["on", "low"],
    ["Think-Harder", "medium"],
    ["ULTRATHINK", "high"],
    ["extra high", "xhigh"],
    ["auto", "adaptive"],
    ["nonsense", undefined],
  ])("%s means %s", (word, level) => {
    expect(thinkingLevel(word)).toBe(level);
  });

  it.each([
    ["off", { off: null }, "minimal"],
    ["off", { off: null, minimal: null }, "low"],
    ["xhigh", {}, "high"],
    ["xhigh", { xhigh: "max" }, "xhigh"],
    ["max", { xhigh: "max" }, "xhigh"],
    ["adaptive", {}, "medium"],
  ] as const)("%s on a model with %o is %s for the SDK", (level, levels, expected) => {
    expect(sdkLevel(level, { ...model("p", "m"), levels })).toBe(expected);
  });

  it.each<[string, Partial<OpenClawConfig>, string, string]>([
    [
      "the model's own setting",
      { models: { "p/m": { params: { thinking: "high" } } }, thinkingDefault: "low" },
      "high",
      "params.thinking",
    ],
    ["the default of all", { thinkingDefault: "minimal" }, "minimal", "thinkingDefault"],
    ["what the model lacks", { thinkingDefault: "max" }, "high", "max"],
    ["nothing", {}, "off", "no level"],
  ])("%s", (_, defaults, level, rule) => {
    const config = { agents: { defaults: { model: "p/m", ...defaults } } } as OpenClawConfig;
    const { thinking } = explain("", { config });
    expect(thinking).toMatchObject({ level, rule: expect.stringContaining(rule) as string });
  });
});

describe("credentials (credentials.md 6)", () => {
  const base: Situation = { config: {} };
  const profiles = {
    "p:a": { type: "api_key" as const, provider: "p", key: "test-key-1" },
    "p:b": { type: "oauth" as const, provider: "p", access: "test-key-2" },
    "p:c": {
      type: "token" as const,
      provider: "p",
      tokenRef: { source: "env" as const, provider: "default", id: "T" },
    },
    "p:d": { type: "api_key" as const, provider: "p" },
    "q:a": { type: "api_key" as const, provider: "q", key: "test-key-4" },
  };
  const chosen = (over: Partial<Situation>, profile?: string): string =>
    credentialOf(
      { ...base, auth: { profiles }, ...over },
      { provider: "p", model: "m", ...(profile ? { profile } : {}) },
    ).name;

  it("oauth before token before key; what holds nothing is passed over with its reason", () => {
    expect(chosen({})).toBe("p:b");
    const { candidates } = credentialOf({ ...base, auth: { profiles } }, { provider: "p", model: "m" });
    expect(candidates.map(({ name, reason }) => [name, reason.split(":")[0]])).toEqual([
      ["p:b", "stored profiles come first"],
      ["p:c", "it refers to the variable T, which is not set"],
      ["p:a", "p"],
      ["p:d", "it holds no credential"],
    ]);
  });

  it("the order in auth-state.json beats auth.order, and a rest after a failure sends others first", () => {
    const config: OpenClawConfig = { auth: { order: { p: ["p:a", "p:b"] } } };
    expect(chosen({ config })).toBe("p:a");
    expect(chosen({ config, authState: { order: { p: ["p:b"] } } })).toBe("p:b");
    expect(chosen({ config, authState: { usageStats: { "p:a": { cooldownUntil: 10 } } }, now: 5 })).toBe("p:b");
    expect(chosen({ config, authState: { usageStats: { "p:a": { cooldownUntil: 10 } } }, now: 15 })).toBe("p:a");
  });

  it("a profile asked for with @ comes first; one that auth.profiles contradicts does not serve", () => {
    expect(chosen({}, "p:a")).toBe("p:a");
    expect(chosen({ config: { auth: { profiles: { "p:a": { provider: "p", mode: "token" } } } } })).toBe("");
    expect(chosen({ config: { auth: { profiles: { "p:a": { provider: "P", mode: "api_key" } } } } })).toBe("");
    expect(chosen({ config: { auth: { profiles: { "p:gone": { provider: "p", mode: "api_key" } } } } })).toBe("p:b");
  });

  it.each<[string, unknown, string, string]>([
    ["a reference", { source: "file", provider: "v", id: "value" }, "config", "a reference (file)"],
    ["a reference to nothing", { source: "env", provider: "default", id: "NOPE" }, "none", "NOPE, which is not set"],
    ["a variable's name", "VLLM_API_KEY", "none", "names a variable that is not set"],
    ["an unset ${VAR}", "${NOPE}", "none", "asks for the variable NOPE"],
    ["a marker", "ollama-local", "config", "no key is needed"],
    ["blank", " ", "none", "not set"],
  ])("the block's key: %s", (_, apiKey, source, reason) => {
    const config = { models: { providers: { p: { baseUrl: "https://x.example", apiKey } } } } as OpenClawConfig;
    const found = credentialOf({ config }, { provider: "p", model: "m" });
    expect(found.source).toBe(source);
    expect(found.candidates.at(-1)?.reason).toContain(reason);
  });
});

const secret = "test-secret-0123456789";
const value = fc.oneof(
  fc.constantFrom("a/b", "openai-completions", "anthropic-messages", "", "high", "https://x.example/v1"),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const junk = fc.dictionary(
  fc.constantFrom(
    "baseUrl",
    "api",
    "models",
    "id",
    "params",
    "headers",
    "compat",
    "reasoning",
    "thinking",
    "fastMode",
    "provider",
    "primary",
    "fallbacks",
    "alias",
  ),
  fc.oneof(value, fc.array(value, { maxLength: 2 }), fc.dictionary(fc.constantFrom("id", "api", "x"), value)),
  { noNullPrototype: true },
);

describe("laws", () => {
  it("any configuration is explained, a wrong one too, without its keys and the same each time", () => {
    const config = fc.record(
      {
        models: fc.record({
          providers: fc.dictionary(fc.constantFrom("a", "openrouter", "kimi-code", "google", "ollama"), junk),
        }),
        agents: fc.record(
          {
            defaults: fc.oneof(
              junk,
              fc.record({ model: value, models: fc.dictionary(fc.constant("a/b"), junk), params: junk }),
            ),
            list: fc.array(junk),
          },
          { requiredKeys: [] },
        ),
        auth: fc.record({ order: junk, profiles: fc.dictionary(fc.constant("a:x"), junk) }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(config, fc.constantFrom("", "a/b", "openrouter/auto", "google/gemini-3-pro", "x"), (wild, ref) => {
        const situation: Situation = {
          config: wild as unknown as OpenClawConfig,
          env: { OPENROUTER_API_KEY: secret },
          auth: { profiles: { "a:x": { type: "api_key", provider: "a", key: secret } } },
        };
        const told = explain(ref, situation);
        expect(JSON.stringify(told)).not.toContain(secret);
        expect(explain(ref, situation)).toEqual(told);
      }),
    );
  });
});
