/** The second half of every command that writes: show, ask, commit, say so. */

import { apply } from "../index.js";
import type { Plan } from "../types.js";
import { confirmApply, terminalOf } from "./ask.js";
import type { Console } from "./console.js";
import type { WriteOptions } from "./options.js";
import { showPlan } from "./show.js";

/**
 * Shows the plan and, unless it is a dry run, carries it out; asks first on a terminal unless `--yes`. Throws `invalidError`
 * for a plan with errors, `busyError` when a file changed meanwhile or its lock stays taken, `writeError` when it cannot be
 * written.
 */
export async function writePlan(plan: Plan, options: WriteOptions, io: Console): Promise<void> {
  const pending = plan.changes.length > 0 && !options.dryRun;
  const machine = options.json || options.format === "json-patch";
  if (!pending) return showPlan(plan, options, io);
  if (!machine) showPlan(plan, options, io);
  const terminal = options.yes ? null : terminalOf(options, io);
  if (terminal && !(await confirmApply(terminal, plan.changes.length))) {
    io.err("Nothing was written.\n");
    return;
  }
  const { files } = await apply(plan, { lockTimeout: options.lockTimeout });
  if (machine) showPlan(plan, options, io, true);
  else if (!options.quiet) io.out(`Applied: wrote ${files.map(({ file }) => file).join(" and ")}.\n`);
}
