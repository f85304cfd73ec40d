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
 * only a header is left: errors. What was wrong before the apply, or is now, is nobody's news. `merged` are the files that
 * others changed, `changes` everything that would be written, `done` what the apply did.
 */
export function undoFindings(
  merged: readonly Change[],
  changes: readonly Change[],
  done: readonly Change[],
  readTogether: () => Together | null,
): Problem[] {
  const together = merged.some(({ document }) => document.kind !== "auth") ? readTogether() : null;
  const alone = merged.filter(({ document }) => document.kind === "auth" || (document.kind === "config" && !together));
  const found = alone.flatMap((change) =>
    fresh(change.document, knownOf(change, done), valueOf(change, "after")).map((one) => refusal(one, change.file)),
  );
  return together && merged.length > alone.length ? [...found, ...composedFindings(together, changes, done)] : found;
}

/** What the file holds now, and what it held before the apply. */
function knownOf(change: Change, done: readonly Change[]): Json[] {
  const own = done.find(({ path }) => path === change.path);
  return [valueOf(change, "before"), ...(own === undefined ? [] : [valueOf(own, "before")])];
}

function composedFindings(together: Together, changes: readonly Change[], done: readonly Change[]): Problem[] {
  const config: DocumentKey = { kind: "config" };
  const { root, included } = together;
  const composed = (by: readonly Change[], side: "before" | "after"): Json => {
    const edited = <Source extends SourceFile>(source: Source): Source => {
      const change = by.find(({ path }) => path === source.path);
      return change ? { ...source, before: change[side] } : source;
    };
    return compose(edited(root), included.map(edited)).value;
  };
  try {
    const after = composed(changes, "after");
    const known = [composed([], "before"), composed(done, "before")];
    if (isObject(after)) return fresh(config, known, after).map((one) => refusal(one, root.file));
    return [refusal({ pointer: "", message: "it would not be an object" }, root.file)];
  } catch (error) {
    if (!(error instanceof ClawformError)) throw error;
    return [refusal({ pointer: error.pointer, message: error.message }, error.file || root.file)];
  }
}

function fresh(document: DocumentKey, before: readonly Json[], after: Json): Finding[] {
  const key = ({ pointer, message }: Finding): string => `${pointer} ${message}`;
  const known = new Set(before.flatMap((value) => documentFindings(document, value).map(key)));
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
