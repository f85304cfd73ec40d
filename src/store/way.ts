/** How a file can be given its new text, asked before anything is written. */

import { dirname } from "node:path";
import { writeError } from "../errors.js";
import type { Files } from "./files.js";
import { writeFailure } from "./failures.js";
import { isMountPoint } from "./mounts.js";
import type { Present } from "./present.js";

/** `replace`: by a rename, which readers see as one step. `overwrite`: its own bytes are changed, which they may see half done. */
export type Way = "replace" | "overwrite";

/** What may be done to write a file. */
export interface WayOptions {
  /** Overwrite what cannot be replaced. */
  readonly inPlace?: boolean;
  /** Configured paths of files for which a rename has been refused. */
  readonly refused?: ReadonlySet<string>;
}

/**
 * The way to write a file that changes. Throws (exit 73): `read-only-file` for one that nobody may write; and, unless
 * `inPlace`, `hard-link`, `mount-point` and `no-permission` for those that cannot be replaced, or not without harm.
 */
export function wayTo(item: Present, options: WayOptions, files: Files): Way {
  try {
    return find(item, options, files);
  } catch (error) {
    throw writeFailure(error, item.change.file, item.change.path);
  }
}

function find({ change, target }: Present, options: WayOptions, files: Files): Way {
  const { status, path } = target;
  if (status === null) return "replace";
  if ((status.mode & 0o222) === 0) {
    throw writeError("read-only-file", `${change.path} is read-only`, {
      file: change.file,
      hint: "allow its owner to write it (chmod u+w), or change it where it is managed",
    });
  }
  const why = obstacle({ change, target }, options, files);
  if (why === null) return "replace";
  const possible = change.after !== null && files.writable(path);
  if (options.inPlace && possible) return "overwrite";
  throw writeError(why.code, why.message, {
    file: change.file,
    hint: possible ? why.hint : impossible,
  });
}

interface Obstacle {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

const impossible = "allow this user to write the file and its directory, or change it where it is managed";
const instead = "or overwrite its content with --in-place (a reader may see it half done)";

function obstacle({ change, target }: Present, { refused }: WayOptions, files: Files): Obstacle | null {
  const links = target.status?.links ?? 1;
  if (links > 1) {
    return {
      code: "hard-link",
      message: `${change.path} has ${links} names (hard links); replacing one would part it from the others`,
      hint: `make it a file of its own (copy it, then rename the copy over it), use a symbolic link, ${instead}`,
    };
  }
  if (refused?.has(change.path) || isMountPoint(target.path, files)) {
    return {
      code: "mount-point",
      message: `cannot replace ${change.path}: it is a mount point`,
      hint: `mount the directory that holds it instead of the single file, ${instead}`,
    };
  }
  const directory = dirname(target.path);
  if (!files.writable(directory) && files.writable(target.path)) {
    return {
      code: "no-permission",
      message: `cannot replace ${change.path}: nothing can be written in ${directory}`,
      hint: `allow this user to write in the directory (lsattr shows whether it is immutable), ${instead}`,
    };
  }
  return null;
}
