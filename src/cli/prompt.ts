/**
 * Questions on a terminal, a file of its own in the built package: loaded only when one is asked. Null is Ctrl-C; it
 * throws nothing, since errors of another file would be of another class. Types alone are imported from ask.ts.
 */

import { autocomplete, confirm, isCancel, password, select, text } from "@clack/prompts";
import type { Answer, Check, Terminal } from "./ask.js";
import { askLine, askListed } from "./prompt-plain.js";
import { matches, searchText } from "./prompt-search.js";
import { onStreams } from "./prompt-streams.js";

/** A list longer than this is searched rather than walked through. */
const searched = 8;
/** More rows than this push what was said before off the screen. */
const rows = 12;

/** Asks a yes/no question; Enter gives `initial`. */
export async function askYesNo(terminal: Terminal, message: string, initial: boolean): Promise<boolean | null> {
  return onStreams(terminal, { paste: false }, async (streams) => {
    if (terminal.plain) {
      const line = await askLine(streams, `${message} [${initial ? "Y/n" : "y/N"}] `, yesOrNo);
      return line === null ? null : line === "" ? initial : /^y/i.test(line);
    }
    return unlessCancelled(await confirm({ message, initialValue: initial, ...streams }));
  });
}

/** Asks for one of several answers; a long list is searched by its labels, hints and further words. */
export async function askChoice(
  terminal: Terminal,
  message: string,
  answers: readonly Answer[],
  initial: string | undefined,
): Promise<string | null> {
  return onStreams(terminal, { paste: false }, async (streams) => {
    if (terminal.plain) return askListed(streams, message, answers, initial);
    const options = answers.map(({ value, label, hint }) => ({ value, label, ...(hint ? { hint } : {}) }));
    const shared = { message, options, maxItems: rows, ...(initial === undefined ? {} : { initialValue: initial }) };
    if (answers.length <= searched) return unlessCancelled(await select({ ...shared, ...streams }));
    const findable = new Map(answers.map((answer) => [answer.value, searchText(answer)]));
    const filter = (search: string, { value }: { value: string }): boolean =>
      matches(search, findable.get(value) ?? "");
    const validate = (value: unknown): string | undefined => (value === undefined ? "Nothing matches." : undefined);
    return unlessCancelled(
      await autocomplete({ ...shared, filter, validate, placeholder: "type a part of the name", ...streams }),
    );
  });
}

/** Asks for a line of text; Enter alone gives `initial`. */
export async function askText(
  terminal: Terminal,
  message: string,
  check: Check,
  initial: string | undefined,
): Promise<string | null> {
  return onStreams(terminal, { paste: true }, async (streams) => {
    if (terminal.plain) {
      const line = await askLine(streams, `${message}${initial === undefined ? "" : ` [${initial}]`}: `, check);
      return line === "" ? (initial ?? "") : line;
    }
    const preset = initial === undefined ? {} : { placeholder: initial, defaultValue: initial };
    return unlessCancelled(await text({ message, validate: (value) => check(value ?? ""), ...preset, ...streams }));
  });
}

/** Asks for a key without showing it. */
export async function askHidden(terminal: Terminal, message: string, check: Check): Promise<string | null> {
  return onStreams(terminal, { paste: true }, async (streams) =>
    terminal.plain
      ? askLine(streams, `${message} (not shown): `, check, true)
      : unlessCancelled(await password({ message, validate: (value) => check(value ?? ""), ...streams })),
  );
}

function unlessCancelled<Answered>(answer: Answered): Exclude<Answered, symbol> | null {
  return isCancel(answer) ? null : (answer as Exclude<Answered, symbol>);
}

function yesOrNo(line: string): string | undefined {
  return /^(y(es)?|no?)?$/i.test(line) ? undefined : "Answer y or n.";
}
