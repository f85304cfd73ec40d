/** The one way clawform changes files: all of them, or none. */

import type { FileChange } from "../types.js";
import { commit, type CommitReport } from "./commit.js";
import type { RecordFile } from "./draft.js";
import type { HeldState } from "./state-lock.js";
import { untilFree } from "./wait.js";

/**
 * Does all the changes and puts `record` in place, or does nothing; a kill at any instant leaves what `recover` finishes or
 * takes back. From taking OpenClaw's locks to giving them back it is synchronous. Throws `locked` (exit 75) with the
 * holder's pid and the lock's age when one of those stays taken, and whatever `commit` throws.
 */
export async function transact(
  held: HeldState,
  changes: readonly FileChange[],
  record: RecordFile | null,
): Promise<CommitReport> {
  return untilFree(held, () => commit(held, changes, record));
}
