/** How a transform writes to documents: as if they were mutable, leaving the originals untouched (immer). */

import { type Draft, Immer } from "immer";
import { hasMember, setMember } from "../json.js";
import type { Documents, Edit, JsonObject } from "../types.js";

// To freeze all documents to their last leaf at every step costs more than the step; the laws' tests hand in frozen ones.
const { produce } = new Immer({ autoFreeze: false });

/**
 * An edit from a recipe that may assign to its draft freely. Documents the recipe does not change come back identical. What
 * was there before is the second argument: to look through many members there is cheaper.
 */
export function edit(recipe: (documents: Draft<Documents>, before: Documents) => void): Edit {
  return (documents) =>
    produce(documents, (draft) => {
      recipe(draft, documents);
    });
}

/** The member of `parent` called `key`, put there as an empty object first when it is absent. */
export function section<Parent extends object, Key extends keyof Parent & string>(
  parent: Parent,
  key: Key,
): NonNullable<Parent[Key]> {
  // To ask a draft what is its own costs more than to read it: only for names that every object knows.
  const present = key in Object.prototype && !hasMember(parent, key) ? undefined : parent[key];
  if (present !== undefined && present !== null) return present;
  const made = {};
  setMember(parent as JsonObject, key, made);
  return made as NonNullable<Parent[Key]>;
}
