/** Writing one file so that a reader sees the old bytes or the new ones, never a part. */

import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import { writeError } from "../errors.js";
import { systemCode } from "./failures.js";
import { bequeath, isBequeathed, noSuchOwner } from "./heir.js";
import type { Files, FileStatus } from "./files.js";

/** Mode of every file that is new: its owner's alone. */
export const privateMode = 0o600;
const privateDirectoryMode = 0o700;

/** Whose a file is, and who may use it. */
export type Access = Pick<FileStatus, "mode" | "uid" | "gid">;

/** A name beside `target` for a file of ours that is renamed or removed soon; `id` makes it the only one. */
export function temporaryBeside(target: string, id: string): string {
  // OpenClaw's own leftovers all begin with the name of the file they stand beside: these never do.
  return join(dirname(target), `.clawform-${id}.tmp`);
}

/** Sixteen hex digits that nobody else has: of a UUID, which Node makes ahead. */
export function newId(): string {
  return randomUUID().replaceAll("-", "").slice(-16);
}

/**
 * Writes `text` to a new file of this process's own beside `target` and returns its path, ready to be renamed: on disk, mode
 * 0600. Leaves nothing behind on failure.
 */
export function writeTemporary(target: string, text: string, file: string, files: Files): string {
  const path = temporaryBeside(target, newId());
  createFile(path, text, { like: null, target, file, kept: true }, files);
  try {
    syncFile(path, files);
  } catch (error) {
    removeQuietly(path, files);
    throw error;
  }
  return path;
}

/** What a new file is for. */
export interface Purpose {
  /** Whose mode and owner it takes over; null: 0600, and the directory's owner where this process may choose. */
  readonly like: Access | null;
  /** The path and the label that errors name. */
  readonly target: string;
  readonly file: string;
  /** It is put on disk next (`syncFile`), others meanwhile. */
  readonly soon?: boolean;
  /** It stays this process's own, whoever's the directory is. */
  readonly kept?: boolean;
}

/** Creates a file that must not exist, 0600 while it is being filled. It is not on disk before `syncFile`. Leaves nothing behind on failure. */
export function createFile(path: string, text: string, purpose: Purpose, files: Files): void {
  const { target, file, soon } = purpose;
  const descriptor = files.create(path, privateMode);
  try {
    try {
      // ext4, XFS and Btrfs begin to write what was emptied when it is closed, before anybody waits for it.
      if (soon) files.truncate(descriptor, 0);
      writeAll(descriptor, Buffer.from(text, "utf8"), target, file, files);
      setAccess(descriptor, path, purpose, files);
    } finally {
      files.close(descriptor);
    }
  } catch (error) {
    removeQuietly(path, files);
    throw error;
  }
}

/** Puts a file's bytes on disk. */
export function syncFile(path: string, files: Files): void {
  const descriptor = files.open(path);
  try {
    files.sync(descriptor);
  } finally {
    files.close(descriptor);
  }
}

/** Writes every byte; throws (exit 73) when the system takes no more without saying why. */
export function writeAll(descriptor: number, bytes: Uint8Array, target: string, file: string, files: Files): void {
  for (let from = 0; from < bytes.length;) {
    const taken = files.write(descriptor, bytes, from);
    if (taken === 0)
      throw writeError("write-failed", `cannot write ${target}: the system takes no more bytes`, { file });
    from += taken;
  }
}

/** Owner first: the system clears special mode bits when the owner changes. */
function setAccess(descriptor: number, path: string, { like, target, file, kept }: Purpose, files: Files): void {
  const own = files.fstat(descriptor);
  if (like === null && !kept) bequeath(descriptor, path, own, files);
  const given = like !== null && (own.uid !== like.uid || own.gid !== like.gid);
  const mode = given ? takeOver(descriptor, like, own, target, file, files) : (like?.mode ?? privateMode);
  if ((given ? files.fstat(descriptor) : own).mode !== mode) files.chmod(descriptor, mode);
}

/** Gives the file the owner of `like` and returns the mode it may have then. */
function takeOver(descriptor: number, like: Access, own: Access, target: string, file: string, files: Files): number {
  try {
    files.chown(descriptor, like.uid, like.gid);
    return like.mode;
  } catch (error) {
    if (!noSuchOwner.includes(systemCode(error))) throw error;
    if (own.uid !== like.uid) {
      throw writeError("owner", `cannot write ${target}: it belongs to user ${like.uid} and would change hands`, {
        file,
        hint: `run clawform as user ${like.uid}, or change the owner of the file`,
        cause: error,
      });
    }
    // Only the group is lost: the new one gets what everyone has, so that nobody gains access.
    return (like.mode & ~0o070) | (like.mode & 0o070 & ((like.mode & 0o007) << 3));
  }
}

/**
 * Makes directories (outermost first), each 0700, its owner's for whom it is made. Calls `made` for each one that was not
 * there; it is not on disk before the directory it stands in is synced.
 */
export function makeDirectories(paths: readonly string[], made: (path: string) => void, files: Files): void {
  for (const path of paths) {
    try {
      files.makeDirectory(path, privateDirectoryMode);
    } catch (error) {
      // Somebody else was quicker.
      if (systemCode(error) === "EEXIST" && files.stat(path)?.kind === "directory") continue;
      throw error;
    }
    made(path);
    makeUsable(path, files);
  }
}

/** Gives back what the umask took (with 0177, meant for files, nobody could enter the new directory), and gives it to its owner. */
function makeUsable(path: string, files: Files): void {
  const made = files.stat(path);
  if (made === null) return;
  const closed = (made.mode & 0o777) !== privateDirectoryMode;
  if (!closed && !isBequeathed(made)) return;
  const descriptor = files.open(path);
  try {
    bequeath(descriptor, path, made, files);
    if (closed) files.chmod(descriptor, made.mode | privateDirectoryMode);
  } finally {
    files.close(descriptor);
  }
}

/** Puts a directory's entries on disk. Does nothing where the system cannot do that or this user may not open it. */
export function syncDirectory(path: string, files: Files): void {
  let descriptor: number;
  try {
    descriptor = files.open(path);
  } catch (error) {
    if (["EACCES", "EPERM", "EISDIR"].includes(systemCode(error))) return;
    throw error;
  }
  try {
    files.sync(descriptor);
  } catch (error) {
    if (!["EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EBADF", "EPERM"].includes(systemCode(error))) throw error;
  } finally {
    files.close(descriptor);
  }
}

/** Removes a file that may be gone already; used while another error is on its way. Returns whether it is gone. */
export function removeQuietly(path: string, files: Files): boolean {
  try {
    files.remove(path);
    return true;
  } catch (error) {
    return ["ENOENT", "ENOTDIR"].includes(systemCode(error));
  }
}
