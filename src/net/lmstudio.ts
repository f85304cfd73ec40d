/** A model as LM Studio describes it (`/api/v1/models`) -> its definition (measured on OpenClaw 2026.5.6). */

import { isObject } from "../json.js";
import type { JsonObject, ModelDefinition } from "../types.js";

/** Tokens: what is assumed, what OpenClaw asks LM Studio to load, the longest answer. */
const assumedContext = 128_000;
const loadedContext = 64_000;
const longestAnswer = 8192;
const levels = ["minimal", "low", "medium", "high", "xhigh"];

/** The definition of a language model; null for anything else LM Studio holds. */
export function lmstudioModel(entry: JsonObject): ModelDefinition | null {
  const id = entry["type"] === "llm" && typeof entry["key"] === "string" ? entry["key"].trim() : "";
  if (id === "") return null;
  const can = isObject(entry["capabilities"]) ? entry["capabilities"] : {};
  const most = Math.floor(Number(entry["max_context_length"] ?? 0));
  const contextWindow = most > 0 ? most : assumedContext;
  const shown = typeof entry["display_name"] === "string" ? entry["display_name"].trim() : "";
  const thinking = isObject(can["reasoning"]) ? can["reasoning"] : {};
  const options = wordsOf(thinking["allowed_options"]);
  const compat = reasoningCompat(options);
  return {
    id,
    name: shown || id,
    reasoning: (options.length > 0 ? options : wordsOf([thinking["default"] ?? "off"])).some(
      (option) => option !== "off",
    ),
    input: can["vision"] === true ? ["text", "image"] : ["text"],
    cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
    ...(compat ? { compat } : {}),
    contextWindow,
    contextTokens: Math.min(contextWindow, loadedContext),
    maxTokens: Math.min(contextWindow, longestAnswer),
  };
}

/** How OpenClaw's thinking levels are said to this model; null when it only ever thinks one way. */
function reasoningCompat(options: readonly string[]): JsonObject | null {
  const efforts = effortsOf(options);
  const thinking = efforts.filter((effort) => effort !== "none");
  const most = ["xhigh", "high"].find((effort) => thinking.includes(effort)) ?? thinking[0];
  if (most === undefined) return null;
  const off = efforts.includes("none") ? { off: "none", none: "none" } : {};
  return {
    supportsReasoningEffort: true,
    supportedReasoningEfforts: [...efforts],
    reasoningEffortMap: { ...off, adaptive: most, max: most },
  };
}

/** A model that is merely on or off takes every level; one with levels takes its own. */
function effortsOf(options: readonly string[]): readonly string[] {
  const binary = options.includes("on") && options.every((option) => option === "on" || option === "off");
  if (binary) return options.includes("off") ? ["none", ...levels] : levels;
  return [...new Set(options.map((option) => (option === "off" ? "none" : option)))].filter(
    (option) => option !== "on",
  );
}

function wordsOf(value: unknown): string[] {
  const words = (Array.isArray(value) ? value : []).flatMap((word: unknown) =>
    typeof word === "string" && word.trim() !== "" ? [word.trim().toLowerCase()] : [],
  );
  return [...new Set(words)];
}
