/** A credential store -> what of it OpenClaw goes by. */

import { hasMember, isObject } from "../../json.js";
import { parsePointer } from "../../pointer.js";
import type { AuthStore, JsonObject, Problem } from "../../types.js";

/** A store without its broken entries, and the ids of these. */
export interface SoundStore {
  readonly store: AuthStore;
  readonly broken: readonly string[];
}

/**
 * The store without the profiles that these errors are in, as OpenClaw reads it: it drops a broken entry and runs on. Null
 * when something else of the store is broken: then nobody knows what is in it.
 */
export function soundStore(value: JsonObject, errors: readonly Problem[]): SoundStore | null {
  const profiles = value["profiles"];
  const broken = new Set<string>();
  for (const { pointer } of errors) {
    const [section, id] = parsePointer(pointer);
    if (section !== "profiles" || id === undefined || !isObject(profiles) || !hasMember(profiles, id)) return null;
    broken.add(id);
  }
  const kept = Object.entries(isObject(profiles) ? profiles : {}).filter(([id]) => !broken.has(id));
  const store = broken.size === 0 ? value : { ...value, profiles: Object.fromEntries(kept) };
  return { store, broken: [...broken] };
}
