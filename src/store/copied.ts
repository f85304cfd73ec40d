/**
 * State directories that were copied or moved. What clawform keeps in one names files by their absolute paths: in a copy
 * those of the original, which is not what the copy's history or an apply interrupted there is about.
 */

import { basename, dirname, sep } from "node:path";
import type { HistoryEntry } from "../types.js";
import type { Journal } from "./journal.js";

/** An entry with the paths that its files have in this state directory. `record`: where its own file was written. */
export function entryHere(entry: HistoryEntry, record: string | null, stateDir: string): HistoryEntry {
  const here = rebase(record, stateDir);
  return here === null ? entry : { ...entry, changes: entry.changes.map((one) => ({ ...one, path: here(one.path) })) };
}

/** A journal with the paths that its files have in this state directory. */
export function journalHere(journal: Journal, stateDir: string): Journal {
  const { record } = journal;
  const here = rebase(record?.temporary ?? null, stateDir);
  if (here === null || record === null) return journal;
  return {
    ...journal,
    files: journal.files.map((file) => ({
      ...file,
      path: here(file.path),
      target: here(file.target),
      temporary: here(file.temporary),
      backup: file.backup === null ? null : here(file.backup),
    })),
    directories: journal.directories.map(here),
    locks: journal.locks.map(({ path, temporary }) => ({ path: here(path), temporary: here(temporary) })),
    record: { ...record, temporary: here(record.temporary), path: record.path === null ? null : here(record.path) },
  };
}

/** What to make of a path; null where the record was written in this very state directory, or nothing tells where. */
function rebase(record: string | null, stateDir: string): ((path: string) => string) | null {
  const folder = record === null ? "" : dirname(record);
  const own = basename(folder) === "history" ? dirname(folder) : folder;
  if (basename(own) !== "clawform" || dirname(own) === stateDir) return null;
  const before = `${dirname(own)}${sep}`;
  return (path) => (path.startsWith(before) ? `${stateDir}${sep}${path.slice(before.length)}` : path);
}
