/** Follows things through RFC 6902 operations: an evaluator of identities, written apart from the one under test. */

import { parsePointer } from "../../../src/pointer.js";
import type { Operation } from "../../../src/types.js";
import { idsIn, type Member, type RandomDocument, type Thing } from "./things.js";

const fresh: Thing = { id: -1, list: null, members: [], plain: null };

/** The names of the comments that have to be in the text after the operations. */
export function survivors(document: RandomDocument, operations: readonly Operation[]): Set<string> {
  const top: Thing = {
    id: -1,
    list: false,
    members: [{ key: "", thing: structuredClone(document.root), owners: [], hidden: [] }],
    plain: null,
  };
  for (const operation of operations) follow(top, operation);
  const alive = new Set(idsIn(top));
  return new Set([...document.comments].flatMap(([name, owner]) => (owner === null || alive.has(owner) ? [name] : [])));
}

function follow(top: Thing, operation: Operation): void {
  const path = ["", ...parsePointer(operation.path)];
  switch (operation.op) {
    case "test":
      return;
    case "replace":
      find(top, path).thing = brought(operation.value);
      return;
    case "remove":
      take(top, path);
      return;
    case "add":
      put(top, path, { key: "", thing: brought(operation.value), owners: [], hidden: [] });
      return;
    case "copy": {
      const { thing } = find(top, ["", ...parsePointer(operation.from)]);
      put(top, path, { key: "", thing: anonymous(thing), owners: [], hidden: [] });
      return;
    }
    case "move":
      if (operation.from === operation.path) return;
      put(top, path, { ...take(top, ["", ...parsePointer(operation.from)]), hidden: [] });
  }
}

function brought(value: unknown): Thing {
  if (Array.isArray(value))
    return {
      ...fresh,
      list: true,
      members: value.map((item) => ({ key: "", thing: brought(item), owners: [], hidden: [] })),
    };
  if (typeof value !== "object" || value === null) return fresh;
  return {
    ...fresh,
    list: false,
    members: Object.entries(value).map(([key, item]) => ({ key, thing: brought(item), owners: [], hidden: [] })),
  };
}

function anonymous(thing: Thing): Thing {
  return {
    ...thing,
    id: -1,
    members: thing.members.map(({ key, thing: inner }) => ({ key, thing: anonymous(inner), owners: [], hidden: [] })),
  };
}

function indexIn(holder: Thing, token: string): number {
  if (holder.list === true) return token === "-" ? holder.members.length : Number(token);
  return holder.members.findIndex(({ key }) => key === token);
}

function find(top: Thing, path: readonly string[]): Member {
  let holder = top;
  let member: Member | undefined;
  for (const token of path) {
    member = holder.members[indexIn(holder, token)];
    if (member === undefined) throw new Error(`nothing at ${path.join("/")}`);
    holder = member.thing;
  }
  return member as Member;
}

function take(top: Thing, path: readonly string[]): Member {
  const holder = path.length === 1 ? top : find(top, path.slice(0, -1)).thing;
  return holder.members.splice(indexIn(holder, path.at(-1) as string), 1)[0] as Member;
}

function put(top: Thing, path: readonly string[], member: Member): void {
  const key = path.at(-1) as string;
  const holder = path.length === 1 ? top : find(top, path.slice(0, -1)).thing;
  if (holder.list === true) {
    holder.members.splice(indexIn(holder, key), 0, { ...member, key: "" });
    return;
  }
  const there = holder.members.find((other) => other.key === key);
  if (there === undefined) {
    holder.members.push({ ...member, key });
    return;
  }
  there.thing = member.thing;
  // The whole document has no place for comments of its own: those of a member moved there went with the old root.
  if (path.length > 1) there.owners.push(...member.owners);
}
