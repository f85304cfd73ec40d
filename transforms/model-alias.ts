import { edit, section } from "../src/core/edit.js";
import type { JsonObject, Transform } from "../src/types.js";

/** Input of `modelAlias`. */
export interface ModelAliasInput {
  /** Full reference, `provider/model`. */
  ref: string;
  /** Without one the model is only registered. */
  alias?: string;
  /** True for an alias the user declares; a card's own only fills a gap. */
  declared?: boolean;
  /** Request parameters of the entry; each fills a gap. */
  params?: JsonObject;
}

/** Registers a model in `agents.defaults.models` and names it. `params` and every other field of the entry stay. */
export const modelAlias: Transform<ModelAliasInput> = ({ ref, alias, declared = false, params }) =>
  edit(({ config }) => {
    const entry = section(section(section(section(config, "agents"), "defaults"), "models"), ref);
    if (alias !== undefined && (declared || entry.alias === undefined)) entry.alias = alias;
    if (params) entry.params = { ...params, ...entry.params };
  });
