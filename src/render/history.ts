/** Entries of the history for people and programs. */

import type { HistoryEntry, JsonObject, Plan } from "../types.js";

/** The plan that an entry was made from, to be shown as one. It holds secrets. */
export function planOfEntry({ steps, changes }: HistoryEntry): Plan {
  return { format: 1, steps, changes, problems: [] };
}

/** What `history --json` says of an entry: no content, only names and fingerprints; `scrub` hides secrets in titles. */
export function historyJson(
  entry: HistoryEntry,
  undone: ReadonlyMap<number, number>,
  scrub: (text: string) => string,
): JsonObject {
  const { number, time, version, command, setup, undoes, steps, changes } = entry;
  return {
    number,
    time,
    version,
    command,
    setup,
    undoes,
    undoneBy: undone.get(number) ?? null,
    files: changes.map(({ file, path, before, after }) => ({
      file,
      path,
      before: before?.sha256 ?? null,
      after: after?.sha256 ?? null,
    })),
    steps: [...new Set(steps.map(({ title }) => scrub(title)))],
  };
}
