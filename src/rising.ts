/** What keeps its order in a list of numbers. */

/** Indexes, in their order, of a longest run of numbers that rise; those below 0 count as none. Patience sorting, n log n. */
export function longestRising(numbers: readonly number[]): number[] {
  // By length of a run, where the one ends that ends lowest; and what comes before each number in the run it ends.
  const ends: number[] = [];
  const previous = new Array<number>(numbers.length).fill(-1);
  numbers.forEach((number, index) => {
    if (number < 0) return;
    let low = 0;
    let high = ends.length;
    // What is in order goes on from the end.
    if (high > 0 && (numbers[ends[high - 1] as number] as number) < number) low = high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[ends[middle] as number] as number) < number) low = middle + 1;
      else high = middle;
    }
    if (low > 0) previous[index] = ends[low - 1] as number;
    ends[low] = index;
  });
  const run: number[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at] as number) run.push(at);
  return run.reverse();
}
