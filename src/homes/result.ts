/** What came of one home, as a value that can go from thread to thread. */

import { operationsOf } from "../applying.js";
import { ClawformError, exitCodes, failedError } from "../errors.js";
import { sha256 } from "../hash.js";
import { failureJson, planJson } from "../render/json.js";
import { failureLine, howToSee } from "../render/problems.js";
import { summary } from "../render/summary.js";
import type { Timed, Timings } from "../timings.js";
import type { JsonObject, Plan, Problem, Sha256 } from "../types.js";

/** What came of one home. Holds no secret, unless they may be shown. */
export interface HomeResult {
  /** As it was named. */
  readonly home: string;
  readonly outcome: "applied" | "planned" | "unchanged" | "failed";
  /** What the command would have exited with for this home alone. */
  readonly exitCode: number;
  /** What is done in words, or what was wrong first. */
  readonly note: string;
  /** How many warnings there are. */
  readonly warnings: number;
  /** Fingerprint of the operations of a plan that was not carried out. */
  readonly operations: Sha256 | null;
  readonly document: JsonObject | null;
  /** With `--timings`. */
  readonly timings: Timings | null;
  /** An apply was interrupted there, or is under way: whoever writes has that to do, even where it changes nothing. */
  readonly unfinished: boolean;
  /** Of a fault of clawform's own: where it happened, in the built files. */
  readonly stack: string | null;
}

/** How results are told. */
export interface Telling {
  /** Make the document that `--json` prints. */
  readonly document: boolean;
  readonly showSecrets: boolean;
  readonly timed: Timed;
}

/** A home that came to its end. `more`: what there is to say beside the plan. */
export function done(
  home: string,
  made: Plan,
  { document, showSecrets, timed }: Telling,
  outcome: "applied" | "planned" | "unchanged",
  more: readonly Problem[] = [],
): HomeResult {
  const plan = more.length === 0 ? made : { ...made, problems: [...made.problems, ...more] };
  return {
    home,
    outcome,
    exitCode: exitCodes.done,
    note: outcome === "unchanged" ? "" : summary(plan, false),
    warnings: plan.problems.filter(({ severity }) => severity === "warning").length,
    operations: outcome === "planned" ? sha256(operationsOf(plan)) : null,
    document: document ? timed("render", () => planJson(plan, { applied: outcome === "applied", showSecrets })) : null,
    timings: null,
    unfinished: false,
    stack: null,
  };
}

/** A home that failed: the first thing that was wrong, with its place. */
export function failed(home: string, thrown: unknown, { document }: Pick<Telling, "document">): HomeResult {
  const isTold = thrown instanceof ClawformError;
  const error = isTold ? thrown : failedError("internal", "clawform failed inside itself", { hint: howToSee });
  return {
    home,
    outcome: "failed",
    exitCode: error.exitCode,
    note: failureLine(error),
    warnings: 0,
    operations: null,
    document: document ? failureJson(error) : null,
    timings: null,
    unfinished: false,
    stack: isTold ? null : ((thrown instanceof Error ? thrown.stack : undefined) ?? String(thrown)),
  };
}
