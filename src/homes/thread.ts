/** What a thread of the crew runs: a file of its own in the built package. Homes come in, results go out. */

import { parentPort, workerData } from "node:worker_threads";
import { type HomesWork, type HomeTask, workOn } from "./work.js";

const work = workerData as HomesWork;
parentPort?.on("message", (task: HomeTask) => {
  void workOn(task, work).then((result) => parentPort?.postMessage(result));
});
