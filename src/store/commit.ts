/** Committing: every file changes, or none does, and whoever comes after a kill can tell which and see it through. */

import { dirname } from "node:path";
import { writeError } from "../errors.js";
import type { FileChange } from "../types.js";
import { writeFailure } from "./failures.js";
import type { Files } from "./files.js";
import { type Draft, draftOf, type DraftFile, type RecordFile } from "./draft.js";
import { refuseForeignChanges } from "./foreign.js";
import { type JournalFile, writeJournal } from "./journal.js";
import { overwrite } from "./overwrite.js";
import { type Present, present, refuseShared, stale, standing } from "./present.js";
import { removeDirectories, sweep, takeBack } from "./rollback.js";
import { stateFiles } from "./state-dir.js";
import type { HeldState } from "./state-lock.js";
import { releaseStoreLocks, type StoreLocks, takeStoreLocks } from "./store-locks.js";
import { swap } from "./swap.js";
import type { Try } from "./wait.js";
import { type Way, type WayOptions, wayTo } from "./way.js";
import { createFile, makeDirectories, removeQuietly, syncDirectory, syncFile } from "./write.js";

/** What happened to one file. */
export interface CommittedFile {
  readonly file: string;
  readonly path: string;
  /** Where it really lies, symbolic links followed. */
  readonly target: string;
  readonly outcome: "created" | "replaced" | "overwritten" | "removed" | "unchanged";
}

/** What a commit did, in the order it did it: credentials, then the configuration, then files that go. */
export interface CommitReport {
  readonly files: readonly CommittedFile[];
}

/**
 * One try: does all the changes and puts the record in place, synchronously, or says which of OpenClaw's locks is in the
 * way. A file that is not as the plan found it stops everything (`stale`, exit 75); a failed write is exit 73. On every
 * error the files are as they were, or the error (`rollback-failed`) says which are not, and the journal stays for
 * `recover`. A file whose `after` is its `before` is compared, not touched.
 */
export function commit(
  held: HeldState & WayOptions,
  changes: readonly FileChange[],
  record: RecordFile | null,
): Try<CommitReport> {
  const { files } = held;
  const found = inOrder(changes).map((change) => present(change, files));
  refuseShared(found);
  refuseForeignChanges(found, held);
  const pending = found.filter(({ change }) => change.before?.sha256 !== change.after?.sha256);
  const ways = new Map(pending.map((item) => [item, wayTo(item, held, files)]));
  const value = { files: found.map((item) => report(item, ways.get(item))) };
  if (pending.length === 0) return { value };
  const draft = draftOf(
    [...ways].map(([item, way]) => ({ item, way })),
    record,
    held,
  );
  const busy = replaceAll(draft, held);
  return busy ?? { value };
}

// Half of a change must not be a configuration that names a credential nobody has: it comes after all stores that stay,
// and before those that go.
function inOrder(changes: readonly FileChange[]): FileChange[] {
  const kinds = ["auth", "include", "config"] as const;
  const stays = changes.filter(({ after }) => after !== null);
  const goes = changes.filter(({ after }) => after === null);
  return [
    ...kinds.flatMap((kind) => stays.filter(({ document }) => document.kind === kind)),
    ...[...kinds].reverse().flatMap((kind) => goes.filter(({ document }) => document.kind === kind)),
  ];
}

function report({ change, target }: Present, way: Way | undefined): CommittedFile {
  const { file, path, before, after } = change;
  const written = way === "overwrite" ? "overwritten" : before === null ? "created" : "replaced";
  const outcome = way === undefined ? "unchanged" : after === null ? "removed" : written;
  return { file, path, target: target.path, outcome };
}

/** What has been done so far. */
interface Progress {
  locks: StoreLocks;
  readonly replaced: JournalFile[];
}

function replaceAll(draft: Draft, held: HeldState): { readonly busy: () => Error } | null {
  const { files } = held;
  const progress: Progress = { locks: { locks: [] }, replaced: [] };
  const journal = writeJournal(held.stateDir, draft.journal, files);
  try {
    const fresh = new Set(held.made);
    const note = (path: string): void => void fresh.add(path);
    named(draft.record.temporary, () => makeDirectories(draft.record.missing, note, files));
    for (const file of draft.files) named(file, () => makeDirectories(file.missing, note, files));
    const locks = takeStoreLocks(draft.journal.locks, held, journal);
    if ("busy" in locks) {
      giveUp(draft, progress, held);
      return locks;
    }
    progress.locks = locks;
    prepare(draft, held);
    // Names that nobody has seen on disk yet: without them what was just put there could not be found.
    for (const directory of new Set([...fresh].map((path) => dirname(path))))
      named(draft.record.temporary, () => syncDirectory(directory, files));
    for (const file of draft.files) replace(file, progress, files);
    syncAll(draft, files);
    putRecord(draft, files);
  } catch (error) {
    const left = giveUp(draft, progress, held);
    if (left.length === 0) throw error;
    const reason = error instanceof Error ? error.message : "the commit failed";
    throw writeError("rollback-failed", [reason, ...left].join("; "), {
      hint: "look at the files named here, then run: clawform recover",
      cause: error,
    });
  }
  // The journal outlasts the locks: nothing may stay that nobody tells of.
  const free = releaseStoreLocks(progress.locks, files);
  // What was renamed has no temporary file any more.
  const renamed = progress.replaced.filter(({ backup }) => backup === null);
  if (free && sweep({ ...draft.journal, locks: [] }, files, renamed).length === 0)
    removeQuietly(stateFiles(held.stateDir).journal, files);
  return null;
}

/**
 * Every new text in a file beside its place, the record's last of all. All are written before the first is put on disk, and
 * the record, the largest, is put there first: the file system does most of that work for all of them at once.
 */
function prepare({ files: drafted, record }: Draft, { stateDir, files }: HeldState): void {
  const written = drafted.filter(({ item }) => item.change.after !== null);
  for (const file of written) named(file, () => fill(file, files));
  const purpose = { like: null, target: record.temporary, file: record.temporary, soon: true };
  named(record.temporary, () => createFile(record.temporary, record.text, purpose, files));
  named(record.temporary, () => syncFile(record.temporary, files));
  for (const file of written.toReversed()) {
    named(file, () => {
      if (file.entry.backup !== null) syncFile(file.entry.backup, files);
      syncFile(file.entry.temporary, files);
    });
  }
  // Nobody looks for a record that is not kept: after a power failure the journal has to tell of it.
  if (record.path === null) named(record.temporary, () => syncFile(stateFiles(stateDir).journal, files));
  named(record.temporary, () => syncDirectory(dirname(record.temporary), files));
}

function fill({ item: { change, target }, entry }: DraftFile, files: Files): void {
  const { temporary, backup } = entry;
  const like = backup === null ? entry.access : null;
  const purpose = { like, target: target.path, file: change.file, soon: true };
  createFile(temporary, change.after?.text ?? "", purpose, files);
  if (backup !== null) createFile(backup, change.before?.text ?? "", purpose, files);
}

/** Once more the whole way from the configured path, then the file itself directly before the rename. */
function replace(file: DraftFile, { replaced }: Progress, files: Files): void {
  const { item, entry } = file;
  if (entry.backup !== null) {
    present(item.change, files, entry.target);
    // From the first byte on there is something to take back.
    replaced.push(entry);
    return named(file, () => overwrite(entry, entry.temporary, files), "overwrite");
  }
  const { status } = standing(item.change, files, entry.target).target;
  const from = entry.after === null ? null : entry.temporary;
  const done = named(
    file,
    () => swap(entry.target, entry.before, from, entry.file, files, status),
    from === null ? "remove" : "replace",
  );
  if (!done) throw stale(item.change, "it has changed");
  replaced.push(entry);
}

/** Before the record says that all is done it has to be, after a power failure too. */
function syncAll({ files: drafted }: Draft, files: Files): void {
  const last = new Map(drafted.map((file) => [dirname(file.entry.target), file]));
  for (const [directory, file] of last) named(file, () => syncDirectory(directory, files), "replace");
}

/** The last act. Nobody waits until it is on disk: a power failure before that leaves a record whose files are all new. */
function putRecord({ record: { temporary, path } }: Draft, files: Files): void {
  named(path ?? temporary, () => {
    if (path === null) files.remove(temporary);
    else files.rename(temporary, path);
  });
}

/** Takes everything back; returns a sentence for each thing that could not be. The journal goes when nothing more can be done. */
function giveUp(
  { files: drafted, journal }: Draft,
  { locks, replaced }: Progress,
  { stateDir, files }: HeldState,
): readonly string[] {
  const texts = new Map(
    drafted.flatMap(({ item: { change } }) =>
      change.before === null ? [] : [[change.path, change.before.text] as const],
    ),
  );
  const { left, settled } = takeBack(journal, replaced, texts, files);
  const free = releaseStoreLocks(locks, files);
  const clean = sweep(journal, files).length === 0;
  removeDirectories(journal.directories, files);
  if (settled && free && clean) removeQuietly(stateFiles(stateDir).journal, files);
  return left;
}

/** Does a piece of work; a system error of it becomes one that names the file. */
function named<Value>(file: DraftFile | string, work: () => Value, doing?: string): Value {
  try {
    return work();
  } catch (error) {
    if (typeof file === "string") throw writeFailure(error, file, file, doing);
    throw writeFailure(error, file.item.change.file, file.item.change.path, doing);
  }
}
