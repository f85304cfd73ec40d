/** What a thread of the crew runs: a file of its own in the built package. It takes homes from a queue, and results go out. */

import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { setInterval } from "node:timers";
import { runInNewContext } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { elapsed, engineVersion } from "../host.js";
import type { Duty, Parcel } from "./crew.js";
import { queueIn } from "./queue.js";
import { workOn } from "./work.js";

/**
 * A heap is looked at after so many homes (one that changes leaves as much behind as several that do not), and its garbage
 * collected when it is larger than this: left to itself V8 lets it grow as far as a large machine has memory. A limit of V8's own
 * would end the thread on a large file.
 */
const homesPerLook = 32;
const changedHome = 4;
const enoughBytes = 18 * 1024 * 1024;

/** How long a result may lie here, in milliseconds: to send each by itself costs as much as a third of an unchanged home. */
const patience = 20;

// Each thread optimises its code for itself. The V8 of Node 20, which has no compiler between the quick one and the thorough one,
// spends an eighth of a run of seconds on that: there a function has to run three times as long before it is worth it.
if (engineVersion === 11) setFlagsFromString("--interrupt-budget=400000");
// Whoever made the garbage collects it: the other threads are busy.
setFlagsFromString("--no-parallel-scavenge");
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const { work, tasks, queue: memory, hand } = workerData as Duty;
const queue = queueIn(memory, tasks.length);
let parcel: Parcel[number][] = [];
let sent = elapsed();

function send(): void {
  if (parcel.length > 0) parentPort?.postMessage(parcel);
  parcel = [];
  sent = elapsed();
}

async function workThrough(): Promise<void> {
  for (let since = 0; ;) {
    const number = queue.take(hand, send);
    const task = number === null ? undefined : tasks[number];
    if (number === null || task === undefined) return;
    const result = await workOn(task, work, queue.isClosed);
    if (result === null) return;
    parcel.push([number, result]);
    if (elapsed() - sent > patience) send();
    since += result.outcome === "unchanged" ? 1 : changedHome;
    if (since < homesPerLook) continue;
    since = 0;
    if (getHeapStatistics().used_heap_size > enoughBytes) collect();
  }
}

// It ticks while a home waits for a lock.
setInterval(send, patience).unref();
void workThrough().finally(send);
