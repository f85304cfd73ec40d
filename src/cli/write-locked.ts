/** Carrying a plan out: plan again under the lock, show, ask, commit, say so. */

import { carryOut, changedMeanwhile } from "../applying.js";
import { ClawformError } from "../errors.js";
import { thisProcess } from "../host.js";
import { nothingToWrite } from "../refuse.js";
import { renderProblems } from "../render/problems.js";
import { refuseManaged } from "../store/managed.js";
import type { RecordedReport } from "../store/recorded.js";
import { type HeldState, withStateLock } from "../store/state-lock.js";
import { untimed } from "../timings.js";
import type { Plan } from "../types.js";
import { version } from "../version.js";
import { confirmApply, terminalOf, type Terminal } from "./ask.js";
import type { Console } from "./console.js";
import type { WriteOptions } from "./options.js";
import { sayRecovered } from "./recover.js";
import { showPlan } from "./show.js";
import type { WriteMeta } from "./write.js";

interface Writing {
  readonly options: WriteOptions;
  readonly io: Console;
  readonly meta: WriteMeta;
  readonly held: HeldState;
}

/** Carries a plan out while holding the lock on a state directory. Throws as `writePlan`. */
export async function writeLocked(stateDir: string, make: () => Plan, writing: Omit<Writing, "held">): Promise<void> {
  await locked(stateDir, writing, (held) => writeHeld(make, { ...writing, held }));
}

/** Does something while holding the lock on a state directory, once what had been interrupted there is seen through, and said to be. */
export async function locked(
  stateDir: string,
  { options, io, meta }: Omit<Writing, "held">,
  work: (held: HeldState) => Promise<void>,
): Promise<void> {
  const { lockTimeout, inPlace = false } = options;
  const lock = { host: thisProcess, timeoutSeconds: lockTimeout, command: meta.command, inPlace };
  await withStateLock(stateDir, lock, async (held, recovered) => {
    if (recovered && !options.quiet) sayRecovered(recovered, io);
    await work(held);
  });
}

async function writeHeld(make: () => Plan, { options, io, meta, held }: Writing): Promise<void> {
  const { saved = false } = meta;
  const setup = meta.setup?.sha256 ?? null;
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
    if (report !== null) return told(() => tell(report, plan, { options, io, meta }));
    if (!whoIsAsked(options, io) && !nothingToWrite(plan)) throw changedMeanwhile();
    shown = plan;
    io.err("The files changed meanwhile.\n");
  }
}

/** Says what has been done; that it cannot be said does not undo it. */
function told(say: () => void): void {
  try {
    say();
  } catch (error) {
    if (!(error instanceof ClawformError)) throw error;
    throw error.advising(`All of it has been written before, and clawform undo takes it back. ${error.hint}`);
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
