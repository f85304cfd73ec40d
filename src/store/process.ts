/** What Linux tells of processes (proc(5)); other systems have nothing there. */

import { systemCode } from "./failures.js";
import { type Files, nodeFiles } from "./files.js";
import { readLock } from "./lock-holder.js";

/** When a process began, in clock ticks since the system did; null when there is no telling. */
export function birthOf(pid: number, files: Files = nodeFiles): string | null {
  // The name, in parentheses, may hold anything; the 20th number after it is field 22, starttime.
  const rest = told(() => readLock(`/proc/${pid}/stat`, files))?.replace(/^.*\)\s*/s, "");
  return rest?.split(" ")[19] ?? null;
}

/** The running system and the namespace of process ids this process sees; null when there is no telling. */
export function realmOf(files: Files = nodeFiles): string | null {
  const boot = told(() => readLock("/proc/sys/kernel/random/boot_id", files))?.trim();
  const space = told(() => files.readlink("/proc/self/ns/pid"));
  return boot === undefined || boot === "" ? null : `${boot} ${space ?? ""}`;
}

function told(ask: () => string): string | undefined {
  try {
    return ask();
  } catch (error) {
    if (systemCode(error) === "") throw error;
    return undefined;
  }
}
