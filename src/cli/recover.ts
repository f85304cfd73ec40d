/** `clawform recover`: finishes or takes back an apply that was interrupted. */

import { Option } from "commander";
import { thisProcess } from "../host.js";
import { isDirectory } from "../store/exists.js";
import { nodeFiles } from "../store/files.js";
import { leftovers, removeLeftovers } from "../store/leftovers.js";
import { nameOf } from "../store/owner.js";
import type { Recovery } from "../store/recover.js";
import { unfinishedApply } from "../store/recover-words.js";
import { stateFiles } from "../store/state-dir.js";
import { withStateLock } from "../store/state-lock.js";
import { findState } from "../workspace.js";
import type { Console } from "./console.js";
import type { Register } from "./index.js";
import { lockTimeoutOption, placeOptions, type PlaceOptions, printOptions, type PrintOptions } from "./options.js";
import { printJson } from "./print.js";

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
  const { stateDir, configPath } = findState(options, io);
  const place = { stateDir, configPath, now: thisProcess.now() };
  if (options.dryRun) return tellFound(stateDir, leftovers(place), options, io);
  const recovered = isDirectory(stateFiles(stateDir).directory, nodeFiles)
    ? await recoverLocked(stateDir, options)
    : null;
  const removed = removeLeftovers(place);
  const files = recovered?.journal.files.map(({ file, path }) => ({ file, path })) ?? [];
  if (options.json) return printJson({ format: 1, did: recovered?.did ?? "nothing", files, removed, problems: [] }, io);
  if (options.quiet) return;
  if (removed.length > 0) io.out(`Removed what an older clawform had left: ${removed.join(", ")}.\n`);
  if (recovered !== null) io.out(sentence(recovered));
  else if (removed.length === 0) io.out("Nothing to recover.\n");
}

function tellFound(stateDir: string, left: readonly string[], options: Options, io: Console): void {
  const problem = unfinishedApply(stateDir, thisProcess);
  const problems = problem === null ? [] : [problem];
  if (options.json) return printJson({ format: 1, did: "nothing", files: [], removed: left, problems }, io);
  if (left.length > 0)
    io.out(`An older clawform has left temporary files, they would be removed: ${left.join(", ")}.\n`);
  if (problem !== null) io.out(`${problem.message}.\n`);
  else if (left.length === 0) io.out("Nothing to recover.\n");
}

function recoverLocked(stateDir: string, { lockTimeout, abandon }: Options): Promise<Recovery | null> {
  const unfinished = abandon ? "abandon" : "recover";
  const lock = { host: thisProcess, timeoutSeconds: lockTimeout, command: "recover", unfinished } as const;
  return withStateLock(stateDir, lock, async (_held, recovered) => recovered);
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
