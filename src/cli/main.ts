/** The executable. */

import { consoleOf } from "./console.js";
import { run } from "./index.js";

/** Runs the command line of this process; its exit code is set when all is done. */
export async function main(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), consoleOf(process));
}
