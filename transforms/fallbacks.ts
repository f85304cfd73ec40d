import { edit, section } from "../src/core/edit.js";
import type { Transform } from "../src/types.js";

/** Input of `fallbacks`: the list itself, or edits of it. */
export interface FallbacksInput {
  set?: string[];
  append?: string[];
  prepend?: string[];
  remove?: string[];
}

/**
 * Edits the fallbacks of the default model: removed first, then prepended in the order given, then appended. A model
 * stands in the list once; appending one that is there leaves it where it is.
 */
export const fallbacks: Transform<FallbacksInput> = ({ set, append = [], prepend = [], remove = [] }) =>
  edit(({ config }) => {
    const defaults = section(section(config, "agents"), "defaults");
    const slot = defaults.model;
    const present = typeof slot === "object" ? slot.fallbacks : undefined;
    const kept = (present ?? []).filter((ref) => !remove.includes(ref) && !prepend.includes(ref));
    const next = [...new Set(set ?? [...prepend, ...kept, ...append])];
    if (set === undefined && next.length === (present ?? []).length && next.every((ref, at) => ref === present?.[at])) return;
    if (typeof slot === "object") slot.fallbacks = next;
    else defaults.model = slot === undefined ? { fallbacks: next } : { primary: slot, fallbacks: next };
  });
