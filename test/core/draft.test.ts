import fc from "fast-check";
import { produce as immer, setAutoFreeze } from "immer";
import { describe, expect, it } from "vitest";
import { produce } from "../../src/core/draft.js";
import type { Json } from "../../src/types.js";

setAutoFreeze(false);

const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Json>(null, true, 0, 1, "x", "y"),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom("a", "b", "c", "constructor"), tie("json"), { maxKeys: 4 }),
  ),
}));
const command = fc.record({
  walk: fc.array(fc.nat(), { maxLength: 4 }),
  act: fc.nat({ max: 15 }),
  name: fc.constantFrom("a", "b", "c", "d"),
  value: json,
});
type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never;

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Does one thing to a draft, as a transform might. */
function obey(root: { root: Json }, { walk, act, name, value }: Command): unknown {
  let at: any = root; // oxlint-disable-line typescript/no-explicit-any
  for (const step of walk) {
    const inner = Object.keys(at as object).filter((key) => isContainer(at[key]));
    if (inner.length > 0) at = at[inner[step % inner.length] as string];
  }
  const fresh = structuredClone(value);
  if (Array.isArray(at)) {
    const index = (walk[0] ?? 0) % (at.length + 1);
    if (act === 0) at.push(fresh, 1);
    if (act === 1) at.splice(index, 1, fresh);
    if (act === 2) at.splice(index, 2);
    if (act === 3) at.unshift(fresh);
    if (act === 4) at.length = index;
    if (act === 5 && at.length > 1) at[0] = at[at.length - 1];
    if (act === 6)
      return [at.map((item: unknown) => item), at.includes(1), at.indexOf("x"), at.find(isContainer) !== undefined];
    if (act === 7) at.reverse();
    if (act === 8 && index < at.length) at[index] = fresh;
    return at.length;
  }
  const names = Object.keys(at as object).filter((key) => key !== "root");
  const first = names[0];
  if (act === 0) at[name] = fresh;
  if (act === 1) delete at[name];
  if (act === 2 && !Array.isArray(at[name]) && (at[name] === undefined || isContainer(at[name])))
    (at[name] ??= {}).made = 1;
  if (act === 3 && first !== undefined && first !== name) {
    at[name] = at[first];
    delete at[first];
  }
  if (act === 4) Object.assign(at, isContainer(fresh) && !Array.isArray(fresh) ? fresh : {});
  if (act === 5 && first !== undefined) at[name] = { ...at[first], added: 1 };
  if (act === 6 && first !== undefined) at[name] = [at[first], 1];
  if (act === 7 && Array.isArray(at[name]))
    at[name] = at[name].filter((_item: unknown, index: number) => index % 2 === 0);
  if (act === 8) at[name] = at[name] === undefined ? 1 : at[name];
  if (act === 9) for (const key of names.filter((one) => isContainer(at[one]))) Object.assign(at, { [key]: at[key] });
  if (act === 10 && isContainer(at[first ?? ""]) && !Array.isArray(at[first ?? ""])) at[first ?? ""][name] = fresh;
  if (act === 11) return [Object.entries(at as object).length, name in at, Object.hasOwn(at as object, name)];
  return names;
}

function frozen<Value>(value: Value): Value {
  if (isContainer(value)) for (const inner of Object.values(Object.freeze(value))) frozen(inner);
  return value;
}

describe("produce", () => {
  it("makes of any recipe what immer makes, and leaves the original", () => {
    let changed = 0;
    fc.assert(
      fc.property(json, fc.array(command, { maxLength: 8 }), (root, commands) => {
        const base = frozen({ root });
        const before = JSON.stringify(base);
        const said: unknown[][] = [[], []];
        const run = (by: typeof produce, to: unknown[]): { root: Json } =>
          by(base, (draft) => commands.forEach((one) => to.push(JSON.stringify(obey(draft, one)))));
        const [ours, theirs] = [run(produce, said[0] as unknown[]), run(immer as typeof produce, said[1] as unknown[])];
        expect(ours).toEqual(theirs);
        expect(JSON.stringify(ours)).toBe(JSON.stringify(theirs));
        expect(said[0]).toEqual(said[1]);
        expect(ours === base).toBe(theirs === base);
        expect(JSON.stringify(base)).toBe(before);
        if (ours !== base) changed++;
      }),
      { numRuns: 3000 },
    );
    expect(changed).toBeGreaterThan(500);
  });

  it("shares what a recipe does not write to, and gives the original back when that is all", () => {
    const base = { a: { x: [1] }, b: { y: [{ z: 1 }] } };
    expect(produce(base, (draft) => void (draft.b.y.some(({ z }) => z === 2) || Object.keys(draft.a)))).toBe(base);
    const after = produce(base, (draft) => void draft.a.x.push(2));
    expect(after).toEqual({ a: { x: [1, 2] }, b: { y: [{ z: 1 }] } });
    expect(after.b).toBe(base.b);
  });

  it("has no members but a document's own", () => {
    const base: { [name: string]: { found?: boolean } } = {};
    const after = produce(base, (draft) => {
      for (const name of ["constructor", "toString"]) (draft[name] ??= {}).found = true;
      Object.defineProperty(draft, "__proto__", { value: { found: true } });
    });
    expect(Object.keys(after)).toEqual(["constructor", "toString", "__proto__"]);
    expect(({} as { found?: boolean }).found).toBeUndefined();
  });

  it("copies nothing to read, however much there is", () => {
    const members = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`m${index}`, { index }]));
    let copies = 0;
    // A copy of an object reads all its members.
    const base = {
      wide: new Proxy(members, { ownKeys: (target) => (copies++, Reflect.ownKeys(target)) }),
      other: { x: 1 },
    };
    produce(base, (draft) => {
      if (draft.wide["m7"]?.index === 7) draft.other.x = 2;
    });
    expect(copies).toBe(0);
  });
});
