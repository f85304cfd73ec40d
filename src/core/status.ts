/** Whether an apply still stands. Pure: given its entry and the files as they are now. */

import { parseText } from "../text/index.js";
import type { Change, HistoryEntry, Json, Pointer, Problem, SourceFile } from "../types.js";
import { openSource } from "./documents.js";
import { standing } from "./standing.js";

/**
 * What became of one file. `unchanged`: as the apply left it. `edited`: changed since, with everything the apply wrote still
 * there. `overwritten`: some of that is gone. `reverted`: all of it is, and what was there before is back. `missing`: the file is.
 */
export type FileState = "unchanged" | "edited" | "overwritten" | "reverted" | "missing";

/** One file of an apply as it is now. */
export interface FileStatus {
  readonly file: string;
  readonly path: string;
  readonly state: FileState;
  /** Places that hold again what they held before the apply; pointers into the document as the apply left it. */
  readonly reverted: readonly Pointer[];
  /** Places that hold something else by now. */
  readonly replaced: readonly Pointer[];
}

/** Whether everything the apply wrote is there. */
export function stands({ state }: Pick<FileStatus, "state">): boolean {
  return state === "unchanged" || state === "edited";
}

/** The status of one file of an apply. Throws as `parseText` for a file that is no JSON5 any more. */
export function fileStatus(done: Change, present: SourceFile): FileStatus {
  const { file, path } = done;
  const now = present.before?.sha256 ?? null;
  const plain = (state: FileState): FileStatus => ({ file, path, state, reverted: [], replaced: [] });
  if (now === (done.after?.sha256 ?? null)) return plain("unchanged");
  if (now === (done.before?.sha256 ?? null)) return plain("reverted");
  if (present.before === null) return plain("missing");
  const { kept, reverted, replaced } = standing(valueOf(done.before), valueOf(done.after), openSource(present));
  if (reverted.length + replaced.length === 0) return plain("edited");
  const all = kept.length === 0 && replaced.length === 0;
  return { file, path, state: all ? "reverted" : "overwritten", reverted, replaced };
}

function valueOf(state: Change["before"]): Json {
  return state === null ? {} : parseText(state.text);
}

const hints: { readonly [state in FileState]?: string } = {
  // Measured on 2026.5.6 (reference, "Beside a running gateway").
  reverted:
    "A gateway that restarts inside its own process (settings of auth and env make it) goes on from the copy it read when it was first started, and may write that back. Stop the gateway, apply again, start it.",
  overwritten: "Apply again to have it back: plan shows first what that would change.",
  missing: "Apply again to have it back.",
};

/** What to tell about a file that does not hold what the apply wrote; null when it does. */
export function statusProblem(
  { file, path, state, reverted, replaced }: FileStatus,
  entry: HistoryEntry,
): Problem | null {
  const hint = hints[state];
  if (hint === undefined) return null;
  const apply = `apply ${entry.number}`;
  const places = [...reverted, ...replaced];
  const message = {
    reverted: `${path} is as it was before ${apply}: another program has put its old content back`,
    overwritten: `${path} no longer holds all that ${apply} wrote: ${some(places)}`,
    missing: `${path} is gone since ${apply}`,
  }[state as "reverted" | "overwritten" | "missing"];
  return { code: `apply-${state}`, severity: "warning", file, pointer: places[0] ?? "", message, hint };
}

/** At most five by name. */
function some(places: readonly Pointer[]): string {
  const more = places.length - 5;
  return places.slice(0, 5).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
