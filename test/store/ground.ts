/** Laying out files on any disk, real or in memory, and reading back all that is there. */

import { dirname, join } from "node:path";
import type { Files } from "../../src/store/files.js";
import { readUpTo } from "../../src/store/read.js";
import { existing } from "./disk.js";

/** A directory on a disk. */
export interface Ground {
  readonly files: Files;
  readonly home: string;
}

/** Makes directories as far as they are missing, mode 0755. */
export function layDirectory({ files }: Pick<Ground, "files">, path: string): void {
  if (isThere(path, files)) return;
  layDirectory({ files }, dirname(path));
  files.makeDirectory(path, 0o755);
}

/** Writes a file, new or over an old one, its directories made as needed; returns its path. */
export function lay({ files, home }: Ground, name: string, content: string, mode = 0o600): string {
  const path = join(home, name);
  layDirectory({ files }, dirname(path));
  writeOn(files, path, content, mode);
  return path;
}

/** Writes a file as another program does: all of it, at once; what is there keeps its mode. */
export function writeOn(files: Files, path: string, content: string, mode = 0o600): void {
  const old = isThere(path, files);
  const descriptor = old ? files.reopen(path) : files.create(path, mode);
  files.truncate(descriptor, 0);
  files.write(descriptor, Buffer.from(content), 0);
  if (!old) files.chmod(descriptor, mode);
  files.close(descriptor);
}

/** The text of a file. */
export function textOn(files: Files, path: string): string {
  const descriptor = files.open(path);
  const bytes = readUpTo(descriptor, 0, 1 << 20, files);
  files.close(descriptor);
  return bytes.toString("utf8");
}

/** Whether a path leads to anything. */
export function isThere(path: string, files: Files): boolean {
  try {
    return files.stat(path) !== null;
  } catch {
    return false;
  }
}

/** Everything below a directory by relative path: a file's mode, names and text, a link as `-> target`, a directory as its mode. */
export function treeOn(files: Files, directory: string, prefix = ""): [string, string][] {
  const found: [string, string][] = [];
  for (const name of files.list(join(directory, prefix)).sort()) {
    const path = join(prefix, name);
    const full = join(directory, path);
    const { kind, mode, links } = existing(files.lstat(full));
    const octal = mode.toString(8);
    if (kind === "symlink") found.push([path, `-> ${files.readlink(full)}`]);
    else if (kind === "directory") found.push([`${path}/`, octal], ...treeOn(files, directory, path));
    else found.push([path, `${octal} ${links} ${textOn(files, full)}`]);
  }
  return found;
}
