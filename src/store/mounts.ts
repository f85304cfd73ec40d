/** What is mounted where, as far as the system tells. */

import type { Files } from "./files.js";
import { readUpTo } from "./read.js";

/** Bytes of the list that are read (4 MiB). */
const limit = 4 * 1024 * 1024;

/** What was mounted when this process last looked. */
const lastSeen = new WeakMap<Files, ReadonlySet<string>>();

/**
 * Whether something is mounted at a real path. The list is read once and again before it is believed that something is: what
 * is mounted later does not let itself be replaced by a rename (EBUSY), and is found out then.
 */
export function isMountPoint(path: string, files: Files): boolean {
  if (lastSeen.get(files)?.has(path) === false) return false;
  const seen = mountPoints(files);
  lastSeen.set(files, seen);
  return seen.has(path);
}

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
