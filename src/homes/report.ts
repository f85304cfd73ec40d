/** The report of a run over many homes: JSON lines, and what a later run goes on from. */

import { invalidError } from "../errors.js";
import { isObject } from "../json.js";
import type { Json, JsonObject, Sha256 } from "../types.js";
import type { HomeResult } from "./result.js";

/** What may come of a home in a run. `skipped`: done according to the report that was continued. */
export type HomeOutcome = HomeResult["outcome"] | "skipped";

/** How many homes there were, and how many came out how. `left`: not begun, since the run was stopped. */
export type Totals = { readonly [count in "homes" | HomeOutcome | "left"]: number };

/** A home's line. `setup`: fingerprint of the setup's text. */
export function homeLine({ home, outcome, exitCode, document }: HomeResult, setup: Sha256 | null): JsonObject {
  return { format: 1, home, outcome, exitCode, setup, ...document };
}

/** The line of a home that is left out: a run after this one can be continued in its turn. */
export function skippedLine(home: string, setup: Sha256 | null): JsonObject {
  const nothing = { changed: false, applied: false, files: [], problems: [] };
  return { format: 1, home, outcome: "skipped", exitCode: 0, setup, ...nothing };
}

/** The last line. */
export function totalsLine(totals: Totals): JsonObject {
  return { format: 1, totals: { ...totals } };
}

const done: ReadonlySet<Json | undefined> = new Set<HomeOutcome>(["applied", "unchanged", "skipped"]);

/**
 * The homes that are done according to a report: applied, in place already, or left out for that reason. A last line that is
 * torn, as a kill leaves it, does not count. Throws `invalidError` (exit 65) for a text that is no report, and for the report
 * of another setup.
 */
export function doneHomes(lines: Iterable<string>, setup: Sha256, file: string): Set<string> {
  const homes = new Set<string>();
  let number = 0;
  let torn: Place | null = null;
  for (const line of lines) {
    if (torn !== null) throw notAReport(torn);
    number += 1;
    const value = parsed(line);
    const place = { file, position: { line: number, column: 1 } };
    if (value === undefined && (number > 1 || isBegun(line))) torn = place;
    else if (!isObject(value) || value["format"] !== 1) throw notAReport(place);
    else note(value, homes, setup, place);
  }
  return homes;
}

function note({ home, outcome, setup: of }: JsonObject, homes: Set<string>, setup: Sha256, place: Place): void {
  if (typeof home !== "string") return;
  if (of !== setup) throw otherSetup(place);
  if (done.has(outcome)) homes.add(home);
  else homes.delete(home);
}

/** A report of which only a part of its first line was written. */
function isBegun(line: string): boolean {
  const beginning = '{"format":1,';
  return line.startsWith(beginning) || beginning.startsWith(line);
}

function parsed(line: string): Json | undefined {
  try {
    return JSON.parse(line) as Json;
  } catch {
    return undefined;
  }
}

interface Place {
  readonly file: string;
  readonly position: { readonly line: number; readonly column: number };
}

function notAReport(place: Place): Error {
  return invalidError("not-a-report", "this is not the report of a run over many homes", {
    ...place,
    hint: "Give what clawform apply --homes … --json printed.",
  });
}

function otherSetup(place: Place): Error {
  return invalidError("other-setup", "this report is of another setup: what it calls done may not be done by now", {
    ...place,
    hint: "Run without --continue-from: homes that are in place already are left alone.",
  });
}
