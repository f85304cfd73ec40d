/** Which thinking levels a provider's models take: what its plugin says, as a table (OpenClaw 2026.5.6). */

import { normalizeProviderId } from "../ids.js";
import type { CatalogEntry } from "./levels.js";
import type { ThinkingLevel } from "./nouns.js";

/** The levels of a model, and the one its provider prefers. */
export interface LevelProfile {
  readonly levels: readonly ThinkingLevel[];
  readonly defaultLevel?: ThinkingLevel;
}

const base: readonly ThinkingLevel[] = ["off", "minimal", "low", "medium", "high"];
const onOff: LevelProfile = { levels: ["off", "low"], defaultLevel: "off" };

interface Rule {
  readonly providers: readonly string[];
  /** The beginning of the lower-case model id, or a pattern of it; every model without. */
  readonly models?: RegExp;
  /** Counts only for models that the catalog says reason, or do not. */
  readonly reasoning?: boolean;
  readonly profile: LevelProfile;
}

const opus47 = "claude-opus-4[.-]7";
const claude46 = "claude-(opus|sonnet)-4[.-]6";
const opus47Profile: LevelProfile = { levels: [...base, "xhigh", "adaptive", "max"], defaultLevel: "off" };
const claude46Profile: LevelProfile = { levels: [...base, "adaptive"], defaultLevel: "adaptive" };
const xhigh: LevelProfile = { levels: [...base, "xhigh"] };

/** The first rule that fits counts. */
const rules: readonly Rule[] = [
  { providers: ["kimi", "moonshot", "zai"], profile: onOff },
  { providers: ["xai"], profile: { levels: ["off"], defaultLevel: "off" } },
  {
    providers: ["mistral"],
    models: /^mistral-small-latest$/,
    profile: { levels: ["off", "high"], defaultLevel: "off" },
  },
  {
    providers: ["deepseek"],
    models: /^deepseek-v4-(flash|pro)$/,
    profile: { levels: [...base, "xhigh", "max"], defaultLevel: "high" },
  },
  {
    providers: ["openrouter"],
    models: /^(openrouter\/)?deepseek\/deepseek-v4-(flash|pro)(:.*)?$/,
    profile: { levels: [...base, "xhigh"], defaultLevel: "high" },
  },
  { providers: ["anthropic", "claude-cli", "opencode"], models: new RegExp(`^${opus47}`), profile: opus47Profile },
  { providers: ["anthropic", "claude-cli", "opencode"], models: new RegExp(`^${claude46}`), profile: claude46Profile },
  { providers: ["vercel-ai-gateway"], models: new RegExp(`^anthropic/${opus47}`), profile: opus47Profile },
  { providers: ["vercel-ai-gateway"], models: new RegExp(`^anthropic/${claude46}`), profile: claude46Profile },
  {
    providers: ["vercel-ai-gateway"],
    models: /^openai\/(gpt-5\.5|gpt-5\.4|gpt-5\.3-codex|gpt-5\.2|gpt-5\.1-codex)/,
    profile: xhigh,
  },
  { providers: ["openai", "openai-codex"], models: /^gpt-5\.(5|4|3-codex|2|1-codex)/, profile: xhigh },
  { providers: ["github-copilot"], models: /^gpt-5\.(4|3-codex|2|2-codex)$/, profile: xhigh },
  {
    providers: ["ollama"],
    reasoning: true,
    profile: { levels: ["off", "low", "medium", "high", "max"], defaultLevel: "off" },
  },
  { providers: ["ollama"], profile: { levels: ["off"], defaultLevel: "off" } },
];

/** The levels of a model. */
export function profileOf(provider: string, model: string, catalog: CatalogEntry): LevelProfile {
  const id = normalizeProviderId(provider);
  const rule = rules.find(
    ({ providers, models, reasoning }) =>
      providers.includes(id) &&
      (models === undefined || models.test(model.toLowerCase())) &&
      (reasoning === undefined || reasoning === (catalog.reasoning === true)),
  );
  if (rule) return rule.profile;
  return catalog.efforts.some((effort) => /^x-?high$/i.test(effort)) ? xhigh : { levels: base };
}
