/** Many OpenClaw installations at once: patterns and lists -> state directories. */

import { dirname, join, resolve } from "node:path";
import { globSync } from "glob";
import { invalidError, usageError } from "../errors.js";
import { exists, isDirectory, realPlace } from "./exists.js";
import { readFailure, systemCode } from "./failures.js";
import { type Files, nodeFiles } from "./files.js";

/** Names under which OpenClaw keeps its state in a user's home, the newer one first. */
const stateNames = [".openclaw", ".clawdbot"] as const;
const configNames = ["openclaw.json", "clawdbot.json"] as const;

/**
 * The directories that fit a pattern (`*`, `?`, `**`, `{a,b}`, `[a-z]`; relative to `cwd`), sorted, links to directories
 * among them. A pattern that is itself the path of something is that path. Throws a usage error when nothing fits.
 */
export function directoriesLike(pattern: string, cwd: string, files: Files = nodeFiles): string[] {
  if (pattern.trim() === "") throw usageError("blank-path", "--homes is blank", { hint: "Give a pattern in quotes." });
  const literal = resolve(cwd, pattern);
  if (exists(literal, files)) return [literal];
  const fitting = globSync(pattern, { absolute: true, cwd }).filter((path) => isDirectory(path, files));
  if (fitting.length > 0) return fitting.sort();
  throw usageError("no-homes", `no directory fits ${pattern}`, {
    hint: "Name state directories, in quotes so that the shell leaves the pattern alone: --homes '/home/*/.openclaw'.",
  });
}

/**
 * The state directory that a path stands for: itself, or the `.openclaw` of a user's home. A path where nothing is yet is
 * one to be made. Throws (exit 65) for a file, and for a directory with other things in it, where a configuration would
 * only be litter.
 */
export function stateDirectoryAt(path: string, files: Files = nodeFiles): string {
  if (path !== path.trim()) {
    throw invalidError("blank-path", `"${path}" begins or ends with a blank, which OpenClaw leaves out of its paths`, {
      file: path,
      hint: "rename it",
    });
  }
  const names = namesIn(path, files);
  if (names === null || names.length === 0 || configNames.some((name) => names.includes(name))) return path;
  const inside = stateNames.find((name) => names.includes(name));
  if (inside !== undefined) return join(path, inside);
  if (["agents", "clawform", ".env"].some((name) => names.includes(name)) || isStateName(path)) return path;
  throw invalidError("not-a-home", `${path} is no state directory of OpenClaw: it has no openclaw.json`, {
    file: path,
    hint: "name the state directory, or the home that has .openclaw in it",
  });
}

/** Each home once, in the order they are named: two ways to one are one, and so are a user's home and the `.openclaw` in it. */
export function distinctHomes(paths: readonly string[], files: Files = nodeFiles): string[] {
  const places = new Map<string, string>();
  for (const path of paths) {
    const place = realPlace(path, files);
    if (!places.has(place)) places.set(place, path);
  }
  const isNamedItself = (place: string): boolean =>
    stateNames.some((name) => places.has(join(place, name))) && places.has(stateDirectoryOr(place, files));
  return [...places].flatMap(([place, path]) => (isNamedItself(place) ? [] : [path]));
}

/** The state directory in a place, if it is another one; `""` if it is not, or cannot be told. */
function stateDirectoryOr(place: string, files: Files): string {
  try {
    const found = stateDirectoryAt(place, files);
    return found === place ? "" : found;
  } catch {
    return "";
  }
}

/** Whose home a state directory is in, and what `~` means there: its parent where it has the name it has in homes; else null. */
export function homeAround(stateDir: string): string | null {
  return isStateName(stateDir) ? dirname(stateDir) : null;
}

function isStateName(path: string): boolean {
  return stateNames.some((name) => path.endsWith(`/${name}`) || path.endsWith(`\\${name}`));
}

/** Null when there is nothing. */
function namesIn(path: string, files: Files): string[] | null {
  try {
    return files.list(path);
  } catch (error) {
    const code = systemCode(error);
    if (code === "ENOENT") return null;
    if (code !== "ENOTDIR") throw readFailure(error, path, path);
    throw invalidError("not-a-directory", `${path} is no directory`, {
      file: path,
      hint: "name OpenClaw's state directory",
    });
  }
}
