/**
 * A commit of both files (locks, journal, record, recovery made possible) against a bare write, fsync, rename and
 * directory fsync of the same two, in turn, each in a home of its own on the disk of this one.
 */

import { createHash } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import path from "node:path";
import { storeFile, textsOf } from "./examples.mjs";
import { inTurn, ratioRow } from "./rows.mjs";
import { median } from "./statistics.mjs";

export const name = "store";
export const title = "A commit of both files, as a multiple of bare writes of them";

const rounds = 200;
const { config } = textsOf("household");

/** @param {string} work */
export async function measure(work) {
  /** @type {typeof import("../src/index.js")} */
  const { apply } = await import(new URL("../dist/index.js", import.meta.url).href);
  const [committed, plain] = [path.join(work, "committed"), path.join(work, "bare")];
  for (const home of [committed, plain]) {
    mkdirSync(path.join(home, path.dirname(storeFile)), { recursive: true });
    // As after the first apply.
    mkdirSync(path.join(home, "clawform/history"), { recursive: true });
    bare(home, 0);
  }
  const round = { committed: 0, bare: 0 };
  const milliseconds = await inTurn(
    rounds,
    async () => {
      const planned = planOf(committed, ++round.committed);
      return timed(committed, () => apply(planned));
    },
    () => timed(plain, () => bare(plain, ++round.bare)),
  );
  const [ours, others] = [0, 1].map((of) => median(milliseconds.map((pair) => pair[of] ?? Number.NaN)).toFixed(2));
  const ratios = milliseconds.map(([one, other]) => one / other);
  return {
    rows: [ratioRow({ what: "commit / bare writes", ratios, atMost: 2 })],
    notes: [`Here a commit takes ${ours} ms, the bare writes ${others} ms.`],
  };
}

/** What both files of a home hold after a round. @param {string} home @param {number} round */
const textsIn = (home, round) => ({
  [path.join(home, storeFile)]: `{ "version": 1, "profiles": {}, "round": ${round} }\n`,
  [path.join(home, "openclaw.json")]: `${config}// ${round}\n`,
});

/** @param {string} file */
function syncPath(file) {
  const descriptor = openSync(file, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** @param {string} home @param {number} round */
function bare(home, round) {
  for (const [file, text] of Object.entries(textsIn(home, round))) {
    const descriptor = openSync(`${file}.new`, "wx", 0o600);
    writeSync(descriptor, text);
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(`${file}.new`, file);
    syncPath(path.dirname(file));
  }
}

/**
 * Milliseconds that `task` takes. What was removed before is on disk first: each of the two pays for itself alone.
 * @param {string} home
 * @param {() => unknown} task
 */
async function timed(home, task) {
  syncPath(path.join(home, "clawform"));
  const began = performance.now();
  await task();
  return performance.now() - began;
}

/** @param {string} home @param {number} round */
function planOf(home, round) {
  const state = (/** @type {string} */ text) => ({ sha256: createHash("sha256").update(text).digest("hex"), text });
  const before = textsIn(home, round - 1);
  const changes = Object.entries(textsIn(home, round)).map(([file, text]) => ({
    file: path.basename(file),
    path: file,
    document:
      file === path.join(home, storeFile)
        ? { kind: /** @type {const} */ ("auth"), agent: "main" }
        : { kind: /** @type {const} */ ("config") },
    before: state(before[file] ?? ""),
    after: state(text),
    patch: [],
    inverse: [],
  }));
  return { format: /** @type {const} */ (1), stateDir: home, steps: [], changes, problems: [] };
}
