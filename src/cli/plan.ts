/** `clawform plan`: what would change. Writes nothing but the plan itself, with `--out`. */

import { resolve } from "node:path";
import { exitCodes, usageError } from "../errors.js";
import { refuseErrors } from "../refuse.js";
import { untimed } from "../timings.js";
import { findState } from "../workspace.js";
import type { Console } from "./console.js";
import type { Register } from "./index.js";
import { hasHomes, type HomesOptions, homesOptions, planOptions, type PlanCommandOptions } from "./options.js";
import { defaultSetup, requestedPlan } from "./request.js";
import { showPlan } from "./show.js";

interface Options extends PlanCommandOptions, HomesOptions {
  out?: string;
  detailedExitcode?: boolean;
}

/** Adds the command. */
export const register: Register = (program, io) => {
  homesOptions(planOptions(program.command("plan")))
    .summary("show what a setup would change; write nothing")
    .description("Shows what a setup would change, as a diff of the text that would be written. Writes nothing, ever.")
    .argument("[setup]", "setup file or saved plan, - for standard input (default: clawform.json5)")
    .option("--out <file>", "save the plan for a later apply (mode 0600: it holds keys)")
    .option("--detailed-exitcode", "exit 2 when there are changes")
    .addHelpText(
      "after",
      "\nExamples:\n  $ clawform plan\n  $ clawform plan team.json5 --out team.plan\n  $ clawform plan --format json-patch --file openclaw.json\n  $ clawform plan - < setup.json5\n  $ clawform plan --homes '/home/*/.openclaw'",
    )
    .action(async (setup: string | undefined, options: Options) => {
      if (hasHomes(options)) return planHomes(setup, options, io);
      const plan = (io.timed ?? untimed)("plan", requestedPlan(setup, options, io).make);
      refuseErrors(plan);
      if (options.out !== undefined) {
        const { savePlanFile } = await import("../store/plan-file.js");
        const { configPath } = findState(options, io);
        const inputs = [resolve(io.cwd, setup ?? defaultSetup), configPath, ...plan.changes.map(({ path }) => path)];
        savePlanFile(resolve(io.cwd, options.out), plan, inputs);
      }
      showPlan(plan, options, io);
      if (options.out !== undefined)
        io.err(
          `Saved to ${options.out} (mode 0600: it holds the keys it writes). Apply it with: clawform apply ${options.out}\n`,
        );
      if (options.detailedExitcode && plan.changes.length > 0) io.exitCode = exitCodes.changes;
    });
};

async function planHomes(setup: string | undefined, options: Options, io: Console): Promise<void> {
  if (options.out !== undefined) throw usageError("one-home", "--out is for one home and does not go with --homes");
  const { runHomes } = await import("./homes.js");
  await runHomes(setup, options, null, io);
}
