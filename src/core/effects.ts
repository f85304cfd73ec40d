/** What a whole plan brings about and its diff does not show, as problems over the configuration. */

import { isObject } from "../json.js";
import { splitModelRef, normalizeProviderId } from "../ids.js";
import type { Documents, OpenClawConfig, Problem } from "../types.js";
import { agentsOf } from "./agents.js";
import { slotModels } from "./model-slot.js";
import { problem } from "./problem.js";
import { reloadProblems } from "./reload.js";

/** Problems of going from one state of the documents to the other; their `file` is the label `config`, as that of checks. */
export function effects(from: Documents, to: Documents): Problem[] {
  const [{ config: before }, { config: after }] = [from, to];
  if (before === after) return [];
  return [...agentsOfTheirOwn(before, after), ...listBegins(before, after), ...reloadProblems(from, to)];
}

/** A new default model is not for agents that name a model themselves: then nothing changes where people talk to them. */
function agentsOfTheirOwn(before: OpenClawConfig, after: OpenClawConfig): Problem[] {
  const { primary } = slotModels(after.agents?.defaults?.model);
  if (primary === undefined || primary === slotModels(before.agents?.defaults?.model).primary) return [];
  const agents = agentsOf(after);
  const answers = agents.find(({ entry }) => entry["default"] === true) ?? agents[0];
  const own = agents.flatMap(({ id, entry, place }) => {
    const model = slotModels(entry["model"]).primary;
    return model === undefined || model === primary
      ? []
      : [{ id: id === "" ? (place.at(-1) as string) : id, model, place }];
  });
  const first = own.find(({ place }) => place === answers?.place);
  const others = own.filter((agent) => agent !== first).map(({ id }) => id);
  return [
    ...(first
      ? [
          problem(
            "warning",
            "agent-own-model",
            [...first.place, "model"],
            `the agent "${first.id}", which answers by default, has a model of its own, ${first.model}; the new default model is not for it`,
            "Change that model, or remove it so that the default model counts.",
          ),
        ]
      : []),
    ...(others.length > 0
      ? [
          problem(
            "info",
            "agents-own-models",
            own[0]?.place.slice(0, 2) ?? [],
            `${first ? "other agents" : "agents"} with a model of their own keep it: ${some(others)}`,
            "",
          ),
        ]
      : []),
  ];
}

/** Without entries in `agents.defaults.models` every model can be picked, with one only those listed (measured on 2026.5.6). */
function listBegins(before: OpenClawConfig, after: OpenClawConfig): Problem[] {
  const listed = Object.keys(after.agents?.defaults?.models ?? {});
  if (listed.length === 0 || Object.keys(before.agents?.defaults?.models ?? {}).length > 0) return [];
  const { primary, fallbacks } = slotModels(after.agents?.defaults?.model);
  const allowed = new Set([...listed, ...fallbacks, ...(primary === undefined ? [] : [primary])].map(spelledAlike));
  const lost = configured(before).filter((ref) => !allowed.has(spelledAlike(ref)));
  if (lost.length === 0) return [];
  return [
    problem(
      "warning",
      "model-list-begins",
      ["agents", "defaults", "models"],
      `with a first entry in agents.defaults.models only models listed there can be picked (/model, --model), and the default model with its fallbacks; no longer ${some(lost)}`,
      "Give each that should stay an entry there, {} is enough, or an alias in the setup.",
    ),
  ];
}

/** The models of the configuration's own provider blocks. */
function configured({ models }: OpenClawConfig): string[] {
  return Object.entries(models?.providers ?? {}).flatMap(([provider, block]) => {
    const defined: readonly unknown[] = Array.isArray(block?.models) ? block.models : [];
    return defined.flatMap((model) =>
      isObject(model) && typeof model["id"] === "string" ? [`${provider}/${model["id"]}`] : [],
    );
  });
}

function spelledAlike(ref: string): string {
  const parts = splitModelRef(ref);
  return parts ? `${normalizeProviderId(parts.provider)}/${parts.model.toLowerCase()}` : ref;
}

/** At most three by name. */
function some(names: readonly string[]): string {
  const more = names.length - 3;
  return names.slice(0, 3).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
