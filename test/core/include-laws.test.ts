import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffDocuments } from "../../src/core/compare.js";
import { includeKey } from "../../src/core/include-names.js";
import { applyPatch } from "../../src/core/patch.js";
import { ClawformError } from "../../src/errors.js";
import { unsafeKeys } from "../../src/ids.js";
import { applyPatchToText, parseText } from "../../src/text/index.js";
import type { Json, Operation } from "../../src/types.js";
import { runs } from "../text/support/runs.js";
import {
  type Files,
  composed,
  operationsFor,
  patched,
  routed,
  someFiles,
  someWishes,
  sourcesOf,
} from "./include-files.js";

/** A random configuration that has a value (beside a list an object cannot stand), and operations on it. */
const someEdits = fc
  .tuple(someFiles, someWishes, fc.boolean())
  .filter(([files]) => valueOf(files) !== null)
  .map(([files, wishes, compared]): { files: Files; value: Json; operations: Operation[] } => {
    const value = valueOf(files);
    const operations = operationsFor(value, wishes);
    return { files, value, operations: compared ? diffDocuments(value, applyPatch(value, operations)) : operations };
  });

function valueOf(files: Files): Json | null {
  try {
    return composed(files).value;
  } catch (error) {
    if (error instanceof ClawformError && error.code === "include-siblings") return null;
    throw error;
  }
}

/** The files after the operations; null when they are refused. */
function outcome(files: Files, operations: readonly Operation[]): Files | null {
  try {
    return patched(files, operations);
  } catch (error) {
    expect(error).toBeInstanceOf(ClawformError);
    const { kind, code, message, file, hint } = error as ClawformError;
    expect({ kind, code }).toEqual({
      kind: "invalid",
      code: expect.stringMatching(/^include-(?:several|list|inside|key|hidden|shared)$/) as string,
    });
    expect(file).not.toBe("");
    expect(hint).not.toBe("");
    expect(message).not.toContain("undefined");
    return null;
  }
}

describe("route", () => {
  it("gives files that make up the patched value, or refuses", () => {
    fc.assert(
      fc.property(someEdits, ({ files, value, operations }) => {
        const after = outcome(files, operations);
        if (after) expect(composed(after).value).toEqual(applyPatch(value, operations));
      }),
      runs(1000),
    );
  });

  it("changes no $include and loses nothing that the patch does not take away", () => {
    fc.assert(
      fc.property(someEdits, ({ files, value, operations }) => {
        const after = outcome(files, operations);
        if (!after) return;
        for (const [name, before] of Object.entries(files))
          expect(includesOf(after[name] as Json)).toEqual(includesOf(before));
        // What another file hides stays, unless the hidden member itself was to go.
        if (operations.some(({ op }) => op === "remove" || op === "move")) return;
        const shown = new Set(marksOf(value));
        const hidden = (set: Files): string[] =>
          Object.values(set)
            .flatMap((file) => marksOf(file, unsafeKeys))
            .filter((mark) => !shown.has(mark));
        expect(hidden(after)).toEqual(expect.arrayContaining(hidden(files)));
      }),
      runs(1000),
    );
  });

  it("gives operations that fit the files' texts", () => {
    fc.assert(
      fc.property(someEdits, ({ files, operations }) => {
        const after = outcome(files, operations);
        if (!after) return;
        const routes = routed(files, operations);
        const { root, included } = sourcesOf(files);
        for (const { file, before } of [root, ...included]) {
          const own = after[file] as Json;
          expect(parseText(applyPatchToText(before?.text ?? "", routes[file] ?? []))).toEqual(
            typeof own === "string" ? parseText(own) : own,
          );
        }
      }),
      runs(300),
    );
  });

  it("takes apart what it put together: an edit within one file's own member is never refused", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom("a", "b", "c"), fc.dictionary(fc.constantFrom("x", "y"), fc.integer()), {
          minKeys: 1,
        }),
        fc.nat(),
        (whole, chosen) => {
          const names = Object.keys(whole);
          const files: { [name: string]: Json } = {
            "openclaw.json": Object.fromEntries(names.map((name) => [name, { $include: `${name}.json` }])),
          };
          for (const name of names) files[`${name}.json`] = whole[name] as Json;
          const name = names[chosen % names.length] as string;
          const after = patched(files, [{ op: "add", path: `/${name}/z`, value: 1 }]);
          expect(after).toEqual({ ...files, [`${name}.json`]: { ...whole[name], z: 1 } });
        },
      ),
    );
  });
});

function includesOf(value: Json): string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = Object.hasOwn(value, includeKey) ? [JSON.stringify((value as { $include: Json }).$include)] : [];
  return [...own, ...Object.values(value).flatMap(includesOf)].sort();
}

function marksOf(value: Json, but: ReadonlySet<string> = new Set()): string[] {
  if (typeof value === "string") return value.startsWith("mark-") ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => (but.has(name) ? [] : marksOf(member, but)));
}
