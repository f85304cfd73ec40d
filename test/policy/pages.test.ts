/**
 * What the provider pages say about run time, statement by statement (K: Kilo Gateway, O: OpenRouter, F: Kimi For Coding).
 * Where the measured release does otherwise, the test says what is sent and that a note names the page's word.
 */

import { describe, expect, it } from "vitest";
import { explain } from "../../src/policy/explain.js";
import type { Explanation, Situation } from "../../src/policy/nouns.js";
import type { ModelDefinition, OpenClawConfig } from "../../src/types.js";

const kilo = "https://api.kilo.ai/api/gateway/";
const key = (provider: string): NonNullable<Situation["auth"]> => ({
  profiles: { [`${provider}:default`]: { type: "api_key", provider, key: "test-key-1" } },
});
const codes = ({ notes }: Explanation): string[] => notes.map(({ code }) => code);
const pageOf = ({ notes }: Explanation, code: string): string | undefined =>
  notes.find((note) => note.code === code)?.source;

function ofKilo(id: string, over: Partial<Situation> & { baseUrl?: string } = {}): Explanation {
  const { baseUrl = kilo, ...situation } = over;
  const models: ModelDefinition[] = [{ id, name: "M", reasoning: true, contextWindow: 200_000, maxTokens: 64_000 }];
  const config: OpenClawConfig = {
    models: { providers: { kilocode: { baseUrl, api: "openai-completions", models } } },
    agents: { defaults: { model: `kilocode/${id}` } },
  };
  return explain("", { config, auth: key("kilocode"), ...situation });
}

function ofOpenRouter(
  id: string,
  params: object = {},
  over: Partial<Situation> & { baseUrl?: string } = {},
): Explanation {
  const { baseUrl, ...situation } = over;
  const ref = id === "auto" ? "openrouter/auto" : `openrouter/${id}`;
  const config = {
    agents: { defaults: { model: ref, params } },
    ...(baseUrl === undefined
      ? {}
      : { models: { providers: { openrouter: { baseUrl, api: "openai-completions", models: [] } } } }),
  } as OpenClawConfig;
  return explain("", { config, auth: key("openrouter"), ...situation });
}

function ofKimi(model: Partial<ModelDefinition> = {}, block: object = {}, over: Partial<Situation> = {}): Explanation {
  const config = {
    models: {
      providers: {
        "kimi-code": {
          baseUrl: "https://api.kimi.com/coding/v1",
          api: "openai-completions",
          apiKey: "test-key-1",
          models: [
            {
              id: "kimi-for-coding",
              name: "Kimi For Coding",
              reasoning: true,
              input: ["text"],
              contextWindow: 262_144,
              maxTokens: 32_768,
              headers: { "User-Agent": "KimiCLI/0.77" },
              compat: { supportsDeveloperRole: false },
              ...model,
            },
          ],
          ...block,
        },
      },
    },
    agents: {
      defaults: {
        model: "kimi-code/kimi-for-coding",
        thinkingDefault: "low",
        models: { "kimi-code/kimi-for-coding": { alias: "Kimi K2.5 (Kimi Code)" } },
      },
    },
  } as OpenClawConfig;
  return explain("", { config, ...over });
}

describe("Kilo Gateway", () => {
  it("K1 is OpenAI-compatible at its base URL, with a Bearer key from KILOCODE_API_KEY", () => {
    const told = ofKilo("kilo/auto", { auth: {}, env: { KILOCODE_API_KEY: "test-key-2" } });
    expect(told).toMatchObject({
      provider: "kilocode",
      api: "openai-completions",
      url: "https://api.kilo.ai/api/gateway/chat/completions",
      headers: { Authorization: "Bearer ***" },
      credential: { source: "environment", name: "KILOCODE_API_KEY" },
    });
  });

  it.each(["api_key", "token"] as const)("K3 takes an existing profile first, of kind %s too", (type) => {
    const secret = type === "token" ? { token: "test-key-1" } : { key: "test-key-1" };
    const auth = { profiles: { "kilocode:work": { type, provider: "kilocode", ...secret } } };
    const told = ofKilo("kilo/auto", { auth, env: { KILOCODE_API_KEY: "test-key-2" } });
    expect(told.credential).toMatchObject({ source: "profile", name: "kilocode:work" });
    expect(told.credential.candidates.map(({ name, chosen }) => [name, chosen])).toEqual([
      ["kilocode:work", true],
      ["KILOCODE_API_KEY", false],
      ["/models/providers/kilocode/apiKey", false],
    ]);
  });

  it("K4 the earlier default is a model of the gateway like any other", () => {
    expect(ofKilo("anthropic/claude-opus-4.6").body).toMatchObject({ model: "anthropic/claude-opus-4.6" });
    expect(ofKilo("kilo/auto").ref).toBe("kilocode/kilo/auto");
  });

  it.each(["anthropic/claude-sonnet-4", "openai/gpt-5.5", "google/gemini-3-pro-preview", "minimax/minimax-m2.5:free"])(
    "K7 sends any gateway model under the prefix: %s",
    (id) => {
      const told = ofKilo(id);
      expect(told.ref).toBe(`kilocode/${id}`);
      expect(told.body["model"]).toBe(id);
    },
  );

  it("K8 says when models are discovered, and that the bundled one is always there", () => {
    expect(pageOf(ofKilo("kilo/auto"), "kilo-discovery")).toBe("page: kilocode");
    const bare = explain("kilocode/kilo/auto", { config: {}, auth: key("kilocode") });
    expect(bare.limits).toEqual({ contextWindow: 1_000_000, maxTokens: 128_000 });
  });

  it("K9 goes to the configured base URL", () => {
    expect(ofKilo("kilo/auto", { baseUrl: "https://proxy.example/kilo" }).url).toBe(
      "https://proxy.example/kilo/chat/completions",
    );
  });

  it("K10 anthropic/* is eligible for cache-TTL pruning, the rest is not; no markers either way", () => {
    expect(ofKilo("anthropic/claude-sonnet-4").cache.ttlEligible).toBe(true);
    expect(ofKilo("openai/gpt-5.5").cache.ttlEligible).toBe(false);
    expect(ofKilo("anthropic/claude-sonnet-4").cacheMarkers).toEqual([]);
    const anthropic = explain("anthropic/claude-sonnet-4-5", {
      config: { agents: { defaults: { params: { cacheControlTtl: "1h" } } } },
      auth: key("anthropic"),
    });
    expect(anthropic.cache).toMatchObject({ ttlEligible: true, ttl: "1h", retention: "long" });
  });

  it("K11 Gemini gets its thought signatures cleaned and nothing else", () => {
    expect(ofKilo("google/gemini-3-pro-preview").transcript).toEqual(["thoughtSignatures"]);
    expect(ofKilo("anthropic/claude-sonnet-4").transcript).toEqual([]);
  });

  it("K12 sends its header, behind another base URL too", () => {
    const header = { "X-KILOCODE-FEATURE": "openclaw" };
    expect(ofKilo("kilo/auto").headers).toMatchObject(header);
    expect(ofKilo("kilo/auto", { baseUrl: "https://proxy.example/kilo" }).headers).toMatchObject(header);
    expect(ofKilo("kilo/auto", { env: { KILOCODE_FEATURE: " mine " } }).headers).toMatchObject({
      "X-KILOCODE-FEATURE": "mine",
    });
  });

  it("K12 normalises reasoning for concrete models, and leaves it out for kilo/auto and x-ai/*", () => {
    const thinking = "high";
    expect(ofKilo("anthropic/claude-sonnet-4", { thinking }).body).toMatchObject({ reasoning: { effort: "high" } });
    for (const id of ["kilo/auto", "x-ai/grok-4"]) {
      const told = ofKilo(id, { thinking });
      expect(told.body).not.toHaveProperty("reasoning");
      expect(told.body).not.toHaveProperty("reasoning_effort");
      expect(pageOf(told, "reasoning-left-out")).toBe("page: kilocode");
    }
  });
});

describe("OpenRouter", () => {
  it("O1 takes OPENROUTER_API_KEY, and vendor/model after its own id", () => {
    const told = ofOpenRouter("anthropic/claude-sonnet-4", {}, { auth: {}, env: { OPENROUTER_API_KEY: "test-key-1" } });
    expect(told).toMatchObject({
      ref: "openrouter/anthropic/claude-sonnet-4",
      credential: { source: "environment", name: "OPENROUTER_API_KEY" },
      body: { model: "anthropic/claude-sonnet-4" },
    });
    expect(ofOpenRouter("auto").body["model"]).toBe("openrouter/auto");
    expect(ofOpenRouter("moonshotai/kimi-k2.6").url).toBe("https://openrouter.ai/api/v1/chat/completions");
  });

  const media: OpenClawConfig = {
    agents: {
      defaults: {
        imageGenerationModel: { primary: "openrouter/google/gemini-3.1-flash-image-preview", timeoutMs: 180_000 },
        videoGenerationModel: { primary: "openrouter/google/veo-3.1-fast" },
      },
    },
    messages: {
      tts: { auto: "always", provider: "openrouter", providers: { openrouter: { model: "hexgrad/kokoro-82m" } } },
    },
  };
  const mediaOf = (kind: string): object =>
    explain("openrouter/auto", { config: media, auth: key("openrouter") }).media.find((one) => one.kind === kind) ?? {};

  it("O2 names the image model; a call's own time limit wins", () => {
    expect(mediaOf("image")).toMatchObject({
      model: "openrouter/google/gemini-3.1-flash-image-preview",
      notes: [{ code: "image-limits", source: "page: openrouter" }],
    });
  });

  it("O3 names the video model and its limits", () => {
    expect(mediaOf("video")).toMatchObject({
      model: "openrouter/google/veo-3.1-fast",
      notes: [{ message: expect.stringContaining("4, 6 or 8 seconds") as string }],
    });
  });

  it("O4 looks for the speech key in messages.tts, then the provider block, then the variable", () => {
    expect(mediaOf("tts")).toMatchObject({
      model: "openrouter/hexgrad/kokoro-82m",
      keyOrder: [
        "messages.tts.providers.openrouter.apiKey",
        "models.providers.openrouter.apiKey",
        "OPENROUTER_API_KEY",
      ],
    });
  });

  it("O5 sends attribution to openrouter.ai; seven categories, where the page names one", () => {
    const told = ofOpenRouter("auto");
    expect(told.headers).toMatchObject({
      "HTTP-Referer": "https://openclaw.ai",
      "X-OpenRouter-Title": "OpenClaw",
      "X-OpenRouter-Categories": expect.stringMatching(/^cli-agent,cloud-agent,(.+,){4}personal-agent$/) as string,
    });
    expect(pageOf(told, "openrouter-categories")).toBe("page: openrouter");
  });

  it("O5 behind another base URL, or without a plugin registry, the SDK's attribution goes out and a note says so", () => {
    for (const over of [{ baseUrl: "https://proxy.example/v1" }, { registry: false }]) {
      const told = ofOpenRouter("anthropic/claude-sonnet-4", {}, over);
      expect(told.headers).toMatchObject({ "HTTP-Referer": "https://pi.dev", "X-OpenRouter-Title": "pi" });
      expect(pageOf(told, "openrouter-sdk-attribution")).toBe("page: openrouter");
    }
  });

  it("O5 and O6 Anthropic markers stay behind another base URL, and a note says so", () => {
    const all = ["system", "lastUser", "lastTool"];
    const proxied = ofOpenRouter("anthropic/claude-sonnet-4", {}, { baseUrl: "https://proxy.example/v1" });
    expect(proxied.cacheMarkers).toEqual(all);
    expect(pageOf(proxied, "markers-anywhere")).toBe("page: openrouter");
    const home = ofOpenRouter("anthropic/claude-sonnet-4");
    expect(home.cacheMarkers).toEqual(all);
    expect(codes(home)).not.toContain("markers-anywhere");
    expect(ofOpenRouter("openai/gpt-5.5").cacheMarkers).toEqual([]);
  });

  it("O6 marks the instructions for anthropic/* at openrouter.ai under any provider id", () => {
    const told = explain("", {
      config: {
        models: {
          providers: {
            mine: {
              baseUrl: "https://openrouter.ai/api/v1",
              api: "openai-completions",
              apiKey: "test-key-1",
              models: [{ id: "anthropic/claude-sonnet-4", name: "S" }],
            },
          },
        },
      },
    });
    expect(told.cacheMarkers).toEqual(["system"]);
    expect(told.headers).not.toHaveProperty("X-OpenRouter-Cache");
  });

  it("O7 asks concrete models for reasoning; Hunter Alpha not", () => {
    const thinking = "high";
    expect(ofOpenRouter("anthropic/claude-sonnet-4", {}, { thinking }).body).toMatchObject({
      reasoning: { effort: "high" },
    });
    const hunter = ofOpenRouter("openrouter/hunter-alpha", {}, { thinking });
    expect(hunter.body).not.toHaveProperty("reasoning");
    expect(codes(hunter)).toContain("reasoning-left-out");
  });

  it.each(["auto", "x-ai/grok-4"])("O7 asks %s too, where the page says it does not, and a note says so", (id) => {
    const told = ofOpenRouter(id, {}, { thinking: "high" });
    expect(told.body).toMatchObject({ reasoning: { effort: "high" } });
    expect(pageOf(told, "reasoning-sent")).toBe("page: openrouter");
    expect(ofOpenRouter(id, {}, { thinking: "off" }).body).toMatchObject({ reasoning: { effort: "none" } });
  });

  it("O8 does not forward what is the providers' own", () => {
    const params = { serviceTier: "flex", fastMode: true, text_verbosity: "high", cacheRetention: "long" };
    const told = ofOpenRouter("openai/gpt-5.5", params);
    for (const field of ["service_tier", "store", "text", "prompt_cache_key", "prompt_cache_retention"])
      expect(told.body).not.toHaveProperty(field);
    expect(pageOf(told, "native-only")).toBe("page: openrouter");
  });

  it("O8 cleans Gemini's thought signatures and forwards provider routing to openrouter.ai", () => {
    expect(ofOpenRouter("google/gemini-3-pro-preview").transcript).toEqual(["thoughtSignatures"]);
    const provider = { order: ["anthropic"], allow_fallbacks: false };
    expect(ofOpenRouter("anthropic/claude-sonnet-4", { provider }).body).toMatchObject({ provider });
    const proxied = ofOpenRouter("anthropic/claude-sonnet-4", { provider }, { baseUrl: "https://proxy.example/v1" });
    expect(proxied.body).not.toHaveProperty("provider");
    expect(codes(proxied)).toContain("routing-not-sent");
  });
});

describe("Kimi For Coding", () => {
  it("F1 goes to the page's endpoint with the page's limits, thinking on", () => {
    expect(ofKimi()).toMatchObject({
      provider: "kimi-code",
      url: "https://api.kimi.com/coding/v1/chat/completions",
      limits: { contextWindow: 262_144, maxTokens: 32_768 },
      thinking: { level: "low", rule: "agents.defaults.thinkingDefault" },
      body: { model: "kimi-for-coding", thinking: { type: "enabled" }, max_completion_tokens: 32_000 },
    });
    expect(explain("Kimi K2.5 (kimi code)", { config: ofConfig() }).ref).toBe("kimi-code/kimi-for-coding");
  });

  it.each(["minimal", "medium", "high"])("F1 the page's level %s is refused: Kimi knows on and off", (thinking) => {
    expect(codes(ofKimi({}, {}, { thinking }))).toContain("level-refused");
    expect(ofKimi().thinking.supported).toEqual(["off", "low"]);
  });

  it("F2 sends the model's User-Agent, and the provider's as well", () => {
    expect(ofKimi().headers).toMatchObject({ "User-Agent": "KimiCLI/0.77" });
    expect(ofKimi({ headers: {} }, { headers: { "User-Agent": "claude-code/1.0.0" } }).headers).toMatchObject({
      "User-Agent": "claude-code/1.0.0",
    });
  });

  it("F2 without a User-Agent a note names the 403", () => {
    const told = ofKimi({ headers: {} });
    expect(told.notes.find(({ code }) => code === "kimi-user-agent")?.message).toContain(
      "only available for Coding Agents",
    );
    expect(codes(ofKimi())).not.toContain("kimi-user-agent");
  });

  it("F3 the flag is the default anyway, and a note says that it does no harm", () => {
    expect(pageOf(ofKimi(), "developer-role-default")).toBe("page: kimi-code");
    expect(ofKimi({ compat: {} }).body).toEqual(ofKimi().body);
  });

  it("F4 reasoning and the flag together ask for thinking; without reasoning it is asked for as well", () => {
    expect(ofKimi().body["thinking"]).toEqual({ type: "enabled" });
    expect(ofKimi({ reasoning: false }).body["thinking"]).toEqual({ type: "enabled" });
    expect(ofKimi({}, {}, { thinking: "off" }).body["thinking"]).toEqual({ type: "disabled" });
  });

  it("F5 env.vars does feed the key, and a variable beats the block's own", () => {
    const env = { KIMICODE_API_KEY: "test-key-2" };
    const told = ofKimi({}, { apiKey: "${KIMICODE_API_KEY}" }, { env });
    expect(told.credential).toMatchObject({ source: "environment", name: "KIMICODE_API_KEY" });
    expect(pageOf(told, "kimi-variable-wins")).toBe("page: kimi-code");
    expect(ofKimi().credential).toMatchObject({ source: "config", name: "/models/providers/kimi-code/apiKey" });
  });

  it("F6 is one POST to chat/completions with the header", () => {
    expect(ofKimi()).toMatchObject({
      method: "POST",
      headers: { "User-Agent": "KimiCLI/0.77", Authorization: "Bearer ***" },
    });
  });

  function ofConfig(): OpenClawConfig {
    return {
      models: {
        providers: {
          "kimi-code": {
            baseUrl: "https://api.kimi.com/coding/v1",
            api: "openai-completions",
            models: [{ id: "kimi-for-coding" }],
          },
        },
      },
      agents: { defaults: { models: { "kimi-code/kimi-for-coding": { alias: "Kimi K2.5 (Kimi Code)" } } } },
    };
  }
});
