/** Asking: whether anybody can be asked, and how. Throws an `interrupted` error (exit 130) on Ctrl-C. */

import type { Readable, Writable } from "node:stream";
import { ClawformError, usageError } from "../errors.js";
import type { Console } from "./console.js";
import { type PlanCommandOptions, wantsColor } from "./options.js";

/** Somebody who can be asked. */
export interface Terminal {
  /** The process's own streams where left out. */
  readonly input: Readable | undefined;
  readonly output: Writable | undefined;
  /** Line by line: the terminal cannot move its cursor, or somebody listens to it. */
  readonly plain: boolean;
  readonly color: boolean;
}

/** One answer of several. */
export interface Answer {
  readonly value: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** Searched like label and hint, not shown. */
  readonly words?: string;
}

/** Says what is wrong with a typed answer; undefined when nothing is. */
export type Check = (typed: string) => string | undefined;

/** Whoever sits there; null when output is for a program or a stream is no terminal, and then nothing is ever asked. */
export function terminalOf(
  { json, format, color }: Pick<PlanCommandOptions, "json" | "color"> & { readonly format?: string },
  io: Console,
): Terminal | null {
  if (!io.inIsTerminal || !io.outIsTerminal || json || (format !== undefined && format !== "text")) return null;
  const { TERM, ACCESSIBLE } = io.env;
  return {
    input: io.terminal?.input,
    output: io.terminal?.output,
    plain: TERM === "dumb" || !["", "0", "false", undefined].includes(ACCESSIBLE),
    color: wantsColor(color, true, io),
  };
}

/** Throws a usage error where somebody sits at a terminal and would not be asked before anything is written. */
export function refuseUnasked(
  { json, format, yes }: Pick<PlanCommandOptions, "json" | "format"> & { readonly yes?: boolean },
  { inIsTerminal, outIsTerminal }: Console,
): void {
  const unasked = json || format === "json-patch";
  if (yes || !unasked || !inIsTerminal || !outIsTerminal) return;
  throw usageError("needs-yes", `with ${json ? "--json" : `--format ${format}`} nothing is asked, so it takes --yes`, {
    hint: "Or --dry-run to look first.",
  });
}

/** Whether to write so many files, or change so many homes; no by default. */
export async function confirmApply(
  terminal: Terminal,
  count: number,
  noun: "file" | "home" = "file",
): Promise<boolean> {
  const { askYesNo } = await import("./prompt.js");
  const what = count === 1 ? `this ${noun}` : `these ${count} ${noun}s`;
  return answered(await askYesNo(terminal, `${noun === "file" ? "Write" : "Change"} ${what}?`, false));
}

/** Whether to use something that was found; yes by default. */
export async function confirmUse(terminal: Terminal, question: string): Promise<boolean> {
  const { askYesNo } = await import("./prompt.js");
  return answered(await askYesNo(terminal, question, true));
}

/** One of several answers; the first is the default. A single one is not asked about. */
export async function choose<Value extends string>(
  terminal: Terminal,
  question: string,
  answers: readonly (Answer & { readonly value: Value })[],
): Promise<Value> {
  const [first, ...others] = answers;
  if (first && others.length === 0) return first.value;
  const { askChoice } = await import("./prompt.js");
  return answered(await askChoice(terminal, question, answers, first?.value)) as Value;
}

/** A line of text that is not blank; Enter gives `initial` where there is one. */
export async function askRequired(
  terminal: Terminal,
  label: string,
  initial?: string,
  check: Check = () => undefined,
): Promise<string> {
  const { askText } = await import("./prompt.js");
  const whole = (typed: string): string | undefined => {
    const line = typed.trim() || (initial ?? "");
    return required(line) ?? check(line);
  };
  return answered(await askText(terminal, label, whole, initial)).trim();
}

/** A key, not shown while it is typed. */
export async function askKey(terminal: Terminal, label: string, check: Check = required): Promise<string> {
  const { askHidden } = await import("./prompt.js");
  return answered(await askHidden(terminal, label, check));
}

/** The check every answer has to pass. */
function required(typed: string): string | undefined {
  return typed.trim() === "" ? "Required" : undefined;
}

function answered<Value>(answer: Value | null): Value {
  if (answer === null) throw new ClawformError("interrupted", "interrupted", "Stopped; nothing was written.");
  return answer;
}
