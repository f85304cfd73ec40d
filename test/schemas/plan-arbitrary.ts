/** Generates plans of every form the type allows. */

import fc from "fast-check";
import type { Change, Json, Operation, Plan, Problem, Step } from "../../src/types.js";

const word = fc.string({ minLength: 1 });
const pointer = fc
  .array(fc.string())
  .map((tokens) => tokens.map((token) => `/${token.replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""));
const sha256 = fc
  .array(fc.constantFrom(...Array.from("0123456789abcdef")), { minLength: 64, maxLength: 64 })
  .map((digits) => digits.join(""));
const json = fc.jsonValue() as fc.Arbitrary<Json>;
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ op: fc.constantFrom("add" as const, "replace" as const, "test" as const), path: pointer, value: json }),
  fc.record({ op: fc.constant("remove" as const), path: pointer }),
  fc.record({ op: fc.constantFrom("move" as const, "copy" as const), from: pointer, path: pointer }),
);
const state = fc.record({ sha256, text: fc.string() });
const change: fc.Arbitrary<Change> = fc.record({
  file: word,
  path: word,
  document: fc.oneof(
    fc.constant({ kind: "config" as const }),
    fc.record({
      kind: fc.constant("include" as const),
      at: fc.constantFrom("", "/models/providers/a~1b", "/agents/list/0"),
    }),
    fc.record({ kind: fc.constant("auth" as const), agent: fc.constantFrom("main", "Work_2") }),
  ),
  before: fc.option(state),
  after: fc.option(state),
  patch: fc.array(fc.record({ step: fc.nat(), operation })),
  inverse: fc.array(operation),
});
const step: fc.Arbitrary<Step> = fc.record({ transform: word, title: word, input: fc.dictionary(fc.string(), json) });
const problem: fc.Arbitrary<Problem> = fc.record(
  {
    code: fc.constantFrom("plugin-disabled", "x", "alias-2-taken"),
    severity: fc.constantFrom("error" as const, "warning" as const, "info" as const),
    file: fc.string(),
    pointer,
    message: word,
    hint: fc.string(),
    line: fc.integer({ min: 1 }),
    column: fc.integer({ min: 1 }),
  },
  { requiredKeys: ["code", "severity", "file", "pointer", "message", "hint"] },
);
/** Any plan. */
export const plan: fc.Arbitrary<Plan> = fc.record({
  format: fc.constant(1 as const),
  steps: fc.array(step),
  changes: fc.array(change),
  problems: fc.array(problem),
});
