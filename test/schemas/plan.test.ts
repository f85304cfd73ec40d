import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Plan } from "../../src/types.js";
import { createChecker, inOrder } from "./compile.js";
import type { Case } from "./compile.js";
import { plan } from "./plan-arbitrary.js";

const checkPlan = createChecker("plan");
const checkOutput = createChecker("plan-output");

const sample: Plan = {
  format: 1,
  steps: [{ transform: "primary-model", title: "default model", input: { model: "a/b" } }],
  changes: [
    {
      file: "openclaw.json",
      path: "/home/me/.openclaw/openclaw.json",
      document: { kind: "config" },
      before: { sha256: "0".repeat(64), text: "{}" },
      after: { sha256: "f".repeat(64), text: "{ agents: {} }" },
      patch: [{ step: 0, operation: { op: "add", path: "/agents", value: {} } }],
      inverse: [{ op: "remove", path: "/agents" }],
    },
  ],
  problems: [{ code: "x", severity: "info", file: "", pointer: "", message: "m", hint: "" }],
};

const output = {
  format: 1,
  changed: true,
  applied: false,
  files: [
    {
      file: "openclaw.json",
      path: "/home/me/.openclaw/openclaw.json",
      before: null,
      after: "a".repeat(64),
      patch: [
        { op: "test", path: "/a~1b", value: 1 },
        { op: "replace", path: "/a~1b", value: 2 },
      ],
      steps: ["provider kilocode"],
    },
  ],
  problems: [
    {
      code: "plaintext-key",
      severity: "warning",
      file: "x",
      pointer: "/a",
      line: 1,
      column: 1,
      message: "m",
      hint: "h",
    },
  ],
};

/** Every object in a value, by pointer, but not what stands in free data. */
function* objects(value: unknown, where = ""): Generator<readonly [string, { [key: string]: unknown }]> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield [where, value as { [key: string]: unknown }];
  for (const [key, child] of Object.entries(value)) {
    if (key !== "input" && key !== "value") yield* objects(child, `${where}/${key}`);
  }
}

/** Keys that may be missing. */
const optional: ReadonlySet<string> = new Set(["line", "column"]);

describe.each([
  ["plan.json", checkPlan, sample],
  ["plan-output.json", checkOutput, output],
] as const)("%s", (_name, check, document) => {
  test("takes its sample", () => {
    expect(check(document)).toEqual([]);
  });

  test("is closed: one more key in any object is refused there", () => {
    for (const [where] of objects(document)) {
      const copy = structuredClone(document);
      for (const [at, object] of objects(copy)) if (at === where) object["extra"] = 1;
      expect(check(copy), where).toEqual([`${where} additionalProperties(extra)`]);
    }
  });

  test("is whole: any missing key is named", () => {
    for (const [where, original] of objects(document)) {
      for (const key of Object.keys(original).filter((name) => !optional.has(name))) {
        const copy = structuredClone(document);
        for (const [at, object] of objects(copy)) if (at === where) delete object[key];
        expect(check(copy), `${where} ${key}`).toContain(`${where} required(${key})`);
      }
    }
  });

  const refused: Case[] = [
    ["an array", [], " type"],
    ["another format", { ...document, format: 2 }, "/format const"],
    ["problems that are none", { ...document, problems: ["x"] }, "/problems/0 type"],
    [
      "a problem of an unknown kind",
      {
        ...document,
        problems: [{ code: "Not Kebab", severity: "fatal", file: "", pointer: "a", message: "", hint: "", line: 0 }],
      },
      "/problems/0/code pattern",
      "/problems/0/line minimum",
      "/problems/0/message minLength",
      "/problems/0/pointer pattern",
      "/problems/0/severity enum",
    ],
  ];
  test.each(refused)("refuses %s", (_case, value, ...findings) => {
    expect(check(value)).toEqual(inOrder(findings));
  });
});

describe("plan.json", () => {
  test("takes every Plan, also when it comes back from its file", () => {
    fc.assert(
      fc.property(plan, (value) => {
        expect(checkPlan(value)).toEqual([]);
        expect(checkPlan(JSON.parse(JSON.stringify(value)))).toEqual([]);
      }),
    );
  });

  const change0 = sample.changes[0];
  const withChange = (fields: object): object => ({ ...sample, changes: [{ ...change0, ...fields }] });
  const refused: Case[] = [
    [
      "a hash in capitals",
      withChange({ after: { sha256: "F".repeat(64), text: "" } }),
      "/changes/0/after/sha256 pattern",
    ],
    ["a before that is text", withChange({ before: "{}" }), "/changes/0/before type"],
    ["an unknown document", withChange({ document: { kind: "state" } }), "/changes/0/document/kind enum"],
    ["a store without agent", withChange({ document: { kind: "auth" } }), "/changes/0/document required(agent)"],
    [
      "a store of an agent that climbs",
      withChange({ document: { kind: "auth", agent: "../x" } }),
      "/changes/0/document/agent pattern",
    ],
    [
      "a configuration with an agent",
      withChange({ document: { kind: "config", agent: "main" } }),
      "/changes/0/document additionalProperties(agent)",
    ],
    [
      "a step before the first",
      withChange({ patch: [{ step: -1, operation: { op: "remove", path: "/a" } }] }),
      "/changes/0/patch/0/step minimum",
    ],
    ["an unknown operation", withChange({ inverse: [{ op: "merge", path: "/a" }] }), "/changes/0/inverse/0/op enum"],
    [
      "an operation without value",
      withChange({ inverse: [{ op: "add", path: "/a" }] }),
      "/changes/0/inverse/0 required(value)",
    ],
    [
      "a removal with a value",
      withChange({ inverse: [{ op: "remove", path: "/a", value: 1 }] }),
      "/changes/0/inverse/0 additionalProperties(value)",
    ],
    [
      "a move from nowhere",
      withChange({ inverse: [{ op: "move", path: "/a" }] }),
      "/changes/0/inverse/0 required(from)",
    ],
    [
      "paths that are no pointers",
      withChange({ inverse: [{ op: "copy", from: "a", path: "/a~2" }] }),
      "/changes/0/inverse/0/from pattern",
      "/changes/0/inverse/0/path pattern",
    ],
  ];
  test.each(refused)("refuses %s", (_case, value, ...findings) => {
    expect(checkPlan(value)).toEqual(inOrder(findings));
  });
});

describe("plan-output.json", () => {
  test("takes a run without changes, and a file that was there", () => {
    expect(checkOutput({ format: 1, changed: false, applied: false, files: [], problems: [] })).toEqual([]);
    expect(checkOutput({ ...output, files: [{ ...output.files[0], before: "b".repeat(64) }] })).toEqual([]);
  });

  test("refuses hashes that are none", () => {
    expect(checkOutput({ ...output, files: [{ ...output.files[0], before: "x", after: 7 }] })).toEqual([
      "/files/0/after type",
      "/files/0/before pattern",
    ]);
    expect(checkOutput({ ...output, files: [{ ...output.files[0], before: 1 }] })).toEqual(["/files/0/before type"]);
  });
});
