/**
 * Measured, never asserted: `npm run bench -- text`. The same edit of the same texts by every library that edits JSON5
 * text, as ratios to JSON5.parse on that text; they go into bench/README.md.
 */

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const sizes = [1e3, 1e5, 1e6, 1e7];
const million = 1e6;
/** A library that takes longer for one edit is said to. */
const limitSeconds = 60;
const rows = {
  JSON5: ["applyPatchToText", "golden-fleece", "jju", "comment-json"],
  "JSON with comments": ["applyPatchToText", "comment-json"],
};

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

/**
 * Peak of the used heap during one run, less what was in use before it (the text too), as a multiple of the text.
 * @param {string} library @param {string} spelling @param {readonly string[]} flags
 */
function memory(library, spelling, flags) {
  const output = ask("heap", library, million, spelling, { flags: ["--expose-gc", ...flags] });
  if (output === "failed") return "fails";
  const { before, after, bytes } = parse(output);
  const collections = [...output.matchAll(/: (?:Scavenge|Mark-)[^\n]*? ([\d.]+) \([\d.]+\) -> /g)];
  const peak = Math.max(after, ...collections.map(([, used]) => Number(used) * 2 ** 20));
  return `${((peak - before) / bytes).toFixed(1)}x`;
}

/** One library over all sizes: a line of the table. @param {string} library @param {string} spelling */
function line(library, spelling) {
  const times = [];
  let [comments, lost, changed, held, peak] = [0, 0, "", "", ""];
  for (const bytes of sizes) {
    const answer = ask("judge", library, bytes, spelling, { seconds: limitSeconds });
    const verdict = answer === "late" || answer === "failed" ? null : parse(answer);
    if (verdict === null) {
      times.push(answer === "late" ? `over ${limitSeconds} s` : answer === "failed" ? "fails" : "cannot read it");
      continue;
    }
    comments += verdict.comments;
    lost += verdict.commentsLost;
    const { ratio } = parse(ask("time", library, bytes, spelling));
    times.push(`${ratio.toFixed(1)}x${verdict.right ? "" : ", wrong value"}`);
    if (bytes === million) {
      changed = String(verdict.linesChanged);
      held = memory(library, spelling, ["--gc-global", "--max-semi-space-size=1"]);
      peak = memory(library, spelling, []);
    }
  }
  const counted = comments === 0 ? "" : `${lost} of ${comments}`;
  const cells = [spelling, library, ...times, held, peak, counted, changed];
  console.log(cells.join("  "));
  return `| ${cells.join(" | ")} |`;
}

/** JSON5.parse itself, for its memory. */
function unit() {
  const held = memory("JSON5.parse", "JSON5", ["--gc-global", "--max-semi-space-size=1"]);
  return `| JSON5 | JSON5.parse (reads only) | 1x | 1x | 1x | 1x | ${held} | ${memory("JSON5.parse", "JSON5", [])} | | |`;
}

const lines = [
  "| text | library | 1 kB | 100 kB | 1 MB | 10 MB | memory held, 1 MB | heap peak, 1 MB | comments lost | lines changed, 1 MB |",
  "|---|---|---|---|---|---|---|---|---|---|",
  "| | *goal for applyPatchToText* | | | at most 8x | | at most 12x | | 0 | |",
  unit(),
  ...Object.entries(rows).flatMap(([spelling, libraries]) => libraries.map((library) => line(library, spelling))),
];
console.log(lines.join("\n"));
const page = fileURLToPath(new URL("README.md", import.meta.url));
const table = `<!-- text figures: written by npm run bench -->\n${lines.join("\n")}\n<!-- end of text figures -->`;
writeFileSync(
  page,
  readFileSync(page, "utf8").replace(/<!-- text figures[^]*<!-- end of text figures -->/, () => table),
);
