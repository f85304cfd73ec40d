/** `clawform status`: whether the last apply still stands. */

import { fileStatus, type FileStatus, stands, statusProblem } from "../core/status.js";
import { ClawformError, exitCodes } from "../errors.js";
import { thisProcess } from "../host.js";
import { renderProblems } from "../render/problems.js";
import { type HistoryItem, readEntry } from "../store/history.js";
import { readSource } from "../store/read.js";
import { unfinishedApply } from "../store/recover-words.js";
import { stateFiles } from "../store/state-dir.js";
import type { Change, HistoryEntry, Problem } from "../types.js";
import { findState } from "../workspace.js";
import type { Console } from "./console.js";
import type { Register } from "./index.js";
import { placeOptions, type PlaceOptions, printOptions, type PrintOptions, wantsColor } from "./options.js";
import { printJson } from "./print.js";

type Options = PlaceOptions & PrintOptions;

/** Adds the command. */
export const register: Register = (program, io) => {
  printOptions(placeOptions(program.command("status")))
    .summary("whether the last apply still stands")
    .description(
      "Says whether the files still hold what the last apply wrote, and if not, what is missing and why that may be. Exit 0 when all of it stands, 1 when it does not. Writes nothing.",
    )
    .addHelpText("after", "\nExamples:\n  $ clawform status\n  $ clawform status --json")
    .action((options: Options) => report(options, io));
};

/** A file that cannot be read has no state. */
interface Seen {
  readonly change: Change;
  readonly status: FileStatus | null;
  readonly problem: Problem | null;
}

function report(options: Options, io: Console): void {
  const { stateDir } = findState(options, io);
  const item = readEntry(stateFiles(stateDir).history, null);
  const unfinished = unfinishedApply(stateDir, thisProcess);
  const seen = item?.entry?.changes.map((change) => look(change, item.entry as HistoryEntry)) ?? [];
  const problems = [unfinished, item?.problem ?? null, ...seen.map(({ problem }) => problem)].filter(
    (problem) => problem !== null,
  );
  if (problems.length > 0) io.exitCode = exitCodes.failed;
  if (options.json) return printJson(jsonOf(item, seen, problems), io);
  io.err(renderProblems(problems, { color: wantsColor(options.color, io.errIsTerminal, io), width: io.width }));
  if (!options.quiet) io.out(textOf(item, seen, problems));
}

function look(change: Change, entry: HistoryEntry): Seen {
  const { path, file, document } = change;
  try {
    const status = fileStatus(change, readSource(path, file, document));
    return { change, status, problem: statusProblem(status, entry) };
  } catch (error) {
    if (!(error instanceof ClawformError)) throw error;
    return { change, status: null, problem: { ...error.asProblem(), file } };
  }
}

function jsonOf(item: HistoryItem | null, seen: readonly Seen[], problems: readonly Problem[]): object {
  const entry = item?.entry ?? null;
  return {
    format: 1,
    stands: problems.length === 0,
    last: entry && { number: entry.number, time: entry.time, command: entry.command, undoes: entry.undoes },
    files: seen.map(({ change: { file, path }, status }) => ({
      file,
      path,
      state: status?.state ?? "unreadable",
      reverted: status?.reverted ?? [],
      replaced: status?.replaced ?? [],
    })),
    problems,
  };
}

const words = {
  unchanged: "as it was left",
  edited: "changed since; all that was written is still there",
  overwritten: "changed since; some of what was written is gone",
  reverted: "as it was before",
  missing: "gone",
} as const;

function textOf(item: HistoryItem | null, seen: readonly Seen[], problems: readonly Problem[]): string {
  if (item === null) return "No apply is recorded.\n";
  const { entry, number } = item;
  if (entry === null) return `Apply ${number} cannot be read.\n`;
  const what = entry.undoes === null ? entry.command : `undo of ${entry.undoes}`;
  const all = seen.every(({ status }) => status !== null && stands(status));
  const verdict = !all ? "does not stand any more" : problems.length > 0 ? "stands, but see above" : "stands";
  const width = Math.max(...seen.map(({ change }) => change.file.length));
  const lines = seen.map(
    ({ change, status }) =>
      `  ${change.file.padEnd(width)}  ${status === null ? "cannot be read" : words[status.state]}`,
  );
  return `Apply ${number} (${what}, ${entry.time}) ${verdict}.\n${lines.map((line) => `${line}\n`).join("")}`;
}
