/** Finds the data that travels with clawform: beside the bundle once built, at the package root in the source tree. */

import { join } from "node:path";
import { failedError } from "../errors.js";
import { isDirectory } from "./exists.js";
import type { Files } from "./files.js";

const known = new Map<string, string>();

/**
 * The directory called `built` in the folder of a module or one above it, else `source` (a path from the package root, the
 * module being two folders below). Throws when there is none.
 */
export function dataDirectory(built: string, source: string, folder: string, files: Files): string {
  const key = `${folder} ${built}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  for (const place of [built, `../${built}`, `../../${source}`]) {
    const directory = join(folder, place, "/");
    if (!isDirectory(directory, files)) continue;
    known.set(key, directory);
    return directory;
  }
  throw failedError("damaged-installation", `clawform's own ${built} directory is missing`, {
    hint: "install clawform again",
  });
}
