/** How a transform looks through documents and writes to them: as if they were mutable, leaving the originals untouched (immer). */

import { type Draft, Immer } from "immer";
import { hasMember, setMember } from "../json.js";
import { isIndex } from "../pointer.js";
import type { Documents, Edit, Json, JsonObject } from "../types.js";

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

/** What members are told apart by. Findings are remembered by the function: one for a trait, not one for a question. */
export type Trait<Member, Key = string> = (member: Member, key: Key) => unknown;

type Found = Map<unknown, unknown[]>;

// To look through so few is quicker than to remember anything of them.
const few = 16;

// Objects of documents never change, save those a run has made for itself: `changeMember` keeps what is known of them true.
const known = new WeakMap<object, Map<Trait<never, never>, Found | "asked">>();

/** The names of the members of which the trait says this, in their order. */
export function namesOf<Member>(
  members: { readonly [name: string]: Member },
  trait: Trait<Member>,
  value: unknown,
): readonly string[] {
  return find(members, trait, value, (visit) => {
    for (const name of Object.keys(members)) visit(members[name] as Member, name);
  });
}

/** The indexes of the items of which the trait says this. */
export function placesOf<Item>(items: readonly Item[], trait: Trait<Item, number>, value: unknown): readonly number[] {
  return find(items, trait, value, (visit) => items.forEach(visit));
}

/** What is asked a second time, as by each of many settings, is worth an index; what every step replaces is only looked through. */
function find<Member, Key>(
  holder: object,
  trait: Trait<Member, Key>,
  value: unknown,
  each: (visit: (member: Member, key: Key) => void) => void,
): readonly Key[] {
  const traits = known.get(holder);
  let found = traits?.get(trait);
  if (traits && found === "asked") {
    const index: Found = new Map();
    each((member, key) => addTo(index, trait(member, key), key));
    traits.set(trait, (found = index));
  }
  if (found instanceof Map) return (found.get(value) ?? []) as Key[];
  const keys: Key[] = [];
  let count = 0;
  each((member, key) => {
    count++;
    if (trait(member, key) === value) keys.push(key);
  });
  if (traits) traits.set(trait, "asked");
  else if (count > few) known.set(holder, new Map([[trait, "asked"]]));
  return keys;
}

function addTo(found: Found, value: unknown, key: unknown): void {
  const keys = found.get(value);
  if (keys) keys.push(key);
  else found.set(value, [key]);
}

/** Sets a member of a run's own object, or removes it where `value` is undefined; what is known of the object stays true. */
export function changeMember(object: JsonObject, name: string, value: Json | undefined): void {
  const isNew = !hasMember(object, name);
  for (const [trait, found] of known.get(object) ?? []) {
    if (found === "asked") continue;
    const says = trait as Trait<Json>;
    // A new name comes last, but for an index: those come first.
    if (isNew && value !== undefined && !isIndex(name)) addTo(found, says(value, name), name);
    else if (isNew || value === undefined || says(object[name] as Json, name) !== says(value, name))
      known.get(object)?.delete(trait);
  }
  if (value === undefined) delete object[name];
  else setMember(object, name, value);
}

/** What is known of a run's own object is no longer true: something within a member is about to change. */
export function forgetMembers(object: JsonObject): void {
  known.delete(object);
}
