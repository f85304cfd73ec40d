/** Secrets in the text of a document. */

import { ClawformError } from "../errors.js";
import { scan } from "../text/scan.js";
import { afterOf, endOf, isContainer, keyEndOf, keyStartOf, kindAt, kinds, startOf, type Tree } from "../text/tree.js";
import { keyAt, valueOf } from "../text/value.js";
import type { Json } from "../types.js";
import { mask, maskLines, maskSpans, type Span, secretSpansInProse } from "./redact-patterns.js";
import { type DocumentKind, type Scalar, secretSpansAt } from "./redact-place.js";

/** A secret found in a text: where it stands, what goes in its place, and what it was. */
interface Found extends Span {
  readonly masked: string;
  readonly secrets: readonly string[];
}

/**
 * A document's text with its secrets masked where they stand, quotes and line count kept: by their place, earlier ones of
 * doubled members too, and by their looks, in comments too. Of text that is not JSON5 only the looks are known.
 */
export function maskText(text: string, document: DocumentKind): string {
  let masked = "";
  let at = 0;
  for (const found of secretsInText(text, document)) {
    masked += text.slice(at, found.start) + found.masked;
    at = found.end;
  }
  return masked + text.slice(at);
}

/** The secrets that `maskText` hides. */
export function textSecrets(text: string, document: DocumentKind): string[] {
  return [...secretsInText(text, document)].flatMap(({ secrets }) => secrets);
}

function* secretsInText(text: string, document: DocumentKind): Generator<Found> {
  const tree = treeOf(text);
  if (tree === null) yield* secretsInProse(text, 0, text.length);
  else yield* secretsInTree(tree, document);
}

function* secretsInTree(tree: Tree, document: DocumentKind): Generator<Found> {
  const { text } = tree;
  let at = 0;
  for (const { node, scalar } of nodesOf(tree)) {
    const head = keyStartOf(tree, node);
    if (head >= 0) {
      yield* secretsInGap(text, at, head);
      at = keyEndOf(tree, node);
    }
    if (isContainer(tree, node)) continue;
    yield* secretsInGap(text, at, startOf(tree, node));
    at = endOf(tree, node);
    if (scalar) yield* secretInScalar(text, startOf(tree, node), at, scalar, document);
  }
  yield* secretsInGap(text, at, text.length);
}

function treeOf(text: string): Tree | null {
  try {
    return scan(text);
  } catch (error) {
    if (error instanceof ClawformError) return null;
    throw error;
  }
}

/** Every node in the order of the text, with what decides whether it is a secret when it is a string or a number. */
function* nodesOf(tree: Tree): Generator<{ node: number; scalar: Scalar | null }> {
  const open: { readonly after: number; readonly names: readonly string[]; previous: Json | undefined }[] = [];
  for (let node = 0; node < tree.count; node++) {
    while ((open.at(-1)?.after ?? Number.POSITIVE_INFINITY) <= node) open.pop();
    const holder = open.at(-1);
    const names = [...(holder?.names ?? []), ...(keyStartOf(tree, node) < 0 ? [] : [keyAt(tree, node)])];
    if (isContainer(tree, node)) {
      yield { node, scalar: null };
      if (holder) holder.previous = undefined;
      open.push({ after: afterOf(tree, node), names, previous: undefined });
      continue;
    }
    const kind = kindAt(tree, node);
    const value = valueOf(tree, node);
    const isScalar = kind === kinds.string || kind === kinds.number;
    yield { node, scalar: isScalar ? { names, value: value as string | number, previous: holder?.previous } : null };
    if (holder) holder.previous = keyStartOf(tree, node) < 0 ? value : undefined;
  }
}

/** What stands between values: punctuation and perhaps a comment. */
function* secretsInGap(text: string, start: number, end: number): Generator<Found> {
  const slash = text.slice(start, end).indexOf("/");
  if (slash >= 0) yield* secretsInProse(text, start + slash, end);
}

function* secretsInProse(text: string, start: number, end: number): Generator<Found> {
  const prose = text.slice(start, end);
  for (const span of secretSpansInProse(prose)) {
    const secret = prose.slice(span.start, span.end);
    yield { start: start + span.start, end: start + span.end, masked: maskLines(secret), secrets: [secret] };
  }
}

function* secretInScalar(
  text: string,
  start: number,
  end: number,
  scalar: Scalar,
  document: DocumentKind,
): Generator<Found> {
  const spans = secretSpansAt(document, scalar);
  if (spans.length === 0) return;
  const value = String(scalar.value);
  const secrets = spans.map((span) => value.slice(span.start, span.end));
  if (typeof scalar.value === "number") {
    yield { start, end, masked: mask, secrets };
    return;
  }
  const raw = text.slice(start + 1, end - 1);
  // An offset in the value is one in the text as long as nothing is escaped; else the whole string goes.
  const masked = raw === value ? maskSpans(raw, spans) : maskLines(raw);
  yield { start: start + 1, end: end - 1, masked, secrets };
}
