/** Numbers of a request: output tokens and thinking budgets (OpenClaw 2026.5.6, measured). */

import type { Call } from "./nouns.js";
import type { SdkLevel } from "./sdk-level.js";

/** Tokens: no request asks for more by itself. */
const outputCap = 32_000;
/** Tokens. */
const leastOutput = 1024;
const budgets: { readonly [level in SdkLevel]: number } = {
  off: 0,
  minimal: 1024,
  low: 2048,
  medium: 8192,
  high: 16_384,
  xhigh: 16_384,
};

/** `params.maxTokens`, else the model's limit, at most 32,000. */
export function outputTokens({ params, model }: Call): number {
  const asked = params["maxTokens"];
  return typeof asked === "number" && asked !== 0 ? asked : Math.min(model.maxTokens, outputCap);
}

/** The temperature asked for, as a member or none. */
export function temperature({ params }: Call): { temperature?: number } {
  const asked = params["temperature"];
  return typeof asked === "number" ? { temperature: asked } : {};
}

/** Output and thinking share the model's limit: the output grows by the budget as far as the limit lets it. */
export function thinkingBudget(call: Call, level: SdkLevel): { output: number; budget: number } {
  const budget = budgets[level];
  const output = Math.min(outputTokens(call) + budget, call.model.maxTokens);
  return { output, budget: output <= budget ? Math.max(0, output - leastOutput) : budget };
}
