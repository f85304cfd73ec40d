/** Secrets known by their looks, wherever they stand: in a comment, in a URL, on a command line. */

import { isMarker } from "./redact-markers.js";
import { looksSecret, type NameKind } from "./redact-names.js";
import { type Look, messageLooks, proseLooks, valueLooks } from "./redact-shapes.js";

/** What takes a secret's place everywhere. */
export const mask = "***";

/** A part of a text. Offsets in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Secrets in a string by their looks alone: issuers' shapes, parts of URLs, options and header lines. Sorted, apart.
 * `looks` are those that a text around the string may have.
 */
export function secretSpans(text: string, looks: readonly Look[] = valueLooks): Span[] {
  return united(spansOf(text, looks));
}

/** The same in free text such as a comment, where members and variables may be written out. */
export function secretSpansInProse(text: string, looks: readonly Look[] = proseLooks): Span[] {
  return united(spansOf(text, looks));
}

/** `OPENAI_API_KEY` is spelled like a variable, `apiKey` like a member. */
export function kindOfName(name: string): NameKind {
  return name.includes("_") && /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(name) ? "variable" : "member";
}

/** Free text of ours, such as a message, with what looks like a secret masked. */
export function maskLooks(text: string): string {
  return maskSpans(text, united(spansOf(text, messageLooks)));
}

/** The text with each span replaced by the mask. A span over several lines is masked on each, so that lines keep their numbers. */
export function maskSpans(text: string, found: readonly Span[]): string {
  let masked = "";
  let at = 0;
  for (const { start, end } of found) {
    masked += text.slice(at, start) + maskLines(text.slice(start, end));
    at = end;
  }
  return masked + text.slice(at);
}

/** A mask for every line of a text; line ends, and the backslash that continues a JSON5 string, stay. */
export function maskLines(text: string): string {
  if (text !== "" && !text.includes("\n") && !text.includes("\r")) return mask;
  return text.replace(/[^\r\n]+/g, (line, at: number) =>
    line.endsWith("\\") && at + line.length < text.length ? `${mask}\\` : mask,
  );
}

function spansOf(text: string, looks: readonly Look[]): Span[] {
  const found: Span[] = [];
  for (const look of looks) {
    if (look.needs(text) && (look.lead === undefined || isNamed(text.slice(0, text.indexOf(look.lead)), look))) {
      addSpans(text, look, found);
    }
  }
  return found;
}

function addSpans(text: string, look: Look, found: Span[]): void {
  for (const match of text.matchAll(look.pattern())) {
    const { name = "", secret = match.groups?.["token"] ?? match[0] } = match.groups ?? {};
    if (secret === "" || !isNamed(name, look) || isMarker(secret, name)) continue;
    const start = match.index + match[0].lastIndexOf(secret);
    found.push({ start, end: start + secret.length });
  }
}

function isNamed(name: string, { named }: Look): boolean {
  return named === null || looksSecret(name, named === "any" ? kindOfName(name) : named);
}

function united(found: Span[]): Span[] {
  if (found.length < 2) return found;
  const sorted = found.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const apart: { start: number; end: number }[] = [];
  for (const span of sorted) {
    const former = apart.at(-1);
    if (former && span.start < former.end) former.end = Math.max(former.end, span.end);
    else apart.push({ ...span });
  }
  return apart;
}
