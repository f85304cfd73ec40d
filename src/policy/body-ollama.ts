/** Bodies of Ollama's own chat API (OpenClaw 2026.5.6, measured). */

import type { Json } from "../types.js";
import type { Body, Call, ThinkingLevel } from "./nouns.js";

const think: { readonly [level in ThinkingLevel]: boolean | string } = {
  off: false,
  minimal: "low",
  low: "low",
  medium: "medium",
  high: "high",
  xhigh: "high",
  adaptive: "high",
  max: "high",
};

/** The options Ollama itself takes, under their own names, from `params`. */
const options: ReadonlySet<string> = new Set(
  `num_keep seed num_predict top_k top_p min_p typical_p repeat_last_n temperature repeat_penalty presence_penalty
   frequency_penalty stop num_batch num_gpu main_gpu use_mmap num_thread`.split(/\s+/),
);
/** Taken beside the options. */
const topLevel: ReadonlySet<string> = new Set(["format", "keep_alive", "truncate", "shift"]);

/** The body: limits are `options`, reasoning is `think`. */
export function ollamaBody({ model, params, level }: Call): Body {
  const own = { ...params, ...model.params };
  const window = own["num_ctx"];
  const settings: { [name: string]: Json } = {
    ...Object.fromEntries(Object.entries(own).filter(([name]) => options.has(name))),
    num_ctx: typeof window === "number" && window > 0 ? Math.floor(window) : model.contextWindow,
    ...(typeof params["temperature"] === "number" ? { temperature: params["temperature"] } : {}),
    ...(typeof params["maxTokens"] === "number" ? { num_predict: params["maxTokens"] } : {}),
  };
  const asked = thinkParam(own["think"] ?? own["thinking"]);
  return {
    model: model.provider === "ollama" && model.id.startsWith("ollama/") ? model.id.slice("ollama/".length) : model.id,
    options: settings,
    ...Object.fromEntries(Object.entries(own).filter(([name]) => topLevel.has(name))),
    think: level === "off" ? (asked ?? false) : think[level],
  };
}

function thinkParam(value: Json | undefined): boolean | string | undefined {
  if (typeof value === "boolean") return value;
  return typeof value === "string" && Object.hasOwn(think, value) ? think[value as ThinkingLevel] : undefined;
}
