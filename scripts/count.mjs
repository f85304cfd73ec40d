/**
 * The closing line of .ci/run from vitest's JSON reports: `N passed, N failed`, and `, N skipped` when there are any.
 * `node scripts/count.mjs CHECKS-EXIT-CODE REPORT EXIT-CODE [REPORT EXIT-CODE]…`; exits with 1 when anything failed or nothing
 * ran. A test run that failed with no failing test (a coverage floor) and failing checks count as one failure each.
 */

import { readFileSync } from "node:fs";

/** @typedef {{ status: string, assertionResults: { status: string }[] }} File */

const [checksCode = "0", ...words] = process.argv.slice(2);

/**
 * @param {string} report
 * @param {string} code of the run that wrote it
 */
function count(report, code) {
  /** @type {File[]} */
  let files;
  try {
    files = JSON.parse(readFileSync(report, "utf8")).testResults;
  } catch {
    // Nothing installed or nothing ran: that is a failure, not an empty success.
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const red = tests.filter(({ status }) => status === "failed").length;
  const passed = tests.filter(({ status }) => status === "passed").length;
  // A file that does not load, or whose hooks fail, has no failed test to show for it.
  const broken = files.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  ).length;
  const failed = red + broken === 0 && code !== "0" ? 1 : red + broken;
  return { passed, failed, skipped: tests.length - passed - red };
}

const total = { passed: 0, failed: checksCode === "0" ? 0 : 1, skipped: 0 };
let reports = 0;
for (let at = 0; at < words.length; at += 2, reports++) {
  const { passed, failed, skipped } = count(words[at] ?? "", words[at + 1] ?? "");
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`);
process.exitCode = total.failed > 0 || total.passed === 0 || reports === 0 ? 1 : 0;
