import { edit, section } from "../src/core/edit.js";
import { normalizeProviderId, splitModelRef } from "../src/ids.js";
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
 * stands in the list once, as it is spelled there first; appending one that is there leaves it where it is, removing it at the
 * same time means nothing. Whether two references mean one model does not depend on how their provider is spelled, as
 * `openclaw models fallbacks` has it.
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
    const stays = new Set(append.map(meant));
    const leaves = new Set([...remove.map(meant).filter((ref) => !stays.has(ref)), ...prepend.map(meant)]);
    const kept = (present ?? []).filter((ref) => !leaves.has(meant(ref)));
    const next = eachOnce(set ?? [...prepend, ...kept, ...append]);
    if (set === undefined && next.length === (present ?? []).length && next.every((ref, at) => ref === present?.[at]))
      return;
    const slot = defaults[name];
    if (typeof slot === "object") slot.fallbacks = next;
    else defaults[name] = slot === undefined ? { fallbacks: next } : { primary: slot, fallbacks: next };
  });

/** What a reference means, however its provider is spelled. A list may hold other things than references. */
function meant(ref: string): string {
  const parts = typeof ref === "string" ? splitModelRef(ref) : null;
  return parts ? `${normalizeProviderId(parts.provider)}/${parts.model}` : ref;
}

function eachOnce(refs: readonly string[]): string[] {
  const once = new Map<string, string>();
  for (const ref of refs) if (!once.has(meant(ref))) once.set(meant(ref), ref);
  return [...once.values()];
}
