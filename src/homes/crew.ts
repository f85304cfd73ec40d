/** Who does the work: this thread where there is little of it, else a few more beside it. */

import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { failed, type HomeResult, type HomesWork, type HomeTask, workOn } from "./work.js";

/** One who works on one home at a time. */
interface Hand {
  readonly take: (task: HomeTask) => Promise<HomeResult>;
  readonly leave: () => Promise<void>;
}

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

/** Works on all homes, so many at a time; resolves when every home that was begun is done. */
export async function workOnAll(tasks: readonly HomeTask[], work: HomesWork, watch: Watch): Promise<void> {
  const { concurrency, told, stop } = watch;
  const size = Math.min(concurrency, tasks.length);
  const hands = tasks.length < fewHomes ? [sameThread(work)] : Array.from({ length: size }, () => thread(work));
  let next = 0;
  await Promise.all(
    hands.map(async (hand) => {
      for (let task = tasks[next++]; task !== undefined && !stop.aborted; task = tasks[next++])
        told(await hand.take(task));
      await hand.leave();
    }),
  );
}

function sameThread(work: HomesWork): Hand {
  return {
    take: async (task) => {
      // A signal is only heard between two turns of the event loop.
      await setImmediate();
      return workOn(task, work);
    },
    leave: async () => {},
  };
}

function thread(work: HomesWork): Hand {
  let worker: Worker | null = null;
  return {
    take: (task) =>
      new Promise((resolve) => {
        const here = (worker ??= startThread(work));
        // A thread that dies (no memory left) takes its home with it, not the others: the next one gets a new thread.
        const dead = (error: unknown): void => {
          worker = null;
          resolve(failed(task.home, error, work));
        };
        here.once("error", dead);
        here.once("message", (result: HomeResult) => {
          here.off("error", dead);
          resolve(result);
        });
        here.postMessage(task);
      }),
    leave: async () => {
      await worker?.terminate();
    },
  };
}

function startThread(work: HomesWork): Worker {
  const file = fileURLToPath(new URL("cli-homes-thread.cjs", import.meta.url));
  return new Worker(file, { workerData: work, resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes } });
}
