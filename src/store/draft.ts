/** A transaction before it begins: every name and every text it will need. */

import { dirname } from "node:path";
import { writeError } from "../errors.js";
import { exists } from "./exists.js";
import { writeFailure } from "./failures.js";
import { type Journal, type JournalFile, type JournalLock, withJournal } from "./journal.js";
import { introduce } from "./owner.js";
import type { Present } from "./present.js";
import { stateFiles } from "./state-dir.js";
import type { HeldState } from "./state-lock.js";
import { storeLock } from "./store-locks.js";
import { findTarget } from "./target.js";
import type { Way } from "./way.js";
import { newId, temporaryBeside } from "./write.js";

/** A file that is created as the last act of a transaction, 0600: it exists if and only if the rest was done. */
export interface RecordFile {
  readonly path: string;
  /** A JSON object with `changes: { path, before: { text } | null }[]`: what every changed file held. */
  readonly text: string;
}

/** A file of a transaction. */
export interface DraftFile {
  readonly item: Present;
  readonly entry: JournalFile;
  /** To be made for it, outermost first. */
  readonly missing: readonly string[];
}

/** A transaction before it begins. */
export interface Draft {
  readonly files: readonly DraftFile[];
  readonly record: DraftRecord;
  readonly journal: Journal;
}

/** The record: filled under a name of its own in the directory it stays in, so that its name is the last thing to change. */
export interface DraftRecord {
  /** The journal included. */
  readonly text: string;
  readonly temporary: string;
  /** Null: it is not kept. */
  readonly path: string | null;
  /** To be made for it, outermost first. */
  readonly missing: readonly string[];
}

/** A file that changes, and how. */
export interface Pending {
  readonly item: Present;
  readonly way: Way;
}

/** Lays a transaction out; looks at the disk, changes nothing. Without a record of its own it gets one that is not kept. */
export function draftOf(pending: readonly Pending[], record: RecordFile | null, held: HeldState): Draft {
  const id = newId();
  const path = record?.path ?? null;
  const temporary = temporaryBeside(path ?? stateFiles(held.stateDir).journal, `${id}-record`);
  const locks: JournalLock[] = [];
  const drafted = pending.map(({ item, way }, index) => {
    const missing = new Set(item.target.missing);
    if (item.change.document.kind === "auth") {
      const lock = storeLock(item, held.files);
      locks.push({ path: lock.path, temporary: temporaryBeside(lock.path, `${id}-${index}-lock`) });
      for (const directory of lock.missing) missing.add(directory);
    }
    return { item, entry: entryOf(item, way, `${id}-${index}`, temporary), missing: [...missing] };
  });
  const missing = path === null ? [] : missingFor(path, held);
  const journal: Journal = {
    format: 1,
    owner: introduce(held.command, held.host),
    files: drafted.map(({ entry }) => entry),
    directories: [...new Set([...missing, ...drafted.flatMap((file) => file.missing)])],
    locks,
    record: { temporary, path, sha256: null },
  };
  const text = withJournal(record?.text ?? ownRecord(pending), journal);
  return { files: drafted, record: { text, temporary, path, missing }, journal };
}

function entryOf({ change, target }: Present, way: Way, id: string, record: string): JournalFile {
  const { status } = target;
  // What is overwritten may lie in a directory that takes no other file.
  const beside = way === "replace" ? target.path : record;
  return {
    file: change.file,
    path: change.path,
    target: target.path,
    before: change.before?.sha256 ?? null,
    after: change.after?.sha256 ?? null,
    access: status === null ? null : { mode: status.mode, uid: status.uid, gid: status.gid },
    temporary: temporaryBeside(beside, id),
    backup: way === "replace" ? null : temporaryBeside(beside, `${id}-old`),
  };
}

function ownRecord(pending: readonly Pending[]): string {
  const changes = pending.map(({ item: { change } }) => ({ path: change.path, before: change.before }));
  return JSON.stringify({ format: 1, changes });
}

function missingFor(path: string, { files }: HeldState): readonly string[] {
  if (exists(dirname(path), files)) return [];
  try {
    const directory = findTarget(dirname(path), path, writeError, files);
    return directory.status === null ? [...directory.missing, directory.path] : [];
  } catch (error) {
    throw writeFailure(error, path, path);
  }
}
