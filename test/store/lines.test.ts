import { mkdirSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLines } from "../../src/store/lines.js";
import { makeHome } from "../cli/harness.js";

describe("lines of a file", () => {
  it("are those of its text, wherever a read ends", () => {
    const at = makeHome();
    const path = at.path("lines");
    const piece = fc.oneof(fc.constantFrom("\n", "\r\n", "ä", "🦞", "x".repeat(70_000)), fc.string());
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = Buffer.from(pieces.join("")).toString("utf8");
        writeFileSync(path, text);
        const expected = text.split("\n");
        if (expected.at(-1) === "") expected.pop();
        expect([...readLines(path)]).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it("cannot be had of what is no file", () => {
    const at = makeHome();
    mkdirSync(at.path("folder"));
    expect(() => [...readLines(at.path("folder"))]).toThrow("is a directory");
    expect(() => [...readLines(at.path("nothing"))]).toThrow("does not exist");
  });
});
