/** Files as read -> documents, with the findings that were there before us. */

import { invalidError } from "../errors.js";
import { isObject, kindOf } from "../json.js";
import { formatPointer, isWithin, parsePointer, valueAt } from "../pointer.js";
import { duplicateKeys, locate, parseText } from "../text/index.js";
import type { DocumentKey, Documents, Json, JsonObject, Pointer, Problem, SourceFile } from "../types.js";
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
  const value = readSource(source);
  opened.set(source, value);
  return value;
}

function readSource(source: SourceFile): JsonObject {
  if (source.before === null) return {};
  const value = parseText(source.before.text, source.file);
  if (isObject(value)) return value;
  throw invalidError("not-an-object", `the root is ${kindOf(value) === "null" ? "null" : `a ${kindOf(value)}`}, not an object`, {
    file: source.file,
    position: { line: 1, column: 1 },
    hint: "OpenClaw refuses such a file too. Put the settings into { } or start over from {}.",
  });
}

/** All files as one value; included files are part of the configuration's, by `compose`. */
export function openDocuments(sources: readonly SourceFile[]): Documents {
  const documents: { config: JsonObject; auth: { [agent: string]: JsonObject } } = { config: {}, auth: {} };
  for (const source of sources) {
    if (source.document.kind === "include") continue;
    const value = openSource(source);
    if (source.document.kind === "config") documents.config = value;
    else documents.auth[source.document.agent] = value;
  }
  return documents;
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
 * What was wrong before us: warnings, save where a wrong type stands on a path (pointers over this file's document) that
 * is about to be written, for then the edit has no single meaning.
 */
export function presentProblems(source: SourceFile, value: Json, paths: readonly Pointer[]): Problem[] {
  const found = documentFindings(source.document, value).map((finding): Problem => {
    const blocks = finding.code === "wrong-type" && paths.some((path) => isWithin(path, finding.pointer) || onOurWay(finding.pointer, path));
    return {
      ...finding,
      file: source.file,
      severity: blocks ? "error" : "warning",
      hint: blocks ? "clawform has to write there and cannot tell what was meant. Mend the value first." : finding.hint,
    };
  });
  const doubled = duplicateKeys(source.before?.text ?? "{}").map(
    ({ pointer, position }): Problem => ({
      code: "duplicate-key",
      severity: "warning",
      file: source.file,
      pointer,
      ...position,
      message: `the key at ${pointer} stands more than once; the last one counts`,
      hint: "Remove the earlier one: OpenClaw never reads it.",
    }),
  );
  return [...includesOnPath(source, value, paths), ...withPositions(found, source), ...doubled];
}

/** A block's `models` and `apiKey`, an entry's fields: what a transform reads below the path it declares. */
function onOurWay(pointer: Pointer, path: Pointer): boolean {
  return isWithin(pointer, path) && pointer.slice(path.length).split("/").length <= 2;
}

function includesOnPath(source: SourceFile, value: Json, paths: readonly Pointer[]): Problem[] {
  // Spelled out or with an escape: most files name no include at all.
  if (!/include|\\u/.test(source.before?.text ?? "")) return [];
  const holders = new Set(paths.flatMap(prefixes).filter((place) => valueAt(value, `${place}/$include`) !== undefined));
  const found = [...holders].map(
    (place): Problem => ({
      code: "include",
      severity: "error",
      file: source.file,
      pointer: `${place}/$include`,
      message: place === "" ? "the whole file is put together from includes" : `the value at ${place} comes from an included file`,
      hint: "clawform does not edit through $include yet. Write this section into the file itself, or edit the included file.",
    }),
  );
  return withPositions(found, source);
}

function prefixes(pointer: Pointer): Pointer[] {
  const tokens = parsePointer(pointer);
  return [...tokens.keys(), tokens.length].map((length) => formatPointer(tokens.slice(0, length)));
}

/** Adds line and column where the file's text has the pointer. */
export function withPositions(problems: readonly Problem[], source: SourceFile): Problem[] {
  const text = source.before?.text;
  if (text === undefined || problems.length === 0) return [...problems];
  const ranges = locate(text, problems.map(({ pointer }) => pointer));
  return problems.map((problem, index) => ({ ...problem, ...ranges[index]?.position }));
}
