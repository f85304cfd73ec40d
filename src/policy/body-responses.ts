/** Bodies of OpenAI's Responses API and its Codex and Azure kin (OpenClaw 2026.5.6, measured). */

import { outputTokens, temperature } from "./amounts.js";
import { retentionOf } from "./cache.js";
import type { Body, Call } from "./nouns.js";
import { sdkLevel, spelled } from "./sdk-level.js";

/** The body before a plugin shapes it. `off` is asked for as effort "none" and taken out again where OpenAI is not at the other end. */
export function responsesBody(call: Call): Body {
  const { model } = call;
  const azure = model.api === "azure-openai-responses";
  return {
    model: model.id,
    ...(azure ? {} : { store: false }),
    ...(!azure && retentionOf(call) === "long" ? { prompt_cache_retention: "24h" } : {}),
    max_output_tokens: outputTokens(call),
    ...temperature(call),
    ...(model.reasoning ? reasoning(call) : {}),
  };
}

function reasoning({ level, model }: Call): Body {
  const wanted = sdkLevel(level, model);
  if (wanted !== "off") return { reasoning: { effort: spelled(wanted, model), summary: "auto" } };
  if (model.provider === "github-copilot" || model.levels["off"] === null) return {};
  return { reasoning: { effort: model.levels["off"] ?? "none" } };
}
