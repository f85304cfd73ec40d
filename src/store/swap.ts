/** Replacing a file only if nobody else has changed it. */

import type { Sha256 } from "../types.js";
import type { Files, FileStatus } from "./files.js";
import { hashSeen } from "./read.js";

/**
 * Renames `from` over `target` (null: removes `target`) if that still holds `expected` (null: nothing stands there);
 * returns whether it did. `seen` is what stood there at the last look, null: nothing. The system cannot do both at once: the
 * last look and the rename are two calls that follow each other, and what another writer does between them is lost. Throws
 * system errors, and as reading does.
 */
export function swap(
  target: string,
  expected: Sha256 | null,
  from: string | null,
  file: string,
  files: Files,
  seen: FileStatus | null = files.lstat(target),
): boolean {
  if (expected === null || seen === null) {
    if (expected !== null || seen !== null) return false;
  } else if (seen.kind !== "file" || hashSeen(target, seen.size, file, files) !== expected) return false;
  if (files.lstat(target)?.identity !== seen?.identity) return false;
  if (from !== null) files.rename(from, target);
  else if (seen !== null) files.remove(target);
  return true;
}
