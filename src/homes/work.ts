/** One home of many: planned or changed. */

import { carryOut, changedMeanwhile, operationsOf } from "../applying.js";
import { sha256 } from "../hash.js";
import { elapsed, thisProcess, thisUser } from "../host.js";
import type { PlanRequest } from "../planning.js";
import { nothingToWrite, refuseErrors } from "../refuse.js";
import { firstPlan, planner } from "../replanning.js";
import { statusOf } from "../store/exists.js";
import { nodeFiles } from "../store/files.js";
import { homeAround, stateDirectoryAt } from "../store/homes.js";
import { isInterrupted } from "../store/interrupted.js";
import type { Host } from "../store/host.js";
import { refuseManaged } from "../store/managed.js";
import type { Recovery } from "../store/recover.js";
import { withStateLock } from "../store/state-lock.js";
import { stopwatch, untimed } from "../timings.js";
import type { Plan, Problem, Sha256 } from "../types.js";
import { version } from "../version.js";
import { openWorkspace, type Surroundings, type Workspace } from "../workspace.js";
import { done, failed, type HomeResult, type Telling } from "./result.js";

/** What is to be done with every home. Plain data: threads get a copy. */
export interface HomesWork {
  readonly request: PlanRequest;
  /** Fingerprint of the setup's text. */
  readonly setup: Sha256 | null;
  readonly surroundings: Pick<Surroundings, "env" | "cwd" | "osHome">;
  readonly store: "auto" | "file";
  /** Null: only plan. */
  readonly write: HomesWrite | null;
  /** Make the document that `--json` prints. */
  readonly document: boolean;
  readonly showSecrets: boolean;
  /** Tell what took how long. */
  readonly timings: boolean;
}

/** How to write, as the options of the same names say. */
export interface HomesWrite {
  /** Seconds. */
  readonly lockTimeout: number;
  readonly keep: number;
  readonly inPlace: boolean;
  readonly force: boolean;
}

/** A home, and the fingerprint of what somebody was shown that would be done there; null: nobody was. */
export interface HomeTask {
  readonly home: string;
  readonly shown: Sha256 | null;
}

/**
 * Works on one home. Never rejects: whatever goes wrong is that home's result. Null when it was stopped, while it waited for
 * somebody's lock and nothing had been begun.
 */
export async function workOn(
  task: HomeTask,
  work: HomesWork,
  isStopped: () => boolean = () => false,
): Promise<HomeResult | null> {
  const watch = work.timings ? stopwatch(elapsed) : null;
  const timed = watch?.timed ?? untimed;
  const result = await attempt(task, { ...work, timed, isStopped }).catch((error: unknown) =>
    error === stopped ? null : failed(task.home, error, work),
  );
  return watch === null || result === null ? result : { ...result, timings: watch.timings() };
}

interface Run extends HomesWork, Telling {
  readonly isStopped: () => boolean;
}

/** Thrown where a home waits that is not to be begun any more. */
const stopped = new Error("stopped");

/** This process, waiting no longer than it may go on. */
function hostUntil(isStopped: () => boolean): Host {
  return {
    ...thisProcess,
    wait: async (milliseconds) => {
      const end = elapsed() + milliseconds;
      for (let left = milliseconds; left > 0; left = end - elapsed()) {
        if (isStopped()) throw stopped;
        await thisProcess.wait(Math.min(left, glance));
      }
    },
  };
}

/** How often who waits looks whether it may, in milliseconds. */
const glance = 50;

async function attempt({ home, shown }: HomeTask, run: Run): Promise<HomeResult> {
  const { write, timed } = run;
  const stateDir = stateDirectoryAt(home);
  const { make, wasInterrupted } = planFor(stateDir, run);
  const sound = (): Plan => {
    const made = make();
    refuseErrors(made);
    return made;
  };
  const plan = firstPlan(sound, () => write !== null && isInterrupted(stateDir, nodeFiles));
  if (plan !== null) {
    if (write === null) {
      const result = done(home, plan, run, nothingToWrite(plan) ? "unchanged" : "planned");
      return { ...result, unfinished: wasInterrupted() };
    }
    if (nothingToWrite(plan) && !wasInterrupted()) return done(home, plan, run, "unchanged");
  }
  return timed("commit", () => change({ home, shown }, { stateDir, make, write: write as HomesWrite, run }));
}

/** How to plan a home, and whether an apply was under way or interrupted there at the last plan. */
interface Planning {
  readonly make: () => Plan;
  readonly wasInterrupted: () => boolean;
}

function planFor(stateDir: string, { request, store, surroundings, timed }: Run): Planning {
  const home = homeAround(stateDir);
  const around: Surroundings = { ...(home === null ? surroundings : inHome(home, surroundings)), timed, readInput };
  const options = { stateDir, store, foreign: () => home === null && isOfAnother(stateDir) };
  let seen: Workspace | undefined;
  const make = planner(request, (read) => (seen = openWorkspace(options, around, read)));
  return { make: () => timed("plan", make), wasInterrupted: () => seen?.interrupted ?? false };
}

/** What a user has around an OpenClaw of their own: `~` is not the home of whoever sets up all of them. */
function inHome(home: string, { env, cwd }: HomesWork["surroundings"]): HomesWork["surroundings"] {
  return { env: { ...env, HOME: home, USERPROFILE: home, OPENCLAW_HOME: undefined }, osHome: home, cwd };
}

/** Keys are read before the homes are gone through. */
const readInput = (): string => "";

function isOfAnother(stateDir: string): boolean {
  const owner = statusOf(stateDir, nodeFiles)?.uid;
  return owner !== undefined && thisUser !== null && owner !== thisUser;
}

interface Place {
  readonly stateDir: string;
  readonly make: () => Plan;
  readonly write: HomesWrite;
  readonly run: Run;
}

function change({ home, shown }: HomeTask, { stateDir, make, write, run }: Place): Promise<HomeResult> {
  const { lockTimeout: timeoutSeconds, inPlace, force, keep } = write;
  const lock = { host: hostUntil(run.isStopped), timeoutSeconds, command: "apply", inPlace };
  return withStateLock(stateDir, lock, async (held, recovered) => {
    const plan = make();
    refuseErrors(plan);
    const before = recoveredProblems(recovered);
    if (nothingToWrite(plan)) return done(home, plan, run, "unchanged", before);
    if (shown !== null && sha256(operationsOf(plan)) !== shown) throw changedMeanwhile();
    refuseManaged(plan.changes, run.surroundings.env, force);
    const carried = await carryOut(held, plan, make, { version, setup: run.setup, keep });
    if (carried.report === null) throw changedMeanwhile();
    return done(home, carried.plan, run, "applied", [...before, ...carried.report.problems]);
  });
}

function recoveredProblems(recovered: Recovery | null): Problem[] {
  if (recovered === null) return [];
  const did = recovered.did === "finished" ? "was finished first" : "was taken back first";
  const message = `an apply that had been interrupted ${did}`;
  return [{ code: "recovered", severity: "info", file: "", pointer: "", message, hint: "" }];
}
