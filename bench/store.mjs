/**
 * A commit of both files (locks, journal, record, recovery made possible) against a bare write, fsync, rename and
 * directory fsync of the same two, in turn, in a directory on the disk of this one.
 */

import { createHash } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { median } from "./median.mjs";

const rounds = 200;
/** @type {typeof import("../src/index.js")} */
const { apply } = await import(new URL("../dist/index.js", import.meta.url).href);

const stateDir = mkdtempSync(fileURLToPath(new URL("store-", import.meta.url)));
const config = path.join(stateDir, "openclaw.json");
const auth = path.join(stateDir, "agents/main/agent/auth-profiles.json");
const example = new URL("fixtures/household/openclaw.json", import.meta.url);

/** @param {number} round */
const textsOf = (round) => ({
  [auth]: `{ "version": 1, "profiles": {}, "round": ${round} }\n`,
  [config]: `${readFileSync(example, "utf8")}// ${round}\n`,
});

/** @param {string} text */
const state = (text) => ({ sha256: createHash("sha256").update(text).digest("hex"), text });

/** @param {string} file */
function syncPath(file) {
  const descriptor = openSync(file, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** @param {Readonly<Record<string, string>>} texts */
function bare(texts) {
  for (const [file, text] of Object.entries(texts)) {
    const descriptor = openSync(`${file}.new`, "wx", 0o600);
    writeSync(descriptor, text);
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(`${file}.new`, file);
    syncPath(path.dirname(file));
  }
}

/**
 * Milliseconds that `work` takes. What was removed before is on disk first: each of the two pays for itself alone.
 * @param {() => unknown} work
 */
async function timed(work) {
  syncPath(path.join(stateDir, "clawform"));
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** @param {number} round */
function planOf(round) {
  const before = textsOf(round - 1);
  const changes = Object.entries(textsOf(round)).map(([file, text]) => ({
    file: path.basename(file),
    path: file,
    document:
      file === auth
        ? { kind: /** @type {const} */ ("auth"), agent: "main" }
        : { kind: /** @type {const} */ ("config") },
    before: state(before[file] ?? ""),
    after: state(text),
    patch: [],
    inverse: [],
  }));
  return { format: /** @type {const} */ (1), stateDir, steps: [], changes, problems: [] };
}

try {
  mkdirSync(path.dirname(auth), { recursive: true });
  // As after the first apply.
  mkdirSync(path.join(stateDir, "clawform/history"), { recursive: true });
  bare(textsOf(0));
  /** @type {number[]} */
  const commits = [];
  /** @type {number[]} */
  const bares = [];
  for (let round = 1; round <= rounds; round += 1) {
    const planned = planOf(round);
    const texts = textsOf(round);
    commits.push(await timed(() => apply(planned)));
    bares.push(await timed(() => bare(texts)));
  }
  const [commit, plain] = [median(commits), median(bares)];
  console.log(`commit of both files   ${commit.toFixed(2)} ms`);
  console.log(`bare writes            ${plain.toFixed(2)} ms`);
  console.log(`ratio                  ${(commit / plain).toFixed(2)} (goal: 2)`);
} finally {
  rmSync(stateDir, { recursive: true });
}
