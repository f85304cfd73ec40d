/** Bodies of the API `openai-completions`: one way to ask for reasoning per kind of server (OpenClaw 2026.5.6, measured). */

import { isObject } from "../json.js";
import { outputTokens, temperature } from "./amounts.js";
import { retentionOf } from "./cache.js";
import { compatOf } from "./compat.js";
import type { Body, Call } from "./nouns.js";
import { sdkLevel, spelled, type SdkLevel } from "./sdk-level.js";

type AskReasoning = (level: SdkLevel, call: Call) => Body;

const enableThinking: AskReasoning = (level) => ({ enable_thinking: level !== "off" });

/** By `thinkingFormat`; anything else asks by `reasoning_effort`. */
const formats: ReadonlyMap<string, AskReasoning> = new Map<string, AskReasoning>([
  ["zai", enableThinking],
  ["qwen", enableThinking],
  [
    "qwen-chat-template",
    (level) => ({ chat_template_kwargs: { enable_thinking: level !== "off", preserve_thinking: true } }),
  ],
  [
    "deepseek",
    (level, { model }) => ({
      thinking: { type: level === "off" ? "disabled" : "enabled" },
      ...(level === "off" ? {} : { reasoning_effort: spelled(level, model) }),
    }),
  ],
  [
    "openrouter",
    (level, { model }) => {
      if (level !== "off") return { reasoning: { effort: spelled(level, model) } };
      return model.levels["off"] === null ? {} : { reasoning: { effort: model.levels["off"] ?? "none" } };
    },
  ],
]);

/** The body before a plugin shapes it. */
export function completionsBody(call: Call): Body {
  const { model, params } = call;
  const compat = compatOf(model, call.host);
  const level = sdkLevel(call.level, model);
  const effort: AskReasoning = (wanted) => {
    if (compat.supportsReasoningEffort === false) return {};
    if (wanted !== "off") return { reasoning_effort: spelled(wanted, model) };
    return typeof model.levels["off"] === "string" ? { reasoning_effort: model.levels["off"] } : {};
  };
  const ask = formats.get(compat.thinkingFormat) ?? effort;
  const routing = params["provider"];
  return {
    model: model.id,
    ...(compat.supportsUsageInStreaming ? { stream_options: { include_usage: true } } : {}),
    ...(retentionOf(call) === "long" && !model.baseUrl.includes("cloudflare.com")
      ? { prompt_cache_retention: "24h" }
      : {}),
    ...(compat.supportsStore === false ? {} : { store: false }),
    [compat.maxTokensField]: outputTokens(call),
    ...temperature(call),
    ...(compat.zaiToolStream ? { tool_stream: true } : {}),
    ...(model.reasoning ? ask(level, call) : {}),
    ...(model.provider === "openrouter" && isObject(routing) && model.baseUrl.includes("openrouter.ai")
      ? { provider: routing }
      : {}),
  };
}
