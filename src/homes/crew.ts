/** Who does the work: this thread where there is little of it, else a few more beside it. */

import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { longestLead, queueIn, queueMemory } from "./queue.js";
import { failed, type HomeResult } from "./result.js";
import { type HomesWork, type HomeTask, workOn } from "./work.js";

/** Below so many homes a thread costs more than it saves. */
const fewHomes = 24;

/** Young generation of a thread's heap in megabytes: what a home needs is garbage at once, and all threads share one budget. */
const youngMegabytes = 4;

/** How to go through the homes. */
export interface Watch {
  /** How many homes at the same time. */
  readonly concurrency: number;
  /** Called with every result, in the order they come. */
  readonly told: (result: HomeResult) => void;
  /** Once it is aborted no further home is begun. */
  readonly stop: AbortSignal;
}

/** What a thread is given. */
export interface Duty {
  readonly work: HomesWork;
  readonly tasks: readonly HomeTask[];
  /** Of the queue that all threads take their homes from. */
  readonly queue: SharedArrayBuffer;
  /** Which hand it is. */
  readonly hand: number;
}

/** What a thread sends now and then: results with the numbers of their tasks. */
export type Parcel = readonly (readonly [task: number, result: HomeResult])[];

/** Works on all homes, so many at a time; resolves when every home that was begun is done. */
export async function workOnAll(tasks: readonly HomeTask[], work: HomesWork, watch: Watch): Promise<void> {
  const left = tasks.length < fewHomes ? tasks : await threads(tasks, work, watch);
  await here(left, work, watch);
}

/** Without threads: while one home waits for a lock, others go on. */
async function here(tasks: readonly HomeTask[], work: HomesWork, { concurrency, told, stop }: Watch): Promise<void> {
  const left = tasks.values();
  const goOn = async (): Promise<void> => {
    for (const task of left) {
      // A signal is only heard between two turns of the event loop.
      await setImmediate();
      if (stop.aborted) return;
      const result = await workOn(task, work, () => stop.aborted);
      if (result !== null) told(result);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, goOn));
}

/** The homes that are still to be done, since no thread could be started, or one died. */
async function threads(tasks: readonly HomeTask[], work: HomesWork, watch: Watch): Promise<readonly HomeTask[]> {
  const { concurrency, told, stop } = watch;
  if (stop.aborted) return [];
  const count = Math.min(concurrency, tasks.length);
  const memory = queueMemory(count);
  const queue = queueIn(memory, tasks.length);
  const open = new Set(tasks.keys());
  const tell = (task: number, result: HomeResult): void => {
    if (open.delete(task)) told(result);
  };
  const hire = (hand: number): Promise<void> => {
    queue.begin(hand);
    return new Promise((resolve) => {
      const worker = startThread({ work, tasks, queue: memory, hand });
      worker.on("message", (parcel: Parcel) => {
        for (const [task, result] of parcel) tell(task, result);
        queue.finish(parcel.length);
      });
      // A thread that dies (no memory left) takes its home with it, not the others: another one takes its place.
      worker.once("error", (error) => {
        const task = queue.taken(hand);
        const home = task === null ? undefined : tasks[task]?.home;
        // One that could not even be started is done without.
        if (task === null || home === undefined) return resolve();
        tell(task, failed(home, error, work));
        // Nor will it be told of what it had done and not yet sent.
        queue.finish(longestLead);
        resolve(hire(hand));
      });
      worker.once("exit", () => resolve());
    });
  };
  stop.addEventListener("abort", queue.close);
  await Promise.all(Array.from({ length: count }, (_, hand) => hire(hand)));
  stop.removeEventListener("abort", queue.close);
  // What a thread had done and not yet sent when it died is done once more: nothing changes then.
  return stop.aborted ? [] : [...open].flatMap((task) => tasks[task] ?? []);
}

function startThread(duty: Duty): Worker {
  const file = fileURLToPath(new URL("cli-homes-thread.cjs", import.meta.url));
  return new Worker(file, { workerData: duty, resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes } });
}
