/** A file of ours where none is yet. */

import { closeSync, fsyncSync, openSync, writeFileSync } from "node:fs";
import { writeError } from "../errors.js";
import { writeFailure } from "./failures.js";

/**
 * Writes a file that is not there yet, mode 0600 from the first byte when it is `secret`. Throws (exit 73) when something is
 * there already, a dangling link too, or for whatever the system refuses.
 */
export function writeNewFile(path: string, text: string, secret: boolean): void {
  try {
    const descriptor = openSync(path, "wx", secret ? 0o600 : 0o666);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") {
      throw writeError("exists", `${path} is there already`, {
        file: path,
        hint: "Name another file, or look at the difference first: clawform import | diff FILE -",
      });
    }
    throw writeFailure(error, path, path);
  }
}
