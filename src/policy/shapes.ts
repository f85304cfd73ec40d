/**
 * What OpenClaw's provider plugins change in a body, as a table: one row per habit, its providers beside it (2026.5.6,
 * measured). The first of a row's changes works first.
 */

import { normalizeProviderId } from "../ids.js";
import type { Body, Call } from "./nouns.js";
import {
  anthropicTier,
  deepseekV4,
  kimiK2Off,
  kimiThinking,
  moonshotThinking,
  noReasoning,
  ollamaWindow,
  openAIExtras,
  openRouterDeepseek,
  proxyReasoning,
  qwenThinking,
  toolStream,
  veniceDeepseek,
  vllmThinking,
  zaiThinking,
} from "./shape-reasoning.js";

/** Changes a body. */
export type Shape = (body: Body, call: Call) => void;

interface Habit {
  readonly providers: readonly string[];
  readonly shape: readonly Shape[];
  /** Changes the call before the body is written. */
  readonly before?: (call: Call) => Call;
}

/** A faster model under the same name while `fastMode` is on. */
const swap =
  (models: { readonly [id: string]: string }, provider: string, apis: readonly string[]) =>
  (call: Call): Call => {
    const fast = Object.hasOwn(models, call.model.id) ? models[call.model.id] : undefined;
    if (call.params["fastMode"] !== true || fast === undefined || !apis.includes(call.model.api)) return call;
    return call.model.provider === provider ? { ...call, model: { ...call.model, id: fast } } : call;
  };
const fastGrok = swap(
  { "grok-3": "grok-3-fast", "grok-3-mini": "grok-3-mini-fast", "grok-4": "grok-4-fast", "grok-4-0709": "grok-4-fast" },
  "xai",
  ["openai-completions", "openai-responses"],
);
const mute = (call: Call): Call => ({ ...call, model: { ...call.model, reasoning: false } });

const habits: readonly Habit[] = [
  { providers: ["kilocode"], shape: [proxyReasoning((id) => id === "kilo/auto")] },
  {
    providers: ["openrouter"],
    shape: [proxyReasoning((id) => id === "auto" || /^openrouter\/hunter-alpha(:|$)/.test(id)), openRouterDeepseek],
    before: (call) => (/^openrouter\/hunter-alpha(:|$)/.test(call.model.id) ? mute(call) : call),
  },
  { providers: ["deepinfra"], shape: [proxyReasoning(() => false)] },
  { providers: ["kimi"], shape: [kimiThinking] },
  { providers: ["moonshot"], shape: [moonshotThinking] },
  { providers: ["zai"], shape: [toolStream, zaiThinking] },
  { providers: ["xai"], shape: [noReasoning, toolStream], before: (call) => fastGrok(mute(call)) },
  { providers: ["qwen"], shape: [qwenThinking] },
  { providers: ["fireworks"], shape: [kimiK2Off] },
  { providers: ["deepseek", "opencode-go"], shape: [deepseekV4] },
  { providers: ["venice"], shape: [veniceDeepseek] },
  { providers: ["vllm"], shape: [vllmThinking] },
  { providers: ["ollama"], shape: [ollamaWindow] },
  { providers: ["anthropic"], shape: [anthropicTier] },
  { providers: ["openai", "openai-codex", "azure-openai", "azure-openai-responses"], shape: [openAIExtras] },
  {
    providers: ["minimax", "minimax-portal"],
    shape: [],
    before: swap({ "MiniMax-M2.7": "MiniMax-M2.7-highspeed" }, "minimax", ["anthropic-messages"]),
  },
];

/** The habits of a call's provider; none for one without a plugin. */
export function providerShapes({ model }: Call): { before: (call: Call) => Call; shape: readonly Shape[] } {
  const id = normalizeProviderId(model.provider);
  const habit = habits.find(({ providers }) => providers.includes(id));
  return { before: habit?.before ?? ((call) => call), shape: habit?.shape ?? [] };
}
