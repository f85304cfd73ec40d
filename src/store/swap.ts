/** Replacing a file only if nobody else has changed it. */

import type { Sha256 } from "../types.js";
import { systemCode } from "./failures.js";
import type { Files } from "./files.js";
import { hashAt } from "./read.js";

/**
 * Renames `from` over `target` (null: removes `target`) if that still holds `expected` (null: nothing stands there);
 * returns whether it did. `seen` is the identity of what stood there at the last look, null: nothing. The system cannot do
 * both at once: the last look and the rename are two calls that follow each other, and what another writer does between
 * them is lost. Throws system errors.
 */
export function swap(
  target: string,
  expected: Sha256 | null,
  from: string | null,
  file: string,
  files: Files,
  seen: string | null = identityAt(target, files),
): boolean {
  if ((seen === null ? null : hashAt(target, file, files)) !== expected) return false;
  if (identityAt(target, files) !== seen) return false;
  if (from !== null) files.rename(from, target);
  else if (seen !== null) files.remove(target);
  return true;
}

function identityAt(path: string, files: Files): string | null {
  try {
    return files.lstat(path).identity;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw error;
  }
}
