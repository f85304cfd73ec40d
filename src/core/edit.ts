/** How a transform writes to documents: as if they were mutable, leaving the originals untouched (immer). */

import { type Draft, produce } from "immer";
import type { Documents, Edit } from "../types.js";

/** An edit from a recipe that may assign to its draft freely. Documents the recipe does not change come back identical. */
export function edit(recipe: (documents: Draft<Documents>) => void): Edit {
  return (documents) =>
    produce(documents, (draft) => {
      recipe(draft);
    });
}

/** The member of `parent` called `key`, put there as an empty object first when it is absent. */
export function section<Parent extends object, Key extends keyof Parent & string>(
  parent: Parent,
  key: Key,
): NonNullable<Parent[Key]> {
  return (parent[key] ??= {} as NonNullable<Parent[Key]>);
}
