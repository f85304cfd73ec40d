/**
 * One entry of a list of models -> a model definition. Limits and defaults as OpenClaw 2026.5.6 has them (reference,
 * runtime 7); what it would take over and its own schema refuses (no window, no output, negative prices) is taken for
 * not said.
 */

import { isObject } from "../json.js";
import type { JsonObject, ModelDefinition } from "../types.js";
import type { DiscoveryShape } from "./discovery-source.js";
import { perMillion } from "./price.js";

type Read = (entry: JsonObject, id: string) => ModelDefinition | null;

const text = (value: unknown, otherwise: string): string =>
  typeof value === "string" && value.trim() !== "" ? value : otherwise;
const part = (entry: JsonObject, name: string): JsonObject => {
  const value = entry[name];
  return isObject(value) ? value : {};
};
/** The first that is a whole number of tokens above 0. */
const tokens = (otherwise: number, ...said: readonly unknown[]): number =>
  said.find((value): value is number => typeof value === "number" && Number.isInteger(value) && value > 0) ?? otherwise;
const has = (list: unknown, ...words: readonly string[]): boolean =>
  Array.isArray(list) && list.some((word) => typeof word === "string" && words.includes(word.toLowerCase()));
const input = (image: boolean): string[] => (image ? ["text", "image"] : ["text"]);
const looksReasoning = (id: string): boolean => /r1|reasoning|think|reason/i.test(id);

function costs(prices: JsonObject, names: readonly [string, string, string, string]): JsonObject {
  const [inputPrice, output, cacheRead, cacheWrite] = names.map((name) => perMillion(prices[name]) ?? 0);
  return { input: inputPrice ?? 0, output: output ?? 0, cacheRead: cacheRead ?? 0, cacheWrite: cacheWrite ?? 0 };
}
const gatewayPrices = ["prompt", "completion", "input_cache_read", "input_cache_write"] as const;
const free = (): JsonObject => costs({}, gatewayPrices);

/** By shape: an entry of the list and its id -> the model, null for what is none. */
export const readers: Readonly<Record<DiscoveryShape, Read>> = {
  kilo: (entry, id) =>
    isObject(entry["pricing"])
      ? {
          id,
          name: text(entry["name"], id),
          reasoning: has(entry["supported_parameters"], "reasoning", "include_reasoning"),
          input: input(has(part(entry, "architecture")["input_modalities"], "image")),
          cost: costs(entry["pricing"], gatewayPrices),
          contextWindow: tokens(1_000_000, entry["context_length"]),
          maxTokens: tokens(128_000, part(entry, "top_provider")["max_completion_tokens"]),
        }
      : null,
  openrouter: (entry, id) => {
    const modality = text(part(entry, "architecture")["modality"], text(entry["modality"], ""));
    return {
      id,
      name: text(entry["name"], id),
      reasoning: has(entry["supported_parameters"], "reasoning"),
      input: input((modality.split("->")[0] ?? "").includes("image")),
      cost: costs(part(entry, "pricing"), gatewayPrices),
      contextWindow: tokens(128_000, entry["context_length"]),
      maxTokens: tokens(
        8192,
        part(entry, "top_provider")["max_completion_tokens"],
        entry["max_completion_tokens"],
        entry["max_output_tokens"],
      ),
    };
  },
  // OpenClaw reads the id alone. What vLLM (`max_model_len`) and gateways in OpenRouter's manner say beyond it is right.
  openai: (entry, id) => {
    const contextWindow = tokens(128_000, entry["max_model_len"], entry["context_length"], entry["context_window"]);
    const parameters = entry["supported_parameters"];
    const said = tokens(8192, part(entry, "top_provider")["max_completion_tokens"], entry["max_output_tokens"]);
    return {
      id,
      name: text(entry["name"], id),
      reasoning: Array.isArray(parameters) ? has(parameters, "reasoning", "include_reasoning") : looksReasoning(id),
      input: input(has(part(entry, "architecture")["input_modalities"], "image")),
      cost: costs(part(entry, "pricing"), gatewayPrices),
      contextWindow,
      maxTokens: Math.min(said, contextWindow),
    };
  },
  lmstudio: (entry, id) => {
    if (typeof entry["type"] === "string" && entry["type"] !== "llm") return null;
    const reasoning = part(entry, "capabilities")["reasoning"];
    const options = isObject(reasoning) ? [reasoning["default"], ...optionsOf(reasoning)] : [];
    return {
      id,
      name: text(entry["display_name"], id),
      reasoning: options.some((option) => typeof option === "string" && option !== "off"),
      input: input(part(entry, "capabilities")["vision"] === true),
      cost: free(),
      contextWindow: tokens(128_000, entry["max_context_length"]),
      maxTokens: 8192,
    };
  },
  ollama: (_, id) => ollamaModel(id, null),
  huggingface: (entry, id) => {
    const providers = Array.isArray(entry["providers"]) ? entry["providers"] : [];
    const lengths = providers.map((one) => (isObject(one) ? one["context_length"] : undefined));
    return {
      id,
      name: text(entry["name"], id.split("/").at(-1) ?? id),
      reasoning: looksReasoning(id),
      input: input(has(part(entry, "architecture")["input_modalities"], "image")),
      cost: free(),
      contextWindow: tokens(131_072, ...lengths),
      maxTokens: 8192,
    };
  },
  venice: (entry, id) => {
    const spec = part(entry, "model_spec");
    const capabilities = part(spec, "capabilities");
    return {
      id,
      name: text(spec["name"], id),
      reasoning: capabilities["supportsReasoning"] === true,
      input: input(capabilities["supportsVision"] === true),
      cost: free(),
      contextWindow: tokens(128_000, spec["availableContextTokens"]),
      maxTokens: tokens(4096, spec["maxCompletionTokens"]),
    };
  },
  vercel: (entry, id) => ({
    id,
    name: text(entry["name"], id),
    reasoning: has(entry["tags"], "reasoning"),
    input: input(has(entry["tags"], "vision")),
    cost: costs(part(entry, "pricing"), ["input", "output", "input_cache_read", "input_cache_write"]),
    contextWindow: tokens(200_000, entry["context_window"]),
    maxTokens: tokens(128_000, entry["max_tokens"]),
  }),
  chutes: (entry, id) => {
    const prices = part(entry, "pricing");
    // The only ones that state USD per million tokens themselves.
    const price = (name: string): number => (typeof prices[name] === "number" && prices[name] >= 0 ? prices[name] : 0);
    return {
      id,
      name: text(entry["name"], id),
      reasoning: has(entry["supported_features"], "reasoning") || /r1|thinking|reason|tee/i.test(id),
      input: input(has(entry["input_modalities"], "image")),
      cost: { input: price("prompt"), output: price("completion"), cacheRead: 0, cacheWrite: 0 },
      contextWindow: tokens(128_000, entry["context_length"]),
      maxTokens: tokens(4096, entry["max_output_length"]),
      compat: { supportsUsageInStreaming: false },
    };
  },
};

function optionsOf(reasoning: JsonObject): readonly unknown[] {
  return Array.isArray(reasoning["allowed_options"]) ? reasoning["allowed_options"] : [];
}

/** One of ollama's models, with what its `/api/show` says, null when that is not known. */
export function ollamaModel(id: string, shown: unknown): ModelDefinition {
  const about = isObject(shown) ? shown : {};
  const capabilities = Array.isArray(about["capabilities"]) ? about["capabilities"] : undefined;
  const lengths = Object.entries(part(about, "model_info")).filter(([name]) => name.endsWith(".context_length"));
  return {
    id,
    name: id,
    reasoning: capabilities ? has(capabilities, "thinking") : looksReasoning(id),
    input: input(has(capabilities, "vision")),
    cost: free(),
    contextWindow: tokens(128_000, ...lengths.map(([, value]) => value)),
    maxTokens: 8192,
    compat: {
      ...(capabilities ? { supportsTools: has(capabilities, "tools") } : {}),
      supportsUsageInStreaming: true,
    },
  };
}
