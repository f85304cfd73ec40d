import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyPatch } from "../../src/core/patch.js";
import { formatPointer, valueAt } from "../../src/pointer.js";
import { applyPatchToText, locate, parseText } from "../../src/text/index.js";
import type { Json, Operation, Pointer } from "../../src/types.js";
import { survivors } from "./support/follow.js";
import { parseQuietly } from "./support/quiet-json5.js";
import { randomDocument } from "./support/random-document.js";
import { grow, pointersOf, seeds } from "./support/random-patch.js";
import { runs } from "./support/runs.js";
import type { RandomDocument } from "./support/things.js";

const valueOf = (text: string): Json => parseQuietly(text).value as Json;

/** What holds of every edited text. */
function checkLaws(document: RandomDocument, operations: readonly Operation[]): string {
  const { text, strict } = document;
  const after = applyPatchToText(text, operations);
  const meant = applyPatch(valueOf(text), operations);
  expect(isDeepStrictEqual(parseQuietly(after), { value: meant, warnings: parseQuietly(text).warnings })).toBe(true);
  for (const name of survivors(document, operations))
    expect(after.includes(name), `${name} is lost\n${after}`).toBe(true);
  if (text.includes("\r\n")) expect(after.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  else expect(after).not.toContain("\r");
  if (strict) expect(isDeepStrictEqual(JSON.parse(after.replace(/^\ufeff/, "")), meant)).toBe(true);
  expect(after.startsWith("\ufeff")).toBe(text.startsWith("\ufeff"));
  expect(after.endsWith("\n")).toBe(text.endsWith("\n"));
  if (!/[ \t]\r?$/m.test(text)) expect(after).not.toMatch(/[ \t]\r?$/m);
  return after;
}

/** The texts of the members of a container, each from its key to the end of its value. */
function membersIn(text: string, parent: Pointer, document: Json): string[] {
  const holder = valueAt(document, parent) as object;
  const pointers = Object.keys(holder).map((key) => parent + formatPointer([key]));
  return locate(text, pointers).map((range) => text.slice(range?.keyStart ?? range?.start, range?.end));
}

describe("applyPatchToText", () => {
  it("gives a text of the patched value that lost no comment of what stayed, kept its line ends and its strictness", () => {
    fc.assert(
      fc.property(randomDocument, seeds(20), (document, given) => {
        checkLaws(document, grow(valueOf(document.text), given));
      }),
      runs(1500),
    );
  });

  it("takes with removed members their own comments and nobody else's", () => {
    fc.assert(
      fc.property(randomDocument, seeds(4, ["remove"]), (document, given) => {
        const operations = grow(valueOf(document.text), given);
        const after = checkLaws(document, operations);
        const kept = survivors(document, operations);
        for (const name of document.comments.keys())
          expect(after.includes(name), `${name}\n${after}`).toBe(kept.has(name));
      }),
      runs(1000),
    );
  });

  it("loses no comment by moving", () => {
    fc.assert(
      fc.property(randomDocument, seeds(6, ["move"]), (document, given) => {
        checkLaws(document, grow(valueOf(document.text), given));
      }),
      runs(1000),
    );
  });

  it("changes nothing outside of one replaced value", () => {
    fc.assert(
      fc.property(randomDocument, seeds(1, ["replace"]), ({ text }, given) => {
        const [operation] = grow(valueOf(text), given);
        if (operation?.op !== "replace") return;
        const [range] = locate(text, [operation.path]);
        const after = applyPatchToText(text, [operation]);
        expect(after.slice(0, range?.start)).toBe(text.slice(0, range?.start));
        expect(after.endsWith(text.slice(range?.end))).toBe(true);
      }),
      runs(1000),
    );
  });

  it("changes nothing of the other members when one comes or goes", () => {
    fc.assert(
      fc.property(randomDocument, seeds(1, ["add", "remove"]), ({ text }, given) => {
        const document = valueOf(text);
        const [operation] = grow(document, given);
        if ((operation?.op !== "add" && operation?.op !== "remove") || operation.path === "") return;
        const after = applyPatchToText(text, [operation]);
        const parent = operation.path.replace(/\/[^/]*$/, "");
        const [was, is] = [locate(text, [parent])[0], locate(after, [parent])[0]];
        if (operation.op === "remove") {
          expect(after.slice(0, is?.start)).toBe(text.slice(0, was?.start));
          expect(after.slice(is?.end)).toBe(text.slice(was?.end));
        }
        // Every member that stayed has its text; the one that came, or whose value was replaced, is the only other one.
        const before = membersIn(text, parent, document);
        const now = membersIn(after, parent, valueOf(after));
        const [more, less] = operation.op === "add" ? [now, new Set(before)] : [before, new Set(now)];
        expect(more.filter((member) => !less.has(member)).length, after).toBeLessThanOrEqual(1);
      }),
      runs(1000),
    );
  });

  it("gives the same text for a patch that changes nothing", () => {
    fc.assert(
      fc.property(randomDocument, fc.nat(), ({ text }, at) => {
        const document = valueOf(text);
        const all = pointersOf(document);
        const path = all[at % all.length] as string;
        const value = valueAt(document, path) as Json;
        const noOps: Operation[] = [
          { op: "test", path: "", value: document },
          { op: "replace", path, value },
          { op: "move", from: path, path },
        ];
        expect(applyPatchToText(text, noOps)).toBe(text);
        if (path === "") return;
        const twice: Operation[] = [{ op: "move", from: path, path: path.replace(/[^/]*$/, "0") }];
        if (Array.isArray(valueAt(document, path.replace(/\/[^/]*$/, "")))) {
          expect(applyPatchToText(text, [...twice, { op: "move", from: twice[0]?.path ?? "", path }])).toBe(text);
        }
      }),
      runs(1000),
    );
  });

  it("takes an added last member away again without a trace", () => {
    fc.assert(
      fc.property(randomDocument, fc.nat(), seeds(1, ["add"]), ({ text }, at, [seed]) => {
        const document = valueOf(text);
        const holders = pointersOf(document).filter(
          (path) => typeof valueAt(document, path) === "object" && valueAt(document, path) !== null,
        );
        const path = holders[at % Math.max(1, holders.length)];
        if (path === undefined) return;
        const holder = valueAt(document, path) as object;
        const length = Object.keys(holder).length;
        if (length === 0) return;
        const token = Array.isArray(holder) ? String(length) : "brand new";
        const after = applyPatchToText(text, [{ op: "add", path: `${path}/${token}`, value: seed?.value ?? null }]);
        const back = applyPatchToText(after, [{ op: "remove", path: `${path}/${token}` }]);
        expect(parseText(back)).toEqual(parseText(text));
        // On one line a comment behind the last comma is the last member's, whoever that is.
        if (/,\s*\/\*[^]*?\*\/\s*[}\]]/.test(text)) return;
        // A container that was broken into lines stays broken.
        if (back.split(/\r?\n/).length === text.split(/\r?\n/).length) expect(back).toBe(text);
      }),
      runs(1000),
    );
  });
});
