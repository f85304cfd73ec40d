/** Setups that are taken. */

import type { Setup } from "../../src/types.js";
import type { Case } from "./compile.js";
import { p, parsed, ref } from "./setup-documents.js";

/** The setup file of the contract. */
const contract: Setup = {
  $schema: "https://example.test/schemas/setup.json",
  providers: {
    kilocode: { apiKey: { env: "KILOCODE_API_KEY" } },
    openrouter: { apiKey: { source: "env", provider: "default", id: "OPENROUTER_API_KEY" } },
    moonshot: { choice: "moonshot-api-key-cn", profile: "moonshot:cn", apiKey: { file: "/run/secrets/moonshot" } },
    "my-vllm": { baseUrl: "http://10.0.0.5:8000/v1", api: "openai-completions", models: [{ id: "qwen3" }] },
  },
  model: { primary: "kilocode/kilo/auto", fallbacks: { append: ["openrouter/auto"] } },
  aliases: { "kilocode/kilo/auto": "Kilo Gateway" },
  imageModel: { primary: "openrouter/google/gemini-3.1-flash-image-preview", timeoutMs: 180000 },
  videoModel: { primary: "openrouter/google/veo-3.1-fast" },
  tts: {
    provider: "openrouter",
    model: "hexgrad/kokoro-82m",
    voice: "af_alloy",
    responseFormat: "mp3",
    auto: "always",
  },
  thinkingDefault: "low",
  env: { vars: { TEAM: "blue" } },
};

/** Every field of a provider block. */
const block = {
  baseUrl: "https://llm.example/v1",
  auth: "api-key",
  api: "anthropic-messages",
  contextWindow: 1000,
  contextTokens: 900,
  maxTokens: 100,
  timeoutSeconds: 30,
  injectNumCtxForOpenAICompat: false,
  params: { anything: [{ __proto__x: null }] },
  headers: { "X-Team": "blue", "X-Token": ref },
  authHeader: true,
  request: {
    headers: { "X-A": "b" },
    auth: { mode: "header", headerName: "api-key", value: ref, prefix: "Key " },
    tls: { ca: "pem" },
  },
  models: [
    {
      id: "kimi-for-coding",
      name: "Kimi For Coding",
      reasoning: true,
      input: ["text"],
      cost: {
        input: 0,
        output: 0,
        tieredPricing: [{ input: 1, output: 2, cacheRead: 0, cacheWrite: 0, range: [0, 200000] }],
      },
      contextWindow: 262144,
      maxTokens: 32768,
      headers: { "User-Agent": "KimiCLI/0.77" },
      compat: { supportsDeveloperRole: false, reasoningEffortMap: { high: "max" } },
      params: { temperature: 0.3 },
    },
  ],
};

/** Each is taken as it stands. */
export const accepted: Case[] = [
  ["nothing", {}],
  ["the contract's", contract],
  ["every field of a provider block", p({ ...block, parameters: { accountId: "a1" } })],
  ["a provider of the catalog, nothing said", p({})],
  ["key as text", p({ apiKey: "test-key-1" })],
  ["key as a variable in braces", p({ apiKey: "${TEST_KEY}" })],
  ["key from standard input", p({ apiKey: { stdin: true } })],
  ["key that is stored already", p({ apiKey: { profile: "p:work" } })],
  ["a provider without the catalog", p({ catalog: false, baseUrl: "http://x.test" })],
  ["a default model that is not registered", { model: { primary: "a/b", register: false } }],
  ["key from a file reference", p({ apiKey: { source: "file", provider: "vault", id: "/providers/openai/key" } })],
  ["key from a whole file", p({ apiKey: { source: "file", provider: "vault", id: "value" } })],
  ["key from a command", p({ apiKey: { source: "exec", provider: "vault", id: "openai/api-key:1.2" } })],
  ["fallbacks as a list", { model: { fallbacks: ["a/b", "c/d/e"] } }],
  ["fallbacks: none", { model: { fallbacks: [] } }],
  ["fallbacks set", { model: { fallbacks: { set: [] } } }],
  ["fallbacks edited", { model: { fallbacks: { append: ["a/b"], prepend: ["c/d"], remove: ["e/f"] } } }],
  [
    "odd ids",
    {
      providers: { "z.ai": {}, "My Prov": {}, Ünïcode: {}, "...": {}, proto: {} },
      aliases: { "p/constructor": "c", "a/b/": "d" },
    },
  ],
  ["agents", { agents: ["main", "Work_2"] }],
  [
    "free speech settings",
    { tts: { provider: "elevenlabs", speed: 1.2, nested: { a: [1] }, nothing: null, apiKey: ref } },
  ],
  [
    "prototype names inside free data",
    parsed('{"providers":{"p":{"params":{"__proto__":{"constructor":1}},"headers":{"constructor":"x"}}}}'),
  ],
  ["blank and numeric-looking variables", { env: { vars: { EMPTY: "", _x1: "1" } } }],
  ...["off", "always", "inbound", "tagged"].map((auto): Case => [`speech ${auto}`, { tts: { provider: "p", auto } }]),
];
