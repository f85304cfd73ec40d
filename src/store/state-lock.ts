/** clawform's own lock on a state directory, held from the plan to the end of the commit. */

import { dirname } from "node:path";
import { busyError, writeError } from "../errors.js";
import { writeFailure } from "./failures.js";
import { type Files, nodeFiles } from "./files.js";
import type { Host } from "./host.js";
import { releaseOwnLock, takeOwnLock } from "./own-lock.js";
import { ageOf, nameOf, type Owner } from "./owner.js";
import { recover, type Recovery, type Unfinished } from "./recover.js";
import { removeDirectoryQuietly } from "./rollback.js";
import { stateFiles } from "./state-dir.js";
import { findTarget } from "./target.js";
import { untilFree } from "./wait.js";
import { makeDirectories } from "./write.js";

/** How to take the state lock. */
export interface StateLockOptions {
  readonly host: Host;
  /** The disk; tests give one that fails. */
  readonly files?: Files;
  /** How long to wait for this lock, and again for OpenClaw's own ones, in seconds; 0: not at all. */
  readonly timeoutSeconds: number;
  /** The command, such as `apply`: it is told to whoever waits. */
  readonly command: string;
  /** What to do about an apply that was interrupted; by default it is finished or taken back. */
  readonly unfinished?: Unfinished;
}

/** A state directory while its lock is held. */
export interface HeldState {
  readonly stateDir: string;
  readonly host: Host;
  readonly files: Files;
  readonly timeoutSeconds: number;
  readonly command: string;
}

/**
 * Runs `body` while holding the lock on `stateDir`, which is given back on every way out, a signal included. An apply that
 * was interrupted is finished or taken back first: `recovered` says so. Throws `state-locked` (exit 75) with the holder
 * when the lock stays taken, `recovery-conflict` (exit 73), and exit 73 where there can be no lock.
 */
export async function withStateLock<Value>(
  stateDir: string,
  { host, files = nodeFiles, timeoutSeconds, command, unfinished = "recover" }: StateLockOptions,
  body: (held: HeldState, recovered: Recovery | null) => Promise<Value>,
): Promise<Value> {
  const held: HeldState = { stateDir, host, files, timeoutSeconds, command };
  const made: string[] = [];
  let mine: string | null = null;
  const release = (): void => {
    if (mine === null) return;
    const text = mine;
    mine = null;
    giveBack(text, made, held);
  };
  // Before the lock is taken: from then on a signal finds somebody who gives it back.
  const over = host.holding(release);
  try {
    await untilFree(held, () => {
      const attempt = tryLock(made, held);
      if (attempt.text === null) return { busy: () => stateLocked(attempt.owner, held) };
      mine = attempt.text;
      return { value: mine };
    });
    return await body(held, await recover(held, unfinished));
  } finally {
    release();
    await over();
  }
}

function tryLock(made: string[], { stateDir, host, files, command }: HeldState): ReturnType<typeof takeOwnLock> {
  const { directory, lock } = stateFiles(stateDir);
  try {
    const { path, status, missing } = findTarget(directory, directory, writeError, files);
    if (status === null) makeDirectories([...missing, path], (name) => made.push(name), files);
  } catch (error) {
    throw writeFailure(error, directory, directory, "make");
  }
  return takeOwnLock(lock, command, host, files);
}

/** The directories go with the lock when nothing was put into them. */
function giveBack(text: string, made: readonly string[], { stateDir, files }: HeldState): void {
  const { directory, lock } = stateFiles(stateDir);
  releaseOwnLock(lock, text, files);
  removeDirectoryQuietly(directory, files);
  for (const path of [...made].reverse()) removeDirectoryQuietly(path, files);
}

function stateLocked(owner: Owner | null, { stateDir, host, timeoutSeconds }: HeldState): Error {
  const { lock } = stateFiles(stateDir);
  const who =
    owner === null ? "another clawform" : `${nameOf(owner)}, for ${(ageOf(owner, host) / 1000).toFixed(1)} s now`;
  return busyError("state-locked", `${dirname(lock)} is locked by ${who}; waited ${timeoutSeconds} s for it`, {
    file: lock,
    hint: "nothing was written: try again, or wait longer (--lock-timeout SECONDS)",
  });
}
