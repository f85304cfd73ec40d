import { edit, section } from "../src/core/edit.js";
import type { Transform } from "../src/types.js";

/** Input of `primaryModel`. */
export interface PrimaryModelInput {
  /** Full reference, `provider/model`. */
  model: string;
}

/** Makes `model` the default. Fallbacks the user chose stay, in their order; so do the slot's other fields. */
export const primaryModel: Transform<PrimaryModelInput> = ({ model }) =>
  edit(({ config }) => {
    const defaults = section(section(config, "agents"), "defaults");
    const slot = defaults.model;
    if (slot === model) return;
    if (typeof slot === "object") slot.primary = model;
    else defaults.model = { primary: model };
  });
