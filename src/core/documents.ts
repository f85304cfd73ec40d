/** Files as read -> documents, with the findings that were there before us. */

import { invalidError } from "../errors.js";
import { isObject, kindOf } from "../json.js";
import { formatPointer, isWithin, parsePointer } from "../pointer.js";
import { duplicateKeys, locate, parseText } from "../text/index.js";
import type { DocumentKey, Documents, Json, JsonObject, Pointer, Problem, SourceFile } from "../types.js";
import type { Composition } from "./include.js";
import { composes, includeKey } from "./include-names.js";
import { type Finding, findings } from "./validate.js";

/** The pointer, over `Documents`, of the document a file holds. */
export function documentPointer(document: DocumentKey): Pointer {
  if (document.kind === "auth") return formatPointer(["auth", document.agent]);
  return document.kind === "config" ? "/config" : `/config${document.at}`;
}

// A file is looked at by several hands on its way to a plan; it is parsed once.
const opened = new WeakMap<SourceFile, JsonObject>();

/** A file's document: `{}` for a file that does not exist. Throws `invalidError` with file and position for anything but an object. */
export function openSource(source: SourceFile): JsonObject {
  const known = opened.get(source);
  if (known) return known;
  const value = parseSource(source);
  opened.set(source, value);
  return value;
}

function parseSource(source: SourceFile): JsonObject {
  if (source.before === null) return {};
  const value = parseText(source.before.text, source.file);
  if (isObject(value)) return value;
  throw invalidError("not-an-object", `the root is ${named(value)}, not an object`, {
    file: source.file,
    position: { line: 1, column: 1 },
    hint: "OpenClaw refuses such a file too. Put the settings into { } or start over from {}.",
  });
}

function named(value: Json): string {
  const kind = kindOf(value);
  return kind === "null" ? kind : `${kind === "array" ? "an" : "a"} ${kind}`;
}

/** True when a `$include` stands anywhere in a file. Its text is asked first: a name may only be spelled otherwise with a backslash. */
export function isComposed(source: SourceFile): boolean {
  const text = source.before?.text ?? "";
  return (text.includes(includeKey) || text.includes("\\")) && composes(openSource(source));
}

/** All files as one value; a configuration put together from several files comes as its `composition`. */
export function openDocuments(sources: readonly SourceFile[], composition: Composition | null): Documents {
  const documents: { config: JsonObject; auth: { [agent: string]: JsonObject } } = { config: {}, auth: {} };
  for (const source of sources) {
    if (source.document.kind === "include") continue;
    if (source.document.kind === "config")
      documents.config = composition ? wholeOf(composition, source) : openSource(source);
    else documents.auth[source.document.agent] = openSource(source);
  }
  return documents;
}

/** The whole of a composed configuration. Throws `invalidError` when its includes make it anything but an object. */
export function wholeOf(composition: Composition, root: SourceFile): JsonObject {
  if (isObject(composition.value)) return composition.value;
  throw invalidError("not-an-object", `with its includes the root is ${named(composition.value)}, not an object`, {
    file: root.file,
    position: { line: 1, column: 1 },
    hint: "OpenClaw refuses such a configuration too.",
  });
}

/** One file's document out of all of them; for an included file the whole configuration it is a part of. */
export function documentOf(documents: Documents, document: DocumentKey): Json {
  return (document.kind === "auth" ? (documents.auth[document.agent] ?? {}) : documents.config) as unknown as Json;
}

// The document before is looked at for its own problems, and again to tell ours from them.
const judged = new WeakMap<object, readonly Finding[]>();

/** Findings of one document, as `documentOf` gives it, against its schema. */
export function documentFindings(document: DocumentKey, value: Json): readonly Finding[] {
  const known = isObject(value) ? judged.get(value) : undefined;
  if (known) return known;
  const found = findings(document.kind === "auth" ? "auth-profiles" : "openclaw", value);
  if (isObject(value)) judged.set(value, found);
  return found;
}

/**
 * What was wrong before us: warnings, save where a wrong type stands on a path (pointers over this file's document, asked
 * for when it matters) that is about to be written, for then the edit has no single meaning.
 */
export function presentProblems(
  source: SourceFile,
  value: Json,
  paths: () => readonly Pointer[],
  composition: Composition | null,
): Problem[] {
  const found = documentFindings(source.document, value).map((finding): Problem => {
    const blocks =
      finding.code === "wrong-type" &&
      paths().some((path) => isWithin(path, finding.pointer) || onOurWay(finding.pointer, path));
    return {
      ...finding,
      file: source.file,
      severity: blocks ? "error" : "warning",
      hint: blocks ? "clawform has to write there and cannot tell what was meant. Mend the value first." : finding.hint,
    };
  });
  return [...placed(found, source, composition), ...duplicateProblems(source)];
}

/** Members that a later one of the same name hides, as warnings. */
export function duplicateProblems(source: SourceFile): Problem[] {
  return duplicateKeys(source.before?.text ?? "{}", openSource(source)).map(({ pointer, position }): Problem => ({
    code: "duplicate-key",
    severity: "warning",
    file: source.file,
    pointer,
    ...position,
    message: `the key at ${pointer} stands more than once; the last one counts`,
    hint: "Remove the earlier one: OpenClaw never reads it.",
  }));
}

/** A block's `apiKey`, `models` and each of them, an entry's fields: what a transform reads below the path it declares. */
function onOurWay(pointer: Pointer, path: Pointer): boolean {
  if (!isWithin(pointer, path)) return false;
  const [field, ...below] = parsePointer(pointer.slice(path.length));
  return below.length === 0 || (below.length === 1 && field === "models");
}

/** Problems of a whole document in the file, and at the line, where each value really stands. */
export function placed(problems: readonly Problem[], source: SourceFile, composition: Composition | null): Problem[] {
  if (!composition || source.document.kind !== "config") return withPositions(problems, source);
  return problems.flatMap((problem) => {
    const at = nearestPlace(problem.pointer, composition);
    return withPositions(
      [at ? { ...problem, file: at.source.file, pointer: at.pointer } : problem],
      at?.source ?? source,
    );
  });
}

/** Checks and rules speak of `config` and `auth:<agent>`, people of files: the same problems, with file, line and column. */
export function inFiles<Found extends Problem>(
  problems: readonly Found[],
  sources: readonly SourceFile[],
  composition: Composition | null,
): Found[] {
  const inTheirs = new Map<Found, Problem>();
  for (const source of sources) {
    const { document, file } = source;
    const label = document.kind === "auth" ? `auth:${document.agent}` : document.kind;
    const own = problems.filter((problem) => problem.file === label && !inTheirs.has(problem));
    const there = own.map((problem) => ({ ...problem, file }));
    placed(there, source, composition).forEach((problem, index) => inTheirs.set(own[index] as Found, problem));
  }
  return problems.map((problem) => ({ ...problem, ...inTheirs.get(problem) }));
}

/** Where a value stands, or, when there is none yet, the container it would be in. */
function nearestPlace(pointer: Pointer, composition: Composition): ReturnType<Composition["placeOf"]> {
  const tokens = parsePointer(pointer);
  for (let length = tokens.length; length >= 0; length--) {
    const at = composition.placeOf(formatPointer(tokens.slice(0, length)));
    if (at) return at;
  }
  return null;
}

/** Adds line and column where the file's text has the pointer. */
export function withPositions(problems: readonly Problem[], source: SourceFile): Problem[] {
  const text = source.before?.text;
  if (text === undefined || problems.length === 0) return [...problems];
  const ranges = locate(
    text,
    problems.map(({ pointer }) => pointer),
  );
  return problems.map((problem, index) => ({ ...problem, ...ranges[index]?.position }));
}
