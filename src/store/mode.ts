/** Who may read a file. */

import { type Files, nodeFiles } from "./files.js";

/** Permission bits of the file a path leads to; null when there is none or it cannot be looked at. */
export function modeOf(path: string, files: Files = nodeFiles): number | null {
  try {
    const status = files.stat(path);
    return status === null ? null : status.mode & 0o777;
  } catch {
    return null;
  }
}
