/** A plan -> standard output, in the form the options ask for; problems that stop it -> a failure. */

import { usageError } from "../errors.js";
import { refuseErrors } from "../refuse.js";
import { patchJson, planJson } from "../render/json.js";
import { renderPlan } from "../render/plan.js";
import { untimed } from "../timings.js";
import type { Plan } from "../types.js";
import type { Console } from "./console.js";
import { type ShowOptions, wantsColor } from "./options.js";
import { printJson } from "./print.js";

/** Prints a plan. Throws `invalidError` with all problems when one of them is an error. */
export function showPlan(plan: Plan, options: ShowOptions, io: Console, applied = false): void {
  refuseErrors(plan);
  const showSecrets = options.showSecrets ?? false;
  const { timed = untimed, stopwatch } = io;
  if (options.json) {
    const shown = timed("render", () => planJson(plan, { applied, showSecrets }));
    return printJson(stopwatch ? { ...shown, timings: stopwatch.timings() } : shown, io);
  }
  timed("render", () => {
    if (options.format === "json-patch")
      return printJson(patchJson(plan, patchedFile(plan, options), { showSecrets }), io);
    const color = wantsColor(options.color, io.outIsTerminal, io);
    io.out(renderPlan(plan, { color, width: io.width, showSecrets, applied, quiet: options.quiet ?? false }));
  });
}

/** The label of the file whose bare patch is asked for. Throws a usage error when several would change and none is named. */
export function patchedFile({ changes }: Plan, { file }: Pick<ShowOptions, "file">): string {
  const [first, ...others] = changes;
  if (file !== undefined) return file;
  if (others.length > 0) {
    throw usageError("which-file", "a JSON Patch is for one file, and several would change", {
      hint: `Name one: ${changes.map(({ file }) => `--file ${file}`).join(" or ")}.`,
    });
  }
  return first?.file ?? "openclaw.json";
}
