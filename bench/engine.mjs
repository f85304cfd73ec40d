/** A plan without the process around it, from texts in memory to the bytes to write. */

import { planInProcess } from "./in-process.mjs";
import { factRow, times } from "./rows.mjs";

export const name = "engine";
export const title = "A plan in process, as a multiple of parsing its files with `json5`";

/** Median milliseconds of a plan of the busy example must stay below. */
const goalMs = 1;

export async function measure() {
  const busy = await planInProcess("busy");
  const household = await planInProcess("household");
  return {
    rows: [
      factRow({ what: "`plan` of the busy example", figure: times(busy.ratio) }),
      factRow({ what: "`plan` of the household", figure: times(household.ratio) }),
      factRow({
        what: "`plan` of the busy example, in time",
        figure: `${busy.milliseconds < goalMs ? "under" : "over"} ${goalMs} ms`,
        goal: `under ${goalMs} ms`,
        met: busy.milliseconds < goalMs,
      }),
    ],
    notes: [
      `Here a plan takes ${busy.milliseconds.toFixed(3)} ms, of the household ${household.milliseconds.toFixed(3)} ms.`,
    ],
  };
}
