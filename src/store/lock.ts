/**
 * OpenClaw's own lock on a file: another file beside it, which whoever creates it holds (OpenClaw 2026.5.6, measured).
 * OpenClaw breaks a lock of more than 30 s even when its owner lives, so one is held for milliseconds here.
 */

import { systemCode, writeFailure } from "./failures.js";
import type { Files } from "./files.js";
import type { Host } from "./host.js";
import { type Holder, holderAt, isStale, maxLockBytes, readLock } from "./lock-holder.js";
import { newId, privateMode, removeQuietly, temporaryBeside, writeAll } from "./write.js";

/** How often a lock that is free or stale is tried for at once; when that is not enough others are quicker. */
const tries = 8;

/** A lock of ours. */
export interface Lock {
  readonly path: string;
  /** What we wrote into it: it is ours for as long as it says so. */
  readonly text: string;
  /** The name it was filled under, where that could not be removed at once. */
  readonly left: string | null;
}

/** A file that is whole already and says whose lock it is: a second name makes it one. */
export interface WholeLock {
  readonly path: string;
  readonly text: string;
}

/** How a lock comes to be whole at its first instant. */
export interface LockMaking {
  /** The name of a file that is there for a moment, where `whole` does not do. */
  readonly temporary?: string;
  readonly whole?: WholeLock | null;
}

/** What came of trying for a lock; `holder` is null when others were quicker each time. */
export type Attempt = { readonly lock: Lock } | { readonly lock: null; readonly holder: Holder | null };

/**
 * Takes the lock at `path`, breaking a stale one, or says who has it; does not wait. Throws (exit 73) when the directory
 * takes no lock file or does not let go of a stale one.
 */
export function takeLock(
  path: string,
  file: string,
  host: Host,
  files: Files,
  { temporary = temporaryBeside(path, newId()), whole = null }: LockMaking = {},
): Attempt {
  for (let left = tries; left > 0; left -= 1) {
    const lock = createLock({ path, file, temporary, whole }, host, files);
    if (lock !== null) return { lock };
    const holder = holderAt(path, file, files);
    if (holder === null) continue;
    if (!isStale(holder, host, files)) return { lock: null, holder };
    breakLock(holder, file, files);
  }
  return { lock: null, holder: null };
}

/**
 * Gives a lock back, unless somebody has broken it and taken it over. Never throws; false for one that stays, which is
 * stale soon.
 */
export function releaseLock({ path, text, left }: Lock, files: Files): boolean {
  if (left !== null && !removeQuietly(left, files)) return false;
  try {
    const present = readLock(path, files);
    // Blank: it cannot be read right now.
    if (present !== text) return present !== "";
  } catch (error) {
    return systemCode(error) === "ENOENT";
  }
  return removeQuietly(path, files);
}

interface Place {
  readonly path: string;
  readonly file: string;
  readonly temporary: string;
  readonly whole: WholeLock | null;
}

/** Null when somebody has it, or when its directory is gone. */
function createLock({ path, file, temporary, whole }: Place, host: Host, files: Files): Lock | null {
  try {
    // What is longer could not be read again as a lock.
    if (whole !== null && whole.text.length < maxLockBytes && linked(whole.path, path, files))
      return { path, text: whole.text, left: null };
    const text = JSON.stringify({ pid: host.pid, createdAt: host.toStamp(host.now()) }, null, 2);
    const gone = makeWhole(path, temporary, (name) => makeFile(name, text, file, files), files);
    return { path, text, left: gone ? null : temporary };
  } catch (error) {
    if (["EEXIST", "ENOENT"].includes(systemCode(error))) return null;
    throw writeFailure(error, file, path, "create the lock");
  }
}

/** False where a file can have one name only, or none on that file system. */
function linked(from: string, to: string, files: Files): boolean {
  try {
    files.link(from, to);
    return true;
  } catch (error) {
    if (!["EPERM", "EXDEV", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EMLINK"].includes(systemCode(error))) throw error;
    return false;
  }
}

/**
 * A kill must not leave a lock that names nobody: OpenClaw and we would respect it for 30 s. So it is filled under another
 * name first; where a file can have one name only it is not. Returns whether that other name is gone.
 */
function makeWhole(path: string, temporary: string, make: (name: string) => void, files: Files): boolean {
  make(temporary);
  let done = false;
  let gone = false;
  try {
    done = linked(temporary, path, files);
  } finally {
    gone = removeQuietly(temporary, files);
  }
  if (!done) make(path);
  return gone;
}

function makeFile(name: string, text: string, file: string, files: Files): void {
  const descriptor = files.create(name, privateMode);
  try {
    fill(descriptor, text, name, file, files);
  } catch (error) {
    removeQuietly(name, files);
    throw error;
  }
}

function fill(descriptor: number, text: string, path: string, file: string, files: Files): void {
  try {
    // What the umask took: without it the lock could not be read again.
    if (files.fstat(descriptor).mode !== privateMode) files.chmod(descriptor, privateMode);
    writeAll(descriptor, Buffer.from(text, "utf8"), path, file, files);
  } finally {
    files.close(descriptor);
  }
}

/**
 * Removes a stale lock, but not one that somebody has taken since it was judged. The system offers no way to remove
 * a file only if it is still the same: two processes that break one lock in the same microseconds may both go on, and
 * then it is the comparison before each rename that keeps them apart.
 */
function breakLock(stale: Holder, file: string, files: Files): void {
  const present = holderAt(stale.path, file, files);
  if (present?.text !== stale.text || present.modified !== stale.modified) return;
  try {
    files.remove(stale.path);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw writeFailure(error, file, stale.path, "break the stale lock");
  }
}
