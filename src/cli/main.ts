/** The executable. */

import { consoleOf } from "./console.js";
import { run } from "./index.js";

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // A reader such as `head` that closes early is no failure of ours.
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});
void run(process.argv.slice(2), consoleOf(process)).then((code) => {
  process.exitCode = code;
});
