/** The second half of every command that writes: what to do is planned, and carried out if it is anything. */

import { usageError } from "../errors.js";
import type { Fingerprinted } from "../hash.js";
import { nothingToWrite } from "../refuse.js";
import { firstPlan } from "../replanning.js";
import { nodeFiles } from "../store/files.js";
import { isInterrupted } from "../store/interrupted.js";
import { untimed } from "../timings.js";
import type { Plan } from "../types.js";
import { findState } from "../workspace.js";
import type { Console } from "./console.js";
import { refuseUnasked } from "./ask.js";
import type { WriteOptions } from "./options.js";
import { patchedFile, showPlan } from "./show.js";

/** What is said of an apply afterwards. */
export interface WriteMeta {
  /** The command that does it. */
  readonly command: string;
  /** The plan was saved earlier: it is done as it is, or refused. */
  readonly saved?: boolean;
  /** The setup file's text. */
  readonly setup?: Fingerprinted | null;
}

/**
 * Shows the plan and, unless it is a dry run, carries it out; asks first on a terminal unless `--yes`. From the plan to the
 * commit the state directory's lock is held; where there is nothing to do none is taken. `planned` plans over the files as
 * they are. Throws `invalidError` for a plan with errors, `busyError` when a lock stays taken or a file changed so that
 * other things would be done than were shown, `writeError` when a file cannot be written.
 */
export async function writePlan(
  planned: () => Plan,
  options: WriteOptions,
  io: Console,
  meta: WriteMeta,
): Promise<void> {
  const { timed = untimed } = io;
  const make = (): Plan => timed("plan", planned);
  const interrupted = (stateDir: string): boolean => !options.dryRun && isInterrupted(stateDir, nodeFiles);
  const plan = firstPlan(make, () => interrupted(findState(options, io).stateDir));
  const stateDir = plan === null ? findState(options, io).stateDir : plan.stateDir;
  if (plan !== null) {
    if (options.dryRun) {
      if (meta.saved) await refuseStale(plan);
      return showPlan(plan, options, io);
    }
    if ((stateDir === undefined || !interrupted(stateDir)) && nothingToWrite(plan)) return showPlan(plan, options, io);
    // What cannot be shown afterwards is not begun.
    if (options.format === "json-patch" && !nothingToWrite(plan)) patchedFile(plan, options);
  }
  refuseUnasked(options, io);
  if (stateDir === undefined) {
    throw usageError("no-state-dir", "this plan does not say which state directory it is for", {
      hint: "Make it again with clawform plan --out.",
    });
  }
  const { writeLocked } = await import("./write-locked.js");
  await timed("commit", () => writeLocked(stateDir, make, { options, io, meta }));
}

/** Sees an interrupted apply through, for a command that reads the files before it comes to `writePlan`. Throws as that does for the lock. */
export async function recoverFirst(options: WriteOptions, io: Console, command: string): Promise<void> {
  if (options.dryRun) return;
  const { stateDir } = findState(options, io);
  if (!isInterrupted(stateDir, nodeFiles)) return;
  const { locked } = await import("./write-locked.js");
  await locked(stateDir, { options, io, meta: { command } }, async () => undefined);
}

/** Throws `stale` for a saved plan that could not be carried out any more. */
async function refuseStale({ changes }: Plan): Promise<void> {
  const { present } = await import("../store/present.js");
  for (const change of changes) present(change, nodeFiles);
}
