/** The second half of every command that writes: plan under the lock, show, ask, commit, say so. */

import { carryOut, changedMeanwhile, nothingToWrite } from "../applying.js";
import { usageError } from "../errors.js";
import { thisProcess } from "../host.js";
import { nodeFiles } from "../store/files.js";
import { isInterrupted } from "../store/interrupted.js";
import { refuseManaged } from "../store/managed.js";
import type { RecordedReport } from "../store/recorded.js";
import { type HeldState, withStateLock } from "../store/state-lock.js";
import type { Plan, Sha256 } from "../types.js";
import { untimed } from "../timings.js";
import { version } from "../version.js";
import { confirmApply, terminalOf, type Terminal } from "./ask.js";
import type { Console } from "./console.js";
import type { WriteOptions } from "./options.js";
import { renderProblems } from "../render/problems.js";
import { sayRecovered } from "./recover.js";
import { showPlan } from "./show.js";

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
  const plan = make();
  const { stateDir } = plan;
  const interrupted = stateDir !== undefined && !options.dryRun && isInterrupted(stateDir, nodeFiles);
  if (options.dryRun || (!interrupted && nothingToWrite(plan))) return showPlan(plan, options, io);
  if (stateDir === undefined) {
    throw usageError("no-state-dir", "this plan does not say which state directory it is for", {
      hint: "Make it again with clawform plan --out.",
    });
  }
  const { lockTimeout, inPlace = false } = options;
  const lock = { host: thisProcess, timeoutSeconds: lockTimeout, command: meta.command, inPlace };
  await timed("commit", () =>
    withStateLock(stateDir, lock, async (held, recovered) => {
      if (recovered && !options.quiet) sayRecovered(recovered, io);
      await writeHeld(make, { options, io, meta, held });
    }),
  );
}

interface Writing {
  readonly options: WriteOptions;
  readonly io: Console;
  readonly meta: WriteMeta;
  readonly held: HeldState;
}

async function writeHeld(make: () => Plan, { options, io, meta, held }: Writing): Promise<void> {
  const { setup = null, saved = false } = meta;
  for (let shown = make(); ;) {
    if (nothingToWrite(shown)) return showPlan(shown, options, io);
    refuseManaged(shown.changes, io.env, options.force ?? false);
    if (!isForMachines(options)) showPlan(shown, options, io);
    const terminal = whoIsAsked(options, io);
    const files = shown.changes.length;
    if (terminal && !(await (io.timed ?? untimed)(null, () => confirmApply(terminal, files)))) {
      io.err("Nothing was written.\n");
      return;
    }
    const { plan, report } = await carryOut(held, shown, saved ? null : make, { version, setup, keep: options.keep });
    if (report !== null) return tell(report, plan, { options, io, meta });
    if (!whoIsAsked(options, io) && !nothingToWrite(plan)) throw changedMeanwhile();
    shown = plan;
    io.err("The files changed meanwhile.\n");
  }
}

function isForMachines({ json, format }: WriteOptions): boolean {
  return json === true || format === "json-patch";
}

function whoIsAsked(options: WriteOptions, io: Console): Terminal | null {
  return options.yes ? null : terminalOf(options, io);
}

function tell({ files, problems }: RecordedReport, plan: Plan, { options, io, meta }: Omit<Writing, "held">): void {
  if (problems.length > 0) io.err(renderProblems(problems, { color: false, width: io.width }));
  for (const { path } of files.filter(({ outcome }) => outcome === "overwritten"))
    io.err(`${path} could not be replaced: its content was overwritten in place.\n`);
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
