import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeMember, forgetMembers, namesOf, placesOf } from "../src/lookup.js";
import type { Json, JsonObject } from "../src/types.js";

const kind = (member: Json): unknown => (member as JsonObject)["kind"];
const spelling = (_: unknown, name: string): string => name.toLowerCase();
const plainly = (members: JsonObject, trait: (member: Json, name: string) => unknown, value: unknown): string[] =>
  Object.keys(members).filter((name) => trait(members[name] as Json, name) === value);

const name = fc.oneof(
  fc.constantFrom("a", "A", "toString", "3", "10", "__proto__", "x/y"),
  fc.string({ maxLength: 2 }),
);
const member = fc.record({ kind: fc.constantFrom("u", "v", "w") });

describe("namesOf", () => {
  it("finds what a look through all members finds, whatever a run does to its own object between questions", () => {
    const actions = fc.array(
      fc.oneof(
        fc.tuple(fc.constant("set" as const), name, member),
        fc.tuple(fc.constant("remove" as const), name, member),
        fc.tuple(fc.constant("within" as const), name, member),
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(fc.dictionary(name, member, { minKeys: 20, maxKeys: 30 }), actions, (given, changes) => {
        const members = structuredClone(given) as JsonObject;
        for (const [what, at, value] of changes) {
          for (const one of ["u", "v"]) expect(namesOf(members, kind, one)).toEqual(plainly(members, kind, one));
          for (const one of ["a", "x/y"])
            expect(namesOf(members, spelling, one)).toEqual(plainly(members, spelling, one));
          if (what === "within") {
            forgetMembers(members);
            for (const inner of Object.values(members)) (inner as JsonObject)["kind"] = value.kind;
          } else changeMember(members, at, what === "set" ? { ...value } : undefined);
        }
      }),
    );
  });
});

describe("changeMember", () => {
  it.each(["3", "new", "__proto__", "toString"])("keeps the order that names have, with %s among them", (added) => {
    const members = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`m${index}`, { kind: index % 2 === 0 ? "u" : "v" }]),
    ) as JsonObject;
    const same = (): void => expect(namesOf(members, kind, "u")).toEqual(plainly(members, kind, "u"));
    for (let asked = 0; asked < 3; asked++) same();
    changeMember(members, added, { kind: "u" });
    same();
    changeMember(members, added, undefined);
    same();
    changeMember(members, "nothing", undefined);
    same();
  });
});

describe("placesOf", () => {
  it("finds the items of a list", () => {
    const items = Array.from({ length: 40 }, (_, index) => ({ kind: index % 20 }));
    for (let asked = 0; asked < 3; asked++) expect(placesOf(items, kind, 7)).toEqual([7, 27]);
  });
});
