/**
 * The journal: what a transaction is about to do, written before anything else is and removed when all is done. It holds
 * paths and fingerprints, no content. It serves kills and is never synced; the record holds it too, for power failures.
 */

import { busyError } from "../errors.js";
import type { Sha256 } from "../types.js";
import { systemCode, writeFailure } from "./failures.js";
import type { Files } from "./files.js";
import type { Owner } from "./owner.js";
import { stateFiles } from "./state-dir.js";
import { type Access, createFile } from "./write.js";

/** One file of a transaction. */
export interface JournalFile {
  /** Label in output. */
  readonly file: string;
  /** As configured. */
  readonly path: string;
  /** Where it really lies. */
  readonly target: string;
  /** Null: it did not exist. */
  readonly before: Sha256 | null;
  /** Null: it goes. */
  readonly after: Sha256 | null;
  /** Mode and owner of `before`. */
  readonly access: Access | null;
  /** Holds the new text until it is renamed to `target`, and the old one when that is put back. */
  readonly temporary: string;
  /** Holds the old text while `target` is written through; null when it is replaced by a rename. */
  readonly backup: string | null;
}

/** A lock of OpenClaw's, and the name under which it is filled. */
export interface JournalLock {
  readonly path: string;
  readonly temporary: string;
}

/** What a transaction is about to do. */
export interface Journal {
  readonly format: 1;
  readonly owner: Owner;
  /** In the order in which they are replaced. */
  readonly files: readonly JournalFile[];
  /** Directories that have to be made, outermost first. */
  readonly directories: readonly string[];
  /** OpenClaw's locks that are taken meanwhile. */
  readonly locks: readonly JournalLock[];
  /**
   * The record of the transaction. From the moment its temporary file is whole until it is gone again, and no longer, some
   * files may be new and others old. Null: there is none.
   */
  readonly record: JournalRecord | null;
}

/** The record of a transaction, and where it goes in the end. */
export interface JournalRecord {
  readonly temporary: string;
  /** Null: it is not kept. */
  readonly path: string | null;
  /** Null: it is whole when it is JSON to its end. */
  readonly sha256: Sha256 | null;
}

/** The journal as a file. */
export interface JournalText {
  readonly path: string;
  readonly text: string;
}

/**
 * Writes the journal; it must not exist. It begins as the text of OpenClaw's locks does, so that it can serve as one. Throws
 * `unfinished-apply` (exit 75) when there is one, whoever's it is.
 */
export function writeJournal(stateDir: string, journal: Journal, files: Files): JournalText {
  const { journal: path } = stateFiles(stateDir);
  const { pid, since: createdAt } = journal.owner;
  const text = JSON.stringify({ pid, createdAt, ...journal });
  try {
    createFile(path, text, { like: null, target: path, file: path }, files);
    return { path, text };
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw writeFailure(error, path, path);
    throw busyError("unfinished-apply", `another clawform is writing right now, or was stopped while it did: ${path}`, {
      file: path,
      hint: "nothing was written: try again",
    });
  }
}

/** The text of a record (a JSON object with members) with the journal as its last member: there a power failure leaves it. */
export function withJournal(text: string, journal: Journal): string {
  return `${text.slice(0, text.lastIndexOf("}")).trimEnd()},\n  "journal": ${JSON.stringify(journal)}\n}\n`;
}
