/** This process as the store's lock and a library call see it. Floor 4: beside the command line the only one who knows it. */

import { homedir } from "node:os";
import { setImmediate, setTimeout } from "node:timers/promises";
import { ClawformError, usageError } from "./errors.js";
import type { Host } from "./store/host.js";
import { birthOf, realmOf } from "./store/process.js";
import type { Surroundings } from "./workspace.js";

/** The process's environment, as it is when it is read. */
export const processEnvironment: Readonly<Record<string, string | undefined>> = process.env;

/** The user whose process this is; null where users have no numbers (Windows). */
export const thisUser: number | null = process.getuid?.() ?? null;

/** Major version of V8: 11 in Node 20, 12 in Node 22, 13 in Node 24. */
export const engineVersion: number = Number.parseInt(process.versions.v8, 10);

// None changes while the process runs, though its clock may.
let started: number | undefined;
let born: string | null | undefined;
let realm: string | null | undefined;

/** The real process and clock. */
export const thisProcess: Host = {
  pid: process.pid,
  get startedAt() {
    return (started ??= Date.now() - process.uptime() * 1000);
  },
  now: () => Date.now(),
  isRoot: thisUser === 0,
  toStamp: (time) => new Date(time).toISOString(),
  fromStamp: (stamp) => Date.parse(stamp),
  exists,
  birthOf: (pid) => (pid === process.pid ? (born ??= birthOf(pid)) : birthOf(pid)),
  realm: () => (realm ??= realmOf()),
  wait: async (milliseconds) => setTimeout(milliseconds),
  holding,
};

/** What surrounds a library call; the process's own where nothing else is said. */
export function surroundingsOf({
  env = process.env,
  cwd = process.cwd(),
}: Partial<Pick<Surroundings, "env" | "cwd">>): Surroundings {
  return {
    env,
    cwd,
    // Asked of the system, and most plans need none.
    get osHome() {
      return homedir();
    },
    readInput: () => {
      throw usageError("no-input", "a key from standard input needs the command line", {
        hint: "Give the key as { env } or { file }.",
      });
    },
  };
}

/** Signal 0 is sent to nobody, it only asks (kill(2)); EPERM: there is such a process, another user's. */
function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Milliseconds since this process started, finer than the clock's. */
export function elapsed(): number {
  return performance.now();
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

/**
 * Runs `work`, whose signal aborts when this process is asked to end (Ctrl-C, `kill`, a closed terminal): work that is under
 * way can come to its end. Returns what it gave, and the exit code that tells of the signal; null when none came.
 */
export async function untilAsked<Value>(
  work: (stop: AbortSignal) => Promise<Value>,
): Promise<{ readonly value: Value; readonly exitCode: number | null }> {
  const stop = new AbortController();
  let exitCode: number | null = null;
  const onSignal = (_: NodeJS.Signals, number: number): void => {
    exitCode ??= 128 + number;
    stop.abort();
  };
  for (const signal of signals) process.on(signal, onSignal);
  try {
    const value = await work(stop.signal);
    // One that came while something synchronous went on is heard a turn or two later.
    await setImmediate();
    await setImmediate();
    return { value, exitCode };
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
}

/** Runs `work`, whose signal aborts on Ctrl-C; then throws an `interrupted` error (exit 130), whatever `work` made of it. */
export async function untilInterrupted<Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.on("SIGINT", onSignal);
  try {
    const value = await work(stop.signal);
    if (stop.signal.aborted) throw new ClawformError("interrupted", "interrupted", "stopped by Ctrl-C");
    return value;
  } finally {
    process.off("SIGINT", onSignal);
  }
}
