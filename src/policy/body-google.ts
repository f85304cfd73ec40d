/** Bodies of Google's generateContent API: through OpenClaw's own transport for provider google, the SDK's for others (measured). */

import type { Json } from "../types.js";
import { outputTokens, temperature } from "./amounts.js";
import type { Body, Call, CallModel, ThinkingLevel } from "./nouns.js";
import { sdkLevel, type SdkLevel } from "./sdk-level.js";

const gemini3Pro = /(?:^|\/)gemini-(?:3(?:\.\d+)?-pro|pro-latest)(?:-|$)/;
const gemini3Flash = /(?:^|\/)gemini-(?:3(?:\.\d+)?-flash|flash(?:-lite)?-latest)(?:-|$)/;
const gemini25 = /(?:^|\/)gemini-2\.5-/;
const gemma4 = /^gemma-4/;

/** Google's own levels. A Pro model knows two. */
const proLevels: { readonly [level in SdkLevel]: string } = {
  off: "LOW",
  minimal: "LOW",
  low: "LOW",
  medium: "HIGH",
  high: "HIGH",
  xhigh: "HIGH",
};
const flashLevels: { readonly [level in SdkLevel]: string } = {
  off: "MINIMAL",
  minimal: "MINIMAL",
  low: "LOW",
  medium: "MEDIUM",
  high: "HIGH",
  xhigh: "HIGH",
};
/** Tokens of thinking for models that take a budget. */
const budgets: readonly (readonly [part: string, { readonly [level in Exclude<SdkLevel, "off">]: number }])[] = [
  ["2.5-pro", { minimal: 128, low: 2048, medium: 8192, high: 32_768, xhigh: 32_768 }],
  ["2.5-flash-lite", { minimal: 512, low: 2048, medium: 8192, high: 24_576, xhigh: 24_576 }],
  ["2.5-flash", { minimal: 128, low: 2048, medium: 8192, high: 24_576, xhigh: 24_576 }],
];

/** True when OpenClaw's own Google transport carries the request: it leaves the output limit to Google. */
export function ownGoogleTransport({ provider }: CallModel): boolean {
  return ["google", "google-vertex", "google-antigravity"].includes(provider);
}

/** The body: everything stands in `generationConfig`, the model in the URL. */
export function googleBody(call: Call): Body {
  const { model, params } = call;
  const thinking = model.reasoning ? thinkingConfig(call) : {};
  const asked = params["maxTokens"];
  const limit = ownGoogleTransport(model)
    ? typeof asked === "number"
      ? { maxOutputTokens: asked }
      : {}
    : { maxOutputTokens: outputTokens(call) };
  const config: { [field: string]: Json } = {
    ...temperature(call),
    ...limit,
    ...(Object.keys(thinking).length > 0 ? { thinkingConfig: thinking } : {}),
  };
  const cached = params["cachedContent"];
  return {
    ...(typeof cached === "string" && cached.trim() !== "" && ownGoogleTransport(model)
      ? { cachedContent: cached.trim() }
      : {}),
    ...(Object.keys(config).length > 0 ? { generationConfig: config } : {}),
  };
}

function thinkingConfig({ level, model }: Call): { [field: string]: Json } {
  const id = model.id.toLowerCase();
  const sdk = sdkLevel(level, model);
  const thoughts = sdk === "off" ? {} : { includeThoughts: true };
  if (gemini3Pro.test(id) || gemini3Flash.test(id)) {
    // OpenClaw writes the level once more, from the one asked for; "adaptive" leaves it to the model.
    const named = gemini3Pro.test(id) ? proLevels : flashLevels;
    return level === "adaptive" ? thoughts : { ...thoughts, thinkingLevel: named[asSdk(level)] };
  }
  if (gemma4.test(id)) {
    if (level === "off") return thoughts;
    return { ...thoughts, thinkingLevel: level === "minimal" || level === "low" ? "MINIMAL" : "HIGH" };
  }
  if (level === "adaptive" && gemini25.test(id)) return { ...thoughts, thinkingBudget: -1 };
  if (sdk === "off") return id.includes("gemini-2.5-pro") ? {} : { thinkingBudget: 0 };
  const budget = budgets.find(([part]) => id.includes(part))?.[1][sdk];
  return { ...thoughts, ...(budget === undefined ? {} : { thinkingBudget: budget }) };
}

function asSdk(level: ThinkingLevel): SdkLevel {
  if (level === "max") return "xhigh";
  return level === "adaptive" ? "medium" : level;
}
