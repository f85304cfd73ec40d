/** What clawform itself keeps in OpenClaw's state directory. */

import { join, sep } from "node:path";

/** clawform's own files; every path below `directory`, which is 0700. */
export interface StateFiles {
  readonly directory: string;
  /** Held by the process that plans and writes. */
  readonly lock: string;
  /** There while files are being changed, and after a kill in the middle of it. */
  readonly journal: string;
  /** One file per apply, 0600: they hold secrets. */
  readonly history: string;
}

/** Where clawform keeps its own files for the OpenClaw installation in `stateDir`. */
export function stateFiles(stateDir: string): StateFiles {
  const directory = join(stateDir, "clawform");
  return {
    directory,
    lock: `${directory}${sep}lock`,
    journal: `${directory}${sep}journal.json`,
    history: `${directory}${sep}history`,
  };
}

/** How many applies the history keeps unless the user says otherwise. */
export const keptEntries = 20;
