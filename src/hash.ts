/** Fingerprints of files. Floor 0. */

import { hash } from "node:crypto";
import type { Sha256 } from "./types.js";

/** Lower-case hex SHA-256 of bytes, or of a text's UTF-8 bytes. */
export function sha256(data: string | Uint8Array): Sha256 {
  return hash("sha256", data);
}
