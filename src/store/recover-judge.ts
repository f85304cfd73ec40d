/** What an interrupted transaction has left, and what follows from it. Reads, changes nothing. */

import type { Sha256 } from "../types.js";
import type { Files } from "./files.js";
import { readJson } from "./interrupted.js";
import type { Journal, JournalFile } from "./journal.js";
import { isHalfDone } from "./overwrite.js";
import { hashAt } from "./read.js";

/** One file of an interrupted transaction as it is now. */
export interface Seen {
  readonly entry: JournalFile;
  readonly hash: Sha256 | null;
  /** `torn`: half overwritten; `other`: neither what the transaction found nor what it was to leave, so somebody else's. */
  readonly state: "before" | "after" | "torn" | "other";
  /** Its new text is there to be renamed. */
  readonly ready: boolean;
  readonly replaced: boolean;
}

/**
 * What to do: `forward` puts the rest in place, `back` puts the old texts back, `clear` only tidies (nothing was replaced
 * yet, or all is over), `conflict`: neither is possible without overwriting what somebody else wrote since.
 */
export interface Verdict {
  readonly kind: "forward" | "back" | "clear" | "conflict";
  readonly seen: readonly Seen[];
  /** The record's temporary file has its whole text. */
  readonly recorded: boolean;
}

/** Looks at every file of the journal and decides. The same files give the same verdict, after a kill in the middle of it too. */
export function judge(journal: Journal, files: Files): Verdict {
  const seen = journal.files.map((entry) => look(entry, files));
  const record = recordState(journal, files);
  return { kind: decide(seen, record), seen, recorded: record === "whole" };
}

type RecordState = "whole" | "broken" | "gone";

function decide(seen: readonly Seen[], record: RecordState): Verdict["kind"] {
  // The record's temporary file is the last to be made and the first to go: without it nothing is half done.
  if (record === "gone" || !seen.some(({ replaced }) => replaced)) return "clear";
  if (seen.some(({ state }) => state === "other")) return "conflict";
  if (record === "whole" && seen.every(({ state, ready }) => state === "after" || ready)) return "forward";
  if (seen.every(({ state }) => state === "after")) return "forward";
  const lost = record !== "whole" && seen.some(({ entry, state }) => state === "after" && entry.before !== null);
  return lost ? "conflict" : "back";
}

function look(entry: JournalFile, files: Files): Seen {
  const hash = hashAt(entry.target, entry.file, files);
  const torn = (): Seen["state"] => (hash !== null && isHalfDone(entry, files) ? "torn" : "other");
  const state = hash === entry.before ? "before" : hash === entry.after ? "after" : torn();
  if (entry.after === null) return { entry, hash, state, ready: true, replaced: state === "after" };
  const waiting = hashAt(entry.temporary, entry.file, files);
  return { entry, hash, state, ready: waiting === entry.after, replaced: state !== "before" || waiting === null };
}

function recordState({ record }: Journal, files: Files): RecordState {
  if (record === null) return "gone";
  const { temporary, sha256 } = record;
  if (sha256 === null) {
    const found = readJson(temporary, files);
    return found === null ? "gone" : found.json === undefined ? "broken" : "whole";
  }
  const hash = hashAt(temporary, temporary, files);
  return hash === null ? "gone" : hash === sha256 ? "whole" : "broken";
}
