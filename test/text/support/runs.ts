/** How often properties run: 20,000 times and more in the long form, `CLAWFORM_RUNS=20000`. */
export function runs(normal: number): { numRuns: number } {
  const asked = Number(process.env["CLAWFORM_RUNS"]);
  return { numRuns: asked > 0 ? asked : normal };
}
