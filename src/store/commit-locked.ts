/** Committing beside a running OpenClaw: nobody who keeps its lock writes a credential store while we do. */

import { randomInt } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { busyError, writeError } from "../errors.js";
import type { Change } from "../types.js";
import { commit, type CommitOptions, type CommitReport } from "./commit.js";
import { systemCode, writeFailure } from "./failures.js";
import { type Files, nodeFiles } from "./files.js";
import type { Host } from "./host.js";
import { type Lock, releaseLock, takeLock } from "./lock.js";
import { ageOf, type Holder } from "./lock-holder.js";
import { removeDirectoryQuietly } from "./rollback.js";
import { findTarget } from "./target.js";
import { makeDirectories } from "./write.js";

/** Delay before the second try, in milliseconds; each further one is twice as long, up to `longestDelay`. */
const firstDelay = 20;
const longestDelay = 500;
const directoryTries = 8;

/** How to commit under lock. */
export interface LockedCommitOptions extends CommitOptions {
  /** How long to wait for a lock that another process holds, in seconds; 0: not at all. */
  readonly timeoutSeconds: number;
  readonly host: Host;
}

/**
 * `commit` while holding OpenClaw's lock on every credential store that changes; a plan that changes none takes none.
 * All the locks or none of them are held, never while waiting, and they are given back on every way out. Throws `locked`
 * (exit 75) with the holder's pid and the lock's age when one stays taken, and whatever `commit` throws.
 */
export async function commitLocked(changes: readonly Change[], options: LockedCommitOptions): Promise<CommitReport> {
  const { host, timeoutSeconds } = options;
  const stores = changes.filter(
    ({ document, before, after }) => document.kind === "auth" && before?.sha256 !== after?.sha256,
  );
  if (stores.length === 0) return commit(changes, options);
  const deadline = host.now() + timeoutSeconds * 1000;
  for (let delay = firstDelay; ; delay = Math.min(longestDelay, delay * 2)) {
    const outcome = await host.unbroken(() => commitIfFree(changes, stores, options));
    if ("report" in outcome) return outcome.report;
    const left = deadline - host.now();
    if (left <= 0) throw locked(outcome, options);
    // Two that wait for the same lock do not come back at the same time.
    await host.wait(Math.min(left, delay + randomInt(delay)));
  }
}

interface Busy {
  readonly store: Change;
  readonly holder: Holder | null;
}

function locked({ store, holder }: Busy, { host, timeoutSeconds }: LockedCommitOptions): Error {
  const owner = holder?.owner?.pid ? `process ${holder.owner.pid}` : "another process";
  const age = holder === null ? "" : `, for ${(ageOf(holder, host) / 1000).toFixed(1)} s now`;
  const message = `${store.path} is locked by ${owner}${age}; waited ${timeoutSeconds} s for it`;
  return busyError("locked", message, {
    file: store.file,
    hint: "nothing was written: try again, or wait longer (--lock-timeout SECONDS)",
  });
}

/** Synchronous from the first lock to the last release, so that nothing of this process comes in between. */
function commitIfFree(
  changes: readonly Change[],
  stores: readonly Change[],
  options: LockedCommitOptions,
): { readonly report: CommitReport } | Busy {
  const { host, files = nodeFiles } = options;
  const made: string[] = [];
  const locks: Lock[] = [];
  let report: CommitReport | null = null;
  try {
    for (const { path, store } of locksOf(stores, made, files)) {
      const attempt = takeLock(path, store.file, host, files);
      if (attempt.lock === null) return { store, holder: attempt.holder };
      locks.push(attempt.lock);
    }
    report = commit(changes, options);
    return { report };
  } finally {
    for (const lock of locks.reverse()) releaseLock(lock, files);
    if (report === null) for (const path of made.reverse()) removeDirectoryQuietly(path, files);
  }
}

interface StoreLock {
  readonly path: string;
  readonly store: Change;
}

/** The lock of each store, its directory made if need be, in an order that every process keeps. */
function locksOf(stores: readonly Change[], made: string[], files: Files): StoreLock[] {
  // Two agents may share a directory: one lock, and the commit refuses the pair.
  const locks = new Map<string, StoreLock>();
  for (const store of stores) {
    const path = `${join(directoryOf(store, made, files), basename(store.path))}.lock`;
    locks.set(path, { path, store });
  }
  return [...locks.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** The real directory of a store; makes what is missing of it, 0700, and adds that to `made`. */
function directoryOf({ path, file }: Change, made: string[], files: Files): string {
  for (let left = directoryTries; ; left -= 1) {
    try {
      const target = findTarget(dirname(path), file, writeError, files);
      if (target.status === null) makeDirectories([...target.missing, target.path], (name) => made.push(name), files);
      return target.path;
    } catch (error) {
      // Another process takes back the directory it had made itself.
      if (systemCode(error) === "ENOENT" && left > 1) continue;
      throw writeFailure(error, file, path, "lock");
    }
  }
}
