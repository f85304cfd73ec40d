import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkStep } from "../../src/core/checks.js";
import { diffDocuments } from "../../src/core/compare.js";
import { documentOf } from "../../src/core/documents.js";
import { effects } from "../../src/core/effects.js";
import { excerptOf, putBack } from "../../src/core/excerpt.js";
import { type Run, run } from "../../src/core/run.js";
import { registry } from "../../transforms/registry.js";
import type { DocumentKey, Documents, Json, JsonObject, Problem, Step, TracedOperation } from "../../src/types.js";
import { documents, inputs } from "../transforms/arbitraries.js";
import { deepFreeze } from "../transforms/harness.js";

const runs = Math.max(100, Number(process.env["CLAWFORM_RUNS"] ?? 0) / 10);
const named = ([transform, input]: [string, fc.Arbitrary<JsonObject>]): fc.Arbitrary<Step> =>
  input.map((given) => ({ transform, title: transform, input: given }));
// Many profiles and aliases, so that they are found by an index.
const often = ["auth-profile", "auth-order", "model-alias"];
const step = fc.oneof(
  ...Object.entries(inputs).map(named),
  ...Object.entries(inputs)
    .filter(([transform]) => often.includes(transform))
    .map((one) => ({ weight: 6, arbitrary: named(one) })),
);
const files: readonly DocumentKey[] = [
  { kind: "config" },
  ...["main", "work", "ops"].map((agent) => ({ kind: "auth", agent }) as const),
];

/** The same the plain way: each step on all there is. A step that is refused is left out, since nothing is run after it. */
function runPlainly(wanted: readonly Step[], given: Documents): Run & { steps: Step[] } {
  const steps: Step[] = [];
  const said: Problem[] = [];
  const operations = files.map((): TracedOperation[] => []);
  let present = given;
  for (const one of wanted) {
    const found = checkStep(one.transform, one.input, structuredClone(present));
    if (found.some(({ severity }) => severity === "error")) continue;
    said.push(...found);
    const at = steps.push(one) - 1;
    const after = registry.get(one.transform)?.transform(one.input)(structuredClone(present)) ?? present;
    for (const [file, document] of files.entries()) {
      const [from, to] = [present, after].map((all) => documentOf(all, document)) as [Json, Json];
      operations[file]?.push(...diffDocuments(from, to).map((operation) => ({ step: at, operation })));
    }
    present = after;
  }
  return { steps, after: present, operations, said: [...said, ...effects(given, present)] };
}

/** The order of members too: it is that of a text. */
const spelled = (value: unknown): string => JSON.stringify(value, null, 1);

describe("run", () => {
  it("gives of many steps what each of them does on the whole documents, which stay as they are", () => {
    fc.assert(
      fc.property(documents, fc.array(step, { minLength: 100, maxLength: 200 }), (given, wanted) => {
        const before = deepFreeze(structuredClone(given));
        const { steps, ...expected } = runPlainly(wanted, before);
        expect(spelled(run(steps, before, files))).toBe(spelled(expected));
        expect(before).toEqual(given);
      }),
      { numRuns: runs },
    );
  });
  it("runs nothing after an error", () => {
    const refused: Step = { transform: "plugin-entry", title: "t", input: { plugin: "p" } };
    const added: Step = { transform: "env-vars", title: "t", input: { vars: { A: "b" } } };
    const given = { config: { plugins: { enabled: false } }, auth: {} };
    const { after, operations, said } = run([refused, added], given, files);
    expect(after).toBe(given);
    expect(operations.flat()).toEqual([]);
    expect(said.map(({ code }) => code)).toEqual(["plugins-disabled"]);
  });
});

describe("an excerpt", () => {
  const given: Documents = {
    config: { models: { mode: "merge", providers: { b: { baseUrl: "b" }, a: { baseUrl: "a" } } }, env: { A: "1" } },
    auth: { main: { version: 1 } },
  };

  it("shows what is asked for in the documents' own order, and what is not there as absent", () => {
    const places = ["/config/models/providers/a", "/config/models/providers/b", "/config/x/y", "/config/models/mode/z"];
    expect(spelled(excerptOf(given, places))).toBe(
      spelled({ config: { models: { mode: "merge", providers: given.config.models?.providers } }, auth: {} }),
    );
  });
  it("shows a place that lies within another with it", () => {
    const [whole, part] = ["/config/models", "/config/models/providers/a"];
    for (const places of [
      [whole, part],
      [part, whole],
    ])
      expect(excerptOf(given, places).config.models).toBe(given.config.models);
  });
  it("is put back beside what it did not show", () => {
    const before = excerptOf(given, ["/config/models/providers/a", "/config/env/A"]);
    const after = { config: { models: { providers: { a: { baseUrl: "n" } } }, env: {}, new: 1 }, auth: { ops: {} } };
    expect(putBack(given, before, after as unknown as Documents, new Set())).toEqual({
      config: {
        models: { mode: "merge", providers: { b: { baseUrl: "b" }, a: { baseUrl: "n" } } },
        env: {},
        new: 1,
      },
      auth: { main: { version: 1 }, ops: {} },
    });
    expect(given.config["env"]).toEqual({ A: "1" });
  });
});
