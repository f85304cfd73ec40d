/** What stands at the path of a change right now, and whether it may be replaced. */

import { busyError, writeError } from "../errors.js";
import type { FileChange } from "../types.js";
import { readFailure, writeFailure } from "./failures.js";
import type { Files } from "./files.js";
import { hashSeen } from "./read.js";
import { findTarget, type Target } from "./target.js";

/** A change and the real place it goes to. */
export interface Present {
  readonly change: FileChange;
  readonly target: Target;
}

/**
 * Finds the real place of a change and makes sure that it holds what the plan was made over. Throws `stale`
 * (exit 75) when it does not, or when the links lead to another place than `expected`.
 */
export function present(change: FileChange, files: Files, expected?: string): Present {
  const item = standing(change, files, expected);
  const { path, status } = item.target;
  if (status !== null && hashOf(path, status.size, change, files) !== change.before?.sha256) {
    throw stale(change, "it has changed");
  }
  return item;
}

/** As `present`, but does not read the file: for whoever compares its bytes next. */
export function standing(change: FileChange, files: Files, expected?: string): Present {
  const target = locate(change, files);
  if (expected !== undefined && target.path !== expected) throw stale(change, "its links lead elsewhere now");
  if (change.before === null) {
    if (target.status !== null) throw stale(change, "it did not exist when the plan was made");
    return { change, target };
  }
  if (target.status === null) throw stale(change, "it is gone");
  const size = Buffer.byteLength(change.before.text, "utf8");
  if (target.status.kind !== "file" || target.status.size !== size) throw stale(change, "it has changed");
  return { change, target };
}

function locate(change: FileChange, files: Files): Target {
  try {
    return findTarget(change.path, change.file, writeError, files);
  } catch (error) {
    throw writeFailure(error, change.file, change.path);
  }
}

function hashOf(path: string, size: number, change: FileChange, files: Files): string {
  try {
    return hashSeen(path, size, change.file, files);
  } catch (error) {
    throw readFailure(error, change.file, change.path);
  }
}

/** The error for a file that is not what the plan was made over (exit 75). */
export function stale({ file, path }: FileChange, why: string): Error {
  return busyError("stale", `${path} is not as it was when the plan was made: ${why}`, {
    file,
    hint: "nothing was written: plan again, look, and apply",
  });
}

/** Refuses two changes of one and the same file, reached by different paths: the second would undo the first. */
export function refuseShared(found: readonly Present[]): void {
  const seen = new Map<string, string>();
  for (const { change, target } of found) {
    const other = seen.get(target.path);
    if (other !== undefined) {
      throw writeError("same-file", `${other} and ${change.path} are one and the same file`, {
        file: change.file,
        hint: "give each agent a directory of its own",
      });
    }
    seen.set(target.path, change.path);
  }
}
