/** The `params` of a request, merged as OpenClaw 2026.5.6 merges them (runtime.md 6). */

import { isObject } from "../json.js";
import type { Json, JsonObject, OpenClawConfig } from "../types.js";
import { refKey } from "./model-ids.js";
import { agentEntry } from "./references.js";

/** Spellings of one parameter; the last layer that has any of them counts, in the first spelling. */
const aliases: readonly (readonly string[])[] = [
  ["parallel_tool_calls", "parallelToolCalls"],
  ["text_verbosity", "textVerbosity"],
  ["cachedContent", "cached_content"],
  ["responseCache", "response_cache"],
  ["responseCacheTtlSeconds", "response_cache_ttl_seconds", "responseCacheTtl", "response_cache_ttl"],
  ["responseCacheClear", "response_cache_clear"],
  ["extra_body", "extraBody"],
  ["chat_template_kwargs", "chatTemplateKwargs"],
  ["fastMode", "fast_mode"],
  ["serviceTier", "service_tier"],
];

/** `agents.defaults.params`, then those of the model's entry, then the agent's own: a later one wins, key by key. */
export function mergedParams(config: OpenClawConfig, provider: string, model: string, agent: string): JsonObject {
  const listed = config.agents?.defaults?.models ?? {};
  const entry = listed[refKey(provider, model)] ?? listed[`${provider}/${model}`];
  const layers = [config.agents?.defaults?.["params"], entry?.params, agentEntry(config, agent)?.["params"]].filter(
    isObject,
  );
  const merged: JsonObject = {};
  for (const layer of layers) for (const [name, value] of Object.entries(layer)) merge(merged, name, value);
  if ((provider === "openai" || provider === "openai-codex") && /^gpt-5(?:[.-]|$)/i.test(model)) {
    return { parallel_tool_calls: true, text_verbosity: "low", ...merged };
  }
  return merged;
}

function merge(merged: JsonObject, name: string, value: Json): void {
  if (["__proto__", "prototype", "constructor"].includes(name)) return;
  const [canonical] = aliases.find((spellings) => spellings.includes(name)) ?? [name];
  if (canonical !== undefined) merged[canonical] = value;
}
