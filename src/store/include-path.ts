/** Where a name in a `$include` leads, and whether OpenClaw 2026.5.6 would go there. */

import { delimiter, dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { includeError } from "../core/include-names.js";
import { ClawformError, invalidError } from "../errors.js";
import type { Pointer, SourceFile } from "../types.js";
import { readFailure } from "./failures.js";
import type { Files } from "./files.js";
import { expandPath } from "./locate.js";
import { findTarget, type Target } from "./target.js";

/** Where included files may lie. */
export interface IncludeRules {
  /** The directory of the configuration's path, a symbolic link not resolved: nested files are held to it, too. */
  readonly configDir: string;
  /** More directories, absolute: `includeRoots`. */
  readonly roots: readonly string[];
}

/** A name as it stands in a file's `$include`. */
export interface IncludeSite {
  readonly by: SourceFile;
  /** Of the `$include`. */
  readonly pointer: Pointer;
  readonly name: string;
}

/** The directories of OPENCLAW_INCLUDE_ROOTS: a path list (`:`, on Windows `;`), blank entries left out, `~` expanded, relative ones from `cwd`. */
export function includeRoots(list: string | undefined, home: string, cwd: string): string[] {
  const entries = (list ?? "").split(delimiter).filter((entry) => entry.trim() !== "");
  return [...new Set(entries.map((entry) => expandPath(entry, home, cwd)))];
}

/**
 * The path that a name means, and where it really leads. Throws `invalidError` for one outside the allowed directories,
 * by its path or through a symbolic link, and for anything but a regular file with one name.
 */
export function findIncluded(site: IncludeSite, rules: IncludeRules, files: Files): { path: string; target: string } {
  const { by, name } = site;
  if (name.includes("\0")) throw refusal(site, "value", "which is no file name", "Write the name of a file.");
  const path = isAbsolute(name) ? resolve(name) : resolve(dirname(by.path), name);
  const allowed = [rules.configDir, ...rules.roots];
  const way = "Move it into that directory, or allow its own in OPENCLAW_INCLUDE_ROOTS.";
  if (!allowed.some((directory) => isInside(path, directory))) {
    throw refusal(site, "outside", `which is ${path}, outside ${rules.configDir}`, way);
  }
  const { path: target, status } = follow(site, path, files);
  if (status === null)
    throw refusal(site, "missing", `but ${path} does not exist`, "Put the file there, or correct the name.");
  if (!allowed.some((directory) => isInside(target, realDirectory(directory, files)))) {
    throw refusal(site, "outside", `which leads through a symbolic link to ${target}, outside ${rules.configDir}`, way);
  }
  if (status.kind !== "file") {
    throw refusal(
      site,
      "not-a-file",
      `but ${path} is ${status.kind === "directory" ? "a directory" : "no regular file"}`,
      "Name a file.",
    );
  }
  if (status.links > 1) {
    throw refusal(
      site,
      "hard-link",
      `but ${path} has ${status.links} names (hard links), and OpenClaw refuses that`,
      "Make it a file of its own: copy it, and put the copy in its place.",
    );
  }
  return { path, target };
}

function follow(site: IncludeSite, path: string, files: Files): Target {
  try {
    return findTarget(path, site.by.file, invalidError, files);
  } catch (error) {
    const failed = readFailure(error, site.by.file, path);
    if (!(failed instanceof ClawformError)) throw failed;
    throw refusal(site, failed.code, `but ${failed.message}`, failed.hint, error);
  }
}

function refusal(
  { by, pointer, name }: IncludeSite,
  code: string,
  what: string,
  hint: string,
  cause?: unknown,
): ClawformError {
  return includeError(
    `include-${code}`,
    `${by.file} includes ${JSON.stringify(name)}, ${what}`,
    by,
    pointer,
    hint,
    cause,
  );
}

function isInside(path: string, directory: string): boolean {
  const way = relative(resolve(directory), path);
  return !isAbsolute(way) && way !== ".." && !way.startsWith(`..${sep}`);
}

function realDirectory(directory: string, files: Files): string {
  try {
    return files.realpath(directory);
  } catch {
    return directory;
  }
}
