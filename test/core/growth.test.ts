import { describe, expect, it, vi } from "vitest";
import { diffDocuments } from "../../src/core/compare.js";
import { invertPatch } from "../../src/core/invert.js";
import { applyPatch } from "../../src/core/patch.js";
import { run } from "../../src/core/run.js";
import { reloadProblems } from "../../src/core/reload.js";
import { modelSettings } from "../../transforms/model-settings.js";
import type { Documents, Json, JsonObject, Operation, Step } from "../../src/types.js";

/** Looks into a value are counted, so that growth is seen without a clock. */
function counted(value: Json, count: { looks: number }): Json {
  if (typeof value !== "object" || value === null) return value;
  const inner = (Array.isArray(value) ? [] : {}) as Json[];
  for (const [key, item] of Object.entries(value)) inner[key as unknown as number] = counted(item, count);
  const look = <Answer>(answer: Answer): Answer => (count.looks++, answer);
  return new Proxy(inner, {
    get: (target, name) => look(Reflect.get(target, name) as Json),
    has: (target, name) => look(Reflect.has(target, name)),
    ownKeys: (target) => look(Reflect.ownKeys(target)),
    getOwnPropertyDescriptor: (target, name) => look(Reflect.getOwnPropertyDescriptor(target, name)),
  });
}

const range = (length: number): number[] => Array.from({ length }, (_, index) => index);
const block = (of: number): Json => ({
  baseUrl: `https://host-${of}.example.test`,
  models: [{ id: `m${of}` }, { id: "n" }],
});
const config = (size: number, name = "p", start = 0): Json => ({
  models: { providers: Object.fromEntries(range(size).map((of) => [`${name}${of}`, block(of + start)])) },
  list: range(size).map((of) => `item-${of + start}`),
});
const moves = (size: number): Operation[] =>
  range(size).map((of) => ({ op: "move", from: `/models/providers/p${of}`, path: `/models/providers/q${of}` }));
const changes = (size: number): Operation[] =>
  range(size).flatMap((of): Operation[] => [
    { op: "replace", path: `/models/providers/p${of}/baseUrl`, value: "https://new.example.test" },
    { op: "add", path: `/models/providers/new${of}`, value: block(of) },
    { op: "remove", path: `/models/providers/p${of}/models/0` },
  ]);

/** A profile and a block of each of so many providers. */
const providers = (size: number): { steps: Step[]; documents: Json } => {
  const of = range(size).map((number) => ({ provider: `p${number}`, profile: `p${number}:default` }));
  return {
    steps: of.flatMap(({ provider, profile }): Step[] =>
      (
        [
          ["auth-profile", { profile, provider, mode: "api_key", agents: [] }],
          ["auth-order", { profile, provider }],
          ["provider-block", { provider, fields: { baseUrl: "https://host.example.test" } }],
          ["model-alias", { ref: `${provider}/m`, alias: provider }],
        ] as const
      ).map(([transform, input]) => ({ transform, title: provider, input: structuredClone(input) as JsonObject })),
    ),
    documents: {
      config: {
        auth: {
          profiles: Object.fromEntries(of.map(({ provider, profile }) => [profile, { provider, mode: "api_key" }])),
        },
        models: {
          providers: Object.fromEntries(
            of.map(({ provider }) => [provider, { baseUrl: "https://host.example.test", models: [] }]),
          ),
        },
        agents: {
          defaults: {
            models: Object.fromEntries(of.map(({ provider }) => [`${provider}/m`, { alias: provider }])),
          },
        },
      },
      auth: {},
    },
  };
};

const works: Readonly<Record<string, (size: number, watch: (value: Json) => Json) => unknown>> = {
  "comparing what is equal": (size, watch) => diffDocuments(watch(config(size)), watch(config(size))),
  "comparing what is renamed": (size, watch) => diffDocuments(watch(config(size)), watch(config(size, "q"))),
  "comparing what is another": (size, watch) => diffDocuments(watch(config(size)), watch(config(size, "q", size))),
  "comparing what is moved in a list": (size, watch) =>
    diffDocuments(watch(range(size).map(block)), watch(range(size).map(block).toReversed())),
  "applying changes": (size, watch) => applyPatch(watch(config(size)), changes(size)),
  "applying moves": (size, watch) => applyPatch(watch(config(size)), moves(size)),
  "inverting changes": (size, watch) => invertPatch(watch(config(size)), changes(size)),
  "inverting moves": (size, watch) => invertPatch(watch(config(size)), moves(size)),
  "telling of reloads": (size, watch) =>
    reloadProblems(
      { config: watch(config(size)), auth: {} } as unknown as Documents,
      { config: watch(config(size, "q")), auth: {} } as unknown as Documents,
    ),
  "running steps that find nothing to do": (size, watch) => {
    const { steps, documents } = providers(size);
    return run(steps, watch(documents) as unknown as Documents, [{ kind: "config" }]);
  },
  "settings of models that are there": (size, watch) => {
    const models = watch(range(size).map((of) => ({ id: `m${of}`, name: "x" })));
    const documents = { config: { models: { providers: { p: { models } } } }, auth: {} } as unknown as Documents;
    return range(size).map((of) =>
      modelSettings({ provider: "p", model: `m${of}`, settings: { name: "x" } })(documents),
    );
  },
};

describe("cost", () => {
  it.each(Object.keys(works))("of %s grows in a straight line", (name) => {
    const looks = [50, 100, 200, 400].map((size) => {
      const count = { looks: 0 };
      works[name]?.(size, (value) => counted(value, count));
      return count.looks / size;
    });
    // Twice as much costs twice as much; a logarithm or a constant more is no square.
    expect(Math.max(...looks)).toBeLessThan(1.3 * Math.min(...looks) + 5);
    expect(Math.min(...looks)).toBeGreaterThan(0);
  });
  // What a run makes itself cannot be watched: the names that are listed are counted.
  it("of running steps that add what is not there grows in a straight line", () => {
    const { keys } = Object;
    const listed = [50, 100, 200, 400].map((size) => {
      let count = 0;
      const spy = vi.spyOn(Object, "keys").mockImplementation((object: object) => {
        const names = keys(object);
        count += names.length;
        return names;
      });
      run(providers(size).steps, { config: {}, auth: {} }, [{ kind: "config" }]);
      spy.mockRestore();
      return count / size;
    });
    expect(Math.max(...listed)).toBeLessThan(1.3 * Math.min(...listed) + 5);
    expect(Math.min(...listed)).toBeGreaterThan(0);
  });
});
