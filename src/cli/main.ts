/** The executable. */

import { consoleOf } from "./console.js";
import { run } from "./index.js";

void run(process.argv.slice(2), consoleOf(process)).then((code) => {
  process.exitCode = code;
});
