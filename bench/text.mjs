/** The same edit of the same texts by every library that edits JSON5 text, as ratios to JSON5.parse on that text. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { factRow, ratioRow } from "./rows.mjs";

/** @typedef {import("./rows.mjs").Row} Row */

export const name = "text";
export const title = "Editing a text, as a multiple of what `JSON5.parse` takes to read it";

const million = 1e6;
const sizes = { "1 kB": 1e3, "100 kB": 1e5, "1 MB": million, "10 MB": 1e7 };
/** A library that takes longer for one edit is said to. */
const limitSeconds = 60;
const libraries = {
  JSON5: ["applyPatchToText", "golden-fleece", "jju", "comment-json"],
  "JSON with comments": ["applyPatchToText", "comment-json"],
};
/** What applyPatchToText is to keep to. @type {Readonly<Record<string, number>>} */
const goals = { "time, 1 MB": 8, "memory held, 1 MB": 12 };

export async function measure() {
  const rows = unitRows();
  for (const [spelling, names] of Object.entries(libraries))
    for (const library of names) {
      console.error(`${spelling}: ${library}`);
      rows.push(...rowsOf(library, spelling));
    }
  return { rows, notes: ["Goals are those of applyPatchToText. JSON5.parse only reads."] };
}

/**
 * The child's answer, "late", or "failed".
 * @param {string} task @param {string} library @param {number} bytes @param {string} spelling
 * @param {{ flags?: readonly string[], seconds?: number }} [how]
 */
function ask(task, library, bytes, spelling, { flags = [], seconds } = {}) {
  const program = fileURLToPath(new URL("text-child.mjs", import.meta.url));
  const child = spawnSync(process.execPath, [...flags, program, task, library, String(bytes), spelling], {
    encoding: "utf8",
    maxBuffer: 1e9,
    ...(seconds === undefined ? {} : { timeout: seconds * 1000 }),
  });
  if (child.error && "code" in child.error && child.error.code === "ETIMEDOUT") return "late";
  if (child.status !== 0) {
    console.error(`${library}, ${bytes} bytes: ${child.stderr.split("\n").slice(0, 8).join("\n")}`);
    return "failed";
  }
  return child.stdout;
}

/** The line of JSON in an answer. @param {string} output */
const parse = (output) => JSON.parse(output.split("\n").findLast((line) => /^(\{|null)/.test(line)) ?? "null");

/** Flags of Node for each kind of memory; the first has what is garbage collected as soon as it is. */
const memories = new Map([
  ["memory held, 1 MB", ["--gc-global", "--max-semi-space-size=1"]],
  ["heap peak, 1 MB", []],
]);

/**
 * Peak of the used heap during one run, less what was in use before it (the text too), as a multiple of the text.
 * @param {string} library @param {string} spelling
 */
function memoryRows(library, spelling) {
  return [...memories].map(([column, flags]) => {
    const output = ask("heap", library, million, spelling, { flags: ["--expose-gc", ...flags] });
    const what = `${spelling}: ${library}`;
    if (output === "failed") return factRow({ column, what, figure: "fails" });
    const { before, after, bytes } = parse(output);
    const collections = [...output.matchAll(/: (?:Scavenge|Mark-)[^\n]*? ([\d.]+) \([\d.]+\) -> /g)];
    const peak = Math.max(after, ...collections.map(([, used]) => Number(used) * 2 ** 20));
    return {
      ...ratioRow({ column, what, ratios: [(peak - before) / bytes], ...goalOf(library, column) }),
      spread: null,
    };
  });
}

/** JSON5.parse itself: what the times are multiples of, and its memory. Its columns come first, in this order. */
function unitRows() {
  const what = "JSON5: JSON5.parse";
  const times = Object.keys(sizes).map((size) => factRow({ column: `time, ${size}`, what, figure: "1x" }));
  return [...times, ...memoryRows("JSON5.parse", "JSON5")];
}

/** @param {string} library @param {string} column */
const goalOf = (library, column) =>
  library === "applyPatchToText" && goals[column] !== undefined ? { atMost: goals[column] } : {};

/** One library over all sizes. @param {string} library @param {string} spelling */
function rowsOf(library, spelling) {
  const what = `${spelling}: ${library}`;
  /** @type {Row[]} */
  const rows = [];
  let [comments, lost] = [0, 0];
  for (const [size, bytes] of Object.entries(sizes)) {
    const column = `time, ${size}`;
    const answer = ask("judge", library, bytes, spelling, { seconds: limitSeconds });
    const verdict = answer === "late" || answer === "failed" ? null : parse(answer);
    if (verdict === null) {
      const figure = answer === "late" ? `over ${limitSeconds} s` : answer === "failed" ? "fails" : "cannot read it";
      rows.push(factRow({ column, what, figure }));
      continue;
    }
    comments += verdict.comments;
    lost += verdict.commentsLost;
    const { ratios } = parse(ask("time", library, bytes, spelling));
    const row = ratioRow({ column, what, ratios, ...goalOf(library, column) });
    rows.push(verdict.right ? row : { ...row, figure: `${row.figure}, wrong value` });
    if (bytes !== million) continue;
    rows.push(factRow({ column: "lines changed, 1 MB", what, figure: String(verdict.linesChanged) }));
    rows.push(...memoryRows(library, spelling));
  }
  if (comments === 0) return rows;
  const ours = library === "applyPatchToText" ? { goal: "0", met: lost === 0 } : {};
  return [...rows, factRow({ column: "comments lost", what, figure: `${lost} of ${comments}`, ...ours })];
}
