/** A part of the configuration as it may be repeated in a setup: without secrets. */

import { isObject, setMember } from "../json.js";
import type { Json, JsonObject } from "../types.js";
import { secretSpansAt } from "./redact-place.js";

/** The part, undefined when all of it is secret, and the places left out, their names joined by dots. */
export interface Repeatable {
  readonly value: Json | undefined;
  readonly left: readonly string[];
}

/** Leaves out every scalar that is secret, or holds a secret, where it stands; `names` lead there from the root. */
export function withoutSecrets(value: Json, names: readonly string[]): Repeatable {
  const left: string[] = [];
  const within = (part: Json, at: readonly string[], previous?: Json): Json | undefined => {
    if (Array.isArray(part)) {
      const items = part.map((item, index) => within(item, at, part[index - 1]));
      // A list with a gap is another list.
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    if (isObject(part)) {
      const kept: JsonObject = {};
      for (const [name, member] of Object.entries(part)) {
        const repeated = within(member, [...at, name]);
        if (repeated !== undefined) setMember(kept, name, repeated);
      }
      return kept;
    }
    if (typeof part !== "string" && typeof part !== "number") return part;
    if (secretSpansAt("config", { names: at, value: part, previous }).length === 0) return part;
    left.push(at.join("."));
    return undefined;
  };
  return { value: within(value, names), left };
}
