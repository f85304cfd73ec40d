/**
 * Questions line by line, for a terminal that cannot move its cursor (`TERM=dumb`) and for a screen reader (`ACCESSIBLE`):
 * nothing is drawn twice.
 */

import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import type { Answer, Check } from "./ask.js";
import type { Streams } from "./prompt-streams.js";
import { matches, searchText } from "./prompt-search.js";

/** Asks until the answer passes; null is Ctrl-C or the end of input. A hidden answer is not echoed. */
export async function askLine(
  streams: Streams,
  question: string,
  check: Check,
  hidden = false,
): Promise<string | null> {
  let before = "";
  for (;;) {
    const line = await readLine(streams, before + question, hidden);
    if (line === null) return null;
    const wrong = check(line.trim());
    if (wrong === undefined) return line.trim();
    before = `${wrong}\n`;
  }
}

/** Lists the answers by number and takes a number, a value, or words that only one answer has. */
export async function askListed(
  streams: Streams,
  message: string,
  answers: readonly Answer[],
  initial: string | undefined,
): Promise<string | null> {
  const start = answers.findIndex(({ value }) => value === initial) + 1 || 1;
  const lines = answers.map(({ label, hint }, index) => `${index + 1}. ${label}${hint ? ` (${hint})` : ""}`);
  streams.output.write(`${[message, ...lines].join("\n")}\n`);
  const check = (line: string): string | undefined => {
    const found = meant(line, answers, start);
    if (found.length === 1) return undefined;
    return found.length === 0
      ? "Nothing matches."
      : `That may be ${found.map(({ label }) => label).join(", ")}: give the number.`;
  };
  const line = await askLine(streams, `Number or name [${start}]: `, check);
  return line === null ? null : (meant(line, answers, start)[0]?.value ?? null);
}

function meant(line: string, answers: readonly Answer[], start: number): readonly Answer[] {
  const number = line === "" ? start : /^\d+$/.test(line) ? Number(line) : 0;
  const numbered = answers[number - 1];
  if (numbered) return [numbered];
  const word = line.toLowerCase();
  const exact = answers.filter(({ value, label }) => value.toLowerCase() === word || label.toLowerCase() === word);
  return exact.length > 0 ? exact : answers.filter((answer) => matches(line, searchText(answer)));
}

function readLine({ input, output }: Streams, question: string, hidden: boolean): Promise<string | null> {
  return new Promise((resolve) => {
    // readline edits the line and, given nowhere to write, keeps it to itself.
    const echo = hidden ? new Writable({ write: (_chunk, _encoding, done) => done() }) : output;
    const reader = createInterface({ input, output: echo, terminal: hidden, prompt: "" });
    let answer: string | null = null;
    reader.once("line", (line) => {
      answer = line;
      reader.close();
    });
    const stop = (): void => reader.close();
    // A hidden answer is read in raw mode, where Ctrl-C is a character; else it is a signal.
    reader.once("SIGINT", stop);
    process.once("SIGINT", stop);
    reader.once("close", () => {
      process.off("SIGINT", stop);
      if (hidden || answer === null) output.write("\n");
      resolve(answer);
    });
    // Last: whoever sees the question may answer, or stop, at once, and is not echoed any more.
    output.write(question);
  });
}
