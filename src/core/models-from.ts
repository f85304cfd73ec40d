/** A list of models as an endpoint gave it -> model definitions. */

import { isObject } from "../json.js";
import type { JsonObject, ModelDefinition } from "../types.js";
import type { DiscoveryShape } from "./discovery-source.js";
import { readers } from "./model-readers.js";

/** What was in an answer. */
export interface ModelsFound {
  /** In the endpoint's order, each id once. */
  readonly models: readonly ModelDefinition[];
  /** Entries that are no model: no id, a doubled one, or without what this endpoint always says. */
  readonly skipped: number;
}

/** The models in an endpoint's answer; null when it is no list of models. */
export function modelsFrom(shape: DiscoveryShape, answer: unknown): ModelsFound | null {
  const list = isObject(answer) ? answer[shape === "ollama" || shape === "lmstudio" ? "models" : "data"] : undefined;
  if (!Array.isArray(list)) return null;
  const found = new Map<string, ModelDefinition>();
  for (const entry of list) {
    const id = isObject(entry) ? idOf(shape, entry) : undefined;
    if (!isObject(entry) || typeof id !== "string" || id.trim() === "" || found.has(id.trim())) continue;
    const model = readers[shape](entry, id);
    if (model) found.set(id.trim(), model);
  }
  return { models: [...found.values()], skipped: list.length - found.size };
}

/** Discovered models ahead of the bundled ones, each id once: what the endpoint says wins. */
export function mergeModels(
  discovered: readonly ModelDefinition[],
  bundled: readonly ModelDefinition[],
): ModelDefinition[] {
  const ids = new Set(discovered.map(({ id }) => id));
  return [...discovered, ...bundled.filter(({ id }) => !ids.has(id))];
}

function idOf(shape: DiscoveryShape, entry: JsonObject): unknown {
  if (shape === "ollama") return entry["name"] ?? entry["model"];
  return shape === "lmstudio" ? (entry["key"] ?? entry["id"]) : entry["id"];
}
