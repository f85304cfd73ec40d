/** Fingerprints of files. Floor 0. */

import { hash } from "node:crypto";
import type { Sha256 } from "./types.js";

/** A file's content as it is known: its text and that text's fingerprint. */
export interface Fingerprinted {
  readonly sha256: Sha256;
  readonly text: string;
}

/** A text with its fingerprint, which is taken when somebody asks for it: a plan that is only shown needs none. */
export function fingerprinted(text: string): Fingerprinted {
  let taken: Sha256 | undefined;
  return {
    get sha256() {
      return (taken ??= sha256(text));
    },
    text,
  };
}

/** Lower-case hex SHA-256 of bytes, or of a text's UTF-8 bytes. */
export function sha256(data: string | Uint8Array): Sha256 {
  return hash("sha256", data);
}
