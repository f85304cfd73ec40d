/** The prompt cache: who may prune by its age, how long it is kept, where a request is marked (OpenClaw 2026.5.6; runtime.md 2). */

import { normalizeProviderId } from "../ids.js";
import type { CachePolicy, Call } from "./nouns.js";

interface Eligibility {
  readonly providers: readonly string[];
  readonly models?: RegExp;
}

/** A provider's own word is final: of a row's provider only what its pattern takes is eligible. */
const eligible: readonly Eligibility[] = [
  { providers: ["kilocode", "deepinfra"], models: /^anthropic\// },
  { providers: ["openrouter"], models: /^(anthropic|deepseek|moonshot|moonshotai|zai)\// },
  { providers: ["zai", "anthropic", "anthropic-vertex"] },
  {
    providers: ["amazon-bedrock"],
    models: /anthropic[./]claude|^arn:aws(-cn|-us-gov)?:bedrock:.*:application-inference-profile\/.*claude/,
  },
];
const geminiCaches = /^gemini-(2\.5|3)/;

type Retention = "none" | "short" | "long";
const retentions: ReadonlySet<unknown> = new Set(["none", "short", "long"]);
const legacy: ReadonlyMap<unknown, Retention> = new Map<unknown, Retention>([
  ["5m", "short"],
  ["1h", "long"],
]);

/** True when `contextPruning.mode: "cache-ttl"` has an effect for the model. */
export function isTtlEligible({ provider, id, api }: Call["model"]): boolean {
  const own = eligible.find(({ providers }) => providers.includes(normalizeProviderId(provider)));
  const model = id.toLowerCase();
  if (own) return own.models?.test(model) ?? true;
  return api === "anthropic-messages" || (api === "google-generative-ai" && geminiCaches.test(model));
}

/** The retention a request asks for: `params.cacheRetention` where it counts, else the SDK's own. Undefined: `short` by the SDK. */
export function retentionOf(call: Call): Retention {
  return askedRetention(call) ?? (call.env["PI_CACHE_RETENTION"] === "long" ? "long" : "short");
}

function askedRetention({ model, params }: Call): Retention | undefined {
  const direct = model.provider === "anthropic" || model.provider === "anthropic-vertex";
  const google = model.api === "google-generative-ai" && geminiCaches.test(model.id.toLowerCase());
  const counts = direct || google || model.provider === "amazon-bedrock" || model.api === "anthropic-messages";
  if (!counts) return undefined;
  const asked = params["cacheRetention"];
  if (retentions.has(asked)) return asked as Retention;
  return legacy.get(params["cacheControlTtl"]) ?? (direct ? "short" : undefined);
}

/** Where the request carries cache markers: `system`, `lastUser`, `lastTool`. */
export function cacheMarkers(call: Call): readonly string[] {
  const { model, host } = call;
  const all = ["system", "lastUser", "lastTool"];
  if (model.api === "anthropic-messages") return retentionOf(call) === "none" ? [] : all;
  if (model.api !== "openai-completions") return [];
  // The SDK goes by the provider's id, OpenClaw by the host.
  if (model.provider === "openrouter" && model.id.startsWith("anthropic/") && retentionOf(call) !== "none") return all;
  return host === "openrouter" && model.id.toLowerCase().startsWith("anthropic/") ? ["system"] : [];
}

/** All of it, with the rule that decided. */
export function cachePolicy(call: Call): CachePolicy {
  const markers = cacheMarkers(call);
  const retention = retentionOf(call);
  const long = retention === "long";
  const asked = askedRetention(call);
  const keyed = call.model.api.endsWith("responses") || call.model.baseUrl.includes("api.openai.com");
  return {
    ttlEligible: isTtlEligible(call.model),
    retention: markers.length > 0 || keyed || asked !== undefined ? retention : null,
    ttl: markers.length === 0 ? null : long ? "1h" : "5m",
    rule:
      markers.length > 0
        ? `markers on ${markers.join(", ")}: ${markerRule(call)}`
        : call.model.api === "anthropic-messages"
          ? "no markers: cacheRetention is none"
          : "no markers: the server caches by itself, or not at all",
  };
}

function markerRule({ model }: Call): string {
  if (model.api === "anthropic-messages") return "the API anthropic-messages always has them";
  return model.provider === "openrouter"
    ? "anthropic/* of provider openrouter, whatever the base URL"
    : "anthropic/* at openrouter.ai";
}
