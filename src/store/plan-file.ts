/** Saved plans. They hold secrets: 0600 from the first byte, and no error quotes them. */

import { dirname } from "node:path";
import { writeError } from "../errors.js";
import type { Plan } from "../types.js";
import { realPlace } from "./exists.js";
import { writeFailure } from "./failures.js";
import { type Files, nodeFiles } from "./files.js";
import { findTarget } from "./target.js";
import { removeQuietly, syncDirectory, writeTemporary } from "./write.js";

/**
 * Saves a plan as indented JSON, mode 0600, in one step; a file that is there is replaced, a symbolic link
 * written through. Throws (exit 73) for a directory, a missing directory above, one of the plan's own `inputs` (absolute
 * paths), or whatever the system refuses.
 */
export function savePlanFile(path: string, plan: Plan, inputs: readonly string[], files: Files = nodeFiles): void {
  try {
    const target = findTarget(path, path, writeError, files);
    if (target.status !== null && inputs.some((input) => realPlace(input, files) === target.path)) {
      throw writeError("own-input", `cannot save the plan: ${path} is what it is made from, or what it changes`, {
        file: path,
        hint: "name another file",
      });
    }
    const kind = target.status?.kind ?? "file";
    if (kind !== "file") {
      const directory = kind === "directory";
      const what = directory ? "a directory" : "no regular file";
      throw writeError(directory ? "is-directory" : "not-a-file", `cannot save the plan: ${path} is ${what}`, {
        file: path,
        hint: "name a file",
      });
    }
    const [missing] = target.missing;
    if (missing !== undefined) {
      throw writeError("missing", `cannot save the plan: ${missing} does not exist`, {
        file: path,
        hint: "make the directory first",
      });
    }
    replace(target.path, `${JSON.stringify(plan, null, 2)}\n`, path, files);
  } catch (error) {
    throw writeFailure(error, path, path);
  }
}

function replace(target: string, text: string, file: string, files: Files): void {
  const temporary = writeTemporary(target, text, file, files);
  try {
    files.rename(temporary, target);
  } catch (error) {
    removeQuietly(temporary, files);
    throw error;
  }
  syncDirectory(dirname(target), files);
}
