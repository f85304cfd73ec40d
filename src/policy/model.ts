/** Which definition of a model OpenClaw 2026.5.6 calls with: the configuration's, its SDK's, or one made up (runtime.md 9). */

import { normalizeProviderId } from "../ids.js";
import { isObject } from "../json.js";
import type { JsonObject, OpenClawConfig } from "../types.js";
import { knownModel, knownProvider } from "./known-models.js";
import type { CallModel } from "./nouns.js";
import { compatMember, count, text, texts } from "./values.js";

/** Tokens, where nothing says more. */
const defaultContext = 200_000;
const defaultOutput = 8192;

/** Headers that a plugin gives its provider's own models. */
const pluginHeaders: ReadonlyMap<string, { readonly [name: string]: string }> = new Map([
  ["github-copilot", { "Editor-Version": "vscode/1.96.2", "User-Agent": "GitHubCopilotChat/0.26.7" }],
]);

/** The provider block that serves a provider id: the same key, else one that is the same provider in another spelling. */
export function blockOf(config: OpenClawConfig, provider: string): { key: string; block: JsonObject } | null {
  const entries = Object.entries(config.models?.providers ?? {}).filter(([, block]) => isObject(block));
  const hit =
    entries.find(([key]) => key === provider) ??
    entries.find(([key]) => key.trim().toLowerCase() === provider) ??
    entries.find(([key]) => normalizeProviderId(key) === normalizeProviderId(provider));
  return hit ? { key: hit[0], block: hit[1] as unknown as JsonObject } : null;
}

/** The model OpenClaw calls; null when it answers "Unknown model". `config` has its variables replaced. */
export function resolveModel(config: OpenClawConfig, provider: string, id: string): CallModel | null {
  const found = blockOf(config, provider);
  const block = found?.block ?? {};
  const own = definitionOf(block, provider, id);
  const api = text(own?.["api"]) ?? text(block["api"]);
  const listed = knownModel(provider, id);
  const known = listed?.callable === true ? listed : null;
  if (own && api !== undefined) return fromConfig({ provider, id: text(own["id"]) ?? id, api }, block, own);
  if (known) {
    return shared(provider, block, own, {
      provider,
      id,
      api: api ?? known.api,
      baseUrl: text(block["baseUrl"]) ?? known.baseUrl,
      reasoning: flag(own?.["reasoning"]) ?? known.reasoning,
      image: known.image,
      contextWindow: count(own?.["contextWindow"]) ?? count(block["contextWindow"]) ?? known.contextWindow,
      maxTokens: count(own?.["maxTokens"]) ?? count(block["maxTokens"]) ?? known.maxTokens,
      headers: { ...known.headers, ...pluginHeaders.get(provider) },
      authHeader: known.authHeader,
      compat: isObject(own?.["compat"]) ? compatMember(own) : known.compat,
      levels: known.levels,
      origin: "sdk",
    });
  }
  if (provider === "openrouter") return dynamicOpenRouter(block, own, id);
  return found ? synthesised(provider, block, own, id) : null;
}

function fromConfig(
  { provider, id, api }: Pick<CallModel, "provider" | "id" | "api">,
  block: JsonObject,
  own: JsonObject,
): CallModel {
  const contextWindow = count(own["contextWindow"]) ?? count(block["contextWindow"]) ?? defaultContext;
  const asked = count(own["maxTokens"]) ?? count(block["maxTokens"]) ?? Math.min(defaultOutput, contextWindow);
  return shared(provider, block, own, {
    provider,
    id,
    api,
    baseUrl: text(own["baseUrl"]) ?? text(block["baseUrl"]) ?? "",
    reasoning: flag(own["reasoning"]) ?? false,
    image: Array.isArray(own["input"]) && own["input"].includes("image"),
    contextWindow,
    maxTokens: Math.min(asked, contextWindow),
    headers: {},
    authHeader: false,
    compat: compatMember(own),
    levels: {},
    origin: "config",
  });
}

/** A model of OpenRouter that neither the SDK nor the configuration knows: asked for at run time, else these values. */
function dynamicOpenRouter(block: JsonObject, own: JsonObject | undefined, id: string): CallModel {
  return shared("openrouter", block, own, {
    provider: "openrouter",
    id,
    api: text(block["api"]) ?? "openai-completions",
    baseUrl: text(block["baseUrl"]) ?? "https://openrouter.ai/api/v1",
    reasoning: flag(own?.["reasoning"]) ?? false,
    image: false,
    contextWindow: count(own?.["contextWindow"]) ?? defaultContext,
    maxTokens: count(own?.["maxTokens"]) ?? defaultOutput,
    headers: {},
    authHeader: false,
    compat: compatMember(own),
    levels: {},
    origin: "openrouter",
  });
}

/** A model the provider block does not list: made up from the block and its first model. */
function synthesised(provider: string, block: JsonObject, own: JsonObject | undefined, id: string): CallModel {
  const first = Array.isArray(block["models"]) && isObject(block["models"][0]) ? block["models"][0] : {};
  const known = knownProvider(provider);
  // A block's models get their defaults when the configuration is loaded, its first model's count here.
  const context = count(first["contextWindow"]) ?? defaultContext;
  const firstOutput = "id" in first ? Math.min(count(first["maxTokens"]) ?? defaultOutput, context) : undefined;
  return shared(provider, block, own, {
    provider,
    id,
    api:
      text(own?.["api"]) ??
      text(block["api"]) ??
      (text(block["baseUrl"]) === undefined ? "openai-responses" : "openai-completions"),
    baseUrl: text(block["baseUrl"]) ?? known?.baseUrl ?? "",
    reasoning: flag(own?.["reasoning"]) ?? false,
    image: false,
    contextWindow: count(own?.["contextWindow"]) ?? count(block["contextWindow"]) ?? context,
    maxTokens: count(own?.["maxTokens"]) ?? count(block["maxTokens"]) ?? firstOutput ?? defaultContext,
    headers: {},
    authHeader: false,
    compat: compatMember(own),
    levels: {},
    origin: "synthesised",
  });
}

/** What a provider block adds to any definition: headers, credentials of its own, parameters. */
function shared(
  provider: string,
  block: JsonObject,
  own: JsonObject | undefined,
  model: Omit<CallModel, "params" | "request">,
): CallModel {
  return {
    ...model,
    id: modelId(provider, model.id),
    api: apiOf(model),
    baseUrl: model.baseUrl.trim(),
    headers: { ...model.headers, ...texts(block["headers"]), ...texts(own?.["headers"]) },
    authHeader: flag(block["authHeader"]) ?? model.authHeader,
    params: { ...(isObject(own?.["params"]) ? own["params"] : {}) },
    request: isObject(block["request"]) ? block["request"] : {},
  };
}

/** OpenAI's plugin moves chat completions to the Responses API at OpenAI's own host (measured). */
function apiOf({ provider, api, baseUrl }: Pick<CallModel, "provider" | "api" | "baseUrl">): string {
  const moved = provider === "openai" && api === "openai-completions";
  return moved && /^(https:\/\/api\.openai\.com(\/v1)?\/?)?$/.test(baseUrl.trim()) ? "openai-responses" : api;
}

/** Kimi's old model id is sent as the new one. */
function modelId(provider: string, id: string): string {
  return provider === "kimi" && id === "k2p5" ? "kimi-code" : id;
}

function definitionOf(block: JsonObject, provider: string, id: string): JsonObject | undefined {
  const models: readonly unknown[] = Array.isArray(block["models"]) ? block["models"] : [];
  const listed = models.filter((model): model is JsonObject => isObject(model) && typeof model["id"] === "string");
  const prefix = `${provider}/`;
  return (
    listed.find((model) => model["id"] === id) ??
    listed.find((model) => bare(text(model["id"]) ?? "", prefix) === bare(id, prefix))
  );
}

function bare(id: string, prefix: string): string {
  return id.startsWith(prefix) ? id.slice(prefix.length) : id;
}

const flag = (value: unknown): boolean | undefined => (typeof value === "boolean" ? value : undefined);
