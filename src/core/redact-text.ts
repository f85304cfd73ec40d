/** Secrets in the text of a document. */

import { ClawformError } from "../errors.js";
import { scan } from "../text/scan.js";
import { afterOf, endOf, isContainer, keyEndOf, keyStartOf, kindAt, kinds, startOf, type Tree } from "../text/tree.js";
import { keyAt, valueOf } from "../text/value.js";
import { mask, maskLines, maskSpans, type Span, secretSpans, secretSpansInProse } from "./redact-patterns.js";
import { type DocumentKind, isSecretAt, isSecretScalar, rootOf } from "./redact-place.js";
import { type Look, looksIn, proseLooks } from "./redact-shapes.js";

/** A text as it may be shown, and the secrets that are hidden in it. */
export interface RedactedText {
  readonly masked: string;
  readonly secrets: readonly string[];
}

/** A secret found in a text: where it stands, what goes in its place, and what it was. */
interface Found extends Span {
  readonly masked: string;
  readonly secrets: readonly string[];
}

/** A container that is being read: where it ends, how many names lead into it, the text item just read in it. */
interface Holder {
  readonly after: number;
  readonly depth: number;
  previous: string | undefined;
}

/**
 * A document's text with its secrets masked where they stand, quotes and line count kept: by their place, earlier ones of
 * doubled members too, and by their looks, in comments too. Of text that is not JSON5 only the looks are known.
 */
export function maskText(text: string, document: DocumentKind): string {
  return redactText(text, document).masked;
}

/** The same with the secrets that it hides. */
export function redactText(text: string, document: DocumentKind): RedactedText {
  const found: Found[] = [];
  const tree = text.trim() === "" ? null : treeOf(text);
  if (tree === null) addProse(text, 0, text.length, proseLooks, found);
  else addTree(tree, document, found);
  let masked = "";
  let at = 0;
  for (const part of found) {
    masked += text.slice(at, part.start) + part.masked;
    at = part.end;
  }
  return { masked: masked + text.slice(at), secrets: found.flatMap(({ secrets }) => secrets) };
}

function treeOf(text: string): Tree | null {
  try {
    return scan(text);
  } catch (error) {
    if (error instanceof ClawformError) return null;
    throw error;
  }
}

/** Every node in the order of the text, and what stands between them. */
function addTree(tree: Tree, document: DocumentKind, found: Found[]): void {
  const { text } = tree;
  const { kind, names } = rootOf(document);
  const looks = looksIn(text);
  const open: Holder[] = [];
  let holder: Holder | undefined;
  const base = names.length;
  let at = 0;
  let slash = text.indexOf("/");

  /** Goes on to where the next key or value starts: between them stand punctuation and perhaps a comment. */
  function passGap(end: number): void {
    if (slash >= 0 && slash < at) slash = text.indexOf("/", at);
    if (slash >= 0 && slash < end) addProse(text, slash, end, looks.prose, found);
  }

  for (let node = 0; node < tree.count; node++) {
    while (holder !== undefined && holder.after <= node) {
      open.pop();
      holder = open.at(-1);
    }
    names.length = holder?.depth ?? base;
    const isItem = keyStartOf(tree, node) < 0;
    if (!isItem) {
      passGap(keyStartOf(tree, node));
      at = keyEndOf(tree, node);
      names.push(keyAt(tree, node));
    }
    if (isContainer(tree, node)) {
      if (holder) holder.previous = undefined;
      holder = { after: afterOf(tree, node), depth: names.length, previous: undefined };
      open.push(holder);
      continue;
    }
    passGap(startOf(tree, node));
    at = endOf(tree, node);
    const value = addScalar(tree, node, { kind, names, previous: holder?.previous, looks: looks.values }, found);
    if (holder) holder.previous = isItem ? value : undefined;
  }
  passGap(text.length);
}

/** What decides whether a scalar is a secret. */
interface Context {
  readonly kind: "config" | "auth";
  readonly names: readonly string[];
  readonly previous: string | undefined;
  /** Those that the text may have. */
  readonly looks: readonly Look[];
}

/** Adds what is secret of a string or a number, and returns the string. */
function addScalar(
  tree: Tree,
  node: number,
  { kind, names, previous, looks }: Context,
  found: Found[],
): string | undefined {
  const start = startOf(tree, node);
  const end = endOf(tree, node);
  if (kindAt(tree, node) === kinds.number) {
    const value = valueOf(tree, node) as number;
    if (isSecretAt(kind, names, value)) found.push({ start, end, masked: mask, secrets: [String(value)] });
  }
  if (kindAt(tree, node) !== kinds.string) return undefined;
  const raw = tree.text.slice(start + 1, end - 1);
  const isEscaped = raw.includes("\\");
  const value = isEscaped ? (valueOf(tree, node) as string) : raw;
  const inside = { start: start + 1, end: end - 1 };
  if (isSecretScalar(kind, { names, value, previous })) {
    found.push({ ...inside, masked: maskLines(raw), secrets: [value] });
    return value;
  }
  // What is escaped may hold what the text does not.
  const spans = isEscaped ? secretSpans(value) : secretSpans(raw, looks);
  if (spans.length === 0) return value;
  // An offset in the value is one in the text as long as nothing is escaped; else the whole string goes.
  const secrets = spans.map((span) => value.slice(span.start, span.end));
  found.push({ ...inside, masked: isEscaped ? maskLines(raw) : maskSpans(raw, spans), secrets });
  return value;
}

function addProse(text: string, start: number, end: number, looks: readonly Look[], found: Found[]): void {
  const prose = text.slice(start, end);
  for (const span of secretSpansInProse(prose, looks)) {
    const secret = prose.slice(span.start, span.end);
    found.push({ start: start + span.start, end: start + span.end, masked: maskLines(secret), secrets: [secret] });
  }
}
