import { edit, placesOf } from "../src/core/edit.js";
import { isObject } from "../src/json.js";
import type { Json, Transform } from "../src/types.js";

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
    const providers = config.models?.providers ?? {};
    const block = Object.hasOwn(providers, provider) ? providers[provider] : undefined;
    if (!block) return;
    const models = (block.models ??= []);
    const found = placesOf(model, before.config.models?.providers?.[provider]?.models ?? []);
    const places = found.length > 0 ? found : [models.push({ id: model, name: model }) - 1];
    for (const entry of places.flatMap((place) => models[place] ?? [])) {
      for (const [field, value] of Object.entries(settings)) {
        const present = entry[field];
        entry[field] = isObject(value) && isObject(present) ? { ...present, ...value } : value;
      }
    }
  });
