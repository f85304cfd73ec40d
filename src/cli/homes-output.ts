/** What a run over many homes prints: a line each as they are done, how far it is, and what it came to. */

import { exitCodes } from "../errors.js";
import { homeLine, type HomeOutcome, skippedLine, type Totals, totalsLine } from "../homes/report.js";
import type { HomeResult, HomeTask } from "../homes/work.js";
import { renderHome, renderTotals } from "../render/homes.js";
import { escapeUnsafe } from "../render/visible.js";
import type { JsonObject, Sha256 } from "../types.js";
import type { Console } from "./console.js";
import { type HomesRun, wantsColor } from "./options.js";
import { type StatusLine, statusLine } from "./status-line.js";

/** Prints a run. */
export interface HomesOutput {
  /** So many homes are gone through now; those that were only planned before are not counted any more. */
  readonly begin: (homes: number) => void;
  readonly tell: (result: HomeResult) => void;
  /** They have been. */
  readonly pause: () => void;
  /** A home that is left out. */
  readonly skipped: (home: string) => void;
  /** The homes that would change, with the fingerprint of what was shown. */
  readonly planned: () => readonly HomeTask[];
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
  let [seen, expected] = [0, 0];
  let status: StatusLine | null = null;
  const color = wantsColor(options.color, io.outIsTerminal, io);
  const line = (value: JsonObject): void => io.out(`${escapeUnsafe(JSON.stringify(value))}\n`);
  const count = (outcome: HomeOutcome): void => {
    counts[outcome] += 1;
  };
  return {
    begin: (number) => {
      [seen, expected] = [0, number];
      planned = [];
      counts.planned = 0;
      status = statusLine(() => `${seen} of ${expected} homes, ${counts.failed} failed`, !options.quiet, io);
    },
    pause: () => status?.end(),
    tell: (result) => {
      const { home, outcome, operations, timings } = result;
      if (timings !== null) io.stopwatch?.add(timings);
      seen += 1;
      count(outcome);
      if (outcome === "planned") planned.push({ home, shown: operations });
      status?.hide();
      if (options.json) line(homeLine(result, setup));
      else if (!options.quiet || outcome === "failed") io.out(renderHome(result, color));
    },
    skipped: (home) => {
      count("skipped");
      if (options.json) line(skippedLine(home, setup));
    },
    planned: () => planned,
    conclude: (signal) => {
      const { applied, unchanged, failed, skipped } = counts;
      const left = homes - applied - counts.planned - unchanged - failed - skipped;
      const totals: Totals = { homes, ...counts, left };
      const timings = io.stopwatch?.timings();
      if (options.json) line({ ...totalsLine(totals), ...(timings ? { timings: { ...timings } } : {}) });
      else io.out(renderTotals(totals));
      if (signal !== null) io.exitCode = signal;
      else if (failed > 0) io.exitCode = exitCodes.failed;
      else if (options.detailedExitcode && counts.planned > 0) io.exitCode = exitCodes.changes;
    },
  };
}
