/**
 * What a request to an OpenAI-style server may hold: OpenClaw's rule about hosts first, what the configuration says over
 * it, and the embedded SDK's guesses where both are silent (runtime.md 6, measured).
 */

import type { CallModel, Compat, HostClass } from "./nouns.js";
import { isProxyLike } from "./hosts.js";

/** Hosts and providers that lack much of OpenAI's API. */
const nonStandardHosts: ReadonlySet<HostClass> = new Set([
  "cerebras-native",
  "chutes-native",
  "deepseek-native",
  "mistral-public",
  "opencode-native",
  "xai-native",
  "zai-native",
]);
/** Providers whose plugin says that they count tokens in a stream. */
const streamingUsage: ReadonlySet<string> = new Set(["vllm", "sglang", "lmstudio"]);
/** What a plugin lays over the models of its provider. */
const byProvider: ReadonlyMap<string, Compat> = new Map<string, Compat>([
  ["mistral", { supportsStore: false, supportsReasoningEffort: false, maxTokensField: "max_tokens" }],
]);

interface SdkGuess {
  readonly when: (provider: string, baseUrl: string) => boolean;
  readonly compat: Compat;
}
const at =
  (providers: readonly string[], ...parts: readonly string[]) =>
  (provider: string, baseUrl: string): boolean =>
    providers.includes(provider) || parts.some((part) => baseUrl.includes(part));
const nonStandard: Compat = { supportsStore: false };

/** The SDK looks at provider id and base URL; a later row adds to an earlier one. */
const sdkGuesses: readonly SdkGuess[] = [
  { when: at(["cerebras"], "cerebras.ai"), compat: nonStandard },
  { when: at(["xai"], "api.x.ai"), compat: { ...nonStandard, supportsReasoningEffort: false } },
  { when: at([], "chutes.ai"), compat: { ...nonStandard, maxTokensField: "max_tokens" } },
  { when: at([], "deepseek.com"), compat: nonStandard },
  { when: at(["opencode"], "opencode.ai"), compat: nonStandard },
  { when: at(["openrouter"], "openrouter.ai"), compat: { thinkingFormat: "openrouter" } },
  {
    when: at(["zai"], "api.z.ai"),
    compat: { ...nonStandard, supportsReasoningEffort: false, thinkingFormat: "zai" },
  },
  { when: at(["deepseek"], "deepseek.com"), compat: { thinkingFormat: "deepseek" } },
  {
    when: at([], "api.moonshot."),
    compat: { ...nonStandard, supportsReasoningEffort: false, maxTokensField: "max_tokens" },
  },
  {
    when: at(["cloudflare-ai-gateway"], "gateway.ai.cloudflare.com"),
    compat: { ...nonStandard, supportsReasoningEffort: false, maxTokensField: "max_tokens" },
  },
];

/** Everything decided, for a model of the API `openai-completions`. */
export type FullCompat = Compat &
  Required<Pick<Compat, "supportsUsageInStreaming" | "maxTokensField" | "thinkingFormat">>;

/** The peculiarities that count for a model. */
export function compatOf({ provider, baseUrl, compat }: CallModel, host: HostClass): FullCompat {
  const guessed: Compat = Object.assign(
    {},
    ...sdkGuesses.filter(({ when }) => when(provider, baseUrl)).map((row) => row.compat),
  ) as Compat;
  const standard = host === "default" || host === "openai-public";
  return {
    supportsStore: true,
    supportsReasoningEffort: true,
    maxTokensField: "max_completion_tokens",
    thinkingFormat: "openai",
    ...guessed,
    ...byProvider.get(provider),
    ...defined(compat),
    supportsUsageInStreaming: compat.supportsUsageInStreaming ?? streamsUsage(provider, host),
    supportsDeveloperRole:
      standard && !nonStandardHosts.has(host)
        ? (compat.supportsDeveloperRole ?? true)
        : compat.supportsDeveloperRole === true,
  };
}

function streamsUsage(provider: string, host: HostClass): boolean {
  if (streamingUsage.has(provider) || !isProxyLike(host)) return true;
  return host === "moonshot-native" || host === "modelstudio-native";
}

function defined(compat: Compat): Compat {
  return Object.fromEntries(Object.entries(compat).filter(([, value]) => value !== undefined));
}
