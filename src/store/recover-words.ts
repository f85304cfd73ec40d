/** What is said of an interrupted transaction. */

import { basename } from "node:path";
import { ClawformError, writeError } from "../errors.js";
import type { Problem } from "../types.js";
import { type Files, nodeFiles } from "./files.js";
import type { Host } from "./host.js";
import { readSign, type Signs, signsOf } from "./interrupted.js";
import type { Journal } from "./journal.js";
import { ownLockHolder } from "./own-lock.js";
import { nameOf } from "./owner.js";
import { judge, type Seen, type Verdict } from "./recover-judge.js";
import { stateFiles } from "./state-dir.js";

/** Why an interrupted transaction can neither be finished nor taken back: both versions of each file, and where they are (exit 73). */
export function conflict({ seen }: Verdict, journal: Journal): Error {
  const others = seen.filter(({ state }) => state === "other");
  const [first] = others.length > 0 ? others : seen.filter(({ ready }) => !ready);
  const old = journal.record === null ? "" : `; what it found is kept in ${journal.record.temporary}`;
  const what =
    others.length > 0
      ? others.map(describe).join("; ")
      : "the texts it was to write, or those it found, are not there any more";
  return writeError("recovery-conflict", `an apply was interrupted (${nameOf(journal.owner)}): ${what}${old}`, {
    file: first?.entry.file ?? "",
    hint: "nothing was written. Make each file what it should be, then run: clawform recover --abandon",
  });
}

function describe({ entry, hash, ready }: Seen): string {
  const now = hash === null ? "is gone" : `was changed by another program since (sha256 ${short(hash)})`;
  const ours = ready && entry.after !== null ? `in ${entry.temporary}` : `sha256 ${short(entry.after)}`;
  return `${entry.path} ${now} and stays as it is; the version of the apply is ${ours}`;
}

function short(hash: string | null): string {
  return hash?.slice(0, 12) ?? "none: it was to be removed";
}

const wouldBe = {
  forward: "it would be finished",
  back: "it would be taken back",
  clear: "only temporary files are left of it, they would be removed",
  conflict: "another program has changed its files since, so it needs you",
} as const;

/** The warning about an interrupted transaction, with what would be done about it; null when there is none or it is under way. */
export function unfinishedApply(stateDir: string, host: Host, files: Files = nodeFiles): Problem | null {
  return unfinishedIn(stateDir, signsOf(stateDir, files), host, files);
}

/** The same by the signs of one that have been seen. */
export function unfinishedIn(stateDir: string, { paths }: Signs, host: Host, files: Files = nodeFiles): Problem | null {
  if (paths.length === 0) return null;
  const { lock, journal } = stateFiles(stateDir);
  const place = { code: "unfinished-apply", severity: "warning", file: basename(journal), pointer: "" } as const;
  try {
    if (ownLockHolder(lock, host, files) !== null) return null;
    const found = paths.flatMap((path) => {
      const journal = readSign(path, stateDir, files);
      return journal === null ? [] : [{ owner: journal.owner, kind: judge(journal, files).kind }];
    });
    const first = found.find(({ kind }) => kind !== "clear") ?? found[0];
    if (first === undefined) return null;
    const { owner, kind } = first;
    const message = `an apply was interrupted (${nameOf(owner)}, ${owner.since}): ${wouldBe[kind]}`;
    return { ...place, message, hint: "clawform recover does that, and so does every command that writes." };
  } catch (error) {
    // Whoever only reads is told, and goes on.
    if (!(error instanceof ClawformError)) throw error;
    return { ...place, message: `an apply was interrupted: ${error.message}`, hint: error.hint };
  }
}
