/** JSON on standard output; what could steer a terminal and JSON leaves as it is stands escaped. */

import { escapeUnsafe } from "../render/visible.js";
import type { Console } from "./console.js";

/** Prints one JSON document. */
export function printJson(value: unknown, io: Console): void {
  io.out(`${escapeUnsafe(JSON.stringify(value, null, 2))}\n`);
}

/** Prints one line of JSON lines. */
export function printLine(value: unknown, io: Console): void {
  io.out(`${escapeUnsafe(JSON.stringify(value))}\n`);
}
