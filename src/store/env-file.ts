/** OpenClaw's env files, as far as they say where its files are. */

import { decodeText } from "./decode.js";
import type { Files } from "./files.js";
import { maxFileBytes, readBytes } from "./read.js";

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

// Dotenv's grammar for one line: optional `export`, `=` or `: `, a value quoted in one of three ways or bare up to `#`.
const pathLine =
  /^[^\S\r\n]*(?:export[^\S\r\n]+)?(OPENCLAW_(?:HOME|STATE_DIR|CONFIG_PATH))(?:[^\S\r\n]*=|:[^\S\r\n])[^\S\r\n]*("[^"\r\n]*"|'[^'\r\n]*'|`[^`\r\n]*`|[^#\r\n]*)/gmu;

/**
 * The path variables (OPENCLAW_HOME, OPENCLAW_STATE_DIR, OPENCLAW_CONFIG_PATH) of a dotenv file, the last of
 * each. A missing or unreadable file counts as empty, as it does for OpenClaw.
 */
export function readEnvFile(path: string, files: Files): Environment {
  const text = envText(path, files);
  return Object.fromEntries(Array.from(text.matchAll(pathLine), ([, name = "", value = ""]) => [name, unquote(value)]));
}

function envText(path: string, files: Files): string {
  try {
    const bytes = readBytes(path, path, { limit: maxFileBytes, regular: true }, files);
    return bytes === null ? "" : decodeText(bytes, path).replace(/^\uFEFF/, "");
  } catch {
    return "";
  }
}

function unquote(value: string): string {
  return value.trim().replace(/^(["'`])(.*)\1$/u, "$2");
}
