/** Whose a file or directory is that is new: root works for whoever owns the directory it is made in, not for itself. */

import { dirname } from "node:path";
import { systemCode } from "./failures.js";
import type { Files, FileStatus } from "./files.js";

/** The user who may do everything. */
const root = 0;

/** System errors for an owner that this system, or this user namespace, cannot name. */
export const noSuchOwner: readonly string[] = ["EPERM", "EINVAL", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"];

/** Whether what was made goes to somebody else where it stands in somebody else's directory. */
export function isBequeathed({ uid }: FileStatus): boolean {
  return uid === root;
}

/**
 * Gives what root has just made at `path` to the owner of the directory it stands in: OpenClaw, run by that user, could not
 * read a credential store of root's. Does nothing for other users, and where the system cannot. `made`: its status.
 */
export function bequeath(descriptor: number, path: string, made: FileStatus, files: Files): void {
  if (!isBequeathed(made)) return;
  const heir = files.stat(dirname(path));
  if (heir === null || (heir.uid === made.uid && heir.gid === made.gid)) return;
  try {
    files.chown(descriptor, heir.uid, heir.gid);
  } catch (error) {
    if (!noSuchOwner.includes(systemCode(error))) throw error;
  }
}
