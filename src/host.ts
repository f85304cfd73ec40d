/** This process as the store's lock sees it. Floor 4: beside index.ts and the command line the only one who knows it. */

import { setImmediate, setTimeout } from "node:timers/promises";
import type { Host } from "./store/host.js";
import { birthOf, realmOf } from "./store/process.js";

// Neither changes while the process runs.
let born: string | null | undefined;
let realm: string | null | undefined;

/** The real process and clock. */
export const thisProcess: Host = {
  pid: process.pid,
  startedAt: Date.now() - process.uptime() * 1000,
  now: () => Date.now(),
  toStamp: (time) => new Date(time).toISOString(),
  fromStamp: (stamp) => Date.parse(stamp),
  exists,
  birthOf: (pid) => (pid === process.pid ? (born ??= birthOf(pid)) : birthOf(pid)),
  realm: () => (realm ??= realmOf()),
  wait: async (milliseconds) => setTimeout(milliseconds),
  holding,
};

/** Signal 0 is sent to nobody, it only asks (kill(2)); EPERM: there is such a process, another user's. */
function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** What is held right now: a program may apply several plans at once. */
const held = new Set<() => void>();

/**
 * While anybody listens to a signal it does not end the process by itself, and listeners are only called between two
 * turns of the event loop: what is synchronous is done before one is obeyed.
 */
function holding(release: () => void): () => Promise<void> {
  if (held.size === 0) {
    for (const signal of signals) process.on(signal, end);
    process.on("exit", releaseAll);
  }
  held.add(release);
  return async () => {
    // Two turns: the first may be past the point where signals are received.
    await setImmediate();
    await setImmediate();
    held.delete(release);
    if (held.size > 0) return;
    for (const signal of signals) process.off(signal, end);
    process.off("exit", releaseAll);
  };
}

function releaseAll(): void {
  for (const release of held) release();
}

/** Ends the process as the signal would have (exit 128 + its number), unless the program around us has its own idea of it. */
function end(signal: NodeJS.Signals, number: number): void {
  if (process.listenerCount(signal) === 1) process.exit(128 + number);
}
