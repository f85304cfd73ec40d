/** `clawform history`: past applies. */

import { Argument } from "commander";
import { undoneBy } from "../core/history-entry.js";
import { createScrubber, planSecrets } from "../core/redact.js";
import { usageError } from "../errors.js";
import { planJson } from "../render/json.js";
import { historyJson, planOfEntry } from "../render/history.js";
import { renderProblems } from "../render/problems.js";
import { renderTable } from "../render/table.js";
import { type HistoryItem, readHistory } from "../store/history.js";
import { stateFiles } from "../store/state-dir.js";
import type { HistoryEntry } from "../types.js";
import { numbered } from "../undoing.js";
import { findState } from "../workspace.js";
import type { Console } from "./console.js";
import type { Register } from "./index.js";
import {
  placeOptions,
  type PlaceOptions,
  type PrintOptions,
  showOptions,
  type ShowOptions,
  wantsColor,
} from "./options.js";
import { printJson } from "./print.js";
import { showPlan } from "./show.js";
import { entryNumber } from "./undo.js";

type Options = PlaceOptions & ShowOptions;

/** Adds the command. */
export const register: Register = (program, io) => {
  showOptions(placeOptions(program.command("history")))
    .summary("past applies, and what each changed")
    .description(
      "Lists what was applied, the newest first; with show and a number, what that apply changed, as plan shows it, its keys masked. 20 applies are kept (--keep of the commands that write), in clawform/history of the state directory, mode 0600: the texts there hold keys.",
    )
    // No command of its own: that would take its options apart from those that stand before it.
    .addArgument(new Argument("[show]", "show one of them").choices(["show"]))
    .argument("[number]", "which one", entryNumber)
    .addHelpText(
      "after",
      "\nExamples:\n  $ clawform history\n  $ clawform history --json\n  $ clawform history show 12\n  $ clawform history show 12 --format json-patch --file openclaw.json",
    )
    .action((one: string | undefined, number: number | undefined, options: Options) => {
      if (one === undefined) return list(options, io);
      if (number === undefined)
        throw usageError("which-entry", "history show wants the number of an apply", {
          hint: "clawform history lists them.",
        });
      return show(number, options, io);
    });
};

function itemsAt(options: PlaceOptions, io: Console): HistoryItem[] {
  return readHistory(stateFiles(findState(options, io).stateDir).history);
}

function list(options: Options, io: Console): void {
  const items = itemsAt(options, io);
  const entries = items.flatMap(({ entry }) => entry ?? []);
  const problems = items.flatMap(({ problem }) => problem ?? []);
  const undone = undoneBy(entries);
  if (options.json) {
    const scrubbed = entries.map((entry) => historyJson(entry, undone, scrubOf(entry, options)));
    return printJson({ format: 1, entries: scrubbed, problems }, io);
  }
  if (problems.length > 0)
    io.err(renderProblems(problems, { color: wantsColor(options.color, io.errIsTerminal, io), width: io.width }));
  if (items.length === 0) return io.out("No apply is recorded.\n");
  const rows = items.map((item) => rowOf(item, undone, options));
  const color = wantsColor(options.color, io.outIsTerminal, io);
  io.out(renderTable(rows, ["#", "when", "command", "undone", "files", "what"], { color, width: io.width }));
}

function rowOf({ number, entry }: HistoryItem, undone: ReadonlyMap<number, number>, options: Options): string[] {
  if (entry === null) return [String(number), "-", "-", "-", "-", "cannot be read"];
  const { time, command, changes, steps } = entry;
  const by = undone.get(number);
  const files = changes.map(({ file }) => file).join(", ");
  const titles = [...new Set(steps.map(({ title }) => title))].map(scrubOf(entry, options)).join(", ");
  return [String(number), second(time), command, by === undefined ? "-" : `by ${by}`, files, titles];
}

/** To the second; all of it, with the time zone, so that it can be compared with logs. */
function second(time: string): string {
  return time.replace(/\.\d{3}Z$/, "Z");
}

function scrubOf(entry: HistoryEntry, { showSecrets }: PrintOptions): (text: string) => string {
  return showSecrets ? (text) => text : createScrubber(planSecrets(planOfEntry(entry)));
}

function show(number: number, options: Options, io: Console): void {
  const items = itemsAt(options, io);
  const entry = numbered(items, number);
  const undone = undoneBy(items.flatMap((item) => item.entry ?? []));
  const plan = planOfEntry(entry);
  if (options.json) {
    const { showSecrets = false } = options;
    const meta = historyJson(entry, undone, scrubOf(entry, options));
    return printJson({ ...meta, ...planJson(plan, { applied: true, showSecrets }) }, io);
  }
  if (options.format === "text" && !options.quiet) io.out(`${headline(entry, undone)}\n\n`);
  showPlan(plan, options, io);
}

function headline(
  { number, time, command, version, undoes }: HistoryEntry,
  undone: ReadonlyMap<number, number>,
): string {
  const by = undone.get(number);
  const facts = [
    `apply ${number}`,
    second(time),
    undoes === null ? command : `undo of ${undoes}`,
    `clawform ${version}`,
    ...(by === undefined ? [] : [`undone by ${by}`]),
  ];
  return facts.join("  ");
}
