/** Timings for people. */

/** `load 21.3 ms, read 0.4 ms, …, total 30.1 ms`, in the order given. Ends with a line break. */
export function renderTimings(timings: { readonly [phase: string]: number }): string {
  const parts = Object.entries(timings).map(([phase, milliseconds]) => `${phase} ${milliseconds.toFixed(1)} ms`);
  return `Timings: ${parts.join(", ")}\n`;
}
