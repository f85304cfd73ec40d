/** Files the user names: the setup and files that hold a key. Pipes are welcome: `<(command)`, /dev/stdin. */

import { invalidError } from "../errors.js";
import { decodeText } from "./decode.js";
import { type Files, nodeFiles } from "./files.js";
import { maxFileBytes, readBytes } from "./read.js";

/** Largest key file that is read, in bytes (64 KiB). */
const maxKeyBytes: number = 64 * 1024;

/** The exact text of a file the user names, at most `limit` bytes. Throws when it is missing, unreadable or no UTF-8 text. */
export function readText(path: string, limit: number, files: Files): string {
  const bytes = readBytes(path, path, { limit, regular: false }, files);
  if (bytes === null) throw invalidError("missing", `${path} does not exist`, { file: path, hint: "check the path" });
  return decodeText(bytes, path);
}

/** The exact text of a setup file of at most `maxFileBytes`. */
export function readSetupFile(path: string, files: Files = nodeFiles): string {
  return readText(path, maxFileBytes, files);
}

/**
 * The key in a key file: its first line, trimmed, a byte order mark removed. Throws when the file is
 * missing, unreadable, over `maxKeyBytes`, no text, or when that line is blank; no error quotes the content.
 */
export function readKeyFile(path: string, files: Files = nodeFiles): string {
  const [line = ""] = readText(path, maxKeyBytes, files).split(/\r\n|\n|\r/, 1);
  // trim() counts U+FEFF as white space (ECMA-262, WhiteSpace).
  const key = line.trim();
  if (key !== "") return key;
  throw invalidError("blank-key", `${path} holds no key: its first line is blank`, {
    file: path,
    hint: "put the key on the first line of the file",
  });
}
