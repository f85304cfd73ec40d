import { describe, expect, it } from "vitest";
import { diffDocuments } from "../../src/core/compare.js";
import { applyPatch } from "../../src/core/patch.js";
import { trace } from "../../src/core/trace.js";
import { plan } from "../../src/index.js";
import type { Json, TracedOperation } from "../../src/types.js";

/** The operations that lead from one state to the next, each with its step. */
function steps(...states: readonly Json[]): TracedOperation[] {
  return states
    .slice(1)
    .flatMap((after, step) => diffDocuments(states[step] as Json, after).map((operation) => ({ step, operation })));
}

const words = (operations: readonly TracedOperation[]): string[] =>
  operations.map(({ step, operation }) => `${step} ${operation.op} ${operation.path}`);

describe("trace", () => {
  const before = { Old: { url: "a", models: [1] }, other: 1 };

  it("leaves what is changed after it was moved a move", () => {
    const own = steps(
      before,
      { other: 1, new: { url: "a", models: [1] } },
      { other: 1, new: { url: "b", models: [1] } },
    );
    expect(words(trace(own, before, { other: 1, new: { url: "b", models: [1] } }))).toEqual([
      "0 test /Old",
      "0 move /new",
      "1 test /new/url",
      "1 replace /new/url",
    ]);
  });

  it("leaves it one, guarded, though another place is written twice", () => {
    const after = { other: 3, new: { url: "b", models: [1] } };
    const own = steps(
      before,
      { other: 1, new: { url: "a", models: [1] } },
      { other: 2, new: { url: "b", models: [1] } },
      after,
    );
    const traced = trace(own, before, after);
    expect(words(traced)).toEqual([
      "0 test /Old",
      "0 move /new",
      "1 test /new/url",
      "1 replace /new/url",
      "2 test /other",
      "2 replace /other",
    ]);
    const operations = traced.map(({ operation }) => operation);
    expect(applyPatch(before, operations)).toEqual(after);
  });

  it("makes what was made and then moved where it ends", () => {
    const after = { other: 2, b: { x: { y: 1 } } };
    const own = steps(
      { other: 1 },
      { other: 2, a: { x: { y: 1 } } },
      { other: 2, b: { x: { y: 1 } } },
      { ...after, other: 3 },
      after,
    );
    const operations = trace(own, { other: 1 }, after).map(({ operation }) => operation);
    expect(operations.map(({ op }) => op)).not.toContain("move");
    expect(applyPatch({ other: 1 }, operations)).toEqual(after);
  });
});

describe("a provider block under another spelling", () => {
  it("keeps its comments and spellings when it is moved, whatever else is changed in it", () => {
    const config = `{
  models: {
    providers: {
      // my gateway, paid by work
      KiloCode: {
        baseUrl: "https://old.example/v1", // changed in May
        models: [{ id: "kilo/auto", name: "Mine", contextWindow: 0x100 } /* keep */],
      },
    },
  },
}
`;
    for (const aliases of [{}, { "kilocode/kilo/auto": "mine" }]) {
      const { changes } = plan({ providers: { kilocode: {} }, aliases }, { on: { config } });
      const text = changes[0]?.after?.text ?? "";
      for (const kept of ["// my gateway, paid by work", "// changed in May", "0x100 } /* keep */"])
        expect(text).toContain(kept);
      expect(text).not.toContain("KiloCode");
    }
  });
});
