/** How a cost grows: times over sizes, and the exponent that fits them (1: a straight line, 2: a square). */

/** @typedef {{ name: string, sizes: readonly number[], make: (size: number) => () => unknown }} Dimension */
/** @typedef {{ name: string, sizes: readonly number[], milliseconds: readonly number[], exponent: number }} Growth */

/** Milliseconds this process has computed so far, on all processors. */
function computed() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The slope of a straight line through the logarithms, by least squares. @param {readonly number[]} xs @param {readonly number[]} ys */
function exponent(xs, ys) {
  const [logX, logY] = [xs.map(Math.log), ys.map(Math.log)];
  const mean = (/** @type {readonly number[]} */ numbers) =>
    numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  const [meanX, meanY] = [mean(logX), mean(logY)];
  const above = logX.reduce((sum, x, index) => sum + (x - meanX) * ((logY[index] ?? 0) - meanY), 0);
  return above / logX.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
}

/**
 * Times of a dimension: of each size the least of many runs, the sizes taking turns, so that a busy machine slows all of
 * them. Runs that are too short for the clock are timed together.
 * @param {Dimension} dimension @param {number} seconds
 * @returns {Growth}
 */
export function measureGrowth({ name, sizes, make }, seconds) {
  const runs = sizes.map((size) => {
    const work = make(size);
    const began = performance.now();
    let count = 0;
    do count += 1;
    while ((work(), performance.now() - began < 100));
    return { work, batch: Math.max(1, Math.floor(count / 50)), best: Number.POSITIVE_INFINITY };
  });
  const until = performance.now() + seconds * 1000;
  let rounds = 0;
  do {
    for (const run of runs) {
      const began = computed();
      for (let index = 0; index < run.batch; index += 1) run.work();
      run.best = Math.min(run.best, (computed() - began) / run.batch);
    }
    rounds += 1;
  } while (rounds < 3 || performance.now() < until);
  const milliseconds = runs.map(({ best }) => best);
  return { name, sizes, milliseconds, exponent: exponent(sizes, milliseconds) };
}
