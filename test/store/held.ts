/** One commit with a state directory of its own, away from the files a test looks at. Needs no test runner. */

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { thisProcess } from "../../src/host.js";
import { commit as commitOnce, type CommitReport } from "../../src/store/commit.js";
import { type Files, nodeFiles } from "../../src/store/files.js";
import type { FileChange } from "../../src/types.js";

/** Commits, or throws what is in the way. */
export function commit(changes: readonly FileChange[], { files = nodeFiles }: { files?: Files } = {}): CommitReport {
  const umask = process.umask(0o022);
  const stateDir = mkdtempSync(join(tmpdir(), "clawform state-"));
  mkdirSync(join(stateDir, "clawform"), 0o700);
  process.umask(umask);
  try {
    const held = { stateDir, host: thisProcess, files, timeoutSeconds: 0, command: "test" };
    const outcome = commitOnce(held, changes, null);
    if ("busy" in outcome) throw outcome.busy();
    return outcome.value;
  } finally {
    rmSync(stateDir, { recursive: true });
  }
}
