/** The level as the embedded SDK takes it: it knows neither `adaptive` nor `max`, and only what the model has. */

import type { CallModel, ThinkingLevel } from "./nouns.js";

/** A level of the SDK. */
export type SdkLevel = "off" | "minimal" | "low" | "medium" | "high" | "xhigh";

const order: readonly SdkLevel[] = ["off", "minimal", "low", "medium", "high", "xhigh"];

/** The nearest level the model has: upwards first, then down (measured: "off" becomes "minimal" where off is impossible). */
export function sdkLevel(level: ThinkingLevel, { reasoning, levels }: CallModel): SdkLevel {
  const wanted: SdkLevel = level === "max" ? "xhigh" : level === "adaptive" ? "medium" : level;
  if (!reasoning) return "off";
  const has = (one: SdkLevel): boolean => levels[one] !== null && (one !== "xhigh" || levels["xhigh"] !== undefined);
  const at = order.indexOf(wanted);
  return order.slice(at).find(has) ?? order.slice(0, at).findLast(has) ?? "off";
}

/** How the model's provider spells a level. */
export function spelled(level: SdkLevel, { levels }: CallModel): string {
  return levels[level] ?? level;
}
