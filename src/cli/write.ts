/** The second half of every command that writes: plan under the lock, show, ask, commit, say so. */

import { busyError, ClawformError, usageError } from "../errors.js";
import { thisProcess } from "../host.js";
import { hasJournal } from "../store/journal.js";
import { nodeFiles } from "../store/files.js";
import { type RecordedReport, transactRecorded } from "../store/recorded.js";
import { type HeldState, withStateLock } from "../store/state-lock.js";
import type { Plan, Sha256 } from "../types.js";
import { version } from "../version.js";
import { confirmApply } from "./ask.js";
import type { Console } from "./console.js";
import type { WriteOptions } from "./options.js";
import { renderProblems } from "../render/problems.js";
import { sayRecovered } from "./recover.js";
import { showPlan } from "./show.js";

/** How often files that change between the plan and the commit are planned again without anybody being asked. */
const replans = 8;

/** What is said of an apply afterwards. */
export interface WriteMeta {
  /** The command that does it. */
  readonly command: string;
  /** The plan was saved earlier: it is done as it is, or refused. */
  readonly saved?: boolean;
  /** Fingerprint of the setup file. */
  readonly setup?: Sha256 | null;
}

/**
 * Shows the plan and, unless it is a dry run, carries it out; asks first on a terminal unless `--yes`. From the plan to the
 * commit the state directory's lock is held; where there is nothing to do none is taken. `make` plans over the files as
 * they are. Throws `invalidError` for a plan with errors, `busyError` when a lock stays taken or a file changed so that
 * other things would be done than were shown, `writeError` when a file cannot be written.
 */
export async function writePlan(make: () => Plan, options: WriteOptions, io: Console, meta: WriteMeta): Promise<void> {
  const plan = make();
  const { stateDir } = plan;
  const interrupted = stateDir !== undefined && !options.dryRun && hasJournal(stateDir, nodeFiles);
  if (options.dryRun || (!interrupted && nothingToWrite(plan))) return showPlan(plan, options, io);
  if (stateDir === undefined) {
    throw usageError("no-state-dir", "this plan does not say which state directory it is for", {
      hint: "Make it again with clawform plan --out.",
    });
  }
  const lock = { host: thisProcess, timeoutSeconds: options.lockTimeout, command: meta.command };
  await withStateLock(stateDir, lock, async (held, recovered) => {
    if (recovered && !options.quiet) sayRecovered(recovered, io);
    await writeHeld(make, { options, io, meta, held });
  });
}

interface Writing {
  readonly options: WriteOptions;
  readonly io: Console;
  readonly meta: WriteMeta;
  readonly held: HeldState;
}

async function writeHeld(make: () => Plan, writing: Writing): Promise<void> {
  const { options, io } = writing;
  for (let shown: Plan | null = make(); shown !== null;) {
    if (nothingToWrite(shown)) return showPlan(shown, options, io);
    if (!isForMachines(options)) showPlan(shown, options, io);
    if (asks(options, io) && !(await confirmApply(shown.changes.length))) {
      io.err("Nothing was written.\n");
      return;
    }
    shown = await carryOut(shown, make, writing);
    if (shown !== null) io.err("The files changed meanwhile.\n");
  }
}

/** Null when it is done; when other things would have to be done by now and somebody can be asked, those. */
async function carryOut(shown: Plan, make: () => Plan, { options, io, meta, held }: Writing): Promise<Plan | null> {
  let plan = shown;
  for (let left = replans; ; left -= 1) {
    try {
      const { setup = null } = meta;
      tell(await transactRecorded(held, plan, { version, setup, keep: options.keep }), plan, {
        options,
        io,
        meta,
        held,
      });
      return null;
    } catch (error) {
      const stale = error instanceof ClawformError && error.code === "stale";
      if (!stale || meta.saved === true || left === 0) throw error;
    }
    plan = make();
    if (sameOperations(plan, shown)) continue;
    if (asks(options, io) || nothingToWrite(plan)) return plan;
    throw busyError("stale", "the files changed while this was planned, and other things would be done now", {
      hint: "nothing was written: look at the plan, and apply again",
    });
  }
}

function isForMachines({ json, format }: WriteOptions): boolean {
  return json === true || format === "json-patch";
}

function asks(options: WriteOptions, { inIsTerminal, outIsTerminal }: Console): boolean {
  return !options.yes && inIsTerminal && outIsTerminal && !isForMachines(options);
}

function nothingToWrite({ changes, problems }: Plan): boolean {
  return changes.length === 0 || problems.some(({ severity }) => severity === "error");
}

function tell({ files, problems }: RecordedReport, plan: Plan, { options, io, meta }: Writing): void {
  if (problems.length > 0) io.err(renderProblems(problems, { color: false, width: io.width }));
  if (isForMachines(options)) return showPlan(plan, options, io, true);
  if (options.quiet) return;
  const named = (which: (outcome: string) => boolean): string =>
    files
      .filter(({ outcome }) => which(outcome))
      .map(({ file }) => file)
      .join(" and ");
  const wrote = named((outcome) => outcome !== "removed");
  const removed = named((outcome) => outcome === "removed");
  const what = [wrote && `wrote ${wrote}`, removed && `removed ${removed}`].filter((part) => part !== "").join("; ");
  io.out(`${meta.command === "undo" ? "Undone" : "Applied"}: ${what}.\n`);
}

/** Whether two plans do the same to the same files, whatever else these hold. */
function sameOperations(one: Plan, other: Plan): boolean {
  const done = ({ changes }: Plan): string =>
    JSON.stringify(changes.map(({ path, patch }) => [path, patch.map(({ operation }) => operation)]));
  return one === other || done(one) === done(other);
}
