/** What a run over many homes prints: a line each as they are done, how far it is, and what it came to. */

import { exitCodes } from "../errors.js";
import { homeLine, type HomeOutcome, skippedLine, type Totals, totalsLine } from "../homes/report.js";
import type { HomeResult } from "../homes/result.js";
import type { HomeTask } from "../homes/work.js";
import { renderHome, renderTotals } from "../render/homes.js";
import type { JsonObject, Sha256 } from "../types.js";
import type { Console } from "./console.js";
import { type HomesRun, wantsColor } from "./options.js";
import { printLine } from "./print.js";
import { type StatusLine, statusLine } from "./status-line.js";

/** Prints a run. */
export interface HomesOutput {
  /** So many homes are gone through now; those that were only planned before are not counted any more. */
  readonly begin: (homes: number) => void;
  readonly tell: (result: HomeResult) => void;
  /** They have been. */
  readonly pause: () => void;
  /** It is to come to an end: no further home is begun. */
  readonly stopping: () => void;
  /** A home that is left out. */
  readonly skipped: (home: string) => void;
  /** The homes that would change, with the fingerprint of what was shown. */
  readonly planned: () => readonly HomeTask[];
  /** The homes that would not change, where an apply was interrupted. */
  readonly unfinished: () => readonly HomeTask[];
  /** Of the homes where clawform failed inside itself. */
  readonly stacks: () => readonly { readonly home: string; readonly stack: string }[];
  /** What has been done so far, in words. */
  readonly done: () => string;
  /** The summary and the exit code. `signal`: the exit code of the signal that stopped the run. */
  readonly conclude: (signal: number | null) => void;
}

/** What a run is about. */
interface Extent {
  readonly setup: Sha256;
  /** How many there are. */
  readonly homes: number;
}

/** The output of one run, as the options ask for it. */
export function homesOutput(options: HomesRun, { setup, homes }: Extent, io: Console): HomesOutput {
  const counts = { applied: 0, planned: 0, unchanged: 0, failed: 0, skipped: 0 };
  let planned: HomeTask[] = [];
  let unfinished: HomeTask[] = [];
  let [seen, expected] = [0, 0];
  let status: StatusLine | null = null;
  const color = wantsColor(options.color, io.outIsTerminal, io);
  const stacks: { home: string; stack: string }[] = [];
  const line = (value: JsonObject): void => printLine(value, io);
  const beside = (print: () => void): void => (status === null ? print() : status.beside(print));
  const count = (outcome: HomeOutcome): void => {
    counts[outcome] += 1;
  };
  const totals = (): Totals => {
    const { applied, unchanged, failed, skipped } = counts;
    return { homes, ...counts, left: homes - applied - counts.planned - unchanged - failed - skipped };
  };
  return {
    begin: (number) => {
      [seen, expected] = [0, number];
      counts.planned -= planned.length;
      counts.unchanged -= unfinished.length;
      planned = [];
      unfinished = [];
      status = statusLine(() => `${seen} of ${expected} homes, ${counts.failed} failed`, !options.quiet, io);
    },
    pause: () => {
      status?.end();
      status = null;
    },
    stopping: () => {
      status?.end();
      if (!options.quiet) io.err("Stopping: what has been begun is finished first.\n");
    },
    tell: (result) => {
      const { home, outcome, operations, timings, stack } = result;
      if (stack !== null) stacks.push({ home, stack });
      if (timings !== null) io.stopwatch?.add(timings);
      seen += 1;
      count(outcome);
      if (outcome === "planned") planned.push({ home, shown: operations });
      else if (result.unfinished) unfinished.push({ home, shown: null });
      beside(() => {
        if (options.json) line(homeLine(result, setup));
        else if (!options.quiet || outcome === "failed") io.out(renderHome(result, color));
      });
    },
    skipped: (home) => {
      count("skipped");
      if (options.json) line(skippedLine(home, setup));
    },
    planned: () => planned,
    unfinished: () => unfinished,
    stacks: () => stacks,
    done: () => renderTotals(totals()).trimEnd().replace(/\.$/, ""),
    conclude: (signal) => {
      const timings = io.stopwatch?.timings();
      if (options.json) line({ ...totalsLine(totals()), ...(timings ? { timings: { ...timings } } : {}) });
      else io.out(renderTotals(totals()));
      if (signal !== null) io.exitCode = signal;
      else if (counts.failed > 0) io.exitCode = exitCodes.failed;
      else if (options.detailedExitcode && counts.planned > 0) io.exitCode = exitCodes.changes;
    },
  };
}
