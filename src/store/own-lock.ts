/**
 * clawform's own lock: a symbolic link whose text names the holder. The system makes it whole or not at all, so a kill
 * leaves no lock that belongs to nobody. Where there are no symbolic links it is a file.
 */

import { writeError } from "../errors.js";
import { systemCode, writeFailure } from "./failures.js";
import type { Files } from "./files.js";
import type { Host } from "./host.js";
import { readLock } from "./lock-holder.js";
import { introduceInText, isGone, type Owner, ownerInText } from "./owner.js";
import { privateMode, removeQuietly, writeAll } from "./write.js";

/** How often a lock that is free or left behind is tried for at once. */
const tries = 8;
/** Age in milliseconds above which a lock that names nobody is broken. */
const namelessMs = 30_000;

/** What came of trying for the lock: what we wrote into it, or who has it (null: nobody can say). */
export type OwnAttempt = { readonly text: string } | { readonly text: null; readonly owner: Owner | null };

/** Takes the lock, breaking that of a dead process, or says who has it; does not wait. Throws (exit 73) when there can be none. */
export function takeOwnLock(path: string, command: string, host: Host, files: Files): OwnAttempt {
  const text = introduceInText(command, host);
  for (let left = tries; left > 0; left -= 1) {
    if (makeLock(path, text, files)) return { text };
    const found = lockAt(path, host, files);
    if (found === null) continue;
    if (!isLeft(found, host, files)) return { text: null, owner: found.owner };
    breakLock(path, found.text, host, files);
  }
  return { text: null, owner: null };
}

/** Who holds the lock, null when it is free or its holder is dead. Throws (exit 73) when it cannot be looked at. */
export function ownLockHolder(path: string, host: Host, files: Files): Owner | null {
  const found = lockAt(path, host, files);
  return found === null || isLeft(found, host, files) ? null : found.owner;
}

/** Gives the lock back unless somebody else has it by now. Never throws: the lock of a dead process does not count. */
export function releaseOwnLock(path: string, text: string, files: Files): void {
  try {
    if (textOf(path, files) === text) removeQuietly(path, files);
  } catch {
    // Stays.
  }
}

function textOf(path: string, files: Files): string {
  try {
    return files.readlink(path);
  } catch (error) {
    if (systemCode(error) !== "EINVAL") throw error;
    return readLock(path, files);
  }
}

/** False when somebody has it, or when its directory is gone. */
function makeLock(path: string, text: string, files: Files): boolean {
  try {
    files.symlink(text, path);
    return true;
  } catch (error) {
    const code = systemCode(error);
    if (["EEXIST", "ENOENT"].includes(code)) return false;
    // FAT has no symbolic links, Windows none for everyone.
    if (["EPERM", "EINVAL", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"].includes(code)) return makeFile(path, text, files);
    throw writeFailure(error, path, path, "create the lock");
  }
}

function makeFile(path: string, text: string, files: Files): boolean {
  try {
    const descriptor = files.create(path, privateMode);
    try {
      writeAll(descriptor, Buffer.from(text, "utf8"), path, path, files);
    } finally {
      files.close(descriptor);
    }
    return true;
  } catch (error) {
    if (["EEXIST", "ENOENT"].includes(systemCode(error))) return false;
    throw writeFailure(error, path, path, "create the lock");
  }
}

interface Found {
  readonly text: string;
  readonly owner: Owner | null;
  /** Milliseconds since 1970. */
  readonly made: number;
}

function lockAt(path: string, host: Host, files: Files): Found | null {
  try {
    const status = files.lstat(path);
    if (status === null) return null;
    const { kind, modified } = status;
    if (kind !== "symlink" && kind !== "file") {
      throw writeError("lock-not-a-file", `${path} stands where a lock has to be and is no lock`, {
        file: path,
        hint: "move it away, then try again",
      });
    }
    const text = kind === "symlink" ? files.readlink(path) : readLock(path, files);
    return { text, owner: ownerInText(text, host), made: modified };
  } catch (error) {
    // EINVAL: what was a link has become a file meanwhile.
    if (["ENOENT", "EINVAL"].includes(systemCode(error))) return null;
    throw writeFailure(error, path, path, "read the lock");
  }
}

function isLeft({ owner, made }: Found, host: Host, files: Files): boolean {
  return owner === null ? host.now() - made > namelessMs : isGone(owner, host, files);
}

/** Not one that somebody has taken since it was judged; two that break one lock in the same instant meet at the journal. */
function breakLock(path: string, text: string, host: Host, files: Files): void {
  if (lockAt(path, host, files)?.text !== text) return;
  try {
    files.remove(path);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw writeFailure(error, path, path, "break the lock of a dead process");
  }
}
