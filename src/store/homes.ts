/** Many OpenClaw installations at once: patterns and lists -> state directories. */

import { join, resolve } from "node:path";
import { globSync } from "glob";
import { invalidError, usageError } from "../errors.js";
import { exists, isDirectory } from "./exists.js";
import { systemCode } from "./failures.js";
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

/** Where a path really is: two ways to one home are one home. */
export function realPlace(path: string, files: Files = nodeFiles): string {
  try {
    return files.realpath(path);
  } catch {
    return path;
  }
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
    if (code !== "ENOTDIR") throw error;
    throw invalidError("not-a-directory", `${path} is no directory`, {
      file: path,
      hint: "name OpenClaw's state directory",
    });
  }
}
