/**
 * The journal: what a transaction is about to do, written before anything else is and removed when all is done. It holds
 * paths and fingerprints, no content.
 */

import { busyError, failedError } from "../errors.js";
import { isObject } from "../json.js";
import type { Json, Sha256 } from "../types.js";
import { decodeText } from "./decode.js";
import { readFailure, systemCode, writeFailure } from "./failures.js";
import type { Files } from "./files.js";
import { type Owner, ownerIn } from "./owner.js";
import { maxFileBytes, readBytes } from "./read.js";
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
   * files may be new and others old. `path` null: it is not kept.
   */
  readonly record: { readonly temporary: string; readonly path: string | null; readonly sha256: Sha256 } | null;
}

/** Writes the journal; it must not exist. Throws `unfinished-apply` (exit 75) when there is one, whoever's it is. */
export function writeJournal(stateDir: string, journal: Journal, files: Files): void {
  const { journal: path } = stateFiles(stateDir);
  try {
    createFile(path, `${JSON.stringify(journal, null, 2)}\n`, { like: null, target: path, file: path }, files);
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw writeFailure(error, path, path);
    throw busyError("unfinished-apply", `another clawform is writing right now, or was stopped while it did: ${path}`, {
      file: path,
      hint: "nothing was written: try again",
    });
  }
}

/**
 * The journal of a transaction that is under way or was interrupted, null when there is none. One that is not whole was
 * interrupted before it began: it comes back without files. Throws for one of another version.
 */
export function readJournal(stateDir: string, files: Files): Journal | null {
  const { journal: path } = stateFiles(stateDir);
  const bytes = readBytes(path, path, { limit: maxFileBytes, regular: true }, files);
  if (bytes === null) return null;
  const value = parsed(bytes, path);
  if (value === undefined) return torn;
  if (isJournal(value)) return value as unknown as Journal;
  throw failedError("journal-format", `${path} was written by another version of clawform`, {
    file: path,
    hint: "use that version to finish what it began: clawform recover",
  });
}

/** Whether there is a journal at all; one look. */
export function hasJournal(stateDir: string, files: Files): boolean {
  const { journal: path } = stateFiles(stateDir);
  try {
    files.lstat(path);
    return true;
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(systemCode(error))) return false;
    throw readFailure(error, path, path);
  }
}

const nobody: Owner = { pid: 0, birth: null, realm: null, since: "", command: "apply" };
const torn: Journal = { format: 1, owner: nobody, files: [], directories: [], locks: [], record: null };

function parsed(bytes: Buffer, path: string): Json | undefined {
  try {
    return JSON.parse(decodeText(bytes, path)) as Json;
  } catch {
    return undefined;
  }
}

const temporaryName = /(?:^|[\\/])\.clawform-[0-9a-z-]+\.tmp$/;

/** Recovery removes what a journal names as temporary: it has to be a name of ours. */
function isJournal(value: Json): boolean {
  if (!isObject(value) || value["format"] !== 1 || ownerIn(value["owner"]) === null) return false;
  const { files, directories, locks, record } = value;
  if (!Array.isArray(files) || !files.every(isJournalFile)) return false;
  if (!isTexts(directories) || !Array.isArray(locks) || !locks.every(isLock)) return false;
  return record === null || (isObject(record) && isTemporary(record["temporary"]) && isHash(record["sha256"]));
}

function isJournalFile(value: Json): boolean {
  if (!isObject(value) || !isTemporary(value["temporary"])) return false;
  const { file, path, target, before, after, backup } = value;
  if (![file, path, target].every((text) => typeof text === "string")) return false;
  return [before, after].every((hash) => hash === null || isHash(hash)) && (backup === null || isTemporary(backup));
}

function isLock(value: Json): boolean {
  return isObject(value) && typeof value["path"] === "string" && isTemporary(value["temporary"]);
}

function isTemporary(value: Json | undefined): boolean {
  return typeof value === "string" && temporaryName.test(value);
}

function isHash(value: Json | undefined): boolean {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

function isTexts(value: Json | undefined): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}
