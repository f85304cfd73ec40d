/** Problems for people. */

import { maskLooks } from "../core/redact.js";
import type { ClawformError } from "../errors.js";
import type { Problem, Severity } from "../types.js";
import { styleFor } from "./style.js";
import { visible } from "./visible.js";
import { wrapWords } from "./wrap.js";

/** How to write for a terminal: columns of it (Infinity: never wrap), colours or none. */
export interface ProblemOptions {
  readonly color: boolean;
  readonly width: number;
}

const ranks: { readonly [severity in Severity]: number } = { error: 0, warning: 1, info: 2 };
const indent = "  ";

/**
 * Problems, errors first: what is wrong, where (`file:line:column` and pointer), what to do. Wrapped between words;
 * what looks like a key is masked. Ends with a line break; empty without problems.
 */
export function renderProblems(problems: readonly Problem[], { color, width }: ProblemOptions): string {
  const style = styleFor(color);
  return problems
    .toSorted((a, b) => ranks[a.severity] - ranks[b.severity])
    .map((problem) => {
      const head = `${problem.severity}:`;
      const [first = "", ...message] = paragraph(`${head} ${problem.message}`, width, "");
      const lines = [style.severity[problem.severity](head) + first.slice(head.length), ...message];
      const place = placeOf(problem);
      if (place !== "") lines.push(...paragraph(place, width, indent).map(style.quiet));
      if (problem.hint !== "") lines.push(...paragraph(problem.hint, width, indent));
      return lines.map((line) => `${line}\n`).join("");
    })
    .join("");
}

/** What to do about a fault of clawform's own. */
export const howToSee = "Set CLAWFORM_DEBUG=1 to see where, and please report it.";

/** All that was wrong, what looks like a key masked. */
export function failureProblems(error: ClawformError): Problem[] {
  const found = error.problems.length > 0 ? error.problems : [error.asProblem()];
  return found.map((problem) => ({
    ...problem,
    file: maskLooks(problem.file),
    pointer: maskLooks(problem.pointer),
    message: maskLooks(problem.message),
    hint: maskLooks(problem.hint),
  }));
}

/** The first thing that was wrong, in one line: where, and what. */
export function failureLine(error: ClawformError): string {
  const [first] = failureProblems(error);
  return first === undefined ? "" : [placeOf(first), first.message].filter((part) => part !== "").join(": ");
}

function placeOf({ file, pointer, line, column }: Problem): string {
  const position = line === undefined ? "" : column === undefined ? `:${line}` : `:${line}:${column}`;
  return [file === "" ? "" : `${file}${position}`, pointer].filter((part) => part !== "").join(" ");
}

/** A text that may have several lines, each wrapped; continued lines are indented. */
function paragraph(text: string, width: number, first: string): string[] {
  return maskLooks(text)
    .split("\n")
    .flatMap((line, index) => wrapWords(visible(line), width, index === 0 ? first : indent, indent));
}
