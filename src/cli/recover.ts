/** `clawform recover`: finishes or takes back an apply that was interrupted. */

import { Option } from "commander";
import { thisProcess } from "../host.js";
import { nodeFiles } from "../store/files.js";
import { nameOf } from "../store/owner.js";
import type { Recovery } from "../store/recover.js";
import { unfinishedApply } from "../store/recover-words.js";
import { stateFiles } from "../store/state-dir.js";
import { withStateLock } from "../store/state-lock.js";
import { findState } from "../workspace.js";
import type { Console } from "./console.js";
import type { Register } from "./index.js";
import { lockTimeoutOption, placeOptions, type PlaceOptions, printOptions, type PrintOptions } from "./options.js";
import { printJson } from "./show.js";

interface Options extends PlaceOptions, PrintOptions {
  dryRun?: boolean;
  abandon?: boolean;
  lockTimeout: number;
}

/** Adds the command. */
export const register: Register = (program, io) => {
  lockTimeoutOption(printOptions(placeOptions(program.command("recover"))))
    .summary("finish or take back an apply that was interrupted")
    .description(
      "After a kill or a power failure in the middle of an apply: puts the rest of it in place, or the old files back. Every command that writes does so too, before anything else. What another program wrote since is never overwritten.",
    )
    .option("--dry-run", "say what would be done, write nothing")
    .addOption(
      new Option("--abandon", "leave every file as it stands now and forget the interrupted apply").conflicts("dryRun"),
    )
    .addHelpText("after", "\nExamples:\n  $ clawform recover\n  $ clawform recover --dry-run --json")
    .action((options: Options) => recoverState(options, io));
};

async function recoverState(options: Options, io: Console): Promise<void> {
  const { stateDir } = findState(options, io);
  if (options.dryRun) return tellFound(stateDir, options, io);
  const recovered = isThere(stateFiles(stateDir).directory) ? await recoverLocked(stateDir, options) : null;
  const files = recovered?.journal.files.map(({ file, path }) => ({ file, path })) ?? [];
  if (options.json) return printJson({ format: 1, did: recovered?.did ?? "nothing", files, problems: [] }, io);
  if (options.quiet) return;
  io.out(recovered === null ? "Nothing to recover.\n" : sentence(recovered));
}

function tellFound(stateDir: string, options: Options, io: Console): void {
  const problem = unfinishedApply(stateDir, thisProcess);
  const problems = problem === null ? [] : [problem];
  if (options.json) return printJson({ format: 1, did: "nothing", files: [], problems }, io);
  io.out(problem === null ? "Nothing to recover.\n" : `${problem.message}.\n`);
}

function recoverLocked(stateDir: string, { lockTimeout, abandon }: Options): Promise<Recovery | null> {
  const unfinished = abandon ? "abandon" : "recover";
  const lock = { host: thisProcess, timeoutSeconds: lockTimeout, command: "recover", unfinished } as const;
  return withStateLock(stateDir, lock, async (_held, recovered) => recovered);
}

function isThere(path: string): boolean {
  try {
    return nodeFiles.stat(path).kind === "directory";
  } catch {
    return false;
  }
}

/** Says on standard error, in one line, that an interrupted apply was seen through. */
export function sayRecovered(recovered: Recovery, io: Console): void {
  io.err(sentence(recovered));
}

const words = {
  finished: "Finished an apply that had been interrupted",
  "taken-back": "Took back an apply that had been interrupted",
  abandoned: "Left every file as it is and forgot an apply that had been interrupted",
} as const;

function sentence({ did, journal: { owner, files } }: Recovery): string {
  const which = files.length === 0 ? "it had not begun" : files.map(({ file }) => file).join(" and ");
  const who = owner.pid === 0 ? "" : ` (${nameOf(owner)}, ${owner.since})`;
  return `${words[did]}${who}: ${which}.\n`;
}
