/**
 * Measured, never asserted: `npm run bench -- process`. Whole-process figures are ratios to an empty `node -e 0` on the
 * same machine at the same moment, medians of alternating pairs; they go into bench/README.md.
 */

import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { loadedModules } from "./loaded.mjs";
import { planInProcess } from "./in-process.mjs";
import { median } from "./median.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const cli = path.join(root, "dist/cli.cjs");
const fixtures = path.join(root, "bench/fixtures");
const state = mkdtempSync(path.join(tmpdir(), "clawform-bench-"));
cpSync(fixtures, state, { recursive: true });

// The caller's own environment: what an empty Node costs depends on it (certificates to load, options), and so does the ratio.
const env = {
  ...process.env,
  OPENCLAW_CONFIG_PATH: undefined,
  OPENCLAW_STATE_DIR: undefined,
  OPENCLAW_HOME: undefined,
  HOME: state,
  NO_COLOR: "1",
  KILOCODE_API_KEY: "test-key-1",
  OPENROUTER_API_KEY: "test-key-2",
  MOONSHOT_API_KEY: "test-key-3",
};
/** The command line that plans an example. @param {string} example */
const planOf = (example) => [
  cli,
  "plan",
  path.join(state, example, "clawform.json5"),
  "--state-dir",
  path.join(state, example),
];

/** Milliseconds a Node process takes. @param {readonly string[]} args */
function time(args) {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { env, stdio: ["ignore", "ignore", "pipe"] });
  const took = performance.now() - began;
  if (status !== 0) throw new Error(`node ${args.join(" ")}: exit ${status}\n${stderr.toString()}`);
  return took;
}

/** Median ratio of a command to an empty Node over alternating pairs. @param {readonly string[]} args */
function ratio(args, pairs = 41) {
  const ratios = [];
  time(args);
  for (let pair = 0; pair < pairs; pair += 1) {
    // Each goes first every other time: neither profits from the other's warm caches.
    const first = pair % 2 === 0;
    const early = time(first ? ["-e", "0"] : args);
    const late = time(first ? args : ["-e", "0"]);
    ratios.push(first ? late / early : early / late);
  }
  return median(ratios);
}

try {
  const whole = ratio(planOf("busy"));
  const household = ratio(planOf("household"));
  const version = ratio([cli, "--version"]);
  const inProcess = await planInProcess(path.join(fixtures, "busy"));
  const large = await planInProcess(path.join(fixtures, "household"));
  const loaded = loadedModules(planOf("busy"), env, path.join(root, "dist"));
  const lines = [
    "| what | figure | goal |",
    "|---|---|---|",
    `| whole process: \`plan\` of the busy example / \`node -e 0\` | ${whole.toFixed(2)}x | 1.5x |`,
    `| whole process: \`plan\` of the household / \`node -e 0\` | ${household.toFixed(2)}x | |`,
    `| whole process: \`--version\` / \`node -e 0\` | ${version.toFixed(2)}x | |`,
    `| in process: \`plan\` of the busy example / parsing its files with \`json5\` | ${inProcess.ratio.toFixed(2)}x | |`,
    `| in process: \`plan\` of the household / parsing its files with \`json5\` | ${large.ratio.toFixed(2)}x | |`,
    `| in process: \`plan\` of the busy example | ${inProcess.milliseconds < 1 ? "under" : "over"} 1 ms | under 1 ms |`,
    `| code loaded by \`plan\` | ${loaded.kilobytes} kB in ${loaded.files.length} files | |`,
    `| of it prompts, ajv's compiler | ${loaded.unwanted.length === 0 ? "none" : loaded.unwanted.join(", ")} | none |`,
  ];
  console.log(lines.join("\n"));
  console.log(
    `\nin process: ${inProcess.milliseconds.toFixed(3)} ms a plan, the household ${large.milliseconds.toFixed(3)} ms`,
  );
  console.log(`\nloaded by plan:\n${loaded.report}`);
  const page = path.join(root, "bench/README.md");
  const text = readFileSync(page, "utf8");
  const table = `<!-- figures: written by npm run bench -->\n${lines.join("\n")}\n<!-- end -->`;
  writeFileSync(
    page,
    text.replace(/<!-- figures[^]*<!-- end -->/, () => table),
  );
} finally {
  rmSync(state, { recursive: true, force: true });
}
