/** Whether a file may be replaced, asked before anything is written. */

import { dirname } from "node:path";
import { type Files, nodeFiles } from "./files.js";

/** False for a file without any write bit (the owner's word, whoever asks) and for one this process may not write or rename. */
export function canReplace(path: string, files: Files = nodeFiles): boolean {
  try {
    const target = files.realpath(path);
    const mode = files.stat(target)?.mode ?? 0o200;
    return (mode & 0o222) !== 0 && files.writable(target) && files.writable(dirname(target));
  } catch {
    // What cannot be looked at is the commit's to tell of.
    return true;
  }
}
