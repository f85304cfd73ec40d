/** Overwriting a file of a transaction, and telling what a kill in the middle of that has left. */

import type { Files } from "./files.js";
import { isTorn, writeThrough } from "./in-place.js";
import type { JournalFile } from "./journal.js";
import { readBytes } from "./read.js";

/** Gives the target of `entry` the text of the file `from`, one of its two. Throws system errors, and `not-written` (exit 73). */
export function overwrite({ target, file }: JournalFile, from: string, files: Files): void {
  writeThrough(target, (bytesAt(from, file, files) ?? Buffer.alloc(0)).toString("utf8"), file, files);
}

/** True when the target is half overwritten; then both texts are there. */
export function isHalfDone({ target, file, temporary, backup }: JournalFile, files: Files): boolean {
  if (backup === null) return false;
  const [now, before, after] = [target, backup, temporary].map((path) => bytesAt(path, file, files));
  if (!now || !before || !after) return false;
  return isTorn(now, before.toString("utf8"), after.toString("utf8"));
}

function bytesAt(path: string, file: string, files: Files): Buffer | null {
  return readBytes(path, file, { limit: Number.MAX_SAFE_INTEGER, regular: true }, files);
}
