/** How members are found by what they say, in documents that many steps look through. Floor 0. */

import { hasMember, setMember } from "./json.js";
import { isIndex } from "./pointer.js";
import type { Json, JsonObject } from "./types.js";

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
  const traits = known.get(object);
  for (const [trait, found] of traits ?? []) {
    if (found === "asked") continue;
    const says = trait as Trait<Json>;
    // A new name comes last, but for an index: those come first.
    if (isNew && value !== undefined && !isIndex(name)) addTo(found, says(value, name), name);
    else if (isNew || value === undefined || says(object[name] as Json, name) !== says(value, name))
      traits?.delete(trait);
  }
  if (value === undefined) delete object[name];
  else setMember(object, name, value);
}

/** What is known of a run's own object is no longer true: something within a member is about to change. */
export function forgetMembers(object: JsonObject): void {
  known.delete(object);
}
