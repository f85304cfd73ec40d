/** Reading: what is damaged or unreadable is an error, never taken for an empty or a missing file. */

import { dirname } from "node:path";
import { busyError, invalidError } from "../errors.js";
import { fingerprinted, sha256 } from "../hash.js";
import type { DocumentKey, Sha256, SourceFile } from "../types.js";
import { decodeText } from "./decode.js";
import { existsItself } from "./exists.js";
import { readFailure, systemCode } from "./failures.js";
import { type Files, type FileStatus, nodeFiles } from "./files.js";
import { findTarget } from "./target.js";

/** Largest OpenClaw file and largest setup file that is read, in bytes (16 MiB). */
export const maxFileBytes: number = 16 * 1024 * 1024;

/**
 * Reads one of OpenClaw's files: its exact text (byte order mark and CRLF kept) and the hash of its raw
 * bytes, `before` null when there is none. Throws on anything that is no readable regular UTF-8 text file
 * of at most `maxFileBytes`, a link to nowhere included.
 */
export function readSource(path: string, file: string, document: DocumentKey, files: Files = nodeFiles): SourceFile {
  const bytes = readBytes(path, file, { limit: maxFileBytes, regular: true }, files);
  // Decoding loses nothing: the text's fingerprint is that of the bytes.
  const before = bytes === null ? null : fingerprinted(decodeText(bytes, file));
  return { file, path, document, before };
}

/** SHA-256 of the bytes of a regular file of any size, null when it is gone. */
export function hashAt(path: string, file: string, files: Files): Sha256 | null {
  const bytes = readBytes(path, file, { limit: Number.MAX_SAFE_INTEGER, regular: true }, files);
  return bytes === null ? null : sha256(bytes);
}

/** As `hashAt`, of a file that was just seen to have so many bytes: what it may have beyond them is not looked at. */
export function hashSeen(path: string, size: number, file: string, files: Files): Sha256 {
  try {
    const descriptor = files.open(path);
    try {
      const bytes = Buffer.allocUnsafe(size);
      let filled = 0;
      for (let count = -1; filled < size && count !== 0; filled += count) count = files.read(descriptor, bytes, filled);
      return sha256(bytes.subarray(0, filled));
    } finally {
      files.close(descriptor);
    }
  } catch (error) {
    throw readFailure(error, file, path);
  }
}

/** What may be read. */
export interface ReadRules {
  /** Bytes. */
  readonly limit: number;
  /** Only regular files; otherwise pipes and devices too, so that `<(command)` and /dev/stdin work. */
  readonly regular: boolean;
}

/** The bytes at `path`, null when nothing is there. Size and kind are checked before anything is loaded. */
export function readBytes(path: string, file: string, rules: ReadRules, files: Files): Buffer | null {
  try {
    const status = statusOf(path, file, files);
    if (status === null) return null;
    checkStatus(status, path, file, rules);
    const descriptor = files.open(path);
    try {
      const bytes = readUpTo(descriptor, status.size, rules.limit + 1, files);
      if (bytes.length > rules.limit) throw tooLarge(path, file, rules.limit);
      return bytes;
    } finally {
      files.close(descriptor);
    }
  } catch (error) {
    throw readFailure(error, file, path);
  }
}

function statusOf(path: string, file: string, files: Files): FileStatus | null {
  const status = statusAt(path, files);
  if (status !== null || isNowhere(path, files)) return status;
  // Missing further up, or a link that leads nowhere: the walk tells them apart and throws for the latter.
  if (findTarget(path, file, invalidError, files).status === null) return null;
  throw busyError("changed", `${path} appeared while it was read`, { file, hint: "try again" });
}

function statusAt(path: string, files: Files): FileStatus | null {
  try {
    return files.stat(path);
  } catch (error) {
    if (systemCode(error) !== "ELOOP") throw error;
    return null;
  }
}

/** Whether there is not even a link at the path, in a directory that is none itself: most files that are missing are just that. */
function isNowhere(path: string, files: Files): boolean {
  return !existsItself(path, files) && files.lstat(dirname(path))?.kind === "directory";
}

function checkStatus(status: FileStatus, path: string, file: string, rules: ReadRules): void {
  if (status.kind === "directory")
    throw invalidError("is-directory", `${path} is a directory`, { file, hint: "name a file" });
  if (rules.regular && status.kind !== "file") {
    throw invalidError("not-a-file", `${path} is no regular file`, { file, hint: "put a regular file there" });
  }
  if (status.size > rules.limit) throw tooLarge(path, file, rules.limit);
}

/** The error for what is larger than `limit` bytes. */
export function tooLarge(path: string, file: string, limit: number): Error {
  const size = limit >= 1024 * 1024 ? `${limit / 1024 / 1024} MiB` : `${limit / 1024} KiB`;
  return invalidError("too-large", `${path} is larger than ${size}`, {
    file,
    hint: "check that it is the file you mean",
  });
}

/** Reads to the end or to `most` bytes; `expected` only sizes the first buffer. */
export function readUpTo(descriptor: number, expected: number, most: number, files: Files): Buffer {
  let buffer = Buffer.allocUnsafe(Math.min(most, Math.max(expected + 1, 4096)));
  let filled = 0;
  for (;;) {
    const count = files.read(descriptor, buffer, filled);
    if (count === 0) return buffer.subarray(0, filled);
    filled += count;
    if (filled === most) return buffer;
    if (filled === buffer.length) buffer = Buffer.concat([buffer], Math.min(most, buffer.length * 2));
  }
}
