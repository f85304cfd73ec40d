/** Models of the catalog and the configuration, in one list. */

import { normalizeProviderId, splitModelRef } from "../ids.js";
import { isObject } from "../json.js";
import type { Card, ModelDefinition, OpenClawConfig } from "../types.js";
import { slotModels } from "./model-slot.js";

/** One model. Limits in tokens, null when nobody says. */
export interface ModelRow {
  readonly ref: string;
  readonly name: string;
  readonly input: readonly string[];
  readonly contextWindow: number | null;
  readonly maxTokens: number | null;
  readonly reasoning: boolean | null;
  /** USD per million tokens. */
  readonly cost: { readonly input: number; readonly output: number } | null;
  /**
   * `default`, `fallback#1`, `configured` (has a definition in the file), `registered`, `discovered`, `catalog`,
   * `alias:<name>`.
   */
  readonly tags: readonly string[];
}

/**
 * The default model first, then its fallbacks, then what is configured and registered, what the provider offers in its own
 * order, what the catalog has by reference; each once. `provider` keeps one provider's only.
 */
export function listModels(
  config: OpenClawConfig,
  cards: readonly Card[],
  provider?: string,
  discovered?: { readonly provider: string; readonly models: readonly ModelDefinition[] },
): ModelRow[] {
  const defaults = config.agents?.defaults ?? {};
  const slot = slotModels(defaults.model);
  const chain = [slot.primary, ...slot.fallbacks].filter((ref) => ref !== undefined);
  const configured = definitions(
    Object.entries(config.models?.providers ?? {}).map(([id, block]) => ({ id, models: block?.models ?? [] })),
  );
  const catalog = definitions(cards.map(({ id, models }) => ({ id, models: models ?? [] })));
  for (const { defaultModel, label } of cards)
    if (defaultModel && !catalog.has(defaultModel)) catalog.set(defaultModel, { id: defaultModel, name: label });
  const registered = defaults.models ?? {};
  const offered = definitions(discovered ? [{ id: discovered.provider, models: discovered.models }] : []);
  const refs = [
    ...new Set([
      ...chain,
      ...configured.keys(),
      ...Object.keys(registered),
      ...offered.keys(),
      ...[...catalog.keys()].sort(),
    ]),
  ];
  const rows = refs.map((ref): ModelRow => {
    const model = configured.get(ref) ?? offered.get(ref) ?? catalog.get(ref);
    const place = chain.indexOf(ref);
    const alias = text(registered[ref]?.alias);
    const tags = [
      ...(place === 0 && slot.primary !== undefined
        ? ["default"]
        : place >= 0
          ? [`fallback#${slot.primary === undefined ? place + 1 : place}`]
          : []),
      ...(configured.has(ref) ? ["configured"] : Object.hasOwn(registered, ref) ? ["registered"] : []),
      ...(offered.has(ref) ? ["discovered"] : []),
      ...(catalog.has(ref) ? ["catalog"] : []),
      ...(alias === undefined ? [] : [`alias:${alias}`]),
    ];
    return {
      ref,
      name: text(model?.name) ?? ref,
      input: Array.isArray(model?.input) ? model.input.filter((kind) => typeof kind === "string") : [],
      contextWindow: count(model?.contextWindow),
      maxTokens: count(model?.maxTokens),
      reasoning: typeof model?.reasoning === "boolean" ? model.reasoning : null,
      cost: price(model?.cost),
      tags,
    };
  });
  if (provider === undefined) return rows;
  const id = normalizeProviderId(provider);
  return rows.filter(({ ref }) => {
    const own = splitModelRef(ref)?.provider ?? "";
    return own === provider || normalizeProviderId(own) === id;
  });
}

// What is not as it should be is `validate`'s to tell of.
const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const count = (value: unknown): number | null => (typeof value === "number" ? value : null);

function price(cost: unknown): ModelRow["cost"] {
  const { input, output } = isObject(cost) ? cost : {};
  return typeof input === "number" && typeof output === "number" ? { input, output } : null;
}

function definitions(
  blocks: readonly { id: string; models: readonly ModelDefinition[] }[],
): Map<string, ModelDefinition> {
  const found = new Map<string, ModelDefinition>();
  for (const { id, models } of blocks) {
    for (const model of Array.isArray(models) ? (models as ModelDefinition[]) : []) {
      if (isObject(model) && typeof model.id === "string") found.set(keyOf(id, model.id), model);
    }
  }
  return found;
}

/** As OpenClaw spells it: the provider is not said twice (`openrouter/auto`). */
function keyOf(provider: string, model: string): string {
  return model.toLowerCase().startsWith(`${provider.toLowerCase()}/`) ? model : `${provider}/${model}`;
}
