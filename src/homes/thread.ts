/** What a thread of the crew runs: a file of its own in the built package. Homes come in, results go out. */

import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { type HomesWork, type HomeTask, workOn } from "./work.js";

/**
 * A heap is looked at after so many homes, and its garbage collected when it is larger than this: left to itself V8 lets it grow
 * as far as a large machine has memory. A limit of V8's own would end the thread on a large file.
 */
const homesPerLook = 32;
const enoughBytes = 20 * 1024 * 1024;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const work = workerData as HomesWork;
let done = 0;
parentPort?.on("message", (task: HomeTask) => {
  void workOn(task, work).then((result) => {
    parentPort?.postMessage(result);
    done += 1;
    if (done % homesPerLook === 0 && getHeapStatistics().used_heap_size > enoughBytes) collect();
  });
});
