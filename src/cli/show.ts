/** A plan -> standard output, in the form the options ask for; problems that stop it -> a failure. */

import { usageError } from "../errors.js";
import { refuseErrors } from "../refuse.js";
import { patchJson, planJson } from "../render/json.js";
import { renderPlan } from "../render/plan.js";
import type { Plan } from "../types.js";
import type { Console } from "./console.js";
import { type ShowOptions, wantsColor } from "./options.js";

/** Prints a plan. Throws `invalidError` with all problems when one of them is an error. */
export function showPlan(plan: Plan, options: ShowOptions, io: Console, applied = false): void {
  refuseErrors(plan);
  const showSecrets = options.showSecrets ?? false;
  if (options.json) return printJson(planJson(plan, { applied, showSecrets }), io);
  if (options.format === "json-patch")
    return printJson(patchJson(plan, options.file ?? onlyFile(plan), { showSecrets }), io);
  io.out(
    renderPlan(plan, {
      color: wantsColor(options.color, io.outIsTerminal, io),
      width: io.width,
      showSecrets,
      applied,
      quiet: options.quiet ?? false,
    }),
  );
}

/** Prints one JSON document. */
export function printJson(value: unknown, io: Console): void {
  io.out(`${JSON.stringify(value, null, 2)}\n`);
}

function onlyFile({ changes }: Plan): string {
  const [first, ...others] = changes;
  if (others.length > 0) {
    throw usageError("which-file", "a JSON Patch is for one file, and several would change", {
      hint: `Name one: ${changes.map(({ file }) => `--file ${file}`).join(" or ")}.`,
    });
  }
  return first?.file ?? "openclaw.json";
}
