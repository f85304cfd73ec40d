/** Text files of any length, line by line. */

import { StringDecoder } from "node:string_decoder";
import { invalidError } from "../errors.js";
import { readFailure } from "./failures.js";
import { type Files, nodeFiles } from "./files.js";

const chunkBytes = 64 * 1024;

/** The lines of a UTF-8 file without their line breaks, what follows the last one too if there is anything. Throws when it cannot be read. */
export function* readLines(path: string, files: Files = nodeFiles): Generator<string> {
  const decoder = new StringDecoder("utf8");
  const chunk = Buffer.allocUnsafe(chunkBytes);
  const descriptor = opened(path, files);
  const read = (): number => told(path, () => files.read(descriptor, chunk, 0));
  try {
    let rest = "";
    for (let count = read(); count > 0; count = read()) {
      const lines = (rest + decoder.write(chunk.subarray(0, count))).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
    rest += decoder.end();
    if (rest !== "") yield rest;
  } finally {
    files.close(descriptor);
  }
}

function opened(path: string, files: Files): number {
  const status = told(path, () => files.stat(path));
  if (status === null) throw invalidError("missing", "the file does not exist", { file: path });
  if (status.kind === "directory")
    throw invalidError("is-directory", `${path} is a directory`, { file: path, hint: "name a file" });
  return told(path, () => files.open(path));
}

function told<Value>(path: string, look: () => Value): Value {
  try {
    return look();
  } catch (error) {
    throw readFailure(error, path, path);
  }
}
