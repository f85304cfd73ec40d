/** The changes themselves: how each plugin asks for reasoning, and the fields it adds (OpenClaw 2026.5.6, measured). */

import { isObject } from "../json.js";
import type { Json } from "../types.js";
import { hostClass, isProxyLike } from "./hosts.js";
import type { Body, Call, ThinkingLevel } from "./nouns.js";
import { sdkLevel } from "./sdk-level.js";
import { truth, word } from "./values.js";

/** A level as a gateway takes it. */
function effortOf(level: ThinkingLevel): string {
  if (level === "adaptive") return "medium";
  return level === "max" ? "xhigh" : level;
}

/** Gateways take `reasoning: {effort}`; OpenClaw adds it where the SDK has not, save for models it leaves alone. */
export function proxyReasoning(leavesAlone: (id: string) => boolean) {
  return (body: Body, { level, model }: Call): void => {
    delete body["reasoning_effort"];
    if (level === "off" || leavesAlone(model.id) || /^x-ai\//i.test(model.id)) return;
    const existing = body["reasoning"];
    if (!isObject(existing)) body["reasoning"] = { effort: effortOf(level) };
    else if (!("effort" in existing) && !("max_tokens" in existing)) existing["effort"] = effortOf(level);
  };
}

/** `params.thinking` in any spelling: true, "on", {type: "enabled"}. */
function thinkingParam(value: Json | undefined): "enabled" | "disabled" | undefined {
  if (isObject(value)) return thinkingParam(value["type"]);
  const on = truth(value);
  return on === undefined ? undefined : on ? "enabled" : "disabled";
}

function withoutEffort(body: Body): void {
  delete body["reasoning"];
  delete body["reasoning_effort"];
}

/** Kimi knows thinking on and off, nothing between. */
export function kimiThinking(body: Body, { level, params }: Call): void {
  body["thinking"] = { type: thinkingParam(params["thinking"]) ?? (level === "off" ? "disabled" : "enabled") };
  withoutEffort(body);
}

/** Moonshot likewise; its newest model can keep its thoughts. */
export function moonshotThinking(body: Body, { level, params }: Call): void {
  const asked = params["thinking"];
  const type = thinkingParam(asked) ?? (level === "off" ? "disabled" : "enabled");
  const keep = isObject(asked) && word(asked["keep"]) === "all";
  const keeps = keep && type === "enabled" && body["model"] === "kimi-k2.6";
  body["thinking"] = { type, ...(keeps ? { keep: "all" } : {}) };
}

/** Tool calls as they are written, unless `params.tool_stream` is false. */
export function toolStream(body: Body, { params }: Call): void {
  if (params["tool_stream"] !== false) body["tool_stream"] = true;
}

/** Z.AI is told twice when thinking is off; `preserveThinking` keeps its thoughts. */
export function zaiThinking(body: Body, { level, params, model }: Call): void {
  if (model.api !== "openai-completions" || model.provider !== "zai") return;
  if (level === "off") body["thinking"] = { type: "disabled" };
  else if (params["preserveThinking"] === true || params["preserve_thinking"] === true)
    body["thinking"] = { type: "enabled", clear_thinking: false };
}

/** xAI is never asked for reasoning. */
export function noReasoning(body: Body): void {
  withoutEffort(body);
}

/** Qwen has a switch of its own. */
export function qwenThinking(body: Body, { model, level }: Call): void {
  if (model.api !== "openai-completions" || !model.reasoning) return;
  body["enable_thinking"] = level !== "off";
  withoutEffort(body);
}

/** Kimi K2 at Fireworks does not think. */
export function kimiK2Off(body: Body, { model }: Call): void {
  if (model.api !== "openai-completions" || !/(^|[/-])kimi-?k2/i.test(model.id)) return;
  body["thinking"] = { type: "disabled" };
  withoutEffort(body);
}

/** DeepSeek V4 behind DeepSeek and OpenCode Go. */
export function deepseekV4(body: Body, { model, level }: Call): void {
  if (/^deepseek-v4-(flash|pro)$/i.test(model.id))
    deepseekThinking(body, level, level === "xhigh" || level === "max" ? "max" : "high");
}

/** DeepSeek V4 behind OpenRouter itself. */
export function openRouterDeepseek(body: Body, { model, level }: Call): void {
  const verified = /^https:\/\/openrouter\.ai\/(api\/)?v1\/?$/.test(model.baseUrl);
  if (verified && /^(openrouter\/)?deepseek\/deepseek-v4-(flash|pro)(:.*)?$/i.test(model.id))
    deepseekThinking(body, level, effortOf(level));
}

function deepseekThinking(body: Body, level: ThinkingLevel, effort: string): void {
  body["thinking"] = { type: level === "off" ? "disabled" : "enabled" };
  if (level === "off") withoutEffort(body);
  else body["reasoning_effort"] = effort;
}

/** Venice's DeepSeek V4 takes no word about thinking. */
export function veniceDeepseek(body: Body, { model }: Call): void {
  if (!/^deepseek-v4-(flash|pro)$/.test(model.id)) return;
  delete body["thinking"];
  withoutEffort(body);
}

/** vLLM: `params.qwenThinkingFormat` says where Qwen's switch goes; Nemotron 3 needs two words to stop thinking. */
export function vllmThinking(body: Body, { model, params, level }: Call): void {
  if (model.api !== "openai-completions") return;
  const format = word(params["qwenThinkingFormat"] ?? params["qwen_thinking_format"]).replaceAll("_", "-");
  const kwargs = isObject(body["chat_template_kwargs"]) ? body["chat_template_kwargs"] : {};
  if (model.reasoning && /^chat-template(-(kwargs?|arguments))?$/.test(format)) {
    body["chat_template_kwargs"] = { preserve_thinking: true, ...kwargs, enable_thinking: level !== "off" };
    withoutEffort(body);
  } else if (model.reasoning && ["top-level", "enable-thinking", "request-body"].includes(format)) {
    body["enable_thinking"] = level !== "off";
    withoutEffort(body);
  }
  if (level === "off" && /\bnemotron-3(?:[-_](?:nano|super|ultra))?\b/i.test(model.id))
    body["chat_template_kwargs"] = { enable_thinking: false, force_nonempty_content: true, ...kwargs };
}

/** Ollama behind its OpenAI-style API is told the window. */
export function ollamaWindow(body: Body, { model }: Call): void {
  if (model.api !== "openai-completions") return;
  body["options"] = { ...(isObject(body["options"]) ? body["options"] : {}), num_ctx: model.contextWindow };
}

/** Anthropic's service tier: `params.serviceTier`, else by fast mode. Only at Anthropic itself. */
export function anthropicTier(body: Body, { model, params, host }: Call): void {
  if (model.api !== "anthropic-messages" || (host !== "default" && host !== "anthropic-public")) return;
  const asked = word(params["serviceTier"]);
  const fast = params["fastMode"] === true ? "auto" : "standard_only";
  body["service_tier"] = asked === "auto" || asked === "standard_only" ? asked : fast;
}

/** OpenAI's own: service tier, verbosity, and no word about reasoning when it is off. Only at OpenAI itself. */
export function openAIExtras(body: Body, call: Call): void {
  const { model, params, host, level } = call;
  const known = hostClass(model.baseUrl, true);
  const tier = word(params["serviceTier"]);
  const atHome =
    (model.provider === "openai" && model.api === "openai-responses" && known === "openai-public") ||
    (model.provider === "openai-codex" && model.api.endsWith("responses") && known === "openai-codex");
  if (atHome && params["fastMode"] === true) body["service_tier"] = "priority";
  else if (atHome && ["auto", "default", "flex", "priority"].includes(tier)) body["service_tier"] = tier;
  const verbosity = word(params["text_verbosity"]);
  if (
    ["openai-responses", "openai-codex-responses"].includes(model.api) &&
    ["low", "medium", "high"].includes(verbosity)
  )
    body["text"] = { verbosity };
  if (isProxyLike(host)) return;
  const asked = body["reasoning"];
  if (level === "off") delete body["reasoning"];
  else if (isObject(asked))
    asked["effort"] = level === "minimal" || sdkLevel(level, model) === "minimal" ? "low" : effortOf(level);
}
