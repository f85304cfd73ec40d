import { edit, section } from "../src/core/edit.js";
import type { Transform } from "../src/types.js";

/** Input of `modelsMode`. */
export interface ModelsModeInput {
  mode: "merge" | "replace";
}

/** States how configured and discovered models combine, where the user has not: a mode that is there stays. */
export const modelsMode: Transform<ModelsModeInput> = ({ mode }) =>
  edit(({ config }) => {
    section(config, "models").mode ??= mode;
  });
