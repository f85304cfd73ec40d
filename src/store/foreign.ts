/**
 * Root at work in a user's home. What that user can lead elsewhere (a link, an agent's directory, the journal of an apply)
 * must not lead to what is not theirs: root would write into it, and its old text would come to lie in their history.
 */

import { basename, dirname, join, sep } from "node:path";
import { writeError } from "../errors.js";
import { systemCode, writeFailure } from "./failures.js";
import type { Files } from "./files.js";
import type { Journal } from "./journal.js";
import type { Present } from "./present.js";
import { stateFiles } from "./state-dir.js";
import type { HeldState } from "./state-lock.js";

type Home = Pick<HeldState, "stateDir" | "host" | "files">;

/** Refuses changes that lead out of the home to another user's files (`foreign-file`, exit 73). A configuration that was named itself is one's own business. */
export function refuseForeignChanges(found: readonly Present[], home: Home): void {
  refuseForeign(home, () =>
    found.flatMap(({ change, target }) =>
      change.document.kind === "config" && isNoLink(change.path, target.path, home.files) ? [] : [target.path],
    ),
  );
}

/** Refuses to see an apply through whose journal names another user's files. */
export function refuseForeignJournal({ files, locks, directories, record }: Journal, home: Home): void {
  refuseForeign(home, () => [
    ...files.flatMap(({ target, temporary, backup }) => [target, temporary, backup ?? temporary]),
    ...locks.flatMap(({ path, temporary }) => [path, temporary]),
    ...directories,
    ...(record === null ? [] : [record.temporary, record.path ?? record.temporary]),
  ]);
}

/** Refuses a folder of clawform's that leads out of the home. */
export function refuseForeignFolder(home: Home): void {
  refuseForeign(home, () => [stateFiles(home.stateDir).directory]);
}

function refuseForeign({ stateDir, host, files }: Home, paths: () => readonly string[]): void {
  if (host.isRoot !== true) return;
  try {
    if (files.stat(stateDir)?.uid === 0) return;
    const home = nearest(stateDir, files);
    const other = home.uid === 0 ? undefined : [...new Set(paths())].find((path) => !isWithin(path, home, files));
    if (other === undefined) return;
    throw writeError("foreign-file", `${other} belongs to another user than ${stateDir}`, {
      file: other,
      hint: "root changes only what belongs to whose home it is: do it as that user, or give them the file",
    });
  } catch (error) {
    throw writeFailure(error, stateDir, stateDir, "look into");
  }
}

/** In the home, or elsewhere and the same user's. */
function isWithin(path: string, home: Place, files: Files): boolean {
  const place = nearest(path, files);
  return place.uid === home.uid || `${place.path}${sep}`.startsWith(`${home.path}${sep}`);
}

interface Place {
  readonly path: string;
  readonly uid: number;
}

/** What a path leads to, or if that is nothing what the directory does that it would be made in. */
function nearest(path: string, files: Files): Place {
  for (let place = path; ; place = dirname(place)) {
    try {
      const real = files.realpath(place);
      return { path: real, uid: files.stat(real)?.uid ?? 0 };
    } catch (error) {
      if (!["ENOENT", "ENOTDIR"].includes(systemCode(error)) || dirname(place) === place) throw error;
    }
  }
}

function isNoLink(path: string, target: string, files: Files): boolean {
  return join(nearest(dirname(path), files).path, basename(path)) === target;
}
