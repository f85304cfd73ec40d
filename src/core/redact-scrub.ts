/** The last net: known secrets out of any output. */

import type { Change, Json, Plan } from "../types.js";
import { withoutScheme } from "./redact-markers.js";
import { mask, secretSpans } from "./redact-patterns.js";
import { type DocumentKind, isSecretScalar, type Root, rootOf, visitScalars } from "./redact-place.js";
import { occurrenceOf } from "./redact-search.js";
import { looksIn } from "./redact-shapes.js";
import { redactText } from "./redact-text.js";

/** Shorter ones stand in too many other words. */
const shortest = 6;
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

/** A plan's secrets, and the texts of its files as they may be shown. */
export interface RedactedPlan {
  /** In every spelling in which they may be printed. */
  readonly secrets: readonly string[];
  /** In the order of the plan's changes. */
  readonly texts: readonly { readonly before: string; readonly after: string }[];
}

/** Every secret string of a document, or of a value at which `names` lead; trimmed, without `Bearer` and as JSON spells it, too. */
export function secretValues(document: DocumentKind, value: Json, names: readonly string[] = []): string[] {
  const root = rootOf(document);
  return spellings(secretsIn([value], [...root.names, ...names], [root.kind]));
}

/** Every secret of a plan, which alone must never be shown: those in its files, before and after, and in its steps. */
export function planSecrets(plan: Plan): readonly string[] {
  return redactPlan(plan).secrets;
}

/** The same with the masked texts: each is read once for both. */
export function redactPlan(plan: Plan): RedactedPlan {
  const found: string[] = [];
  const masked = (change: Change, side: "before" | "after"): string => {
    const { masked: shown, secrets } = redactText(change[side]?.text ?? "", change.document);
    found.push(...secrets);
    return shown;
  };
  const texts = plan.changes.map((change) => ({ before: masked(change, "before"), after: masked(change, "after") }));
  const inputs = plan.steps.map(({ input }) => input);
  return { secrets: spellings([...found, ...spellings(secretsIn(inputs, [], ["config", "auth"]))]), texts };
}

/**
 * A function that replaces every occurrence of these secrets in a text by the mask, the longest first, as they are and
 * as JSON spells them. Left alone is what would spoil ordinary output: fewer than 6 characters, one plain word, a few
 * digits; those are hidden by their place only.
 */
export function createScrubber(values: readonly string[]): (output: string) => string {
  const long = spellings(values).filter((value) => value.length >= shortest);
  const occurs = occurrenceOf(long, shortest);
  let pattern: RegExp | null | undefined;
  return (output) => {
    if (!occurs(output)) return output;
    pattern ??= patternOf(long.filter((value) => !common.test(value) && !vocabulary.has(value)));
    return pattern === null ? output : output.replace(pattern, mask);
  };
}

function patternOf(values: readonly string[]): RegExp | null {
  if (values.length === 0) return null;
  const sources = values
    .toSorted((a, b) => b.length - a.length)
    .map((value) =>
      checksumLike.test(value)
        ? `(?<![0-9A-Za-z])${value}(?![0-9A-Za-z])`
        : value.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"),
    );
  return new RegExp(sources.join("|"), "g");
}

/** The secrets in values that stand where `names` lead, taken for a document of any of these kinds. */
function secretsIn(values: readonly Json[], names: string[], kinds: readonly Root["kind"][]): string[] {
  const found: string[] = [];
  const others: string[] = [];
  for (const root of values) {
    visitScalars(root, names, (scalar) => {
      const text = String(scalar.value);
      const times = kinds.filter((kind) => isSecretScalar(kind, scalar)).length;
      if (times > 0) found.push(text);
      if (times < kinds.length && typeof scalar.value === "string") others.push(text);
    });
  }
  const looks = looksIn(others.join("\n")).values;
  for (const text of looks.length === 0 ? [] : others) {
    for (const { start, end } of secretSpans(text, looks)) found.push(text.slice(start, end));
  }
  return found;
}

function spellings(values: readonly string[]): string[] {
  const bare = values.flatMap((value) => [value, value.trim(), withoutScheme(value)]);
  return [...new Set(bare.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]))].filter(
    (value) => value.trim() !== "",
  );
}
