/** Whether something stands at a path, and where that really is. */

import type { Files, FileStatus } from "./files.js";

/** True when the path leads to something, symbolic links followed; false for whatever cannot be looked at. */
export function exists(path: string, files: Files): boolean {
  return answers(() => files.stat(path) !== null);
}

/** True when there is something at the path itself, a link to nowhere included. */
export function existsItself(path: string, files: Files): boolean {
  return answers(() => files.lstat(path) !== null);
}

/** True for a directory, symbolic links followed; false for whatever cannot be looked at. */
export function isDirectory(path: string, files: Files): boolean {
  return answers(() => files.stat(path)?.kind === "directory");
}

/** What a path leads to; null for nothing, and for whatever cannot be looked at. */
export function statusOf(path: string, files: Files): FileStatus | null {
  try {
    return files.stat(path);
  } catch {
    return null;
  }
}

/** Where a path really is; the path itself where that cannot be told. */
export function realPlace(path: string, files: Files): string {
  try {
    return files.realpath(path);
  } catch {
    return path;
  }
}

function answers(look: () => boolean): boolean {
  try {
    return look();
  } catch {
    return false;
  }
}
