/** What many measurements of one thing come to. */

/**
 * The number below which that share of them lies, between two neighbours in proportion; NaN of none.
 * @param {readonly number[]} numbers
 * @param {number} share 0 to 1
 */
export function quantile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** The middle one; of an even count the mean of the two. @param {readonly number[]} numbers */
export const median = (numbers) => quantile(numbers, 0.5);
