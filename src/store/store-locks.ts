/** OpenClaw's locks on the credential stores of a transaction: all of them or none. */

import { basename, dirname, join } from "node:path";
import { busyError, writeError } from "../errors.js";
import { writeFailure } from "./failures.js";
import type { Files } from "./files.js";
import type { JournalLock, JournalText } from "./journal.js";
import { type Lock, releaseLock, takeLock } from "./lock.js";
import { ageOf } from "./lock-holder.js";
import type { Present } from "./present.js";
import type { HeldState } from "./state-lock.js";
import { findTarget } from "./target.js";

/** Where the lock of a credential store is, and which directories have to be made for it, outermost first. */
export interface StoreLock {
  readonly path: string;
  readonly missing: readonly string[];
}

/** OpenClaw puts the lock beside the store as it is configured, links of its directory followed, one of the file itself not. */
export function storeLock({ change: { path, file }, target }: Present, files: Files): StoreLock {
  // No link on the whole way: it has just been walked.
  if (target.status !== null && target.path === path) return { path: `${path}.lock`, missing: [] };
  try {
    const { path: directory, status, missing } = findTarget(dirname(path), file, writeError, files);
    return {
      path: `${join(directory, basename(path))}.lock`,
      missing: status === null ? [...missing, directory] : [],
    };
  } catch (error) {
    throw writeFailure(error, file, path, "lock");
  }
}

/** Locks that are held. */
export interface StoreLocks {
  readonly locks: readonly Lock[];
}

/**
 * Takes these locks in an order every process keeps, or none of them and says who is in the way. One whose
 * directory does not exist protects nothing and is left out. `journal`: one of this process that can serve as lock.
 */
export function takeStoreLocks(
  wanted: readonly JournalLock[],
  held: HeldState,
  journal: JournalText | null = null,
): StoreLocks | { readonly busy: () => Error } {
  const { host, files } = held;
  const locks: Lock[] = [];
  try {
    const once = new Map(wanted.map((lock) => [lock.path, lock]));
    for (const { path, temporary } of [...once.values()].sort((one, other) => (one.path < other.path ? -1 : 1))) {
      // A commit has made the directory: when it is gone again, somebody is in the way.
      if (journal === null && !isThere(dirname(path), files)) continue;
      const attempt = takeLock(path, basename(path, ".lock"), host, files, { temporary, whole: journal });
      if (attempt.lock === null) {
        releaseStoreLocks({ locks }, files);
        return { busy: () => locked(path, attempt.holder, held) };
      }
      locks.push(attempt.lock);
    }
    return { locks };
  } catch (error) {
    releaseStoreLocks({ locks }, files);
    throw error;
  }
}

/** Gives locks back. Never throws; false when one stays. */
export function releaseStoreLocks({ locks }: StoreLocks, files: Files): boolean {
  return [...locks]
    .reverse()
    .map((lock) => releaseLock(lock, files))
    .every(Boolean);
}

function isThere(directory: string, files: Files): boolean {
  try {
    return files.stat(directory) !== null;
  } catch (error) {
    throw writeFailure(error, directory, directory, "lock");
  }
}

function locked(path: string, holder: Parameters<typeof ageOf>[0] | null, { host, timeoutSeconds }: HeldState): Error {
  const store = path.slice(0, -".lock".length);
  const owner = holder?.owner?.pid ? `process ${holder.owner.pid}` : "another process";
  const age = holder === null ? "" : `, for ${(ageOf(holder, host) / 1000).toFixed(1)} s now`;
  const message = `${store} is locked by ${owner}${age}; waited ${timeoutSeconds} s for it`;
  return busyError("locked", message, {
    file: basename(store),
    hint: "nothing was written: try again, or wait longer (--lock-timeout SECONDS)",
  });
}
