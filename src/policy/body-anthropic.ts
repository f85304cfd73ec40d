/** Bodies of the API `anthropic-messages` (OpenClaw 2026.5.6, measured). */

import { outputTokens, temperature, thinkingBudget } from "./amounts.js";
import type { Body, Call, CallModel } from "./nouns.js";
import { sdkLevel, type SdkLevel } from "./sdk-level.js";

/** Claude 4.6 and 4.7 decide themselves how long to think. */
export function thinksAdaptively({ id }: CallModel): boolean {
  return /(opus-4[-.][67]|sonnet-4[-.]6)/.test(id);
}

/** The body before a plugin shapes it. A temperature goes with thinking off only. */
export function anthropicBody(call: Call): Body {
  const { model } = call;
  const level = sdkLevel(call.level, model);
  if (level === "off") {
    return {
      model: model.id,
      max_tokens: outputTokens(call),
      ...temperature(call),
      ...(model.reasoning ? { thinking: { type: "disabled" } } : {}),
    };
  }
  if (thinksAdaptively(model)) {
    return {
      model: model.id,
      max_tokens: outputTokens(call),
      thinking: { type: "adaptive", display: "summarized" },
      output_config: { effort: effort(level, model) },
    };
  }
  const { output, budget } = thinkingBudget(call, level);
  return {
    model: model.id,
    max_tokens: output,
    thinking: { type: "enabled", budget_tokens: budget === 0 ? 1024 : budget, display: "summarized" },
  };
}

function effort(level: SdkLevel, { levels }: CallModel): string {
  const own = levels[level];
  if (typeof own === "string") return own;
  if (level === "minimal") return "low";
  return level === "xhigh" ? "high" : level;
}
