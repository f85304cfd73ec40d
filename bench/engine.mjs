/** The engine in process: what a plan costs, from texts in memory to the bytes to write, and how costs grow. `node bench/engine.mjs [WORD]` prints it. */

import { fileURLToPath } from "node:url";
import json5 from "json5";
import { dimensions } from "./dimensions.mjs";
import { environments, textsOf } from "./examples.mjs";
import { measureGrowth } from "./growth.mjs";
import { factRow, times } from "./rows.mjs";
import { median } from "./statistics.mjs";

export const name = "engine";
export const title = "A plan in process, beside parsing its files with `json5`, and how costs grow";

/** Milliseconds for a plan of the busy example, and for one that finds nothing to do. */
const goals = { plan: 0.3, again: 0.15 };
/** Of the logarithm of time over that of size: a straight line, and what the caches of processors add to it. */
const steepest = 1.1;
/** For each figure. */
const seconds = 2;
const warmSeconds = 4;
const batch = 20;

/** @returns {Promise<typeof import("../src/index.js")>} */
const library = () => import(new URL("../dist/index.js", import.meta.url).href);

/** @typedef {Record<"plan" | "again" | "parse", number>} PlanTimes */

/**
 * Medians, in milliseconds, of planning an example, of planning it on its own result, and of merely parsing its texts:
 * some runs of each in turn, once the engine's compilers had time for them.
 * @param {typeof import("../src/index.js")} library
 * @param {import("./examples.mjs").Example} example
 * @returns {PlanTimes}
 */
function timePlans({ plan }, example) {
  const { setup, config, auth } = textsOf(example);
  const env = environments("").clean;
  const after = { config, auth };
  for (const { document, after: result } of plan(setup, { on: { config, auth }, env }).changes) {
    if (result && (document.kind === "config" || document.kind === "auth")) after[document.kind] = result.text;
  }
  if (plan(setup, { on: after, env }).changes.length > 0) throw new Error(`${example}: the second plan has changes`);
  const jobs = {
    plan: () => plan(setup, { on: { config, auth }, env }),
    again: () => plan(setup, { on: after, env }),
    parse: () => [setup, config, auth].map((text) => json5.parse(text)),
  };
  const time = (/** @type {() => unknown} */ job) => {
    const began = performance.now();
    for (let index = 0; index < batch; index += 1) job();
    return (performance.now() - began) / batch;
  };
  /** @type {PlanTimes[]} */
  const taken = [];
  const began = performance.now();
  while (performance.now() - began < (warmSeconds + seconds) * 1000) {
    const turn = { plan: time(jobs.plan), again: time(jobs.again), parse: time(jobs.parse) };
    if (performance.now() - began > warmSeconds * 1000) taken.push(turn);
  }
  const middle = (/** @type {keyof PlanTimes} */ job) => median(taken.map((turn) => turn[job]));
  return { plan: middle("plan"), again: middle("again"), parse: middle("parse") };
}

/** @param {import("./examples.mjs").Example} example @param {PlanTimes} taken @param {Partial<typeof goals>} [limits] */
const planRows = (example, { plan, again, parse }, limits = {}) =>
  [
    { what: `\`plan\` of the ${example} example`, taken: plan, limit: limits.plan },
    { what: `\`plan\` of the ${example} example, nothing to do`, taken: again, limit: limits.again },
  ].map(({ what, taken, limit }) =>
    factRow({
      what,
      figure: `${times(taken / parse)}, ${taken.toFixed(3)} ms`,
      ...(limit === undefined ? {} : { goal: `${limit} ms`, met: taken <= limit }),
    }),
  );

/**
 * Figures of both: plans by the clock, as who waits for one sees it, growth by what the process computed.
 * @param {string} [_work]
 * @param {RegExp} [only] dimensions of that name
 * @returns {Promise<import("./rows.mjs").Measured>}
 */
export async function measure(_work, only = /(?:)/) {
  const loaded = await library();
  return {
    rows: [
      ...planRows("busy", timePlans(loaded, "busy"), goals),
      ...planRows("household", timePlans(loaded, "household")),
      ...dimensions(loaded)
        .filter(({ name: dimension }) => only.test(dimension))
        .map((dimension) => {
          const { sizes, milliseconds, exponent } = measureGrowth(dimension, seconds);
          const series = sizes.map((size, index) => `${size}: ${(milliseconds[index] ?? 0).toPrecision(3)}`);
          return factRow({
            group: "Growth: exponent, and milliseconds by size",
            what: dimension.name,
            figure: `${exponent.toFixed(2)} (${series.join(", ")})`,
            goal: `at most ${steepest}`,
            met: exponent <= steepest,
          });
        }),
    ],
    notes: [],
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { rows } = await measure("", new RegExp(process.argv[2] ?? ""));
  for (const { what, figure, goal, met } of rows)
    console.log(`${met === false ? "!" : " "} ${what}: ${figure}${goal === null ? "" : `; goal ${goal}`}`);
}
