/** One command as a multiple of another: rows of time, processor time and peak memory. */

import { usage, wall } from "./processes.mjs";
import { inTurn, ratioRow } from "./rows.mjs";

/** @typedef {import("./processes.mjs").Run} Run */

/**
 * @param {{ group?: string, what: string, atMost?: number }} named
 * @param {{ wall: number, usage: number }} pairs how many are timed, and of how many what they used is taken
 * @param {Run} ours
 * @param {Run} other
 * @param {() => void} [prepare] before each, not timed
 * @returns {Promise<import("./rows.mjs").Row[]>} those that the system's tools give
 */
export async function comparedRows(named, pairs, ours, other, prepare = () => {}) {
  /** @template T @param {number} count @param {(run: Run) => T} measure */
  const alternating = (count, measure) => {
    const prepared = (/** @type {Run} */ run) => () => {
      prepare();
      return measure(run);
    };
    return inTurn(count, prepared(ours), prepared(other));
  };
  const times = await alternating(pairs.wall, (run) => ({ time: wall(run) }));
  const used = await alternating(pairs.usage, usage);
  /** @type {readonly [column: string, ratios: readonly number[]][]} */
  const figures = [
    ["time", quotients(times, "time")],
    ["processor time", quotients(used, "seconds")],
    ["peak memory", quotients(used, "kilobytes")],
  ];
  return figures
    .filter(([, ratios]) => ratios.length > 0)
    .map(([column, ratios]) => ratioRow({ column, ratios, ...named }));
}

/**
 * @template {string} Key
 * @param {readonly (readonly [one: { [key in Key]: number | null }, other: { [key in Key]: number | null }])[]} measured
 * @param {Key} key
 */
const quotients = (measured, key) =>
  measured.flatMap(([{ [key]: one }, { [key]: other }]) => (one === null || other === null ? [] : [one / other]));
