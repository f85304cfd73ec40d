/** The last net: known secrets out of any output. */

import type { Json, Plan } from "../types.js";
import { mask } from "./redact-patterns.js";
import { type DocumentKind, scalarsOf, secretSpansAt } from "./redact-place.js";
import { textSecrets } from "./redact-text.js";

/** Shorter ones stand in too many other words. */
const shortest = 6;
const scheme = /^(?:bearer|basic|token)\s+(?=\S)/i;
/** One plain word, or nothing but digits: no key, and to replace it would spoil ordinary output. */
const common = /^(?:[a-z]{1,12}|[A-Z]{1,12}|[A-Z][a-z]{1,11}|\d{1,9})$/;
const vocabulary: ReadonlySet<string> = new Set([
  "api-key",
  "api_key",
  "aws-sdk",
  "openai-completions",
  "openai-responses",
  "anthropic-messages",
  "openclaw.json",
  "auth-profiles.json",
]);
/** Short runs that a checksum may hold by chance are only replaced where they stand alone. */
const checksumLike = /^[0-9a-f]{6,11}$/;

/** Every secret string of a document, or of a value at which `names` lead; trimmed, without `Bearer` and as JSON spells it, too. */
export function secretValues(document: DocumentKind, value: Json, names: readonly string[] = []): string[] {
  const found: string[] = [];
  for (const scalar of scalarsOf(value, names)) {
    for (const { start, end } of secretSpansAt(document, scalar)) found.push(String(scalar.value).slice(start, end));
  }
  return spellings(found);
}

/** Every secret of a plan, which alone must never be shown: those in its files, before and after, and in its steps. */
export function planSecrets(plan: Plan): string[] {
  const inFiles = plan.changes.flatMap(({ before, after, document }) => [
    ...(before ? textSecrets(before.text, document) : []),
    ...textSecrets(after.text, document),
  ]);
  const inSteps = plan.steps.flatMap(({ input }) => [...secretValues("config", input), ...secretValues("auth", input)]);
  return spellings([...inFiles, ...inSteps]);
}

/**
 * A function that replaces every occurrence of these secrets in a text by the mask, the longest first, as they are and
 * as JSON spells them. Left alone is what would spoil ordinary output: fewer than 6 characters, one plain word, a few
 * digits; those are hidden by their place only.
 */
export function createScrubber(values: readonly string[]): (output: string) => string {
  const wanted = spellings(values).filter(
    (value) => value.length >= shortest && !common.test(value) && !vocabulary.has(value),
  );
  if (wanted.length === 0) return (output) => output;
  const sources = wanted
    .toSorted((a, b) => b.length - a.length)
    .map((value) =>
      checksumLike.test(value)
        ? `(?<![0-9A-Za-z])${value}(?![0-9A-Za-z])`
        : value.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"),
    );
  const pattern = new RegExp(sources.join("|"), "g");
  return (output) => output.replace(pattern, mask);
}

function spellings(values: readonly string[]): string[] {
  const bare = values.flatMap((value) => [value, value.trim(), value.trim().replace(scheme, "")]);
  return [...new Set(bare.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]))].filter(
    (value) => value.trim() !== "",
  );
}
