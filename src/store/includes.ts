/** Reading what a configuration includes, with the limits of OpenClaw 2026.5.6 (measured; test/store/includes.test.ts has the table). */

import { relative, resolve, sep } from "node:path";
import { isComposed, openSource } from "../core/documents.js";
import { includeError, type Inclusion, inclusionsIn, maxIncludeDepth, tooDeep } from "../core/include-names.js";
import { ClawformError } from "../errors.js";
import { fingerprinted } from "../hash.js";
import { parseText } from "../text/index.js";
import type { IncludedFile, Json, Pointer, SourceFile } from "../types.js";
import { decodeText } from "./decode.js";
import { type Files, nodeFiles } from "./files.js";
import { findIncluded, type IncludeRules, type IncludeSite } from "./include-path.js";
import { readBytes } from "./read.js";

/** Largest file that OpenClaw includes, in bytes (2 MiB). */
const maxIncludeBytes: number = 2 * 1024 * 1024;

/**
 * Every file that the root's text includes, and that such a file includes, in the order they are found; none for a plain
 * configuration. A file that is named twice is read once. Its label is its path from `configDir`. Throws `invalidError`
 * with both files, the pointer and line of the `$include`, and what to do: for a name that is none, a file outside the
 * allowed directories (by its path or through a symbolic link), missing, no regular file, hard-linked, larger than
 * `maxIncludeBytes`, not UTF-8 or not JSON5, that includes itself in a circle, or more than ten includes down.
 */
export function readIncluded(root: SourceFile, rules: IncludeRules, files: Files = nodeFiles): IncludedFile[] {
  if (!isComposed(root)) return [];
  const reading: Reading = { rules, files, found: new Map() };
  follow({ source: root, value: openSource(root), at: "" }, [], reading);
  return [...reading.found.values()].map(({ file, by }) => ({ ...file, by }));
}

interface Reading {
  readonly rules: IncludeRules;
  readonly files: Files;
  readonly found: Map<string, Found>;
}

interface Found {
  readonly file: Omit<IncludedFile, "by">;
  readonly value: Json;
  readonly by: { path: string; name: string }[];
  /** The deepest it has been followed from: deeper its own includes may be one too many. */
  followed: number;
}

/** A file on the way down, and where in the configuration its value goes. */
interface Step {
  readonly source: SourceFile;
  readonly value: Json;
  readonly at: Pointer;
}

function follow(step: Step, above: readonly Step[], reading: Reading): void {
  const chain = [...above, step];
  for (const inclusion of inclusionsIn(step.source, step.value)) {
    for (const name of inclusion.names) {
      const found = include(name, inclusion, chain, reading);
      if (found.followed >= chain.length) continue;
      found.followed = chain.length;
      follow({ source: found.file, value: found.value, at: placeOf(inclusion, step) }, chain, reading);
    }
  }
}

function include(name: string, inclusion: Inclusion, chain: readonly Step[], reading: Reading): Found {
  const { source: by } = chain.at(-1) as Step;
  const site = { by, pointer: inclusion.pointer, name };
  const { path, target } = findIncluded(site, reading.rules, reading.files);
  const circle = chain.findIndex(({ source }) => resolve(source.path) === path);
  if (circle >= 0) {
    const names = [...chain.slice(circle), chain[circle] as Step].map(({ source }) => source.file);
    throw includeError(
      "include-circle",
      `${by.file} includes ${JSON.stringify(name)}, which leads in a circle: ${names.join(" -> ")}`,
      by,
      inclusion.pointer,
      "Take one of these $include out.",
    );
  }
  if (chain.length > maxIncludeDepth) throw tooDeep(by, inclusion.pointer, name);
  const found = reading.found.get(path) ?? read(path, target, placeOf(inclusion, chain.at(-1) as Step), site, reading);
  reading.found.set(path, found);
  if (!found.by.some((known) => known.path === by.path && known.name === name)) found.by.push({ path: by.path, name });
  return found;
}

function read(
  path: string,
  target: string,
  at: Pointer,
  { by, pointer, name }: IncludeSite,
  { rules, files }: Reading,
): Found {
  const file = relative(rules.configDir, path).split(sep).join("/");
  try {
    const bytes = readBytes(path, file, { limit: maxIncludeBytes, regular: true }, files) ?? Buffer.alloc(0);
    const text = decodeText(bytes, file);
    const value = parseText(text, file);
    return {
      file: { file, path, target, document: { kind: "include", at }, before: fingerprinted(text) },
      value,
      by: [],
      followed: 0,
    };
  } catch (error) {
    if (!(error instanceof ClawformError)) throw error;
    const where = error.position ? `line ${error.position.line}, column ${error.position.column}: ` : "";
    const message = `${by.file} includes ${JSON.stringify(name)}, which cannot be read: ${file}: ${where}${error.message}`;
    throw includeError(`include-${error.code}`, message, by, pointer, error.hint, error);
  }
}

/** Where in the configuration the content of what is included goes. */
function placeOf({ pointer }: Inclusion, { at }: Step): Pointer {
  return at + pointer.slice(0, pointer.lastIndexOf("/"));
}
