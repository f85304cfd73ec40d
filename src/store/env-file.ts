/** OpenClaw's env files. */

import { decodeText } from "./decode.js";
import type { Files } from "./files.js";
import { maxFileBytes, readBytes } from "./read.js";

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

// Dotenv's grammar: optional `export`, `=` or `: `, a value quoted in one of three ways (over several lines, too) or bare
// up to `#`. A quoted value with more than a comment after it is a bare one.
const assignment =
  /^[^\S\n]*(?:export[^\S\n]+)?(?<name>[\w.-]+)(?:\s*=|:\s)(?<value>\s*(?<quote>["'`])(?:\\\k<quote>|(?!\k<quote>)[^])*\k<quote>(?=[^\S\n]*(?:#.*)?$)|[^#\n]*)/gmu;

/** Names that OpenClaw takes from a file; dotenv itself would also take `a.b` and `a-b`. */
const portable = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * The variables of a dotenv file, of a name's the last. A missing or unreadable file counts as empty, as it does for
 * OpenClaw.
 */
export function readEnvFile(path: string, files: Files): Environment {
  const text = envText(path, files).replaceAll(/\r\n?/g, "\n");
  const found = Array.from(text.matchAll(assignment), ({ groups }): [string, string] => [
    groups?.["name"] ?? "",
    valueOf(groups?.["value"] ?? ""),
  ]);
  return Object.fromEntries(found.filter(([name]) => portable.test(name)));
}

function envText(path: string, files: Files): string {
  try {
    const bytes = readBytes(path, path, { limit: maxFileBytes, regular: true }, files);
    return bytes === null ? "" : decodeText(bytes, path).replace(/^\uFEFF/, "");
  } catch {
    return "";
  }
}

/** Without its quotes; only double ones know `\n` and `\r`. */
function valueOf(written: string): string {
  const trimmed = written.trim();
  const value = trimmed.replace(/^(["'`])([^]*)\1$/u, "$2");
  return trimmed.startsWith('"') ? value.replaceAll(String.raw`\n`, "\n").replaceAll(String.raw`\r`, "\r") : value;
}
