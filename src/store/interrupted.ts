/**
 * Interrupted transactions and where they are read from: their journal, or their record where a power failure took the
 * journal or the renaming of the record.
 */

import { join } from "node:path";
import { failedError } from "../errors.js";
import { isObject } from "../json.js";
import type { Json } from "../types.js";
import { journalHere } from "./copied.js";
import { decodeText } from "./decode.js";
import { readFailure, systemCode } from "./failures.js";
import type { Files } from "./files.js";
import type { Journal } from "./journal.js";
import { type Owner, ownerIn } from "./owner.js";
import { maxFileBytes, readBytes } from "./read.js";
import { stateFiles } from "./state-dir.js";

const recordName = /^\.clawform-[0-9a-f]{16}-record\.tmp$/;
const temporaryName = /(?:^|[\\/])\.clawform-[0-9a-z-]+\.tmp$/;

/** What there is of interrupted transactions, or of one that is under way. */
export interface Signs {
  /** The journal first, then records that did not get their name. */
  readonly paths: readonly string[];
  /** All names in the history; null when there is none. */
  readonly names: readonly string[] | null;
}

/** Looks for signs: once for a journal, and lists the history. */
export function signsOf(stateDir: string, files: Files): Signs {
  const { journal, history } = stateFiles(stateDir);
  const names = told(history, () => files.list(history));
  const records = (names ?? []).filter((name) => recordName.test(name)).map((name) => join(history, name));
  const begun = told(journal, () => files.lstat(journal)) !== null;
  return { paths: begun ? [journal, ...records] : records, names };
}

/** Whether a transaction is under way or was interrupted: whoever writes nothing else has that to do. */
export function isInterrupted(stateDir: string, files: Files): boolean {
  return signsOf(stateDir, files).paths.length > 0;
}

function told<Value>(path: string, look: () => Value): Value | null {
  try {
    return look();
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(systemCode(error))) return null;
    throw readFailure(error, path, path);
  }
}

/**
 * The transaction of a sign, null when that is gone by now. One whose journal or record is not whole was interrupted before
 * it began: it comes back without files. Throws for one of another version.
 */
export function readSign(path: string, stateDir: string, files: Files): Journal | null {
  const isRecord = path !== stateFiles(stateDir).journal;
  const found = readJson(path, files);
  if (found === null) return null;
  const { json } = found;
  if (json === undefined) return { ...torn, record: isRecord ? { temporary: path, path: null, sha256: null } : null };
  const journal = isRecord ? (isObject(json) ? json["journal"] : undefined) : json;
  if (isJournal(journal)) return journalHere(journal as unknown as Journal, stateDir);
  throw failedError("journal-format", `${path} was written by another version of clawform`, {
    file: path,
    hint: "use that version to finish what it began: clawform recover",
  });
}

const nobody: Owner = { pid: 0, birth: null, realm: null, since: "", command: "apply" };
const torn: Journal = { format: 1, owner: nobody, files: [], directories: [], locks: [], record: null };

/** Bytes of a record: every text of a transaction is in it, before and after, as JSON. */
const maxRecordBytes = 16 * maxFileBytes;

/** The JSON of a file, undefined within when it is not whole; null when the file is gone. */
export function readJson(path: string, files: Files): { readonly json: Json | undefined } | null {
  const bytes = readBytes(path, path, { limit: maxRecordBytes, regular: true }, files);
  if (bytes === null) return null;
  try {
    return { json: JSON.parse(decodeText(bytes, path)) as Json };
  } catch {
    return { json: undefined };
  }
}

/** Recovery removes what a journal names as temporary: it has to be a name of ours. */
function isJournal(value: Json | undefined): boolean {
  if (value === undefined || !isObject(value) || value["format"] !== 1 || ownerIn(value["owner"]) === null)
    return false;
  const { files, directories, locks, record } = value;
  if (!Array.isArray(files) || !files.every(isJournalFile)) return false;
  if (!isTexts(directories) || !Array.isArray(locks) || !locks.every(isLock)) return false;
  return record === null || (isObject(record) && isTemporary(record["temporary"]) && isHashOrNull(record["sha256"]));
}

function isJournalFile(value: Json): boolean {
  if (!isObject(value) || !isTemporary(value["temporary"])) return false;
  const { file, path, target, before, after, backup } = value;
  if (![file, path, target].every((text) => typeof text === "string")) return false;
  return [before, after].every(isHashOrNull) && (backup === null || isTemporary(backup));
}

function isLock(value: Json): boolean {
  return isObject(value) && typeof value["path"] === "string" && isTemporary(value["temporary"]);
}

function isTemporary(value: Json | undefined): boolean {
  return typeof value === "string" && temporaryName.test(value);
}

function isHashOrNull(value: Json | undefined): boolean {
  return value === null || (typeof value === "string" && /^[0-9a-f]{64}$/.test(value));
}

function isTexts(value: Json | undefined): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}
