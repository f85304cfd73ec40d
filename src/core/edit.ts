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
  const present = hasMember(parent, key) ? parent[key] : undefined;
  if (present !== undefined && present !== null) return present;
  const made = {};
  setMember(parent as JsonObject, key, made);
  return made as NonNullable<Parent[Key]>;
}

type Places = ReadonlyMap<unknown, readonly number[]>;

// A document's list never changes. One that is asked a second time, as by each of many settings that are there already, is
// worth an index; one that every step replaces is asked once and only looked through.
const asked = new WeakMap<readonly object[], Places | "once">();

/** The indexes of the items with this id; of a list that is never changed again. */
export function placesOf(id: string, items: readonly { readonly id: string }[]): readonly number[] {
  const known = asked.get(items);
  if (known === undefined) {
    asked.set(items, "once");
    const places: number[] = [];
    items.forEach((item, place) => {
      if (item.id === id) places.push(place);
    });
    return places;
  }
  const index = known === "once" ? indexOf(items) : known;
  asked.set(items, index);
  return index.get(id) ?? [];
}

function indexOf(items: readonly { readonly id: string }[]): Places {
  const places = new Map<unknown, number[]>();
  items.forEach(({ id }, place) => {
    const known = places.get(id);
    if (known) known.push(place);
    else places.set(id, [place]);
  });
  return places;
}
