/** History + files -> the plan that takes an apply back. Floor 4: the one way the command and the library go. */

import { undoneBy, undoStep } from "./core/history-entry.js";
import { planUndo } from "./core/undo.js";
import type { Together } from "./core/undo-findings.js";
import { ClawformError, usageError } from "./errors.js";
import { type HistoryItem, readHistory } from "./store/history.js";
import { thisProcess } from "./host.js";
import { readSource } from "./store/read.js";
import { unfinishedApply } from "./store/recover-words.js";
import { stateFiles } from "./store/state-dir.js";
import type { HistoryEntry, Plan, Problem } from "./types.js";
import { openWorkspace, type Surroundings } from "./workspace.js";

/** What to take back, and where. */
export interface UndoRequest {
  /** As `findState` tells. */
  readonly stateDir: string;
  readonly configPath: string;
  /** An entry's number; the last apply that is not taken back yet by default. */
  readonly number?: number | undefined;
  /** Write a file anew, without its comments, where its text cannot be edited. */
  readonly reformat?: boolean | undefined;
}

/**
 * Plans an undo. Without anything to take back the plan has no changes and says so. Throws `no-entry` (exit 64) for a
 * number that is not in the history, `history-entry` (exit 65) for a damaged entry, and `undo-conflict` (exit 1) with every place
 * that others have changed since.
 */
export function undoPlan(request: UndoRequest, surroundings: Surroundings): Plan {
  const { stateDir, number } = request;
  const { history } = stateFiles(stateDir);
  const unfinished = unfinishedApply(stateDir, thisProcess);
  const warnings = unfinished === null ? [] : [unfinished];
  const items = readHistory(history);
  const undone = undoneBy(items.flatMap(({ entry }) => entry ?? []));
  const entry = number === undefined ? lastStanding(items, undone) : numbered(items, number);
  const done = entry === null ? nothingLeft(items, history) : alreadyUndone(entry, undone);
  if (entry === null || done !== null)
    return {
      format: 1,
      stateDir,
      steps: [undoStep(entry?.number ?? null)],
      changes: [],
      problems: [...warnings, ...(done ?? [])],
    };
  const present = entry.changes.map(({ path, file, document }) => readSource(path, file, document));
  const together = (): Together | null => composedConfig(request, surroundings);
  const { plan, conflicts } = planUndo({ entry, present, together, reformat: request.reformat ?? false });
  if (conflicts.length > 0) throw refused(entry, [...conflicts, ...warnings]);
  const problems =
    plan.changes.length > 0 ? plan.problems : notice(`the files are as they were before apply ${entry.number}`);
  return { ...plan, stateDir, problems: [...warnings, ...problems] };
}

function lastStanding(items: readonly HistoryItem[], undone: ReadonlyMap<number, number>): HistoryEntry | null {
  for (const item of items) {
    const entry = readable(item, " Or name the apply to undo: clawform undo N.");
    if (entry.undoes === null && !undone.has(entry.number)) return entry;
  }
  return null;
}

/** An entry by its number. Throws `no-entry` (exit 64) when there is none, `history-entry` (exit 65) when it is damaged. */
export function numbered(items: readonly HistoryItem[], number: number): HistoryEntry {
  const item = items.find((one) => one.number === number);
  if (item) return readable(item);
  throw usageError("no-entry", `there is no apply ${number} in the history`, {
    hint: "clawform history lists the ones that are kept.",
  });
}

function readable({ entry, problem }: HistoryItem, more: string = ""): HistoryEntry {
  if (entry) return entry;
  const { code, message, hint, file, pointer } = problem as Problem;
  throw new ClawformError("invalid", code, message, { file, pointer, hint: hint + more });
}

/** A configuration from several files is judged as a whole. */
function composedConfig(request: UndoRequest, surroundings: Surroundings): Together | null {
  const { stateDir, configPath } = request;
  const { composition, config, included } = openWorkspace({ stateDir, config: configPath }, surroundings);
  return composition ? { root: config, included } : null;
}

function refused(entry: HistoryEntry, conflicts: readonly Problem[]): ClawformError {
  const { code, message, file, pointer, hint } = conflicts[0] as Problem;
  return new ClawformError(
    "failed",
    code,
    `cannot undo ${entry.number}: ${message}`,
    { file, pointer, hint },
    conflicts,
  );
}

function nothingLeft(items: readonly HistoryItem[], history: string): Problem[] {
  return notice(
    items.length === 0
      ? `no apply is recorded in ${history}`
      : "every apply in the history is undone already; clawform undo N, with the number of an undo, does it again",
  );
}

function alreadyUndone({ number }: HistoryEntry, undone: ReadonlyMap<number, number>): Problem[] | null {
  const by = undone.get(number);
  if (by === undefined) return null;
  return notice(`apply ${number} is undone already, by ${by}; clawform undo ${by} does it again`);
}

function notice(message: string): Problem[] {
  return [{ code: "nothing-to-undo", severity: "info", file: "", pointer: "", message, hint: "" }];
}
