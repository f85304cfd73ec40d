/** A model slot, text or object, as it is read where nobody has checked it. */

import { isObject } from "../json.js";

/** What a slot names. */
export interface SlotModels {
  /** Undefined when there is none, or a blank one. */
  readonly primary: string | undefined;
  readonly fallbacks: readonly string[];
}

/** The models of a slot (`"a/b"` or `{ primary, fallbacks }`); what is not text, and so for `validate` to tell of, is passed over. */
export function slotModels(slot: unknown): SlotModels {
  const { primary, fallbacks } = isObject(slot) ? slot : { primary: slot, fallbacks: [] };
  return {
    primary: typeof primary === "string" && primary.trim() !== "" ? primary.trim() : undefined,
    fallbacks: (Array.isArray(fallbacks) ? fallbacks : []).filter((ref) => typeof ref === "string"),
  };
}
