/** An explanation for people: short sections, each line with its rule beside it. */

import { fieldRule, headerRule, treatment } from "../policy/field-rules.js";
import type { Explanation, MediaExplanation, RequestExplanation } from "../policy/nouns.js";
import { styleFor } from "./style.js";
import { visible } from "./visible.js";
import { columnsOf, padTo, wrapWords } from "./wrap.js";

/** A line: what is, and why. */
type Line = readonly [what: string, why: string];
interface Section {
  readonly title: string;
  readonly lines: readonly Line[];
}

const indent = "  ";
/** Columns; a longer left side gets a line of its own. */
const widest = 56;

/** The explanation as text. Control characters of ids, headers and messages are shown as escapes. Ends with a line break. */
export function renderExplanation(
  explanation: Explanation,
  { color, width }: { readonly color: boolean; readonly width: number },
): string {
  const style = styleFor(color);
  const sections = [...sectionsOf(explanation), ...fallbackSections(explanation), ...mediaSections(explanation.media)];
  const head = style.heading(visible(explanation.ref));
  const blocks = sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ title, lines }) => [style.heading(title), ...table(lines, width, style.quiet)].join("\n"));
  return `${[head, ...blocks].join("\n\n")}\n`;
}

function sectionsOf(one: RequestExplanation): Section[] {
  const { limits, cache, thinking } = one;
  return [
    {
      title: "model",
      lines: one.notes.filter(({ code }) => code === "resolved").map(({ message }) => [one.ref, message]),
    },
    {
      title: "endpoint",
      lines: one.url === "" ? [] : [[`${one.method} ${one.url}`, `the base URL and the API ${one.api}`]],
    },
    {
      title: "credential",
      lines: one.credential.candidates.map(({ source, name, chosen, reason }) => [
        `${chosen ? ">" : " "} ${source} ${name}`,
        reason,
      ]),
    },
    {
      title: "headers",
      lines: Object.entries(one.headers).map(([name, value]) => [`${name}: ${value}`, headerRule(name, value)]),
    },
    {
      title: "body",
      lines: Object.entries(one.body).map(([field, value]) => [
        `${field}: ${JSON.stringify(value)}`,
        fieldRule(field, one),
      ]),
    },
    {
      title: "thinking",
      lines: [
        [thinking.level, thinking.rule],
        [`takes ${thinking.supported.join(" ")}`, "the provider's models"],
      ],
    },
    {
      title: "caching",
      lines: [
        [cache.ttl === null ? "no markers" : `kept ${cache.ttl}`, cache.rule],
        [`cache-ttl pruning: ${cache.ttlEligible ? "yes" : "no"}`, 'contextPruning.mode "cache-ttl"'],
      ],
    },
    { title: "transcript", lines: one.transcript.map((flag) => [flag, treatment(flag)]) },
    {
      title: "limits",
      lines:
        one.url === ""
          ? []
          : [
              [`context ${limits.contextWindow.toLocaleString("en-US")} tokens`, "contextWindow"],
              [`output ${limits.maxTokens.toLocaleString("en-US")} tokens`, "maxTokens"],
            ],
    },
    {
      title: "notes",
      lines: one.notes
        .filter(({ code }) => code !== "resolved")
        .map(({ message, source, code }) => [code, `${message} (${source})`]),
    },
  ];
}

function fallbackSections({ fallbacks }: Explanation): Section[] {
  return fallbacks.map((one, index) => ({
    title: `fallback ${index + 1}: ${visible(one.ref)}`,
    lines: [
      [one.url === "" ? "no request" : `${one.method} ${one.url}`, one.api],
      [`${one.credential.source} ${one.credential.name}`.trim(), "credential"],
      ...Object.entries(one.headers).map(([name, value]): Line => [`${name}: ${value}`, headerRule(name, value)]),
      ...Object.entries(one.body).map(([field, value]): Line => [
        `${field}: ${JSON.stringify(value)}`,
        fieldRule(field, one),
      ]),
      ...one.notes
        .filter(({ code }) => code !== "resolved")
        .map(({ code, message, source }): Line => [code, `${message} (${source})`]),
    ],
  }));
}

function mediaSections(media: readonly MediaExplanation[]): Section[] {
  return media.map(({ kind, model, keyOrder, notes }) => ({
    title: kind,
    lines: [
      [model, "configured"],
      ...keyOrder.map((place, index): Line => [place, `key, looked for ${index + 1}.`]),
      ...notes.map(({ code, message, source }): Line => [code, `${message} (${source})`]),
    ],
  }));
}

function table(lines: readonly Line[], width: number, quiet: (text: string) => string): string[] {
  const cells = lines.map(([what, why]): Line => [visible(what), visible(why)]);
  const left = Math.min(widest, Math.floor(width / 2), Math.max(...cells.map(([what]) => columnsOf(what))));
  const rest = indent + " ".repeat(left + indent.length);
  return cells.flatMap(([what, why]) => {
    if (why === "") return [indent + what];
    if (columnsOf(what) > left) return [indent + what, ...wrapWords(why, width, rest).map(quiet)];
    const start = indent + padTo(what, left) + indent;
    const [first = "", ...more] = wrapWords(why, width, start, rest);
    return [start + quiet(first.slice(start.length)), ...more.map(quiet)];
  });
}
