/** The queue that threads take their homes from, and the threads themselves: each number once, whoever asks. */

import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { buildSync } from "esbuild";
import { longestLead, queueIn, queueMemory } from "../../src/homes/queue.js";

/** A script of a thread, with the sources it imports. */
function bundled(contents: string): string {
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    platform: "node",
    format: "cjs",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

describe("a queue", () => {
  test("gives each number once, in order, to whichever hand asks, and knows what a hand took last", () => {
    const memory = queueMemory(2);
    const [one, other] = [queueIn(memory, 3), queueIn(memory, 3)];
    expect([one.taken(0), other.taken(1)]).toEqual([null, null]);
    expect([one.take(0), other.take(1), one.take(0)]).toEqual([0, 1, 2]);
    expect([other.taken(0), one.taken(1)]).toEqual([2, 1]);
    expect([one.take(0), other.take(1), one.take(1)]).toEqual([null, null, null]);
    // What it works on is what it took, not what it asked for in vain.
    expect(one.taken(0)).toBe(2);
  });

  test("forgets what a hand took when another one takes its place", () => {
    const queue = queueIn(queueMemory(1), 5);
    queue.take(0);
    queue.begin(0);
    expect(queue.taken(0)).toBe(null);
    expect(queue.take(0)).toBe(1);
  });

  test("gives nothing more once it is closed", () => {
    const memory = queueMemory(1);
    const queue = queueIn(memory, 5);
    queue.take(0);
    queueIn(memory, 5).close();
    expect(queue.take(0)).toBe(null);
    expect(queue.taken(0)).toBe(0);
  });

  test("gives no more than may be out, until what is done with is told, or until it is closed", async () => {
    const size = longestLead + 10;
    const memory = queueMemory(1);
    const worker = new Worker(
      bundled(`
        import { parentPort, workerData } from "node:worker_threads";
        import { queueIn } from "./src/homes/queue.ts";
        const queue = queueIn(workerData.memory, workerData.size);
        let took = 0;
        const waits = () => parentPort.postMessage(took);
        while (queue.take(0, waits) !== null) took += 1;
        parentPort.postMessage(took);`),
      { eval: true, workerData: { memory, size } },
    );
    const heard: number[] = [];
    worker.on("message", (took: number) => heard.push(took));
    const queue = queueIn(memory, size);
    await once(worker, "message");
    queue.finish(3);
    await once(worker, "message");
    queue.close();
    await once(worker, "exit");
    expect(heard).toEqual([longestLead, longestLead + 3, longestLead + 3]);
    expect(queue.isClosed()).toBe(true);
  });

  test("gives each number once to threads that ask at the same time", async () => {
    const size = 20_000;
    const memory = queueMemory(4);
    const script = bundled(`
          import { parentPort, workerData } from "node:worker_threads";
          import { queueIn } from "./src/homes/queue.ts";
          const { memory, hand, size } = workerData;
          const queue = queueIn(memory, size);
          const took = [];
          for (let number = queue.take(hand); number !== null; number = queue.take(hand)) {
            took.push(number);
            queue.finish(1);
          }
          parentPort.postMessage(took);`);
    const took = await Promise.all(
      [0, 1, 2, 3].map(async (hand) => {
        const worker = new Worker(script, { eval: true, workerData: { memory, hand, size } });
        const [numbers] = (await once(worker, "message")) as [number[]];
        return numbers;
      }),
    );
    expect(took.flat().sort((one, other) => one - other)).toEqual(Array.from({ length: size }, (_, number) => number));
  });
});
