/** Committing a plan: every file changes, or none does. */

import { dirname } from "node:path";
import { writeError } from "../errors.js";
import type { Change } from "../types.js";
import { writeFailure } from "./failures.js";
import { type Files, nodeFiles } from "./files.js";
import { type Present, present, refuseAwkward, refuseShared } from "./present.js";
import { takeBack, type Trail } from "./rollback.js";
import { makeDirectories, syncDirectory, writeTemporary } from "./write.js";

/** How to commit. */
export interface CommitOptions {
  /** The disk; tests give one that fails. */
  readonly files?: Files;
}

/** What happened to one file. */
export interface CommittedFile {
  readonly file: string;
  readonly path: string;
  /** Where it really lies, symbolic links followed. */
  readonly target: string;
  readonly outcome: "created" | "replaced" | "removed" | "unchanged";
}

/** What a commit did, in the order it did it: credentials, then the configuration. */
export interface CommitReport {
  readonly files: readonly CommittedFile[];
}

/**
 * Writes the `after` of every change, credentials first. A file that is not as the plan found it stops
 * everything (`stale`, exit 75); a failed write is exit 73. On every error the files are as they were, or the
 * error (`rollback-failed`) says which are not. A file whose `after` is its `before` is compared, not touched.
 */
export function commit(changes: readonly Change[], options: CommitOptions = {}): CommitReport {
  const files = options.files ?? nodeFiles;
  const found = inOrder(changes).map((change) => present(change, files));
  refuseShared(found);
  const pending = found.filter(({ change }) => change.before?.sha256 !== change.after?.sha256);
  for (const item of pending) refuseAwkward(item);
  if (pending.length > 0) replaceAll(pending, files);
  return { files: found.map(report) };
}

// Half of a change must not be a configuration that names a credential, or includes a file, nobody has: the root file
// comes after what it names, and what goes, goes last of all.
function inOrder(changes: readonly Change[]): Change[] {
  const kinds = ["auth", "include", "config"] as const;
  const ordered = kinds.flatMap((kind) => changes.filter(({ document }) => document.kind === kind));
  return [...ordered.filter(({ after }) => after !== null), ...ordered.filter(({ after }) => after === null)];
}

function report({ change, target }: Present): CommittedFile {
  const same = change.before?.sha256 === change.after?.sha256;
  const outcome = same
    ? "unchanged"
    : change.after === null
      ? "removed"
      : change.before === null
        ? "created"
        : "replaced";
  return { file: change.file, path: change.path, target: target.path, outcome };
}

function replaceAll(pending: readonly Present[], files: Files): void {
  const trail: Trail = { temporaries: [], directories: [], replaced: [] };
  try {
    const prepared = pending.map((item) => ({ item, temporary: prepare(item, trail, files) }));
    for (const { item, temporary } of prepared) put(item, temporary, trail, files);
  } catch (error) {
    const left = takeBack(trail, files);
    if (left.length === 0) throw error;
    const reason = error instanceof Error ? error.message : "the commit failed";
    throw writeError("rollback-failed", [reason, ...left].join("; "), {
      hint: "look at the files named here before trying again",
      cause: error,
    });
  }
}

/** The temporary file that will take the target's place; null when the target goes. */
function prepare(item: Present, trail: Trail, files: Files): string | null {
  const { change, target } = item;
  if (change.after === null) return null;
  try {
    makeDirectories(target.missing, (path) => trail.directories.push(path), files);
    const temporary = writeTemporary(target.path, change.after.text, target.status, change.file, files);
    trail.temporaries.push(temporary);
    return temporary;
  } catch (error) {
    throw writeFailure(error, change.file, change.path);
  }
}

/** Compares once more, directly before the rename: the window in which another writer can be lost is these two calls. */
function put(item: Present, temporary: string | null, trail: Trail, files: Files): void {
  const { change, target } = item;
  present(change, files, target.path);
  try {
    if (temporary === null) files.remove(target.path);
    else files.rename(temporary, target.path);
    trail.replaced.push(item);
    syncDirectory(dirname(target.path), files);
  } catch (error) {
    throw writeFailure(error, change.file, change.path, temporary === null ? "remove" : "replace");
  }
}
