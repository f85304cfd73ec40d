/** The executable. */

import { consoleOf } from "./console.js";
import { run } from "./index.js";

/** Runs the command line of this process, which ends with it. */
export async function main(): Promise<void> {
  const exitCode = await run(process.argv.slice(2), consoleOf(process));
  // All that was printed is written: what Node would take down by itself goes with the process.
  process.exit(exitCode);
}
