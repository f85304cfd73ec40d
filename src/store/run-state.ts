/** What OpenClaw keeps beside its configuration and reads before each request. */

import { dirname, join } from "node:path";
import type { SourceFile } from "../types.js";
import { type Files, nodeFiles } from "./files.js";
import { readSource } from "./read.js";

/** Whether OpenClaw has its plugin registry, `<state>/plugins/installs.json`: without it no host is recognised (measured). */
export function hasPluginRegistry(stateDir: string, files: Files = nodeFiles): boolean {
  try {
    return files.stat(join(stateDir, "plugins", "installs.json"))?.kind === "file";
  } catch {
    return false;
  }
}

/** `auth-state.json` beside a credential store: the order of profiles and how they fared. Throws as `readSource`. */
export function readAuthState(store: SourceFile, files: Files = nodeFiles): SourceFile {
  const path = join(dirname(store.path), "auth-state.json");
  return readSource(path, "auth-state.json", store.document, files);
}
