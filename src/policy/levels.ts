/** Thinking levels: how people spell them, which a model takes, which is the default (OpenClaw 2026.5.6; runtime.md 5). */

import { normalizeProviderId } from "../ids.js";
import { isObject } from "../json.js";
import type { OpenClawConfig } from "../types.js";
import { knownModel } from "./known-models.js";
import { refKey } from "./model-ids.js";
import { profileOf } from "./level-profiles.js";
import type { ModelRef, Situation, Thinking, ThinkingLevel } from "./nouns.js";

/** How far each goes; a level that a model lacks becomes the nearest lower one it has. */
const ranks: { readonly [level in ThinkingLevel]: number } = {
  off: 0,
  minimal: 10,
  low: 20,
  medium: 30,
  adaptive: 30,
  high: 40,
  xhigh: 60,
  max: 70,
};

const words: ReadonlyMap<string, ThinkingLevel> = new Map<string, ThinkingLevel>([
  ...(Object.keys(ranks) as ThinkingLevel[]).map((level): [string, ThinkingLevel] => [level, level]),
  ["auto", "adaptive"],
  ["extrahigh", "xhigh"],
  ["on", "low"],
  ["enable", "low"],
  ["enabled", "low"],
  ["min", "minimal"],
  ["think", "minimal"],
  ["thinkhard", "low"],
  ["mid", "medium"],
  ["med", "medium"],
  ["thinkharder", "medium"],
  ["harder", "medium"],
  ["ultra", "high"],
  ["ultrathink", "high"],
  ["thinkhardest", "high"],
  ["highest", "high"],
]);

/** The level a word means, in any case, with or without dashes; undefined for a word OpenClaw does not know. */
export function thinkingLevel(word: string): ThinkingLevel | undefined {
  return words.get(
    word
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_-]+/g, ""),
  );
}

/** The level a run starts with, and why. A typed level the model lacks is kept: OpenClaw refuses it, `supported` tells. */
export function thinkingOf(situation: Situation, ref: ModelRef): Thinking {
  const catalog = catalogEntry(situation.config, ref);
  const profile = profileOf(ref.provider, ref.model, catalog);
  const supported = profile.levels.toSorted((a, b) => ranks[a] - ranks[b]);
  const typed = situation.thinking === undefined ? undefined : thinkingLevel(situation.thinking);
  if (typed !== undefined) return { level: typed, rule: "asked for", supported };
  const chosen = configuredLevel(situation, ref) ?? defaultLevel(profile.defaultLevel, catalog.reasoning, supported);
  const level = nearest(chosen.level, supported);
  return level === chosen.level
    ? { ...chosen, supported }
    : { level, rule: `${chosen.rule}: ${chosen.level}, of what the model takes ${level}`, supported };
}

type Chosen = Pick<Thinking, "level" | "rule">;

function configuredLevel({ config }: Situation, { provider, model }: ModelRef): Chosen | undefined {
  const entries = config.agents?.defaults?.models ?? {};
  const key = refKey(provider, model);
  const perModel = entries[key]?.params?.["thinking"];
  const layers: readonly [unknown, string][] = [
    [ranksHas(perModel) ? perModel : undefined, `agents.defaults.models["${key}"].params.thinking`],
    [config.agents?.defaults?.thinkingDefault, "agents.defaults.thinkingDefault"],
  ];
  for (const [value, rule] of layers) {
    const level = typeof value === "string" ? thinkingLevel(value) : undefined;
    if (level !== undefined) return { level, rule };
  }
  return undefined;
}

function defaultLevel(
  own: ThinkingLevel | undefined,
  reasoning: boolean | undefined,
  supported: readonly ThinkingLevel[],
): Chosen {
  if (own !== undefined) return { level: own, rule: "the provider's own default" };
  return reasoning === true
    ? { level: nearest("medium", supported), rule: "the model is listed as reasoning: medium" }
    : { level: "off", rule: "no level is configured and no catalog at hand says that the model reasons: off" };
}

function nearest(level: ThinkingLevel, supported: readonly ThinkingLevel[]): ThinkingLevel {
  if (supported.includes(level)) return level;
  const down = supported.toReversed().filter((one) => one !== "off");
  return down.find((one) => ranks[one] <= ranks[level]) ?? down[0] ?? "off";
}

function ranksHas(value: unknown): boolean {
  return typeof value === "string" && Object.hasOwn(ranks, value);
}

/** What the catalog that a run looks into says: the configured models; OpenClaw's own too once any model is listed. */
export interface CatalogEntry {
  readonly reasoning: boolean | undefined;
  readonly efforts: readonly string[];
}

function catalogEntry(config: OpenClawConfig, { provider, model }: ModelRef): CatalogEntry {
  const id = normalizeProviderId(provider);
  const listed = Object.keys(config.agents?.defaults?.models ?? {}).length > 0;
  const own = listed ? knownModel(provider, model) : null;
  const configured = Object.entries(config.models?.providers ?? {})
    .filter(([key]) => normalizeProviderId(key) === id)
    .flatMap(([, block]): unknown[] => (Array.isArray(block?.models) ? block.models : []))
    .find((entry) => isObject(entry) && entry["id"] === model);
  const entry = isObject(configured) ? configured : {};
  const efforts = isObject(entry["compat"]) ? entry["compat"]["supportedReasoningEfforts"] : undefined;
  // A run compares the provider as it is spelled with the catalog's, which is normalised.
  const visible = id === provider;
  return {
    reasoning: visible ? own?.listedReasoning || entry["reasoning"] === true : undefined,
    efforts: Array.isArray(efforts) ? efforts.filter((effort) => typeof effort === "string") : [],
  };
}
