/** What is mounted where, as far as the system tells. */

import type { Files } from "./files.js";
import { readUpTo } from "./read.js";

/** Bytes of the list that are read (4 MiB). */
const limit = 4 * 1024 * 1024;

/**
 * Real paths of everything mounted that this process can see, single files too: the fifth field of Linux's mountinfo
 * (proc_pid_mountinfo(5)), space, tab, newline and backslash as octal escapes. Empty where there is no such list.
 */
export function mountPoints(files: Files): ReadonlySet<string> {
  try {
    const descriptor = files.open("/proc/self/mountinfo");
    try {
      const lines = readUpTo(descriptor, 0, limit, files).toString("utf8").split("\n");
      return new Set(lines.map((line) => unescape(line.split(" ", 5)[4] ?? "")));
    } finally {
      files.close(descriptor);
    }
  } catch {
    return new Set();
  }
}

function unescape(field: string): string {
  if (!field.includes("\\")) return field;
  return field.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
