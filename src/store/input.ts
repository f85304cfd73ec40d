/** What the user gives: setups, saved plans and keys, in files or on standard input. Pipes are welcome: `<(command)`, /dev/stdin. */

import { invalidError } from "../errors.js";
import { decodeText } from "./decode.js";
import { readFailure } from "./failures.js";
import { type Files, nodeFiles } from "./files.js";
import { patiently } from "./patience.js";
import { maxFileBytes, readBytes, readUpTo, tooLarge } from "./read.js";

/** Largest saved plan that is read, in bytes (64 MiB): it holds every file twice. */
export const maxPlanBytes: number = 64 * 1024 * 1024;

/** Largest key file that is read, in bytes (64 KiB). */
const maxKeyBytes: number = 64 * 1024;

/** The exact text of a file the user names, at most `limit` bytes. Throws when it is missing, unreadable or no UTF-8 text. */
function readText(path: string, limit: number, files: Files): string {
  const bytes = readBytes(path, path, { limit, regular: false }, files);
  if (bytes === null) throw invalidError("missing", `${path} does not exist`, { file: path, hint: "check the path" });
  return decodeText(bytes, path);
}

/** The exact text of a setup, a saved plan, a source map: of at most `maxPlanBytes`; see `checkSetupSize` for a setup. */
export function readGivenText(path: string, files: Files = nodeFiles): string {
  return readText(path, maxPlanBytes, files);
}

/** Throws when a text that turned out to be a setup, not a saved plan, has more than `maxFileBytes`. */
export function checkSetupSize(text: string, file: string): void {
  if (Buffer.byteLength(text, "utf8") > maxFileBytes) throw tooLarge(file, file, maxFileBytes);
}

/** The exact text of standard input, read to its end, at most `maxPlanBytes`. Throws when it is unreadable or no UTF-8 text. */
export function readInput(files: Files = nodeFiles): string {
  const file = "standard input";
  const read: Files["read"] = (descriptor, into, at) => patiently(() => files.read(descriptor, into, at));
  try {
    const bytes = readUpTo(0, 0, maxPlanBytes + 1, { ...files, read });
    if (bytes.length > maxPlanBytes) throw tooLarge(file, file, maxPlanBytes);
    return decodeText(bytes, file);
  } catch (error) {
    throw readFailure(error, file, file);
  }
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
