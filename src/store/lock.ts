/**
 * OpenClaw's own lock on a file: another file beside it, which whoever creates it holds (OpenClaw 2026.5.6, measured).
 * OpenClaw breaks a lock of more than 30 s even when its owner lives, so one is held for milliseconds here.
 */

import { systemCode, writeFailure } from "./failures.js";
import type { Files } from "./files.js";
import type { Host } from "./host.js";
import { type Holder, holderAt, isStale, readLock } from "./lock-holder.js";
import { newId, privateMode, removeQuietly, temporaryBeside, writeAll } from "./write.js";

/** How often a lock that is free or stale is tried for at once; when that is not enough others are quicker. */
const tries = 8;

/** A lock of ours. */
export interface Lock {
  readonly path: string;
  /** What we wrote into it: it is ours for as long as it says so. */
  readonly text: string;
}

/** What came of trying for a lock; `holder` is null when others were quicker each time. */
export type Attempt = { readonly lock: Lock } | { readonly lock: null; readonly holder: Holder | null };

/**
 * Takes the lock at `path`, breaking a stale one, or says who has it; does not wait. `temporary` is the name of a file
 * that is there for a moment. Throws (exit 73) when the
 * directory takes no lock file or does not let go of a stale one.
 */
export function takeLock(
  path: string,
  file: string,
  host: Host,
  files: Files,
  temporary: string = temporaryBeside(path, newId()),
): Attempt {
  for (let left = tries; left > 0; left -= 1) {
    const lock = createLock({ path, file, temporary }, host, files);
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
export function releaseLock({ path, text }: Lock, files: Files): boolean {
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
}

/** Null when somebody has it, or when its directory is gone. */
function createLock({ path, file, temporary }: Place, host: Host, files: Files): Lock | null {
  const text = JSON.stringify({ pid: host.pid, createdAt: host.toStamp(host.now()) }, null, 2);
  try {
    makeWhole(path, temporary, (name) => makeFile(name, text, file, files), files);
  } catch (error) {
    if (["EEXIST", "ENOENT"].includes(systemCode(error))) return null;
    throw writeFailure(error, file, path, "create the lock");
  }
  return { path, text };
}

/**
 * A kill must not leave a lock that names nobody: OpenClaw and we would respect it for 30 s. So it is filled under another
 * name first; where a file can have one name only it is not.
 */
function makeWhole(path: string, temporary: string, make: (name: string) => void, files: Files): void {
  make(temporary);
  let linked = true;
  try {
    files.link(temporary, path);
  } catch (error) {
    if (!["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EMLINK"].includes(systemCode(error))) throw error;
    linked = false;
  } finally {
    removeQuietly(temporary, files);
  }
  if (!linked) make(path);
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
