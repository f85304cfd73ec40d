import { edit, section } from "../src/core/edit.js";
import type { Transform } from "../src/types.js";

/** Input of `fallbacks`: the list itself, or edits of it. */
export interface FallbacksInput {
  /** Which slot of `agents.defaults`; the default model's own by default. */
  slot?: "model" | "imageGenerationModel" | "videoGenerationModel";
  set?: string[];
  append?: string[];
  prepend?: string[];
  remove?: string[];
}

/**
 * Edits the fallbacks of a model slot: removed first, then prepended in the order given, then appended. A model
 * stands in the list once; appending one that is there leaves it where it is, removing it at the same time means nothing.
 */
export const fallbacks: Transform<FallbacksInput> = ({
  slot: name = "model",
  set,
  append = [],
  prepend = [],
  remove = [],
}) =>
  edit(({ config }, before) => {
    const defaults = section(section(config, "agents"), "defaults");
    const old = before.config.agents?.defaults?.[name];
    const present = typeof old === "object" ? old.fallbacks : undefined;
    const gone = remove.filter((ref) => !append.includes(ref));
    const kept = (present ?? []).filter((ref) => !gone.includes(ref) && !prepend.includes(ref));
    const next = [...new Set(set ?? [...prepend, ...kept, ...append])];
    if (set === undefined && next.length === (present ?? []).length && next.every((ref, at) => ref === present?.[at]))
      return;
    const slot = defaults[name];
    if (typeof slot === "object") slot.fallbacks = next;
    else defaults[name] = slot === undefined ? { fallbacks: next } : { primary: slot, fallbacks: next };
  });
