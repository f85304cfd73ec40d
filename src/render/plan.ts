/** Plans for people. */

import { createScrubber, maskText, planSecrets } from "../core/redact.js";
import type { Change, Plan, Problem, Step } from "../types.js";
import { annotations, causes } from "./annotate.js";
import { type Hunk, hunksOf } from "./hunks.js";
import { type ProblemOptions, renderProblems } from "./problems.js";
import { type Style, styleFor } from "./style.js";
import { summary } from "./summary.js";
import { visible } from "./visible.js";
import { columnsOf, wrapWords } from "./wrap.js";

/** How a plan is shown. */
export interface PlanOptions extends ProblemOptions {
  readonly showSecrets: boolean;
  /** It has been done. */
  readonly applied?: boolean;
  /** Only the summary, warnings and errors. */
  readonly quiet?: boolean;
}

/**
 * What a plan would write: for each file the unified hunks of its text, each with the steps that caused it; then the
 * summary, then warnings and what else there is to say. Secrets are masked unless `showSecrets`. Ends with a line break.
 */
export function renderPlan(plan: Plan, options: PlanOptions): string {
  const { quiet = false, applied = false } = options;
  const scrub = createScrubber(
    options.showSecrets ? [] : planSecrets(plan).flatMap((secret) => [secret, visible(secret)]),
  );
  const problems = renderProblems(
    plan.problems.filter(({ severity }) => !quiet || severity !== "info").map((problem) => scrubbed(problem, scrub)),
    options,
  );
  const files = quiet ? [] : plan.changes.map((change) => renderChange(change, plan.steps, options, scrub));
  return [...files, `${summary(plan, applied)}\n`, problems].filter((part) => part !== "").join("\n");
}

function scrubbed(problem: Problem, scrub: (text: string) => string): Problem {
  return { ...problem, message: scrub(problem.message), hint: scrub(problem.hint) };
}

function renderChange(
  change: Change,
  steps: readonly Step[],
  options: PlanOptions,
  scrub: (text: string) => string,
): string {
  const style = styleFor(options.color);
  const hunks = hunksOf(change.before?.text ?? "", change.after.text);
  const isNew = change.before === null;
  const shown = shownLines(change, options.showSecrets);
  const notes = isNew ? [] : annotations(change, steps, hunks);
  const lines = [
    ...header(change, options.width, style),
    ...(isNew ? notice(causes(change, steps).map(scrub), options.width, style) : []),
    ...hunks.flatMap((hunk, index) => [
      ...head(hunk, (notes[index] ?? []).map(scrub), options.width, style),
      ...body(hunk, shown, style).map(scrub),
    ]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function header({ file, path, before }: Change, width: number, style: Style): string[] {
  const name = style.heading(visible(file)) + (before === null ? "  new file" : "");
  if (path === file) return [name];
  const line = `${name}  ${visible(path)}`;
  return columnsOf(line) <= width ? [line] : [name, `  ${visible(path)}`];
}

/** A hunk's `@@` line; what caused it stands on it when it is one thing and fits, else on lines of its own above. */
function head(
  { oldStart, oldLines, newStart, newLines }: Hunk,
  notes: readonly string[],
  width: number,
  style: Style,
): string[] {
  const range = (start: number, count: number): string => (count === 1 ? `${start}` : `${start},${count}`);
  const place = `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`;
  const [only, ...others] = notes.map(visible);
  if (only !== undefined && others.length === 0 && columnsOf(`${place} ${only}`) <= width)
    return [`${style.hunk(place)} ${only}`];
  return [...notice(notes, width, style), style.hunk(place)];
}

function notice(notes: readonly string[], width: number, style: Style): string[] {
  return notes.flatMap((note) => wrapWords(visible(note), width, "# ", "#   ")).map(style.quiet);
}

/** The lines of both texts as they may be shown, found by their number. */
interface ShownLines {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly raw: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** Both texts have the same line ends: then a CR says nothing. */
  readonly hideReturn: boolean;
}

function shownLines({ before, after, document }: Change, showSecrets: boolean): ShownLines {
  const lines = (text: string): string[] => text.replace(/^\ufeff/, "").split("\n");
  const masked = (text: string): string[] => lines(showSecrets ? text : maskText(text, document));
  const old = before?.text ?? "";
  return {
    before: masked(old),
    after: masked(after.text),
    raw: { before: lines(old), after: lines(after.text) },
    hideReturn: old === "" || old.includes("\r\n") === after.text.includes("\r\n"),
  };
}

function body({ lines }: Hunk, shown: ShownLines, style: Style): string[] {
  return lines.map(({ sign, text, before, after }): string => {
    if (sign === "\\") return `\\${text}`;
    const line = sign + visibleLine(shownLine(before, after, shown), shown.hideReturn);
    return sign === "+" ? style.added(line) : sign === "-" ? style.removed(line) : line;
  });
}

/** A line that is in both texts may be masked in one of them only, when a section around it was renamed. */
function shownLine(before: number | null, after: number | null, shown: ShownLines): string {
  const old = before === null ? undefined : shown.before[before];
  const fresh = after === null ? undefined : shown.after[after];
  if (old !== undefined && (fresh === undefined || old !== shown.raw.before[before as number])) return old;
  return fresh ?? "";
}

function visibleLine(line: string, hideReturn: boolean): string {
  return visible(hideReturn ? line.replace(/\r$/, "") : line);
}
