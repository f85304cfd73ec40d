/** Values of a configuration as OpenClaw reads them: in any spelling, and never trusted to be of the right kind. */

import { isObject } from "../json.js";
import type { JsonObject } from "../types.js";
import type { Compat } from "./nouns.js";

const yes: ReadonlySet<string> = new Set(["true", "1", "yes", "on", "enable", "enabled"]);
const no: ReadonlySet<string> = new Set(["false", "0", "no", "off", "disable", "disabled"]);

/** A text, number or switch as a word: trimmed, in lower case; `""` for anything else. */
export function word(value: unknown): string {
  if (typeof value === "boolean" || typeof value === "number") return String(value);
  return typeof value === "string" ? value.trim().toLowerCase() : "";
}

/** A switch in any spelling; undefined when it is none. */
export function truth(value: unknown): boolean | undefined {
  if (yes.has(word(value))) return true;
  return no.has(word(value)) ? false : undefined;
}

/** A text that is not blank. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/** A number above zero. */
export function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : undefined;
}

/** The members that are text. */
export function texts(value: unknown): { [name: string]: string } {
  const pairs = Object.entries(isObject(value) ? value : {});
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === "string"));
}

/** `compat` of a model definition. */
export function compatMember(own: JsonObject | undefined): Compat {
  return isObject(own?.["compat"]) ? own["compat"] : {};
}
