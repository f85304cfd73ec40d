import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "clawform-count-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A report of one file: `.` passed, `x` failed, `s` skipped. */
function report(tests: string, fileStatus: "passed" | "failed" = tests.includes("x") ? "failed" : "passed"): string {
  const status = { ".": "passed", x: "failed", s: "pending" } as const;
  const path = join(folder, `${tests}-${fileStatus}.json`);
  const assertionResults = [...tests].map((one) => ({ status: status[one as keyof typeof status] }));
  writeFileSync(path, JSON.stringify({ testResults: [{ status: fileStatus, assertionResults }] }));
  return path;
}

it.each([
  ["one run", ["0", report("..."), "0"], "3 passed, 0 failed", 0],
  ["two runs, some skipped", ["0", report("..."), "0", report(".ss"), "0"], "4 passed, 0 failed, 2 skipped", 0],
  [
    "a second run of which all is skipped",
    ["0", report(".."), "0", report("ss"), "0"],
    "2 passed, 0 failed, 2 skipped",
    0,
  ],
  ["a failure in the second", ["0", report(".."), "0", report(".x"), "1"], "3 passed, 1 failed", 1],
  ["checks", ["1", report(".."), "0"], "2 passed, 1 failed", 1],
  ["a coverage floor", ["0", report(".."), "1"], "2 passed, 1 failed", 1],
  ["failures are counted once", ["0", report(".xx"), "1"], "1 passed, 2 failed", 1],
  ["a file that did not load", ["0", report("..", "failed"), "1"], "2 passed, 1 failed", 1],
  [
    "a run that was ended before it wrote",
    ["0", report(".."), "0", join(folder, "none.json"), "124"],
    "2 passed, 1 failed",
    1,
  ],
  ["nothing ran", ["0", report(""), "0"], "0 passed, 0 failed", 1],
  ["no reports", ["0"], "0 passed, 0 failed", 1],
])("counts %s", (_what, args, line, code) => {
  const { stdout, status } = spawnSync(process.execPath, ["scripts/count.mjs", ...args], { encoding: "utf8" });
  expect([stdout, status]).toEqual([`${line}\n`, code]);
});
