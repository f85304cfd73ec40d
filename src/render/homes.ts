/** Homes for people: one line each, and what it all came to. */

import { maskLooks } from "../core/redact.js";
import { styleFor } from "./style.js";
import { visible } from "./visible.js";

/** What is told of one home. */
export interface HomeStory {
  readonly home: string;
  readonly outcome: "applied" | "planned" | "unchanged" | "failed";
  readonly exitCode: number;
  readonly note: string;
  readonly warnings: number;
}

const longest = "unchanged".length;

/** One line for a home: what came of it, which one, what was done or what was wrong. Ends with a line break. */
export function renderHome({ home, outcome, exitCode, note, warnings }: HomeStory, color: boolean): string {
  const style = styleFor(color);
  const paint = { applied: style.added, planned: style.hunk, unchanged: style.quiet, failed: style.removed }[outcome];
  const more = [
    note,
    ...(outcome === "failed" ? [`exit ${exitCode}`] : []),
    ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? "warning" : "warnings"}`] : []),
  ].filter((part) => part !== "");
  const line = [visible(home), ...more.map((part) => visible(maskLooks(part).replaceAll("\n", " ")))].join("  ");
  return `${paint(outcome.padEnd(longest))}  ${line}\n`;
}

/** `4 homes: 2 applied, 1 unchanged, 1 failed.`, what there is none of left out. Ends with a line break. */
export function renderTotals(totals: { readonly homes: number; readonly [outcome: string]: number }): string {
  const { homes, ...outcomes } = totals;
  const parts = Object.entries(outcomes).flatMap(([outcome, count]) =>
    count === 0 ? [] : [`${count} ${words[outcome] ?? outcome}`],
  );
  return `${homes} ${homes === 1 ? "home" : "homes"}${parts.length === 0 ? "" : `: ${parts.join(", ")}`}.\n`;
}

const words: { readonly [outcome: string]: string } = { planned: "would change", left: "not begun" };
