import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffDocuments } from "../../src/core/compare.js";
import { excerptOf, putBack } from "../../src/core/excerpt.js";
import { applyPatch } from "../../src/core/patch.js";
import { findings } from "../../src/core/validate.js";
import { isWithin } from "../../src/pointer.js";
import type { Documents, Json, JsonObject } from "../../src/types.js";
import { registry } from "../../transforms/registry.js";
import { documents, inputs } from "./arbitraries.js";
import { deepFreeze } from "./harness.js";

const runs = Math.max(1000, Number(process.env["CLAWFORM_RUNS"] ?? 0));
const problems = (docs: Documents): string[] =>
  [
    ...findings("openclaw", docs.config),
    ...Object.values(docs.auth).flatMap((store) => findings("auth-profiles", store)),
  ]
    // What people and newer releases add is not for us to judge; clawform only ever warns about it.
    .filter(({ code }) => code !== "unknown-key")
    .map(({ pointer, message }) => `${pointer} ${message}`);

describe.each([...registry.keys()])("%s keeps the laws", (name) => {
  const { transform, paths, reads } = registry.get(name) as NonNullable<ReturnType<typeof registry.get>>;
  const input = inputs[name] as fc.Arbitrary<JsonObject>;

  it("idempotent, on frozen input, patch exact, valid in and out, only where it says, by what it says", () => {
    fc.assert(
      fc.property(documents, input, (given, wanted) => {
        expect(findings(`transforms/${name}`, wanted)).toEqual([]);
        const before = deepFreeze(structuredClone(given));
        const after = transform(deepFreeze(structuredClone(wanted)))(before);
        expect(before).toEqual(given);
        expect(
          diffDocuments(after as unknown as Json, transform(wanted)(after) as unknown as Json),
          "idempotent",
        ).toEqual([]);
        const patch = diffDocuments(before as unknown as Json, after as unknown as Json);
        expect(applyPatch(before as unknown as Json, patch), "patch exact").toEqual(after);
        expect(problems(before), "the generator makes valid documents").toEqual([]);
        expect(problems(after), "valid out").toEqual([]);
        const allowed = paths(wanted);
        const shown = excerptOf(before, reads(wanted, before));
        const put = putBack(before, shown, transform(wanted)(shown), new Set());
        expect(JSON.stringify(put), "all it looks at is declared").toBe(JSON.stringify(after));
        for (const operation of patch) {
          const places = "from" in operation ? [operation.from, operation.path] : [operation.path];
          for (const place of places)
            expect(
              allowed.some((path) => isWithin(place, path) || (operation.op === "add" && isWithin(path, place))),
              `${place} is outside`,
            ).toBe(true);
        }
      }),
      { numRuns: runs },
    );
  });
});
