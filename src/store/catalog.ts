/** The provider cards' directory and text. */

import { join } from "node:path";
import { decodeText } from "./decode.js";
import { readFailure } from "./failures.js";
import { type Files, nodeFiles } from "./files.js";
import { dataDirectory } from "./package-data.js";
import { readBytes } from "./read.js";

const maxCardBytes = 1024 * 1024;
const cardId = /^[a-z0-9][a-z0-9_-]{0,63}$/;
const extension = ".json";

/** Where the provider cards lie, for the built package and for the source tree. */
export function catalogDirectory(folder: string = import.meta.dirname, files: Files = nodeFiles): string {
  return dataDirectory("catalog", "transforms/catalog", folder, files);
}

/** A card's path and text, null when there is no card of that id (one with a slash or a dot never is). */
export function readCardText(
  directory: string,
  id: string,
  files: Files = nodeFiles,
): { path: string; text: string } | null {
  if (!cardId.test(id)) return null;
  const path = join(directory, `${id}${extension}`);
  const bytes = readBytes(path, path, { limit: maxCardBytes, regular: true }, files);
  return bytes === null ? null : { path, text: decodeText(bytes, path) };
}

/** The list of choices that are done elsewhere: path and text, null when the directory has none. Its name is no card's. */
export function readElsewhereText(directory: string, files: Files = nodeFiles): { path: string; text: string } | null {
  const path = join(directory, `_elsewhere${extension}`);
  const bytes = readBytes(path, path, { limit: maxCardBytes, regular: true }, files);
  return bytes === null ? null : { path, text: decodeText(bytes, path) };
}

/** The ids of all cards, sorted by code unit. Throws when the directory cannot be read. */
export function listCardIds(directory: string, files: Files = nodeFiles): string[] {
  try {
    const names = files.list(directory).filter((name) => name.endsWith(extension));
    return names
      .map((name) => name.slice(0, -extension.length))
      .filter((id) => cardId.test(id))
      .sort();
  } catch (error) {
    throw readFailure(error, directory, directory);
  }
}
