/** A file of ours where none is yet. */

import { dirname } from "node:path";
import { writeError } from "../errors.js";
import { systemCode, writeFailure } from "./failures.js";
import { type Files, nodeFiles } from "./files.js";
import { privateMode, removeQuietly, syncDirectory, writeAll } from "./write.js";

/** For everybody whom the umask leaves in, as files of other programs are. */
const sharedMode = 0o666;

/**
 * Writes a file that is not there yet, mode 0600 from the first byte when it is `secret`, and puts it on disk. Leaves nothing
 * behind on failure. Throws (exit 73) when something is there already, a dangling link too, or for whatever the system refuses.
 */
export function writeNewFile(path: string, text: string, secret: boolean, files: Files = nodeFiles): void {
  try {
    const descriptor = files.create(path, secret ? privateMode : sharedMode);
    try {
      fill(descriptor, text, path, files);
      syncDirectory(dirname(path), files);
    } catch (error) {
      removeQuietly(path, files);
      throw error;
    }
  } catch (error) {
    if (systemCode(error) === "EEXIST") {
      throw writeError("exists", `${path} is there already`, {
        file: path,
        hint: "Name another file, or look at the difference first: clawform import | diff FILE -",
      });
    }
    throw writeFailure(error, path, path);
  }
}

function fill(descriptor: number, text: string, path: string, files: Files): void {
  try {
    writeAll(descriptor, Buffer.from(text, "utf8"), path, path, files);
    files.sync(descriptor);
  } finally {
    files.close(descriptor);
  }
}
