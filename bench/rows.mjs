/** What a part of the bench hands over: rows of figures, and what is to be said about them. */

import { median, quantile } from "./statistics.mjs";

/**
 * One figure, ready to print. `spread`: from the 10th to the 90th percentile of what the figure is the median of; `met`: whether
 * it keeps to its goal, null where there is none; rows of one `group` stand in a table of their own under that heading, with a `column`
 * (all of a group or none) side by side.
 * @typedef {{ group?: string, column?: string, what: string, figure: string, goal: string | null, met: boolean | null, spread: string | null }} Row
 */
/** Of a part that could not be measured there are no rows, and a note says why. @typedef {{ rows: Row[], notes: string[] }} Measured */
/**
 * What each part's module exports. `work` is an empty folder on the disk of the checkout, removed when the part has ended, however it ends.
 * @typedef {{ name: string, title: string, measure: (work: string) => Promise<Measured> }} Part
 */

/** A ratio as it is printed: three digits that mean something, more or less. @param {number} ratio */
export const times = (ratio) => `${ratio.toFixed(ratio < 0.1 ? 3 : ratio < 10 ? 2 : 1)}x`;

/**
 * The row of a ratio that was taken many times.
 * @param {{ group?: string, column?: string, what: string, ratios: readonly number[], atMost?: number, atLeast?: number }} figure at most one goal
 * @returns {Row}
 */
export function ratioRow({ ratios, atMost, atLeast, ...named }) {
  const ratio = median(ratios);
  const goal = atMost ?? atLeast;
  return {
    ...named,
    figure: times(ratio),
    spread: `${times(quantile(ratios, 0.1))} to ${times(quantile(ratios, 0.9))}`,
    goal: goal === undefined ? null : `at ${atMost === undefined ? "least" : "most"} ${goal}x`,
    met: atMost !== undefined ? ratio <= atMost : atLeast !== undefined ? ratio >= atLeast : null,
  };
}

/**
 * The row of something counted or told, not timed.
 * @param {{ group?: string, column?: string, what: string, figure: string, goal?: string, met?: boolean }} fact
 * @returns {Row}
 */
export const factRow = ({ goal, met, ...named }) => ({ ...named, spread: null, goal: goal ?? null, met: met ?? null });

/**
 * One thing and another in turn; each goes first every other time, so that neither profits from what the other left warm.
 * @template T
 * @param {number} pairs
 * @param {() => T | Promise<T>} one
 * @param {() => T | Promise<T>} other
 * @returns {Promise<[one: T, other: T][]>}
 */
export async function inTurn(pairs, one, other) {
  /** @type {[T, T][]} */
  const measured = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    if (pair % 2 === 0) {
      const first = await one();
      measured.push([first, await other()]);
    } else {
      const first = await other();
      measured.push([await one(), first]);
    }
  }
  return measured;
}
