/** After a kill: finishing or taking back what a transaction began. */

import { dirname } from "node:path";
import { busyError, writeError } from "../errors.js";
import { isObject } from "../json.js";
import { sha256 } from "../hash.js";
import type { Json } from "../types.js";
import { writeFailure } from "./failures.js";
import type { Files } from "./files.js";
import { refuseForeignJournal } from "./foreign.js";
import { readSign, type Signs } from "./interrupted.js";
import type { Journal, JournalFile } from "./journal.js";
import { isGone, nameOf } from "./owner.js";
import { isHalfDone, overwrite } from "./overwrite.js";
import { hashAt, maxFileBytes, readBytes } from "./read.js";
import { judge, type Verdict } from "./recover-judge.js";
import { conflict } from "./recover-words.js";
import { removeDirectories, sweep, takeBack } from "./rollback.js";
import { stateFiles } from "./state-dir.js";
import type { HeldState } from "./state-lock.js";
import { releaseStoreLocks, takeStoreLocks } from "./store-locks.js";
import { swap } from "./swap.js";
import { type Try, untilFree } from "./wait.js";
import { removeQuietly, syncDirectory, syncFile } from "./write.js";

/** What to do about an interrupted transaction: see it through, or leave every file as it stands and forget it. */
export type Unfinished = "recover" | "abandon";

/** What was done about one. */
export interface Recovery {
  readonly did: "finished" | "taken-back" | "abandoned";
  readonly journal: Journal;
}

/**
 * Sees interrupted transactions through: all the files of each are new or all are old afterwards, and nothing else of it is
 * left. Null when there is none; of several (a power failure may bring a journal back, or the record of one that was over)
 * the last one that had begun. May itself be killed at any instant and done again. Throws `recovery-conflict` (exit 73) when
 * somebody else has changed one of the files since: then it has written nothing.
 */
export async function recover(
  held: HeldState,
  { paths }: Signs,
  unfinished: Unfinished = "recover",
): Promise<Recovery | null> {
  let last: Recovery | null = null;
  for (const path of paths) {
    const done = await untilFree(held, () => attempt(path, held, unfinished));
    if (last === null || (done !== null && done.journal.files.length > 0)) last = done;
  }
  return last;
}

function attempt(sign: string, held: HeldState, unfinished: Unfinished): Try<Recovery | null> {
  const { stateDir, host, files } = held;
  const journal = readSign(sign, stateDir, files);
  if (journal === null) return { value: null };
  if (journal.owner.pid !== host.pid && journal.files.length > 0 && !isGone(journal.owner, host, files)) {
    return { busy: () => stillWriting(journal, held) };
  }
  refuseForeignJournal(journal, held);
  for (const { temporary } of journal.locks) removeQuietly(temporary, files);
  const locks = takeStoreLocks(journal.locks, held);
  if ("busy" in locks) return locks;
  let did: Recovery["did"];
  let free = false;
  try {
    did = unfinished === "abandon" ? abandon(journal, files) : settle(journal, held);
  } finally {
    free = releaseStoreLocks(locks, files);
  }
  const clean = sweep(journal, files).length === 0;
  if (did !== "finished") removeDirectories(journal.directories, files);
  const { journal: path } = stateFiles(stateDir);
  if (sign === path && free && clean && !removeQuietly(path, files))
    throw writeError("journal", `${path} could not be removed`, { file: path });
  return { value: { did, journal } };
}

function settle(journal: Journal, { files }: HeldState): Recovery["did"] {
  const verdict = judge(journal, files);
  if (verdict.kind === "conflict") throw conflict(verdict, journal);
  if (verdict.kind === "forward") goForward(verdict, journal, files);
  else goBack(verdict, journal, files);
  return isDone(verdict) ? "finished" : "taken-back";
}

/** With nothing replaced there is nothing to put back, and this only tidies. What is back already is passed on too: it may not be on disk. */
function goBack({ kind, seen, recorded }: Verdict, journal: Journal, files: Files): void {
  const replaced = kind === "back" ? seen.map(({ entry }) => entry) : [];
  const texts = recorded ? oldTexts(journal, files) : new Map<string, string>();
  const { left, settled } = takeBack(journal, replaced, texts, files);
  if (settled) return;
  throw writeError("rollback-failed", left.join("; ") || "temporary files could not be removed", {
    hint: "look at the files named here, then run: clawform recover",
  });
}

function goForward({ seen, recorded }: Verdict, journal: Journal, files: Files): void {
  for (const { entry, state } of seen) {
    if (state !== "after") finish(entry, journal, files);
  }
  const { record, files: entries } = journal;
  if (record === null) return;
  try {
    // Whoever brought this about may have been killed before it was on disk.
    for (const { backup, target } of entries) if (backup !== null) syncFile(target, files);
    for (const directory of new Set(entries.map(({ target }) => dirname(target)))) syncDirectory(directory, files);
    sweep(journal, files);
    if (record.path !== null && recorded) files.rename(record.temporary, record.path);
    else files.remove(record.temporary);
    if (record.path !== null) syncDirectory(dirname(record.path), files);
  } catch (error) {
    throw writeFailure(error, entries[0]?.file ?? "", record.path ?? record.temporary);
  }
}

function finish(entry: JournalFile, journal: Journal, files: Files): void {
  const { file, path, target, before, after, temporary } = entry;
  try {
    if (after !== null) syncFile(temporary, files);
    if (entry.backup !== null) {
      if (hashAt(target, file, files) === before || isHalfDone(entry, files)) return overwrite(entry, temporary, files);
    } else if (swap(target, before, after === null ? null : temporary, file, files)) return;
  } catch (error) {
    throw writeFailure(error, file, path, "finish the interrupted apply of");
  }
  throw conflict(judge(journal, files), journal);
}

function abandon(journal: Journal, files: Files): Recovery["did"] {
  // Half of a text is nobody's version.
  for (const entry of journal.files) {
    if (entry.backup !== null && isHalfDone(entry, files)) overwrite(entry, entry.backup, files);
  }
  const names = journal.record === null ? [] : [journal.record.temporary];
  const left = [...sweep(journal, files), ...names.filter((path) => !removeQuietly(path, files))];
  if (left.length > 0) throw writeError("rollback-failed", left.join("; "), { hint: "remove them, then try again" });
  return "abandoned";
}

/** Everything was in place already, or is now. */
function isDone({ kind, seen }: Verdict): boolean {
  return kind === "forward" || (kind === "clear" && seen.length > 0 && seen.every(({ state }) => state === "after"));
}

/** What every file held, by path; a text that has not the fingerprint it should have is left out. */
function oldTexts({ record, files: entries }: Journal, files: Files): Map<string, string> {
  const bytes =
    record && readBytes(record.temporary, record.temporary, { limit: 16 * maxFileBytes, regular: true }, files);
  const value = bytes ? (JSON.parse(bytes.toString("utf8")) as Json) : null;
  const listed = isObject(value) && Array.isArray(value["changes"]) ? value["changes"].filter(isObject) : [];
  return new Map(
    entries.flatMap(({ path, before }) => {
      const found = listed.find((one) => one["path"] === path)?.["before"];
      const text = isObject(found) ? found["text"] : undefined;
      return typeof text === "string" && sha256(text) === before ? [[path, text] as const] : [];
    }),
  );
}

function stillWriting({ owner }: Journal, { timeoutSeconds }: HeldState): Error {
  return busyError("unfinished-apply", `${nameOf(owner)} is writing right now; waited ${timeoutSeconds} s for it`, {
    hint: "nothing was written: try again, or wait longer (--lock-timeout SECONDS)",
  });
}
