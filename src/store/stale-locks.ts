/** Locks that dead processes have left: harmless, for the next one breaks them, and yet a sign of a kill. */

import type { Problem, SourceFile } from "../types.js";
import { type Files, nodeFiles } from "./files.js";
import type { Host } from "./host.js";
import { holderAt, isStale } from "./lock-holder.js";
import { ownLockHolder } from "./own-lock.js";
import { stateFiles } from "./state-dir.js";
import { existsItself } from "./exists.js";

/** What is left of clawform's own lock on the state directory, and of OpenClaw's on these credential stores. */
export function staleLocks(
  stateDir: string,
  stores: readonly SourceFile[],
  host: Host,
  files: Files = nodeFiles,
): Problem[] {
  const { lock } = stateFiles(stateDir);
  const own = existsItself(lock, files) && ownLockHolder(lock, host, files) === null;
  const theirs = stores.flatMap(({ path, file }) => {
    const holder = holderAt(`${path}.lock`, file, files);
    return holder !== null && isStale(holder, host, files) ? [`${path}.lock`] : [];
  });
  return [...(own ? [lock] : []), ...theirs].map((path) => ({
    code: "stale-lock",
    severity: "info",
    file: path,
    pointer: "",
    message: "a lock whose process is gone",
    hint: "The next one who needs it breaks it; nothing has to be done.",
  }));
}
