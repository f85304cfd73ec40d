import { edit, section } from "../src/core/edit.js";
import { isObject } from "../src/json.js";
import type { ModelDefinition, ProviderBlock, Transform } from "../src/types.js";

/** Input of `providerBlock`. */
export interface ProviderBlockInput {
  provider: string;
  /** Fields that are set as given, `baseUrl` and `api` among them. */
  fields: ProviderBlock;
  /** Fields that are set only where the block has none, or a blank one; text that is there is trimmed. */
  defaults?: ProviderBlock;
  /** Written as `apiKey` to say where the key is; a reference that is there, `${VAR}` too, stays. */
  keyMarker?: string;
  /** Models the block should have; none that is there already is changed. */
  models?: ModelDefinition[];
  /** Leave the models alone when the block already has this one; without it every missing model is added. */
  unlessModel?: string;
}

/**
 * Sets a provider's block. Everything else in it stays: headers, other fields, the user's models in their order. A key
 * written as text is trimmed, dropped when blank; a reference to a key is left as it is.
 */
export const providerBlock: Transform<ProviderBlockInput> = ({
  provider,
  fields,
  defaults = {},
  keyMarker,
  models = [],
  unlessModel,
}) =>
  edit(({ config }, before) => {
    const block = section(section(section(config, "models"), "providers"), provider);
    for (const [name, value] of Object.entries(fields)) {
      block[name] = name === "headers" ? { ...block.headers, ...fields.headers } : value;
    }
    for (const [name, value] of Object.entries(defaults)) {
      const present = block[name];
      if (typeof present === "string" && present.trim() !== "") block[name] = present.trim();
      else if (present === undefined || typeof present === "string") block[name] = value;
    }
    if (keyMarker !== undefined && !isReference(block.apiKey)) block.apiKey = keyMarker;
    if (typeof block.apiKey === "string") {
      const key = block.apiKey.trim();
      if (key === "") delete block.apiKey;
      else block.apiKey = key;
    }
    const present = (block.models ??= []);
    if (!Array.isArray(present)) return; // A renamed block may hold what a plan only warns of.
    const ids = before.config.models?.providers?.[provider]?.models?.map((model) => isObject(model) && model["id"]);
    const known = new Set<unknown>(ids);
    if (unlessModel !== undefined && known.has(unlessModel)) return;
    const missing = models.filter(({ id }) => !known.has(id));
    present.push(...missing);
  });

function isReference(apiKey: unknown): boolean {
  return typeof apiKey === "string" ? apiKey.includes("${") : isObject(apiKey);
}
