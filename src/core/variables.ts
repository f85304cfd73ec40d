/**
 * `${VAR}` in values and where the variables come from, as OpenClaw 2026.5.6 has it (measured). For reading alone: what
 * is written is always the raw text.
 */

import { isObject, setMember } from "../json.js";
import { formatPointer } from "../pointer.js";
import type { Json, JsonObject, Pointer } from "../types.js";
import { isHostVariable } from "./host-variables.js";

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** A variable that a value asks for and that is not set, or set to nothing. */
export interface MissingVariable {
  readonly pointer: Pointer;
  readonly name: string;
}

// Only such names count: `${aa}`, `$AA` and `${A B}` are text. One more dollar in front makes text of a reference.
const reference = /\$(\$?)\{([A-Z_][A-Z0-9_]*)\}/g;
const portable = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * The value with every `${NAME}` in its strings replaced, `$${NAME}` by the text `${NAME}`. Names of members stay as they
 * are, and so does a reference to a variable that is missing or empty, which is reported instead.
 */
export function substitute(value: Json, env: Variables): { value: Json; missing: MissingVariable[] } {
  const missing: MissingVariable[] = [];
  const within = (part: Json, tokens: readonly string[]): Json => {
    if (typeof part === "string")
      return inText(part, env, (name) => missing.push({ pointer: formatPointer(tokens), name }));
    if (Array.isArray(part)) return part.map((item, index) => within(item, [...tokens, String(index)]));
    if (!isObject(part)) return part;
    const object: JsonObject = {};
    for (const [key, member] of Object.entries(part)) setMember(object, key, within(member, [...tokens, key]));
    return object;
  };
  return { value: within(value, []), missing };
}

function inText(text: string, env: Variables, onMissing: (name: string) => void): string {
  return text.replaceAll(reference, (written: string, escape: string, name: string) => {
    if (escape !== "") return written.slice(1);
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (value !== undefined && value !== "") return value;
    onMissing(name);
    return written;
  });
}

/** Where OpenClaw's variables come from. */
export interface VariableSources {
  readonly process: Variables;
  /** What its env files set, the first to name a variable first: `StatePlace.dotenv`. */
  readonly dotenv: Variables;
  /** The `env` section of the configuration with its includes, raw. */
  readonly section: unknown;
}

/**
 * The variables OpenClaw reads a configuration with: the process's, then the env files' for what it does not set at all,
 * then the section's for what is still blank, `env.NAME` before `env.vars.NAME`. Of the section only text counts that is
 * not blank and refers to no variable itself, and none that sets what `isHostVariable` names.
 */
export function environmentOf({ process, dotenv, section }: VariableSources): Variables {
  const set = Object.entries(process).filter(([, value]) => value !== undefined);
  const env = new Map([...Object.entries(dotenv), ...set]);
  const { vars, shellEnv: _, ...direct } = isObject(section) ? section : {};
  for (const [name, value] of new Map([...usable(vars), ...usable(direct)])) {
    if (!env.get(name)?.trim() && !refers(value)) env.set(name, value);
  }
  return Object.fromEntries(env);
}

function usable(entries: unknown): [string, string][] {
  if (!isObject(entries)) return [];
  const named = Object.entries(entries).map(([name, value]): [string, Json] => [name.trim(), value]);
  return named.filter((entry): entry is [string, string] => {
    const [name, value] = entry;
    return typeof value === "string" && value.trim() !== "" && portable.test(name) && !isHostVariable(name);
  });
}

function refers(text: string): boolean {
  return [...text.matchAll(reference)].some(([, escape]) => escape === "");
}
