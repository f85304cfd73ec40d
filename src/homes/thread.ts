/** What a thread of the crew runs: a file of its own in the built package. Homes come in, results go out. */

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { type HomesWork, type HomeTask, workOn } from "./work.js";

/** After so many homes their garbage is collected: left to itself V8 lets it grow as far as a large machine has memory. */
const homesPerCollection = 64;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const work = workerData as HomesWork;
let done = 0;
parentPort?.on("message", (task: HomeTask) => {
  void workOn(task, work).then((result) => {
    parentPort?.postMessage(result);
    done += 1;
    if (done % homesPerCollection === 0) collect();
  });
});
