/** Where the JSON Schemas lie, and their text. */

import { join } from "node:path";
import { usageError } from "../errors.js";
import { decodeText } from "./decode.js";
import { type Files, nodeFiles } from "./files.js";
import { dataDirectory } from "./package-data.js";
import { readBytes } from "./read.js";

const maxSchemaBytes = 1024 * 1024;
const schemaName = /^(?:transforms\/)?[a-z0-9-]+$/;
const extension = ".json";

/** The names of all schemas, such as `setup` and `transforms/primary-model`, sorted, the transforms last. */
export function listSchemas(files: Files = nodeFiles): string[] {
  const directory = schemaDirectory(files);
  const named = (folder: string, prefix: string): string[] =>
    files
      .list(folder)
      .filter((name) => name.endsWith(extension))
      .map((name) => prefix + name.slice(0, -extension.length))
      .sort();
  return [...named(directory, ""), ...named(join(directory, "transforms"), "transforms/")];
}

/** The text of one of `listSchemas()`. Throws `unknown-schema` (exit 64) for any other name. */
export function readSchemaText(name: string, files: Files = nodeFiles): string {
  const path = join(schemaDirectory(files), `${name}${extension}`);
  const bytes = schemaName.test(name) ? readBytes(path, path, { limit: maxSchemaBytes, regular: true }, files) : null;
  if (bytes === null) throw usageError("unknown-schema", `there is no schema "${name}"`);
  return decodeText(bytes, path);
}

function schemaDirectory(files: Files): string {
  return dataDirectory("schemas", "schemas", import.meta.dirname, files);
}
