/** Taking back what a transaction has done so far, right away or after a kill. Nothing here throws: each failure becomes a sentence. */

import { dirname } from "node:path";
import type { Files } from "./files.js";
import type { Journal, JournalFile } from "./journal.js";
import { writeThrough } from "./in-place.js";
import { isHalfDone } from "./overwrite.js";
import { hashAt } from "./read.js";
import { swap } from "./swap.js";
import { createFile, removeQuietly, syncDirectory, syncFile } from "./write.js";

/** What taking back came to. */
export interface TakenBack {
  /** A sentence for each thing that is not as it was. */
  readonly left: readonly string[];
  /** Nothing remains to be done: a file is either as it was or somebody else's by now. */
  readonly settled: boolean;
}

/**
 * Gives every file of `replaced` its old text back (`texts`, by path) and removes the temporary files; the record's last,
 * and only when that is done: while it is there the old texts are.
 */
export function takeBack(
  journal: Journal,
  replaced: readonly JournalFile[],
  texts: ReadonlyMap<string, string>,
  files: Files,
): TakenBack {
  // Nothing to put back: without its record the transaction is known to be over.
  const dropped = replaced.length > 0 || journal.record === null || removeQuietly(journal.record.temporary, files);
  // On a full disk the old texts need this room.
  const begun = replaced.filter(({ backup }) => backup !== null);
  const kept = sweep(journal, files, begun);
  const done = [...replaced].reverse().map((entry) => putBack(entry, texts.get(entry.path), files));
  // What is half overwritten is known by its two texts.
  if (done.every(({ back }) => back)) kept.push(...sweep(journal, files));
  const settled = dropped && kept.length === 0 && done.every(({ back }) => back);
  const record = settled && journal.record !== null && !removeQuietly(journal.record.temporary, files);
  return { left: [...kept, ...done.flatMap(({ left }) => left)], settled: settled && !record };
}

/** Removes the temporary files of a transaction but its record's and those of the entries `but`; returns a sentence for each that stays. */
export function sweep(journal: Journal, files: Files, but: readonly JournalFile[] = []): string[] {
  const entries = journal.files.filter((entry) => !but.includes(entry));
  const names = entries.flatMap(({ temporary, backup }) => (backup === null ? [temporary] : [temporary, backup]));
  return [...names, ...journal.locks.map(({ temporary }) => temporary)]
    .filter((path) => !removeQuietly(path, files))
    .map((path) => `${path} could not be removed`);
}

interface PutBack {
  readonly left: readonly string[];
  /** It is as it was, or somebody else's. */
  readonly back: boolean;
}

function putBack(entry: JournalFile, text: string | undefined, files: Files): PutBack {
  const { path, target, before, after, file } = entry;
  try {
    const present = hashAt(target, file, files);
    if (present === before) return durable(entry, files);
    if (present !== after && !isHalfDone(entry, files)) return theirs(path);
    if (before !== null && text === undefined) {
      return { left: [`${path} holds the new content, and the old one is lost`], back: false };
    }
    if (!swapBack(entry, text, files)) return theirs(path);
  } catch {
    return { left: [`${path} could not be put back and holds the new content`], back: false };
  }
  return durable(entry, files);
}

/** Puts on disk what an entry's target holds now: whoever brought it about may have been killed before. */
function durable({ target, backup }: JournalFile, files: Files): PutBack {
  try {
    if (backup !== null) syncFile(target, files);
    syncDirectory(dirname(target), files);
  } catch {
    // The bytes are back; that they are durable is more than a failing disk grants.
  }
  return { left: [], back: true };
}

function theirs(path: string): PutBack {
  return { left: [`${path} was changed by another program meanwhile and was left as that made it`], back: true };
}

/** False when somebody else has changed it by now. */
function swapBack(entry: JournalFile, text: string | undefined, files: Files): boolean {
  const { temporary, target, file, access, before, after } = entry;
  if (before === null || text === undefined) return swap(target, after, null, file, files);
  if (entry.backup !== null) {
    writeThrough(target, text, file, files);
    return true;
  }
  removeQuietly(temporary, files);
  createFile(temporary, text, { like: access, target, file }, files);
  let done = false;
  try {
    syncFile(temporary, files);
    done = swap(target, after, temporary, file, files);
    return done;
  } finally {
    if (!done) removeQuietly(temporary, files);
  }
}

/** Removes a directory of ours; one that somebody else has put a file into stays: it is theirs now, and an empty one harms nobody. */
export function removeDirectoryQuietly(path: string, files: Files): void {
  try {
    files.removeDirectory(path);
  } catch {
    // Stays.
  }
}

/** Removes directories, given outermost first, as far as they are empty. */
export function removeDirectories(paths: readonly string[], files: Files): void {
  for (const path of [...paths].reverse()) removeDirectoryQuietly(path, files);
}
