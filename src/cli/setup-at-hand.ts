/** The setup that is at hand though nobody plans with it: a key or an address may be said there alone. */

import { resolve } from "node:path";
import { parseSetup } from "../core/setup.js";
import { ClawformError } from "../errors.js";
import { readGivenText } from "../store/input.js";
import type { Setup } from "../types.js";
import type { Console } from "./console.js";
import { defaultSetup } from "./request.js";

/** The setup in the file that is named, else in `clawform.json5` if there is one. Throws when it cannot be read. */
export function setupAtHand(named: string | undefined, io: Console): { value: Setup; file: string } | null {
  const file = named ?? defaultSetup;
  try {
    const text = readGivenText(resolve(io.cwd, file));
    return { value: parseSetup(text, file), file };
  } catch (error) {
    if (named === undefined && error instanceof ClawformError && error.code === "missing") return null;
    throw error;
  }
}
