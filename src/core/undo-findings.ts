/** Whether what an undo leaves is still a configuration that OpenClaw takes. */

import { ClawformError } from "../errors.js";
import { isObject } from "../json.js";
import { parseText } from "../text/index.js";
import type { Change, DocumentKey, IncludedFile, Json, Problem, SourceFile } from "../types.js";
import { documentFindings, openSource } from "./documents.js";
import { compose } from "./include.js";
import type { Finding } from "./validate.js";

/** The files of a configuration that is put together from several. */
export interface Together {
  readonly root: SourceFile;
  readonly included: readonly IncludedFile[];
}

/**
 * What would be wrong only because our values went out from between those of others, such as a provider block of which
 * only a header is left: errors. `merged` are the files that others changed, `changes` everything that would be written.
 */
export function undoFindings(
  merged: readonly Change[],
  changes: readonly Change[],
  readTogether: () => Together | null,
): Problem[] {
  const together = merged.some(({ document }) => document.kind !== "auth") ? readTogether() : null;
  const alone = merged.filter(({ document }) => document.kind === "auth" || (document.kind === "config" && !together));
  const found = alone.flatMap((change) =>
    fresh(change.document, valueOf(change, "before"), valueOf(change, "after")).map((one) => refusal(one, change.file)),
  );
  return together && merged.length > alone.length ? [...found, ...composedFindings(together, changes)] : found;
}

function composedFindings(together: Together, changes: readonly Change[]): Problem[] {
  const config: DocumentKey = { kind: "config" };
  const edited = <Source extends SourceFile>(source: Source): Source => {
    const change = changes.find(({ path }) => path === source.path);
    return change ? { ...source, before: change.after } : source;
  };
  const { root, included } = together;
  const before = compose(root, included).value;
  try {
    const after = compose(edited(root), included.map(edited)).value;
    if (isObject(after)) return fresh(config, before, after).map((one) => refusal(one, root.file));
    return [refusal({ pointer: "", message: "it would not be an object" }, root.file)];
  } catch (error) {
    if (!(error instanceof ClawformError)) throw error;
    return [refusal({ pointer: error.pointer, message: error.message }, error.file || root.file)];
  }
}

function fresh(document: DocumentKey, before: Json, after: Json): Finding[] {
  const key = ({ pointer, message }: Finding): string => `${pointer} ${message}`;
  const known = new Set(documentFindings(document, before).map(key));
  return documentFindings(document, after).filter((finding) => !known.has(key(finding)));
}

function valueOf(change: Change, side: "before" | "after"): Json {
  const state = change[side];
  if (state === null) return {};
  return side === "before" ? openSource(change) : parseText(state.text, change.file);
}

function refusal({ pointer, message }: Pick<Finding, "pointer" | "message">, file: string): Problem {
  return {
    code: "undo-conflict",
    severity: "error",
    file,
    pointer,
    message: `without what the apply wrote, what others added since would be invalid: ${message}`,
    hint: "Nothing was written. Take out what was added there, or complete it, and undo again.",
  };
}
