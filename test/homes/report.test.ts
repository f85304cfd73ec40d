import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { doneHomes, homeLine, skippedLine, totalsLine } from "../../src/homes/report.js";
import type { HomeResult } from "../../src/homes/result.js";

const setup = "0".repeat(64);
const result = (home: string, outcome: HomeResult["outcome"]): HomeResult => ({
  home,
  outcome,
  exitCode: outcome === "failed" ? 65 : 0,
  note: "",
  warnings: 0,
  operations: null,
  document: { format: 1, changed: false, applied: false, files: [], problems: [] },
  timings: null,
  unfinished: false,
  stack: null,
});
const textOf = (lines: readonly object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join("");
/** As a file of that text is read. */
function* linesOf(text: string): Generator<string> {
  const lines = text.split("\n");
  const rest = lines.pop() ?? "";
  yield* lines;
  if (rest !== "") yield rest;
}
const doneIn = (text: string): Set<string> => doneHomes(linesOf(text), setup, "report");
const totals = { homes: 1, applied: 1, planned: 0, unchanged: 0, failed: 0, skipped: 0, left: 0 };

describe("a report", () => {
  it("tells which homes are done: what came last of a home counts", () => {
    const outcomes = ["applied", "unchanged", "failed", "planned"] as const;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.constantFrom(...outcomes, "skipped" as const))), (told) => {
        const lines = told.map(([home, outcome]) =>
          outcome === "skipped" ? skippedLine(home, setup) : homeLine(result(home, outcome), setup),
        );
        const last = new Map(told);
        const expected = [...last].filter(([, outcome]) => outcome !== "failed" && outcome !== "planned");
        const done = doneIn(textOf([...lines, totalsLine(totals)]));
        expect([...done].sort()).toEqual(expected.map(([home]) => home).sort());
      }),
    );
  });

  it("does not count a line that a kill has torn, wherever it was torn", () => {
    const whole = textOf([homeLine(result("/a", "applied"), setup), homeLine(result("/b", "applied"), setup)]);
    for (let length = whole.indexOf("\n") + 1; length < whole.length - 1; length += 1)
      expect([...doneIn(whole.slice(0, length))]).toEqual(["/a"]);
    expect([...doneIn(whole)]).toEqual(["/a", "/b"]);
  });

  it.each(["[]\n", "1\n", '{"format":2}\n', "{}\n", "text\n\n", `\n${textOf([totalsLine(totals)])}`])(
    "is not %j",
    (text) => {
      expect(() => doneIn(text)).toThrow("this is not the report of a run over many homes");
    },
  );
});
