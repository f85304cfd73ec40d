/** `clawform undo`: takes an apply back. */

import { InvalidArgumentError } from "commander";
import { undoPlan } from "../undoing.js";
import { findState } from "../workspace.js";
import type { Register } from "./index.js";
import { type WriteOptions, writeOptions } from "./options.js";
import { writePlan } from "./write.js";

/** Adds the command. */
export const register: Register = (program, io) => {
  writeOptions(program.command("undo"))
    .summary("take an apply back")
    .description(
      "Takes the last apply back that is not undone yet, or the one with a number from clawform history. A file that is as the apply left it gets its old bytes; in one that others have changed since, what the apply wrote is taken out and the rest stays. Where they changed the very same values, these are listed and nothing is written (exit 1). An undo is an apply itself: clawform undo N, with its number, takes it back.",
    )
    .argument(
      "[number]",
      "which apply, as clawform history numbers them (default: the last one not undone)",
      entryNumber,
    )
    .addHelpText("after", "\nExamples:\n  $ clawform undo --dry-run\n  $ clawform undo\n  $ clawform undo 12 --yes")
    .action((number: number | undefined, options: WriteOptions) => {
      const { stateDir, configPath } = findState(options, io);
      const request = { stateDir, configPath, number, reformat: options.reformat };
      return writePlan(() => undoPlan(request, io), options, io, { command: "undo" });
    });
};

/** The number of an apply on the command line. */
export function entryNumber(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError("The number of an apply is expected.");
  return Number(text);
}
