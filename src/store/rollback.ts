/** Taking back what a failed commit has done so far. Nothing here throws: each failure becomes a sentence. */

import { dirname } from "node:path";
import type { Files } from "./files.js";
import type { Present } from "./present.js";
import { hashAt } from "./read.js";
import { removeQuietly, syncDirectory, writeTemporary } from "./write.js";

/** What a commit has left on disk so far. */
export interface Trail {
  /** Temporary files; the ones already renamed are no longer there. */
  readonly temporaries: string[];
  /** Directories made, outermost first. */
  readonly directories: string[];
  /** Files that hold their new text, in the order they got it. */
  readonly replaced: Present[];
}

/** Gives every replaced file its old bytes back and removes the rest; returns a sentence for each thing left. */
export function takeBack(trail: Trail, files: Files): string[] {
  // Temporary files first: on a full disk the old bytes need their room.
  const left = trail.temporaries
    .filter((path) => !removeQuietly(path, files))
    .map((path) => `${path} could not be removed`);
  for (const item of [...trail.replaced].reverse()) left.push(...restore(item, files));
  for (const path of [...trail.directories].reverse()) removeDirectoryQuietly(path, files);
  return left;
}

function restore({ change, target }: Present, files: Files): string[] {
  try {
    if (hashAt(target.path, change.file, files) !== (change.after?.sha256 ?? null)) {
      return [`${change.path} was changed by another program meanwhile and was left as that made it`];
    }
    if (change.before === null) {
      files.remove(target.path);
    } else {
      const temporary = writeTemporary(target.path, change.before.text, target.status, change.file, files);
      try {
        files.rename(temporary, target.path);
      } catch (error) {
        removeQuietly(temporary, files);
        throw error;
      }
    }
  } catch {
    return [`${change.path} could not be put back and holds the new content`];
  }
  try {
    syncDirectory(dirname(target.path), files);
  } catch {
    // The bytes are back; that they are durable is more than a failing disk grants.
  }
  return [];
}

/** Removes a directory of ours; one that somebody else has put a file into stays: it is theirs now, and an empty one harms nobody. */
export function removeDirectoryQuietly(path: string, files: Files): void {
  try {
    files.removeDirectory(path);
  } catch {
    // Stays.
  }
}
