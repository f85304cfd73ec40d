/** Carrying plans out from a program. Floor 4: what the library's `apply` and `undo` share. */

import { isAbsolute } from "node:path";
import { busyError, ClawformError, usageError } from "./errors.js";
import { processEnvironment, thisProcess } from "./host.js";
import { refuseErrors } from "./refuse.js";
import { refuseManaged } from "./store/managed.js";
import { type RecordedReport, type RecordOptions, transactRecorded } from "./store/recorded.js";
import { keptEntries } from "./store/state-dir.js";
import { type HeldState, withStateLock } from "./store/state-lock.js";
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
  /** Overwrite what cannot be replaced by a rename, as `--in-place` does. */
  readonly inPlace?: boolean;
  /** Write although `OPENCLAW_NIX_MODE` says that Nix manages the files, as `--force` does. */
  readonly force?: boolean;
  /** Where OpenClaw's variables that close its files are looked up; the process's environment by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
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
  if (stateDir === undefined || planned.changes.some(({ path }) => !isAbsolute(path))) {
    throw usageError("no-state-dir", "this plan is of documents in memory, and does not know which files they are", {
      hint: "Plan on the files of this machine: without `on`.",
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
  const { lockTimeout: timeoutSeconds = 10, keep = keptEntries, inPlace = false, force = false } = options;
  const { env = processEnvironment } = options;
  return withStateLock(stateDir, { timeoutSeconds, host: thisProcess, command, inPlace }, async (held) => {
    const plan = make();
    refuseManaged(plan.changes, env, force);
    return { plan, report: await transactRecorded(held, plan, { version, setup: null, keep }) };
  });
}

/** How often files that change between the plan and the commit are planned again without anybody being asked. */
const replans = 8;

/** What came of a plan: the report; null when the files have changed so that `plan` would have to be done by now instead. */
export interface CarriedOut {
  readonly plan: Plan;
  readonly report: RecordedReport | null;
}

/**
 * Commits a plan that has been shown. Where files changed since it was made, it is made again and done as long as it is the
 * same set of operations; `make` null: a plan that is done as it is or refused. Throws as `transactRecorded`.
 */
export async function carryOut(
  held: HeldState,
  shown: Plan,
  make: (() => Plan) | null,
  record: RecordOptions,
): Promise<CarriedOut> {
  let plan = shown;
  for (let left = replans; ; left -= 1) {
    try {
      return { plan, report: await transactRecorded(held, plan, record) };
    } catch (error) {
      const stale = error instanceof ClawformError && error.code === "stale";
      if (!stale || make === null || left === 0) throw error;
    }
    plan = make();
    if (operationsOf(plan) !== operationsOf(shown)) return { plan, report: null };
  }
}

/** What a plan does to which files, whatever else these hold: two plans that do the same have the same text. Holds secrets. */
export function operationsOf({ changes }: Plan): string {
  return JSON.stringify(changes.map(({ path, patch }) => [path, patch.map(({ operation }) => operation)]));
}

/** The error (exit 75) for a plan that would do other things by now than were shown. */
export function changedMeanwhile(): ClawformError {
  return busyError("stale", "the files changed while this was planned, and other things would be done now", {
    hint: "nothing was written: look at the plan, and apply again",
  });
}

function checkOptions({ lockTimeout = 0, keep = 0 }: ApplyOptions): void {
  if (!(lockTimeout >= 0))
    throw usageError("lock-timeout", `a lock timeout is a number of seconds, not ${lockTimeout}`);
  if (!Number.isSafeInteger(keep) || keep < 0)
    throw usageError("keep", `how many applies to keep is a whole number, not ${keep}`);
}
