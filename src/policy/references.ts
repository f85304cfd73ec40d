/** A model as a person names it -> the provider and model OpenClaw 2026.5.6 takes (runtime.md 1, measured). */

import { normalizeProviderId, splitModelRef } from "../ids.js";
import { isObject } from "../json.js";
import { slotModels } from "../core/model-slot.js";
import type { JsonObject, OpenClawConfig } from "../types.js";
import { normalizeModelId } from "./model-ids.js";
import type { ModelRef } from "./nouns.js";
import { word } from "./values.js";

/** What a text was resolved to, and by which rule. */
export interface Resolution extends ModelRef {
  readonly rule: string;
}

const defaultRef: Resolution = {
  provider: "openai",
  model: "gpt-5.5",
  rule: "nothing is configured: OpenClaw's own default",
};

/** Aliases OpenClaw gives to models that are listed in `agents.defaults.models` without one. */
const builtInAliases: ReadonlyMap<string, string> = new Map([
  ["opus", "anthropic/claude-opus-4-7"],
  ["sonnet", "anthropic/claude-sonnet-4-6"],
  ["gpt", "openai/gpt-5.4"],
  ["gpt-mini", "openai/gpt-5.4-mini"],
  ["gpt-nano", "openai/gpt-5.4-nano"],
  ["gemini", "google/gemini-3.1-pro-preview"],
  ["gemini-flash", "google/gemini-3-flash-preview"],
  ["gemini-flash-lite", "google/gemini-3.1-flash-lite-preview"],
]);

/** The default model of an agent: its own, else `agents.defaults.model`, else the first configured model. */
export function defaultModel(config: OpenClawConfig, agent = "main"): Resolution {
  const own = agentEntry(config, agent);
  const primary = slotModels(own?.["model"]).primary ?? slotModels(config.agents?.defaults?.model).primary;
  return primary === undefined ? withoutDefault(config) : resolveReference(primary, config);
}

/** The entry of `agents.list` for an agent id, in any case. */
export function agentEntry(config: OpenClawConfig, agent: string): JsonObject | undefined {
  const listed: readonly unknown[] = Array.isArray(config.agents?.list) ? config.agents.list : [];
  return listed.filter(isObject).find((entry) => word(entry["id"]) === agent.toLowerCase());
}

function withoutDefault(config: OpenClawConfig): Resolution {
  for (const [provider, block] of Object.entries(config.models?.providers ?? {})) {
    const first = modelsOf(block)[0];
    if (provider === "openai" && modelsOf(block).includes("gpt-5.5")) return defaultRef;
    if (first !== undefined) {
      return {
        provider: configuredSpelling(provider, config) ?? normalizeProviderId(provider),
        model: first,
        rule: "no default model is set: the first model of the first provider block that has one",
      };
    }
  }
  return defaultRef;
}

/** The reference a text stands for: alias, `openrouter:auto`, configured provider, `provider/model`, then a bare name. */
export function resolveReference(text: string, config: OpenClawConfig): Resolution {
  const { name, profile } = splitProfile(text.trim());
  const found = byAlias(name, config) ?? byCompat(name, config) ?? byProvider(name, config) ?? byBareName(name, config);
  return profile === undefined ? found : { ...found, profile };
}

function byAlias(name: string, config: OpenClawConfig): Resolution | null {
  const entries = Object.entries(config.agents?.defaults?.models ?? {});
  const wanted = name.toLowerCase();
  const aliasOf = (ref: string, alias: unknown): string | undefined => {
    if (typeof alias === "string" && alias.trim() !== "") return alias.trim().toLowerCase();
    return [...builtInAliases].find(([, target]) => target === ref)?.[0];
  };
  const hit = entries.findLast(([ref, entry]) => aliasOf(ref, entry?.alias) === wanted);
  if (!hit) return null;
  const target = byProvider(hit[0], config) ?? byBareName(hit[0], config);
  return { ...target, rule: `"${name}" is an alias of ${hit[0]} in agents.defaults.models` };
}

function byCompat(name: string, config: OpenClawConfig): Resolution | null {
  const wanted = name.toLowerCase();
  if (wanted === "openrouter:auto") {
    return { provider: "openrouter", model: "openrouter/auto", rule: '"openrouter:auto" means openrouter/auto' };
  }
  if (wanted !== "openrouter:free") return null;
  const listed = Object.keys(config.agents?.defaults?.models ?? {}).flatMap((ref) => {
    const parts = splitModelRef(ref);
    return parts && normalizeProviderId(parts.provider) === "openrouter" ? [parts.model] : [];
  });
  const free = [...listed, ...modelsOf(config.models?.providers?.["openrouter"])].find(
    (id) => id.includes("/") && id.toLowerCase().endsWith(":free"),
  );
  return free === undefined
    ? null
    : { provider: "openrouter", model: free, rule: '"openrouter:free" is the first configured model that ends so' };
}

function byProvider(name: string, config: OpenClawConfig): Resolution | null {
  const parts = splitModelRef(name);
  if (!parts) return null;
  const raw = configuredSpelling(parts.provider, config);
  const provider = raw ?? normalizeProviderId(parts.provider);
  return {
    provider,
    model: normalizeModelId(provider, parts.model),
    rule:
      raw !== null && raw !== normalizeProviderId(raw)
        ? `"${raw}" stands in models.providers and is taken as it is spelled`
        : "provider before the first slash, model after it",
  };
}

/** A key of `models.providers` is taken as it is spelled, unless its `api` names the provider it would be folded into. */
function configuredSpelling(provider: string, config: OpenClawConfig): string | null {
  const wanted = provider.trim().toLowerCase();
  const hit = Object.entries(config.models?.providers ?? {}).find(([key]) => key.trim().toLowerCase() === wanted);
  if (!hit) return null;
  const api = typeof hit[1]?.api === "string" ? normalizeProviderId(hit[1].api) : undefined;
  return api !== undefined && api !== normalizeProviderId(wanted) ? wanted : null;
}

function byBareName(name: string, config: OpenClawConfig): Resolution {
  const wanted = name.toLowerCase();
  const providers = new Set([
    ...Object.keys(config.agents?.defaults?.models ?? {}).flatMap((ref) => {
      const parts = splitModelRef(ref);
      return parts?.model.toLowerCase() === wanted ? [normalizeProviderId(parts.provider)] : [];
    }),
    ...Object.entries(config.models?.providers ?? {}).flatMap(([id, block]) =>
      modelsOf(block).some((model) => model.toLowerCase() === wanted) ? [id.trim().toLowerCase()] : [],
    ),
  ]);
  const [only] = providers;
  if (providers.size === 1 && only !== undefined) {
    return { provider: only, model: normalizeModelId(only, name), rule: `only ${only} has a model "${name}"` };
  }
  return {
    provider: "openai",
    model: name,
    rule:
      providers.size > 1
        ? `"${name}" has no provider and ${providers.size} have such a model: OpenClaw takes openai`
        : `"${name}" has no provider: OpenClaw takes openai`,
  };
}

function modelsOf(block: unknown): string[] {
  const models: readonly unknown[] = isObject(block) && Array.isArray(block["models"]) ? block["models"] : [];
  return models.flatMap((model) => (isObject(model) && typeof model["id"] === "string" ? [model["id"]] : []));
}

/** `model@profile`: the `@` after the last slash, unless what follows is a date or a quantisation. */
function splitProfile(text: string): { name: string; profile?: string } {
  const at = text.indexOf("@", text.lastIndexOf("/") + 1);
  if (at <= 0) return { name: text };
  const suffix = text.slice(at + 1);
  if (/^(\d{8}|i?q\d\w*|\d+bit)(@|$)/i.test(suffix)) {
    const next = text.indexOf("@", at + 1);
    return next < 0 || next === text.length - 1
      ? { name: text }
      : { name: text.slice(0, next), profile: text.slice(next + 1) };
  }
  return suffix === "" ? { name: text } : { name: text.slice(0, at), profile: suffix };
}
