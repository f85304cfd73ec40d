/** Changing files and remembering it: the transaction, its entry in the history, and the oldest entry out. */

import { join } from "node:path";
import { historyRecord } from "../core/history-entry.js";
import { ClawformError } from "../errors.js";
import type { Plan, Problem, Sha256 } from "../types.js";
import type { CommitReport } from "./commit.js";
import { type NamedEntry, namedEntries, nextNumber, pruneHistory } from "./history.js";
import { stateFiles } from "./state-dir.js";
import type { HeldState } from "./state-lock.js";
import { transact } from "./transact.js";

/** What the history is told of an apply. */
export interface RecordOptions {
  /** clawform's version. */
  readonly version: string;
  /** Of the setup's text; null when there was none. */
  readonly setup: Sha256 | null;
  /** How many entries to keep, this one included; 0: none. */
  readonly keep: number;
}

/** What was written, and what went wrong after that. */
export interface RecordedReport extends CommitReport {
  readonly problems: readonly Problem[];
}

/**
 * Does everything in the plan and enters it in the history, or does nothing; a plan without changes is not entered. The
 * entry is part of the transaction, which may need it to go back, whatever `keep` is; then the oldest are removed. Throws as
 * `transact`; that an old entry cannot be removed is only a problem, since all is written by then.
 */
export async function transactRecorded(held: HeldState, plan: Plan, options: RecordOptions): Promise<RecordedReport> {
  const { version, setup, keep } = options;
  if (plan.changes.length === 0) return { ...(await transact(held, plan.changes, null)), problems: [] };
  const { history } = stateFiles(held.stateDir);
  const found = namedEntries(history, held.files, held.historyNames ?? undefined);
  const number = nextNumber(history, held.files, found);
  const time = held.host.toStamp(held.host.now());
  const { name, text } = historyRecord(plan, { number, time, version, command: held.command, setup });
  const path = join(history, name);
  const report = await transact(held, plan.changes, { path, text });
  return { ...report, problems: pruned(history, keep, [...found, { number, path }], held) };
}

function pruned(history: string, keep: number, all: readonly NamedEntry[], { files }: HeldState): Problem[] {
  try {
    pruneHistory(history, keep, files, all);
    return [];
  } catch (error) {
    if (!(error instanceof ClawformError)) throw error;
    const { code, file, pointer, message, hint } = error;
    return [{ code, severity: "warning", file, pointer, message, hint }];
  }
}
