/** Runs before every test file. */

import fc from "fast-check";

/**
 * One seed for everybody: a red run is the fault of the change, not of the day, and the next run shows the same. The long
 * form (`CLAWFORM_RUNS`) explores: there every run has a seed of its own, which a failure prints; `CLAWFORM_SEED` repeats it.
 */
const asked = process.env["CLAWFORM_SEED"];
if (asked !== undefined) fc.configureGlobal({ seed: Number(asked) });
else if (process.env["CLAWFORM_RUNS"] === undefined) fc.configureGlobal({ seed: 20_261_121 });
