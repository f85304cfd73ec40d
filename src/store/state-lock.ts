/** clawform's own lock on a state directory, held from the plan to the end of the commit. */

import { dirname } from "node:path";
import { busyError, writeError } from "../errors.js";
import { exists } from "./exists.js";
import { writeFailure } from "./failures.js";
import { type Files, nodeFiles } from "./files.js";
import { refuseForeignFolder } from "./foreign.js";
import type { Host } from "./host.js";
import { releaseOwnLock, takeOwnLock } from "./own-lock.js";
import { ageOf, nameOf, type Owner } from "./owner.js";
import { signsOf } from "./interrupted.js";
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
  /** Overwrite what cannot be replaced by a rename; refused otherwise. */
  readonly inPlace?: boolean;
}

/** A state directory while its lock is held. */
export interface HeldState {
  readonly stateDir: string;
  readonly host: Host;
  readonly files: Files;
  readonly timeoutSeconds: number;
  readonly command: string;
  readonly inPlace?: boolean;
  /** Every name in the history since the lock was taken, where that is known. */
  readonly historyNames?: readonly string[] | null;
  /** Directories that were made for the lock; they are not on disk yet. */
  readonly made?: readonly string[];
}

/**
 * Runs `body` while holding the lock on `stateDir`, which is given back on every way out, a signal included. An apply that
 * was interrupted is finished or taken back first: `recovered` says so. Throws `state-locked` (exit 75) with the holder
 * when the lock stays taken, `recovery-conflict` (exit 73), and exit 73 where there can be no lock.
 */
export async function withStateLock<Value>(
  stateDir: string,
  { host, files = nodeFiles, timeoutSeconds, command, unfinished = "recover", inPlace = false }: StateLockOptions,
  body: (held: HeldState, recovered: Recovery | null) => Promise<Value>,
): Promise<Value> {
  const made: string[] = [];
  const held: HeldState = { stateDir, host, files, timeoutSeconds, command, inPlace, made };
  let mine: string | null = null;
  let kept = false;
  const release = (): void => {
    if (mine === null) return;
    const text = mine;
    mine = null;
    giveBack(text, kept ? [] : new Set([stateFiles(stateDir).directory, ...made.toReversed()]), held);
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
    const signs = signsOf(stateDir, files);
    kept = signs.names !== null && signs.paths.length === 0;
    if (kept) return await body({ ...held, historyNames: signs.names }, null);
    return await body(held, await recover(held, signs, unfinished));
  } finally {
    release();
    await over();
  }
}

function tryLock(made: string[], { stateDir, host, files, command }: HeldState): ReturnType<typeof takeOwnLock> {
  const { directory, lock } = stateFiles(stateDir);
  try {
    refuseForeignFolder({ stateDir, host, files });
    if (!exists(directory, files)) makeMissing(directory, made, files);
  } catch (error) {
    throw writeFailure(error, directory, directory, "make");
  }
  return takeOwnLock(lock, command, host, files);
}

function makeMissing(directory: string, made: string[], files: Files): void {
  const { path, status, missing } = findTarget(directory, directory, writeError, files);
  if (status === null) makeDirectories([...missing, path], (name) => made.push(name), files);
}

/** The directories, innermost first, go with the lock when nothing was put into them. */
function giveBack(text: string, directories: Iterable<string>, { stateDir, files }: HeldState): void {
  releaseOwnLock(stateFiles(stateDir).lock, text, files);
  for (const path of directories) removeDirectoryQuietly(path, files);
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
