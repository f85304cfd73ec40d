/** Where a configuration names text models, and what is meant. */

import { normalizeProviderId, splitModelRef } from "../../ids.js";
import { isObject } from "../../json.js";
import type { OpenClawConfig } from "../../types.js";
import { agentsOf } from "../agents.js";
import { slotModels } from "../model-slot.js";

/** One mention of a model. */
export interface ModelUse {
  readonly ref: string;
  readonly role: "primary" | "fallback";
  /** Of the member that holds the reference. */
  readonly tokens: readonly string[];
}

/** The default model, the models of the agents, and the fallbacks of all of them. */
export function modelUses(config: OpenClawConfig): ModelUse[] {
  return [
    ...slotUses(config.agents?.defaults?.model, ["agents", "defaults", "model"]),
    ...agentsOf(config).flatMap(({ entry, place }) => slotUses(entry["model"], [...place, "model"])),
  ];
}

function slotUses(slot: unknown, tokens: readonly string[]): ModelUse[] {
  const { primary } = slotModels(slot);
  const place = isObject(slot) ? [...tokens, "primary"] : tokens;
  const fallbacks: readonly unknown[] = isObject(slot) && Array.isArray(slot["fallbacks"]) ? slot["fallbacks"] : [];
  return [
    ...(primary === undefined ? [] : [{ ref: primary, role: "primary" as const, tokens: place }]),
    ...fallbacks.flatMap((ref, index) =>
      typeof ref === "string"
        ? [{ ref: ref.trim(), role: "fallback" as const, tokens: [...tokens, "fallbacks", String(index)] }]
        : [],
    ),
  ];
}

/** Aliases of `agents.defaults.models`, lower case, to the references that have them, in the file's order. */
export function aliases({ agents }: OpenClawConfig): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [ref, entry] of Object.entries(agents?.defaults?.models ?? {})) {
    const alias = typeof entry?.alias === "string" ? entry.alias.trim().toLowerCase() : "";
    if (alias !== "") found.set(alias, [...(found.get(alias) ?? []), ref]);
  }
  return found;
}

/** References under which the configuration knows a model of that id: in its provider blocks and in `agents.defaults.models`. */
export function refsOfModel(model: string, { agents, models }: OpenClawConfig): string[] {
  const wanted = model.toLowerCase();
  const registered = Object.keys(agents?.defaults?.models ?? {}).filter(
    (ref) => splitModelRef(ref)?.model.toLowerCase() === wanted,
  );
  const defined = Object.entries(models?.providers ?? {}).flatMap(([provider, block]) =>
    modelIds(block?.models).flatMap((id) => (id.toLowerCase() === wanted ? [`${provider}/${id}`] : [])),
  );
  return [...new Set([...registered, ...defined])];
}

/** The ids of a block's models; what is no model is passed over. */
export function modelIds(models: unknown): string[] {
  const listed: readonly unknown[] = Array.isArray(models) ? models : [];
  return listed.flatMap((model) => (isObject(model) && typeof model["id"] === "string" ? [model["id"]] : []));
}

/** The block of a provider under any spelling of its id, with that spelling. */
export function blockOf(
  provider: string,
  { models }: OpenClawConfig,
): { readonly id: string; readonly block: { readonly [key: string]: unknown } } | null {
  const blocks = Object.entries(models?.providers ?? {}).filter(([, block]) => isObject(block));
  const wanted = normalizeProviderId(provider);
  const [id, block] =
    blocks.find(([name]) => name === provider) ?? blocks.find(([name]) => normalizeProviderId(name) === wanted) ?? [];
  return id === undefined || block === undefined ? null : { id, block };
}
