/** Plans for people. */

import { createScrubber, redactPlan, type RedactedPlan } from "../core/redact.js";
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
  const { secrets, texts } = options.showSecrets ? unredacted(plan) : redactPlan(plan);
  const scrub = createScrubber(secrets.flatMap((secret) => [secret, visible(secret)]));
  const problems = renderProblems(
    plan.problems.filter(({ severity }) => !quiet || severity !== "info").map((problem) => scrubbed(problem, scrub)),
    options,
  );
  const files = quiet
    ? []
    : plan.changes.map((change, index) => renderChange(change, texts[index], plan.steps, options, scrub));
  return [...files, `${summary(plan, applied)}\n`, problems].filter((part) => part !== "").join("\n");
}

function scrubbed(problem: Problem, scrub: (text: string) => string): Problem {
  return { ...problem, message: scrub(problem.message), hint: scrub(problem.hint) };
}

/** A plan that may be shown as it is. */
function unredacted({ changes }: Plan): RedactedPlan {
  return {
    secrets: [],
    texts: changes.map(({ before, after }) => ({ before: before?.text ?? "", after: after?.text ?? "" })),
  };
}

function renderChange(
  change: Change,
  texts: RedactedPlan["texts"][number] | undefined,
  steps: readonly Step[],
  options: PlanOptions,
  scrub: (text: string) => string,
): string {
  const style = styleFor(options.color);
  const hunks = hunksOf(change.before?.text ?? "", change.after?.text ?? "");
  const whole = change.before === null || change.after === null;
  const shown = shownLines(change, texts ?? { before: "", after: "" });
  const notes = whole ? [] : annotations(change, steps, hunks);
  const lines = [
    ...header(change, options.width, style),
    ...(whole ? notice(causes(change, steps).map(scrub), options.width, style) : []),
    ...hunks.flatMap((hunk, index) => [
      ...head(hunk, (notes[index] ?? []).map(scrub), options.width, style),
      ...scrubbedLines(body(hunk, shown, style), scrub),
    ]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** Every line scrubbed; none where the whole holds nothing to scrub, as it hardly ever does. */
function scrubbedLines(lines: string[], scrub: (text: string) => string): string[] {
  const whole = lines.join("\n");
  return scrub(whole) === whole ? lines : lines.map(scrub);
}

function header({ file, path, before, after }: Change, width: number, style: Style): string[] {
  const name = style.heading(visible(file)) + (before === null ? "  new file" : after === null ? "  removed" : "");
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

function shownLines(
  { before, after }: Change,
  masked: { readonly before: string; readonly after: string },
): ShownLines {
  const old = before?.text ?? "";
  const fresh = after?.text ?? "";
  const raw = { before: linesOf(old), after: linesOf(fresh) };
  return {
    before: masked.before === old ? raw.before : linesOf(masked.before),
    after: masked.after === fresh ? raw.after : linesOf(masked.after),
    raw,
    hideReturn: old === "" || fresh === "" || old.includes("\r\n") === fresh.includes("\r\n"),
  };
}

function linesOf(text: string): string[] {
  return (text.startsWith("\ufeff") ? text.slice(1) : text).split("\n");
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
  return visible(hideReturn && line.endsWith("\r") ? line.slice(0, -1) : line);
}
