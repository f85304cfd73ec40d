/** Carrying plans out from a program. Floor 4: what the library's `apply` and `undo` share. */

import { usageError } from "./errors.js";
import { thisProcess } from "./host.js";
import { refuseErrors } from "./refuse.js";
import { keptEntries } from "./store/history.js";
import { type RecordedReport, transactRecorded } from "./store/recorded.js";
import { withStateLock } from "./store/state-lock.js";
import type { Plan } from "./types.js";
import { version } from "./version.js";

/** How to apply from a program. */
export interface ApplyOptions {
  /** How long to wait for another clawform, and for OpenClaw's lock on a credential store, in seconds; 10 by default, 0: not at all. */
  readonly lockTimeout?: number;
  /** OpenClaw's state directory; the plan's own by default. */
  readonly stateDir?: string;
  /** How many applies the history keeps, this one included; 20 by default, 0: none. */
  readonly keep?: number;
}

/**
 * Writes what a plan holds, all of it or nothing: credentials first, while holding OpenClaw's lock on them, then the
 * configuration, each by a rename; and enters it in the history. An apply that was interrupted before is finished or taken
 * back first. Rejects with `ClawformError`: `invalid` for a plan with errors; `busy` (code `stale`) when a file has changed
 * since, (code `locked`, `state-locked`) when a lock stays taken; `cannotWrite` when a file cannot be written. Then nothing
 * has been.
 */
export async function apply(planned: Plan, options: ApplyOptions = {}): Promise<RecordedReport> {
  checkOptions(options);
  refuseErrors(planned);
  if (planned.changes.length === 0) return { files: [], problems: [] };
  const { stateDir = planned.stateDir } = options;
  if (stateDir === undefined) {
    throw usageError("no-state-dir", "this plan does not know which state directory it is for", {
      hint: "Give stateDir, or plan on the files of this machine.",
    });
  }
  return (await applyLocked(stateDir, () => planned, "apply", options)).report;
}

/** What was done, and by which plan. */
export interface Applied {
  readonly plan: Plan;
  readonly report: RecordedReport;
}

/** Plans and writes while holding the lock on a state directory. Rejects as `apply`, and with what `make` throws. */
export async function applyLocked(
  stateDir: string,
  make: () => Plan,
  command: string,
  options: ApplyOptions,
): Promise<Applied> {
  checkOptions(options);
  const { lockTimeout: timeoutSeconds = 10, keep = keptEntries } = options;
  return withStateLock(stateDir, { timeoutSeconds, host: thisProcess, command }, async (held) => {
    const plan = make();
    return { plan, report: await transactRecorded(held, plan, { version, setup: null, keep }) };
  });
}

function checkOptions({ lockTimeout = 0, keep = 0 }: ApplyOptions): void {
  if (!(lockTimeout >= 0))
    throw usageError("lock-timeout", `a lock timeout is a number of seconds, not ${lockTimeout}`);
  if (!Number.isSafeInteger(keep) || keep < 0)
    throw usageError("keep", `how many applies to keep is a whole number, not ${keep}`);
}
