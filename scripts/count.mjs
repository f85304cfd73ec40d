/**
 * The closing line of .ci/run from vitest's JSON report: `N passed, N failed`, and `, N skipped` when there are any.
 * `node scripts/count.mjs REPORT TESTS-EXIT-CODE CHECKS-EXIT-CODE`; exits with 1 when anything failed or nothing ran.
 * A test run that failed with no failing test (a coverage floor) and failing checks count as one failure each.
 */

import { readFileSync } from "node:fs";

/** @typedef {{ status: string, assertionResults: { status: string }[] }} File */

const [, , report = "", testsCode = "0", checksCode = "0"] = process.argv;

/** @returns {{ passed: number, failed: number, skipped: number }} */
function count() {
  /** @type {File[]} */
  let files;
  try {
    files = JSON.parse(readFileSync(report, "utf8")).testResults;
  } catch {
    // Nothing installed or nothing ran: that is a failure, not an empty success.
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.filter(({ status }) => status === "failed").length;
  const passed = tests.filter(({ status }) => status === "passed").length;
  // A file that does not load, or whose hooks fail, has no failed test to show for it.
  const broken = files.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  ).length;
  return { passed, failed: failed + broken, skipped: tests.length - passed - failed };
}

const { passed, failed, skipped } = count();
const total = failed + (failed === 0 && testsCode !== "0" ? 1 : 0) + (checksCode === "0" ? 0 : 1);
console.log(`${passed} passed, ${total} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = total > 0 || passed === 0 ? 1 : 0;
