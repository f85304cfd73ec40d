/** Standard output and error where they are no terminals: Node's own streams cost a tenth of an empty start. */

import { outputFailure, systemCode } from "./failures.js";
import { type Files, nodeFiles } from "./files.js";
import { patiently } from "./patience.js";

/** True for a descriptor that may be a terminal; false for a file, a pipe, the null device, or one that is closed. */
export function mayBeTerminal(descriptor: number, files: Files = nodeFiles): boolean {
  try {
    const { kind, device } = files.fstat(descriptor);
    return kind === "device" && device !== nullDevice(files);
  } catch {
    return false;
  }
}

/**
 * Writes all of a text to standard output (1) or error (2). False when its reader has gone (EPIPE), which is no failure of
 * ours. Throws (code `output`) for whatever else the system refuses, such as to write to a full disk.
 */
export function writeText(descriptor: 1 | 2, text: string, files: Files = nodeFiles): boolean {
  const bytes = Buffer.from(text, "utf8");
  try {
    for (let from = 0; from < bytes.length;) from += patiently(() => files.write(descriptor, bytes, from));
    return true;
  } catch (error) {
    if (systemCode(error) === "EPIPE") return false;
    throw outputFailure(error, descriptor === 1 ? "standard output" : "standard error");
  }
}

/** Scripts send what they do not want to read there, and it is a device as terminals are. */
function nullDevice(files: Files): number {
  try {
    return files.stat("/dev/null")?.device ?? 0;
  } catch {
    return 0;
  }
}
