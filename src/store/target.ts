/** Where a path really leads, symbolic links followed: a file is replaced there, its link stays. */

import { basename, dirname, join } from "node:path";
import type { ClawformError, ErrorPlace } from "../errors.js";
import { systemCode } from "./failures.js";
import type { Files, FileStatus } from "./files.js";

/** One of the error makers of errors.ts: decides whether a bad path is invalid input or a failed write. */
export type Fail = (code: string, message: string, place?: ErrorPlace) => ClawformError;

/** The real place of a file. */
export interface Target {
  /** No symbolic link is left in it. */
  readonly path: string;
  /** Null when nothing stands there yet. */
  readonly status: FileStatus | null;
  /** Directories that have to be made first, outermost first. */
  readonly missing: readonly string[];
}

/**
 * Follows every symbolic link of `path`. A link that leads nowhere or in a circle is an error of kind
 * `fail` that names it; other system errors are thrown as they come.
 */
export function findTarget(path: string, file: string, fail: Fail, files: Files): Target {
  const rest: string[] = [];
  for (let there = path; ; there = dirname(there)) {
    // Asked first: to ask where nothing is for its real path costs an exception, and a first apply asks so a dozen times.
    const own = files.lstat(there);
    const real = own === null ? null : follow(there, file, fail, files);
    if (real !== null) {
      const status = real === there ? own : files.lstat(real);
      if (rest.length === 0) return { path: real, status, missing: [] };
      // The system says itself that this is no directory.
      if (status?.kind !== "directory") files.realpath(path);
      return below(real, rest);
    }
    rest.unshift(basename(there));
    // Only the root (or "." when the working directory is gone) is its own parent.
    if (dirname(there) === there) throw fail("missing", `${path} cannot be reached: ${there} does not exist`, { file });
  }
}

function follow(path: string, file: string, fail: Fail, files: Files): string | null {
  try {
    return files.realpath(path);
  } catch (error) {
    const code = systemCode(error);
    if (code !== "ENOENT" && code !== "ELOOP") throw error;
    const link = readLink(path, files);
    if (link === null) return null;
    const [name, why] =
      code === "ELOOP"
        ? (["symlink-loop", "leads in a circle"] as const)
        : (["dangling-symlink", "does not lead to anything that exists"] as const);
    throw fail(name, `${path} is a symbolic link to ${link}, which ${why}`, {
      file,
      hint: "let the link point to a file that exists, or remove it",
    });
  }
}

/** Null when `path` is no link itself, so that the trouble is further up. */
function readLink(path: string, files: Files): string | null {
  try {
    return files.readlink(path);
  } catch (error) {
    if (["ENOENT", "EINVAL", "ELOOP"].includes(systemCode(error))) return null;
    throw error;
  }
}

function below(base: string, names: readonly string[]): Target {
  const missing: string[] = [];
  let path = base;
  for (const name of names) {
    path = join(path, name);
    missing.push(path);
  }
  missing.pop();
  return { path, status: null, missing };
}
