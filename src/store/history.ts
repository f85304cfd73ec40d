/** The history on disk: one file per apply in `<state>/clawform/history/`, 0600, made by the transaction it tells of. */

import { dirname, sep } from "node:path";
import { entryNumber, parseEntry } from "../core/history-entry.js";
import { ClawformError } from "../errors.js";
import type { HistoryEntry, Problem } from "../types.js";
import { entryHere } from "./copied.js";
import { decodeText } from "./decode.js";
import { readFailure, systemCode, writeFailure } from "./failures.js";
import { type Files, nodeFiles } from "./files.js";
import { maxPlanBytes } from "./input.js";
import { readBytes } from "./read.js";

/** A file of the history: `entry` null when it cannot be read, and then `problem` says why. */
export interface HistoryItem {
  readonly number: number;
  readonly path: string;
  readonly entry: HistoryEntry | null;
  readonly problem: Problem | null;
}

/** A file named like an entry. */
export interface NamedEntry {
  readonly number: number;
  readonly path: string;
}

/** Every entry in `directory`, the newest first; none when there is no directory. A damaged one is an item with a problem. */
export function readHistory(directory: string, files: Files = nodeFiles): HistoryItem[] {
  return namedEntries(directory, files)
    .toReversed()
    .map((item) => readItem(item, files));
}

/** The newest entry, or one by its number; null when there is none. */
export function readEntry(directory: string, number: number | null, files: Files = nodeFiles): HistoryItem | null {
  const all = namedEntries(directory, files);
  const item = number === null ? all.at(-1) : all.find((one) => one.number === number);
  return item ? readItem(item, files) : null;
}

/** The number of the next entry. Only while holding the state lock is it still free when the entry is written. */
export function nextNumber(
  directory: string,
  files: Files = nodeFiles,
  all: readonly NamedEntry[] = namedEntries(directory, files),
): number {
  return (all.at(-1)?.number ?? 0) + 1;
}

/**
 * Removes the oldest entries beyond `keep`; other files stay. `all`: every entry by now, the oldest first, where that is
 * known. Throws exit 73 when one cannot be removed.
 */
export function pruneHistory(
  directory: string,
  keep: number,
  files: Files = nodeFiles,
  all: readonly NamedEntry[] = namedEntries(directory, files),
): void {
  for (const { path } of all.slice(0, Math.max(0, all.length - keep))) {
    try {
      files.remove(path);
    } catch (error) {
      if (systemCode(error) !== "ENOENT") throw writeFailure(error, path, path, "remove");
    }
  }
}

/** Files named like entries, the oldest first. `names`: all that are in the directory, where that is known. */
export function namedEntries(
  directory: string,
  files: Files = nodeFiles,
  names: readonly string[] = list(directory, files),
): NamedEntry[] {
  return names
    .flatMap((name): NamedEntry[] => {
      const number = entryNumber(name);
      return number === null ? [] : [{ number, path: `${directory}${sep}${name}` }];
    })
    .toSorted((one, other) => one.number - other.number || (one.path < other.path ? -1 : 1));
}

function list(directory: string, files: Files): string[] {
  try {
    return files.list(directory);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw readFailure(error, directory, directory);
  }
}

function readItem({ number, path }: NamedEntry, files: Files): HistoryItem {
  try {
    const bytes = readBytes(path, path, { limit: maxPlanBytes, regular: true }, files);
    const text = bytes === null ? "" : decodeText(bytes, path);
    const { entry, record } = parseEntry(text, number, path);
    return { number, path, entry: entryHere(entry, record, dirname(dirname(dirname(path)))), problem: null };
  } catch (error) {
    if (!(error instanceof ClawformError)) throw error;
    const { code, file, pointer, message, hint } = error;
    return { number, path, entry: null, problem: { code, severity: "warning", file, pointer, message, hint } };
  }
}
