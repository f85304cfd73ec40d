/** Why a header or a field of the body is there: one short rule each, for people. */

import type { RequestExplanation } from "./nouns.js";

const fields: { readonly [field: string]: string } = {
  model: "the id without its provider",
  max_tokens: "params.maxTokens, else the model's limit, at most 32,000",
  max_completion_tokens: "params.maxTokens, else the model's limit, at most 32,000",
  max_output_tokens: "params.maxTokens, else the model's limit, at most 32,000",
  temperature: "params.temperature",
  stream_options: "the server is known to count tokens in a stream",
  store: "kept by OpenAI alone; the SDK's false elsewhere",
  provider: "params.provider: OpenRouter's routing",
  service_tier: "params.serviceTier, else fast mode (off: standard_only)",
  parallel_tool_calls: "params.parallel_tool_calls; on for GPT-5",
  text: "params.text_verbosity; low for GPT-5",
  context_management: "OpenAI compacts at 70 % of the context window",
  tool_stream: "the plugin's default; params.tool_stream",
  chat_template_kwargs: "params.chat_template_kwargs and the plugin",
  prompt_cache_retention: "PI_CACHE_RETENTION=long",
  cachedContent: "params.cachedContent",
  generationConfig: "limits and thinking, as Google takes them",
  options: "limits, as Ollama takes them",
};
const thinkingFields: ReadonlySet<string> = new Set([
  "reasoning",
  "reasoning_effort",
  "thinking",
  "output_config",
  "enable_thinking",
  "think",
  "prompt_mode",
]);

const headers: { readonly [name: string]: string } = {
  "http-referer": "attribution",
  "x-openrouter-title": "attribution",
  "x-openrouter-categories": "attribution",
  "x-openrouter-cache": "params.responseCache",
  "x-openrouter-cache-ttl": "params.responseCacheTtlSeconds, 1 to 86,400",
  "x-openrouter-cache-clear": "params.responseCacheClear",
  "x-kilocode-feature": "always; KILOCODE_FEATURE changes it",
  originator: "attribution at OpenAI itself",
  version: "attribution at OpenAI itself",
  "anthropic-beta": "interleaved thinking for models that do not think adaptively; params.anthropicBeta, context1m",
};

/** The rule of a field of the body. */
export function fieldRule(field: string, { thinking }: Pick<RequestExplanation, "thinking">): string {
  if (thinkingFields.has(field)) return `thinking ${thinking.level}`;
  return Object.hasOwn(fields, field) ? (fields[field] ?? "") : "params.extra_body";
}

/** The rule of a header. `value` is masked already. */
export function headerRule(name: string, value: string): string {
  const known = headers[name.toLowerCase()];
  if (known !== undefined) return known;
  return value.endsWith("***") ? "the credential" : "the configuration, or the provider's own";
}

const treatments: { readonly [flag: string]: string } = {
  thoughtSignatures: "Gemini's thought signatures are cleaned",
  strictToolIds: "tool-call ids are rewritten to letters and digits",
  nineCharacterToolIds: "tool-call ids are rewritten to nine letters and digits",
  nativeToolIds: "Anthropic's own tool-call ids are kept",
  fullSanitizing: "the whole conversation is cleaned, not images alone",
  preserveSignatures: "signatures of thoughts are kept",
  googleTurnOrder: "a conversation starts with the user's turn",
  validateGeminiTurns: "turns alternate, as Gemini wants them",
  validateAnthropicTurns: "turns alternate, as Anthropic wants them",
  syntheticToolResults: "missing tool results are made up",
  dropThinking: "thoughts are left out",
  dropReasoning: "earlier reasoning is left out",
};

/** What a flag of `transcript` means. */
export function treatment(flag: string): string {
  return treatments[flag] ?? flag;
}
