/** Writing a file that cannot be replaced by a rename: its bytes are overwritten, and what a kill leaves of that is told apart. */

import { writeError } from "../errors.js";
import { sha256 } from "../hash.js";
import type { Files } from "./files.js";
import { hashAt } from "./read.js";
import { writeAll } from "./write.js";

/**
 * Overwrites the bytes of the file at `target`, puts them on disk, and reads them back. The file is not emptied first, so
 * that after a kill it holds a beginning of the new text and the end of the old one (`isTorn`). Throws `not-written` (exit
 * 73) when it reads otherwise afterwards, and system errors.
 */
export function writeThrough(target: string, text: string, file: string, files: Files): void {
  const bytes = Buffer.from(text, "utf8");
  const descriptor = files.reopen(target);
  try {
    writeAll(descriptor, bytes, target, file, files);
    files.truncate(descriptor, bytes.length);
    files.sync(descriptor);
  } finally {
    files.close(descriptor);
  }
  if (hashAt(target, file, files) === sha256(bytes)) return;
  throw writeError("not-written", `${target} does not hold what was written to it`, {
    file,
    hint: "look whether another program writes it, then try again",
  });
}

/**
 * True when `bytes` may be what an interrupted `writeThrough` from `before` to `after` left: each byte is the old or the
 * new one of its place. Past the old end a block that never got to the disk reads as zeros.
 */
export function isTorn(bytes: Uint8Array, before: string, after: string): boolean {
  const [old, fresh] = [Buffer.from(before, "utf8"), Buffer.from(after, "utf8")];
  if (bytes.length < Math.min(old.length, fresh.length) || bytes.length > Math.max(old.length, fresh.length))
    return false;
  return bytes.every((byte, at) => byte === old[at] || byte === fresh[at] || (byte === 0 && at >= old.length));
}
