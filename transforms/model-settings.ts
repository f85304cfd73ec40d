import { edit } from "../src/core/edit.js";
import { deepEqual, isObject } from "../src/json.js";
import { placesOf } from "../src/lookup.js";
import type { Json, ModelDefinition, Transform } from "../src/types.js";

/** Input of `modelSettings`. */
export interface ModelSettingsInput {
  provider: string;
  /** The model's id inside the provider block. */
  model: string;
  /** Fields of the model definition. `headers`, `compat`, `params` and `cost` are merged member by member. */
  settings: { [field: string]: Json };
}

/** Sets declared fields of one model of a provider block that is there; its other fields stay. A missing model is added, one that is there twice is changed twice. */
export const modelSettings: Transform<ModelSettingsInput> = ({ provider, model, settings }) =>
  edit(({ config }, before) => {
    const providers = before.config.models?.providers ?? {};
    const present = Object.hasOwn(providers, provider) ? providers[provider] : undefined;
    const block = present && config.models?.providers?.[provider];
    // A renamed block may hold what a plan only warns of.
    if (!block || !Array.isArray(present.models ?? [])) return;
    const places = placesOf(present.models ?? [], idOf, model);
    if (places.length === 0) (block.models ??= []).push({ id: model, name: model, ...settings });
    for (const place of places) {
      for (const [field, value] of Object.entries(settings)) {
        const old = present.models?.[place]?.[field];
        const merged = isObject(value) && isObject(old) ? { ...old, ...value } : value;
        const entry = deepEqual(old, merged) ? undefined : block.models?.[place];
        if (entry) entry[field] = merged;
      }
    }
  });

const idOf = (model: ModelDefinition | null): string | undefined => model?.id;
