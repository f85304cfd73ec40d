/** `clawform apply`: carries a setup or a saved plan out. */

import type { Register } from "./index.js";
import { hasHomes, type HomesOptions, homesOptions, type WriteOptions, writeOptions } from "./options.js";
import { requestedPlan } from "./request.js";
import { writePlan } from "./write.js";

/** Adds the command. */
export const register: Register = (program, io) => {
  homesOptions(writeOptions(program.command("apply")))
    .summary("carry out a setup or a saved plan")
    .description(
      "Shows what a setup would change and writes it: credentials first, then openclaw.json, all of it or nothing. Files that change meanwhile are planned again; a saved plan whose files changed since is refused.",
    )
    .argument("[setup]", "setup file or saved plan, - for standard input (default: clawform.json5)")
    .addHelpText(
      "after",
      "\nExamples:\n  $ clawform apply\n  $ clawform apply team.plan --yes\n  $ clawform apply --dry-run --json\n  $ cat setup.json5 | clawform apply - --yes\n  $ clawform apply --homes '/home/*/.openclaw' --yes --json > report.jsonl\n  $ clawform apply --homes '/home/*/.openclaw' --yes --continue-from report.jsonl",
    )
    .action(async (argument: string | undefined, options: WriteOptions & HomesOptions) => {
      if (hasHomes(options)) {
        const { runHomes } = await import("./homes.js");
        return runHomes(argument, options, options.dryRun ? null : options, io);
      }
      const { make, saved, setup } = requestedPlan(argument, options, io);
      return writePlan(make, options, io, { command: "apply", saved, setup });
    });
};
