/** System errors (`EACCES`, `ENOSPC`, ...) told as clawform errors: what failed, where, what to do next. */

import { ClawformError, failedError, invalidError, writeError } from "../errors.js";

/** The system's name of an error, such as `ENOENT`; `""` when it is not a system error. */
export function systemCode(error: unknown): string {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return "";
  return /^E[A-Z0-9]+$/.test(error.code) ? error.code : "";
}

interface Reason {
  readonly code: string;
  readonly reason: string;
  readonly hint: string;
}

const noPermission: Reason = {
  code: "no-permission",
  reason: "permission denied",
  hint: "check owner and mode of the file and of every directory above it",
};
const notADirectory: Reason = {
  code: "not-a-directory",
  reason: "a part of the path is not a directory",
  hint: "move the file that stands in the way, or give another path",
};
const linkLoop: Reason = {
  code: "symlink-loop",
  reason: "its symbolic links lead in a circle",
  hint: "let the link point to a file",
};
const tooLong: Reason = {
  code: "path-too-long",
  reason: "the path is too long for this system",
  hint: "give a shorter path",
};
const tooManyOpen: Reason = {
  code: "too-many-files",
  reason: "too many files are open",
  hint: "raise the limit (`ulimit -n`) and try again",
};
const inputOutput: Reason = {
  code: "io-error",
  reason: "the disk reports an error",
  hint: "check the disk, then try again",
};

const reasons: ReadonlyMap<string, Reason> = new Map([
  ["EACCES", noPermission],
  [
    "EPERM",
    {
      ...noPermission,
      reason: "the system does not permit it",
      hint: "check owner and mode, and whether it is immutable (`lsattr`)",
    },
  ],
  [
    "EROFS",
    {
      code: "read-only-file-system",
      reason: "the file system is read-only",
      hint: "mount it writable, or give another state directory",
    },
  ],
  ["ENOSPC", { code: "disk-full", reason: "no space is left on the disk", hint: "free some space, then try again" }],
  ["EDQUOT", { code: "quota", reason: "the disk quota is used up", hint: "free some space, then try again" }],
  [
    "EBUSY",
    {
      code: "mount-point",
      reason: "it is a mount point and cannot be replaced",
      hint: "mount the directory that holds it instead of the single file, or overwrite its content with --in-place",
    },
  ],
  [
    "EXDEV",
    {
      code: "other-file-system",
      reason: "it lies on another file system than its directory",
      hint: "mount the whole directory, or overwrite its content with --in-place",
    },
  ],
  ["ENOTDIR", notADirectory],
  ["ELOOP", linkLoop],
  ["ENAMETOOLONG", tooLong],
  ["EMFILE", tooManyOpen],
  ["ENFILE", tooManyOpen],
  ["EIO", inputOutput],
  ["EISDIR", { code: "is-directory", reason: "it is a directory", hint: "name a file" }],
  [
    "EEXIST",
    { code: "exists", reason: "something stands there already", hint: "look at what is there, then try again" },
  ],
  ["ENOENT", { code: "missing", reason: "it does not exist", hint: "check the path" }],
]);

/** What the layout of files got wrong rather than the system: such a failure is invalid input (exit 65). */
const layoutCodes: ReadonlySet<string> = new Set(["ENOTDIR", "ELOOP", "ENAMETOOLONG", "EISDIR"]);

function reasonOf(error: unknown, fallback: string): Reason {
  const name = systemCode(error);
  return reasons.get(name) ?? { code: fallback, reason: `the system says ${name}`, hint: "try again" };
}

/**
 * A failed write of `path` as an error with exit 73. `doing` completes "cannot ...", by default `write`.
 * What is a clawform error already, or no system error at all, comes back as it is.
 */
export function writeFailure(error: unknown, file: string, path: string, doing: string = "write"): unknown {
  if (error instanceof ClawformError || systemCode(error) === "") return error;
  const { code, reason, hint } = reasonOf(error, "write-failed");
  return writeError(code, `cannot ${doing} ${path}: ${reason}`, { file, hint, cause: error });
}

/** A failed write to standard output or error (exit 1). Other errors come back as they are. */
export function outputFailure(error: unknown, name: string): unknown {
  if (systemCode(error) === "") return error;
  const { reason, hint } = reasonOf(error, "output");
  return failedError("output", `cannot write to ${name}: ${reason}`, { hint, cause: error });
}

/** A failed read of `path`: exit 65 when the path itself is wrong, else exit 1. Other errors come back as they are. */
export function readFailure(error: unknown, file: string, path: string): unknown {
  if (error instanceof ClawformError || systemCode(error) === "") return error;
  const { code, reason, hint } = reasonOf(error, "read-failed");
  const fail = layoutCodes.has(systemCode(error)) ? invalidError : failedError;
  return fail(code, `cannot read ${path}: ${reason}`, { file, hint, cause: error });
}
