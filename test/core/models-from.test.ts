/** Lists of models as endpoints give them. Rules: the reference, runtime 7; kilo's rows were measured on 2026.5.6. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { discoveryEndpoint, type DiscoveryShape } from "../../src/core/discovery-source.js";
import { mergeModels, modelsFrom } from "../../src/core/models-from.js";
import { ollamaModel } from "../../src/core/model-readers.js";
import { fitsGlob } from "../../src/core/glob.js";
import { findings } from "../../src/core/validate.js";
import type { Json, ModelDefinition } from "../../src/types.js";

const free = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
const one = (shape: DiscoveryShape, entry: object): ModelDefinition | undefined =>
  modelsFrom(shape, { [shape === "ollama" || shape === "lmstudio" ? "models" : "data"]: [entry] })?.models[0];

const kilo = {
  id: "anthropic/claude-sonnet-4",
  name: "Claude Sonnet 4",
  context_length: 200_000,
  top_provider: { max_completion_tokens: 64_000 },
  architecture: { input_modalities: ["Text", "IMAGE", "file"] },
  supported_parameters: ["tools", "include_reasoning"],
  pricing: {
    prompt: "0.000003",
    completion: "0.000015",
    input_cache_read: "0.0000003",
    input_cache_write: "0.00000375",
  },
};

describe("Kilo Gateway", () => {
  test("a whole entry", () => {
    expect(one("kilo", kilo)).toEqual({
      id: "anthropic/claude-sonnet-4",
      name: "Claude Sonnet 4",
      reasoning: true,
      input: ["text", "image"],
      cost: { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 },
      contextWindow: 200_000,
      maxTokens: 64_000,
    });
  });
  test("what is missing", () => {
    expect(one("kilo", { id: "a/b", pricing: { prompt: "-1", completion: "abc" } })).toEqual({
      id: "a/b",
      name: "a/b",
      reasoning: false,
      input: ["text"],
      cost: free,
      contextWindow: 1_000_000,
      maxTokens: 128_000,
    });
  });
  test.each([
    ["context_length 0", { context_length: 0 }, { contextWindow: 1_000_000 }],
    ["context_length as text", { context_length: "200000" }, { contextWindow: 1_000_000 }],
    ["max_completion_tokens null", { top_provider: { max_completion_tokens: null } }, { maxTokens: 128_000 }],
    [
      "max_completion_tokens 0, which OpenClaw's own schema refuses",
      { top_provider: { max_completion_tokens: 0 } },
      { maxTokens: 128_000 },
    ],
    ["name blank", { name: "" }, { name: "anthropic/claude-sonnet-4" }],
    ["reasoning under its own name", { supported_parameters: ["reasoning"] }, { reasoning: true }],
    ["no parameters", { supported_parameters: "reasoning" }, { reasoning: false }],
    ["text alone", { architecture: { input_modalities: ["text"] } }, { input: ["text"] }],
  ])("%s", (_, change, expected) => {
    expect(one("kilo", { ...kilo, ...change })).toMatchObject(expected);
  });
  test("no pricing, no id, doubled ids and what is no entry are passed over and counted", () => {
    const data = [
      kilo,
      { id: "a/b" },
      { ...kilo, id: " " },
      { ...kilo, id: 7 },
      { ...kilo, name: "second" },
      null,
      "x",
      [],
    ];
    expect(modelsFrom("kilo", { data })).toMatchObject({ models: [{ name: "Claude Sonnet 4" }], skipped: 7 });
  });
});

describe("the others", () => {
  test.each<[string, DiscoveryShape, object, object]>([
    [
      "openrouter: modality before the arrow",
      "openrouter",
      { ...kilo, architecture: { modality: "text+image->text" } },
      { input: ["text", "image"], reasoning: false, maxTokens: 64_000 },
    ],
    [
      "openrouter: an image only as output is none as input",
      "openrouter",
      { id: "a", architecture: { modality: "text->image" } },
      { input: ["text"] },
    ],
    [
      "openrouter: nothing said",
      "openrouter",
      { id: "openrouter/auto", pricing: { prompt: "-1" } },
      { name: "openrouter/auto", contextWindow: 128_000, maxTokens: 8192, cost: free },
    ],
    [
      "openai: an id is enough",
      "openai",
      { id: "qwen3", object: "model" },
      { name: "qwen3", reasoning: false, input: ["text"], cost: free, contextWindow: 128_000, maxTokens: 8192 },
    ],
    ["openai: reasoning by its name", "openai", { id: "DeepSeek-R1" }, { reasoning: true }],
    [
      "openai: vLLM tells its window",
      "openai",
      { id: "m", max_model_len: 4096 },
      { contextWindow: 4096, maxTokens: 4096 },
    ],
    [
      "openai: a gateway in OpenRouter's manner",
      "openai",
      kilo,
      { contextWindow: 200_000, maxTokens: 64_000, cost: { input: 3 }, input: ["text", "image"], reasoning: true },
    ],
    [
      "lmstudio",
      "lmstudio",
      {
        key: "qwen/q3",
        type: "llm",
        display_name: "Q3",
        max_context_length: 32_768,
        capabilities: { vision: true, reasoning: { allowed_options: ["off", "on"] } },
      },
      { id: "qwen/q3", name: "Q3", contextWindow: 32_768, input: ["text", "image"], reasoning: true, maxTokens: 8192 },
    ],
    [
      "lmstudio: reasoning that is always off",
      "lmstudio",
      { key: "a", type: "llm", capabilities: { reasoning: { allowed_options: ["off"], default: "off" } } },
      { reasoning: false, contextWindow: 128_000 },
    ],
    [
      "ollama",
      "ollama",
      { name: "llama3:8b", model: "llama3:8b" },
      { id: "llama3:8b", contextWindow: 128_000, compat: { supportsUsageInStreaming: true } },
    ],
    [
      "huggingface",
      "huggingface",
      {
        id: "org/Model-R1",
        architecture: { input_modalities: ["image"] },
        providers: [{}, { context_length: 65_536 }],
      },
      { name: "Model-R1", reasoning: true, input: ["text", "image"], contextWindow: 65_536, cost: free },
    ],
    [
      "venice",
      "venice",
      {
        id: "v",
        model_spec: {
          name: "V",
          availableContextTokens: 32_000,
          maxCompletionTokens: 2000,
          capabilities: { supportsReasoning: true, supportsVision: true },
        },
      },
      { name: "V", reasoning: true, input: ["text", "image"], contextWindow: 32_000, maxTokens: 2000 },
    ],
    [
      "vercel",
      "vercel",
      {
        id: "a/b",
        name: "B",
        tags: ["vision", "reasoning"],
        context_window: 1000,
        max_tokens: 500,
        pricing: { input: "0.00000125", output: "0.00001" },
      },
      {
        reasoning: true,
        input: ["text", "image"],
        contextWindow: 1000,
        maxTokens: 500,
        cost: { input: 1.25, output: 10 },
      },
    ],
    [
      "chutes: prices are per million already",
      "chutes",
      {
        id: "x-TEE",
        input_modalities: ["text", "image"],
        pricing: { prompt: 0.3, completion: 1.2 },
        context_length: 9000,
        max_output_length: 800,
      },
      {
        reasoning: true,
        cost: { input: 0.3, output: 1.2 },
        contextWindow: 9000,
        maxTokens: 800,
        compat: { supportsUsageInStreaming: false },
      },
    ],
  ])("%s", (_, shape, entry, expected) => {
    expect(one(shape, entry)).toMatchObject(expected);
  });
  test("lmstudio lists what is no language model too", () => {
    expect(modelsFrom("lmstudio", { models: [{ key: "e", type: "embedding" }] })).toEqual({ models: [], skipped: 1 });
  });
  test("ollama tells more of one model", () => {
    const shown = {
      model_info: { "llama.context_length": 8192 },
      capabilities: ["completion", "tools", "vision", "thinking"],
    };
    expect(ollamaModel("x", shown)).toMatchObject({
      reasoning: true,
      input: ["text", "image"],
      contextWindow: 8192,
      compat: { supportsTools: true, supportsUsageInStreaming: true },
    });
    expect(ollamaModel("deepseek-r1", { capabilities: [] })).toMatchObject({
      reasoning: false,
      compat: { supportsTools: false },
    });
  });
});

test.each([null, [], {}, { data: {} }, { error: "no" }, "text", { models: [] }])("%j is no list", (answer) => {
  expect(modelsFrom("kilo", answer)).toBeNull();
});

test("whatever an endpoint says, what comes out is a valid definition with each id once", () => {
  const shapes: DiscoveryShape[] = [
    "kilo",
    "openrouter",
    "openai",
    "lmstudio",
    "ollama",
    "huggingface",
    "venice",
    "vercel",
    "chutes",
  ];
  const wild = fc.oneof(fc.jsonValue(), fc.constantFrom(kilo, {}, []));
  const entry = fc.record(
    {
      id: fc.oneof(fc.constantFrom("a/b", "a/c", " a/b"), wild),
      key: wild,
      name: wild,
      type: wild,
      context_length: wild,
      max_model_len: wild,
      pricing: wild,
      top_provider: wild,
      architecture: wild,
      supported_parameters: wild,
      capabilities: wild,
      providers: wild,
      model_spec: wild,
      tags: wild,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.constantFrom(...shapes), fc.array(fc.oneof(entry, wild)), (shape, list) => {
      const found = modelsFrom(shape, { data: list, models: list });
      expect((found?.models.length ?? 0) + (found?.skipped ?? 0)).toBe(list.length);
      const models = (found?.models ?? []).map((model) => ({ ...model }));
      expect(new Set(models.map(({ id }) => id.trim())).size).toBe(models.length);
      const config = { models: { providers: { p: { baseUrl: "http://x.test", models } } } };
      expect(findings("openclaw", config as unknown as Json)).toEqual([]);
    }),
  );
});

test("discovered models stand ahead of the bundled ones, each id once", () => {
  const merged = mergeModels(
    [{ id: "x" }, { id: "kilo/auto", name: "theirs" }],
    [{ id: "kilo/auto", name: "ours" }, { id: "y" }],
  );
  expect(merged).toEqual([{ id: "x" }, { id: "kilo/auto", name: "theirs" }, { id: "y" }]);
});

describe("where models are asked for", () => {
  test.each([
    ["kilocode", { baseUrl: "https://gw.test/api/gateway/" }, "https://gw.test/api/gateway/models", "kilo"],
    ["Kilocode", { baseUrl: " https://gw.test " }, "https://gw.test/models", "kilo"],
    ["openrouter", undefined, "https://openrouter.ai/api/v1/models", "openrouter"],
    ["vllm", undefined, "http://127.0.0.1:8000/v1/models", "openai"],
    ["sglang", { baseUrl: "http://gpu.test:30000/v1" }, "http://gpu.test:30000/v1/models", "openai"],
    ["lmstudio", undefined, "http://localhost:1234/api/v1/models", "lmstudio"],
    ["lmstudio", { baseUrl: "http://h.test:1/api/v1/" }, "http://h.test:1/api/v1/models", "lmstudio"],
    ["ollama", { baseUrl: "http://h.test:2/v1" }, "http://h.test:2/api/tags", "ollama"],
    ["mine", { baseUrl: "http://h.test/v1", api: "openai-completions" }, "http://h.test/v1/models", "openai"],
    ["mine", { baseUrl: "http://h.test/v1" }, "http://h.test/v1/models", "openai"],
    ["vercel-ai-gateway", undefined, "https://ai-gateway.vercel.sh/v1/models", "vercel"],
  ])("%s %j", (provider, block, url, shape) => {
    expect(discoveryEndpoint(provider, block, null)).toMatchObject({ url, shape });
  });
  test.each([
    ["mine", undefined],
    ["mine", { baseUrl: "http://h.test", api: "anthropic-messages" }],
    ["anthropic", undefined],
  ])("%s %j has nowhere to ask", (provider, block) => {
    expect(discoveryEndpoint(provider, block, null)).toBeNull();
  });
});

test.each([
  ["anthropic/*", "anthropic/claude/x", true],
  ["ANTHROPIC/*", "anthropic/claude", true],
  ["*sonnet*", "anthropic/claude-sonnet-4", true],
  ["*sonnet", "anthropic/claude-sonnet-4", false],
  ["gpt-?", "gpt-5", true],
  ["gpt-?", "gpt-55", false],
  ["a.b+c(d)[e]", "a.b+c(d)[e]", true],
  ["a.b", "axb", false],
  ["***************************x", "a".repeat(400), false],
])("%s fits %s: %s", (pattern, id, fits) => {
  expect(fitsGlob(pattern, id)).toBe(fits);
});
