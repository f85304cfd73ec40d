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
  const present = hasMember(parent, key) ? parent[key] : undefined;
  if (present !== undefined && present !== null) return present;
  const made = {};
  setMember(parent as JsonObject, key, made);
  return made as NonNullable<Parent[Key]>;
}

/** What members are told apart by. Findings are remembered by the function: one for a trait, not one for a question. */
export type Trait<Member> = (member: Member, name: string) => unknown;

type Found = Map<unknown, string[]>;

type Members<Member> = { readonly [name: string]: Member } | readonly Member[];

// To look through so few is quicker than to remember anything of them.
const few = 16;

// Objects of documents never change, save those a run has made for itself: `changeMember` keeps what is known of them true.
const known = new WeakMap<object, Map<Trait<never>, Found | "asked">>();

/**
 * The names of the members (of a list: the indexes of the items) of which the trait says this, in their order. What is asked
 * a second time, as by each of many settings, is worth an index; what every step replaces is only looked through.
 */
export function namesOf<Member>(members: Members<Member>, trait: Trait<Member>, value: unknown): readonly string[] {
  const traits = known.get(members);
  let found = traits?.get(trait);
  if (traits && found === "asked") traits.set(trait, (found = indexOf(members, trait)));
  if (found instanceof Map) return found.get(value) ?? [];
  const all = members as { readonly [name: string]: Member };
  const names = Object.keys(all);
  if (traits) traits.set(trait, "asked");
  else if (names.length > few) known.set(members, new Map([[trait, "asked"]]));
  return names.filter((name) => trait(all[name] as Member, name) === value);
}

function indexOf<Member>(members: Members<Member>, trait: Trait<Member>): Found {
  const found: Found = new Map();
  for (const [name, member] of Object.entries<Member>(members)) addTo(found, trait(member, name), name);
  return found;
}

function addTo(found: Found, value: unknown, name: string): void {
  const names = found.get(value);
  if (names) names.push(name);
  else found.set(value, [name]);
}

/** Sets a member of a run's own object, or removes it where `value` is undefined; what is known of the object stays true. */
export function changeMember(object: JsonObject, name: string, value: Json | undefined): void {
  for (const [trait, found] of known.get(object) ?? []) {
    if (found === "asked") continue;
    const says = trait as Trait<Json>;
    // A new name comes last, but for an index: those come first.
    if (!hasMember(object, name) && value !== undefined && !isIndex(name)) addTo(found, says(value, name), name);
    else if (value === undefined || says(object[name] as Json, name) !== says(value, name))
      known.get(object)?.delete(trait);
  }
  if (value === undefined) delete object[name];
  else setMember(object, name, value);
}

/** What is known of a run's own object is no longer true: something within a member is about to change. */
export function forgetMembers(object: JsonObject): void {
  known.delete(object);
}
