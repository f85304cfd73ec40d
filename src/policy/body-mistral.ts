/** Bodies of Mistral's own SDK, used while no provider block says otherwise (OpenClaw 2026.5.6, measured). */

import { outputTokens, temperature } from "./amounts.js";
import type { Body, Call } from "./nouns.js";
import { sdkLevel, spelled } from "./sdk-level.js";

/** Models that take an effort; other reasoning models take a prompt mode. */
const takesEffort: ReadonlySet<string> = new Set(["mistral-small-2603", "mistral-small-latest", "mistral-medium-3.5"]);

/** The body, in the spelling it has on the wire. */
export function mistralBody(call: Call): Body {
  const { model } = call;
  const level = sdkLevel(call.level, model);
  const thinks = level !== "off";
  return {
    model: model.id,
    ...temperature(call),
    max_tokens: outputTokens(call),
    ...(thinks && takesEffort.has(model.id)
      ? { reasoning_effort: model.levels[level] === undefined ? "high" : spelled(level, model) }
      : {}),
    ...(thinks && !takesEffort.has(model.id) ? { prompt_mode: "reasoning" } : {}),
  };
}
