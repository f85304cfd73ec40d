/** Where a setup's keys come from -> the keys themselves. Floor 4: it looks at the environment, files, standard input. */

import { dirname, resolve } from "node:path";
import { cleanKey, isMasked } from "./core/key.js";
import type { ResolvedKey } from "./core/credential-steps.js";
import { invalidError, usageError } from "./errors.js";
import { formatPointer } from "./pointer.js";
import { readKeyFile } from "./store/input.js";
import type { KeySource, Pointer, Problem, Setup } from "./types.js";
import type { Surroundings } from "./workspace.js";

/** The resolved keys of a setup by provider id, and warnings about how they are given. */
export interface ResolvedKeys {
  readonly keys: Map<string, ResolvedKey>;
  readonly problems: Problem[];
}

/** What else standard input is read for: then no key can come from it. */
export type InputUse = "the setup" | "the list of homes" | null;

/**
 * Reads every key a setup names; relative `{file}` paths start from the setup's directory. Throws `invalidError` with the
 * pointer for a variable that is not set, a file that cannot be read, or a key that is blank, and a usage error for a key from
 * standard input where that is read for something else; never with a key in it.
 */
export function resolveKeys(
  setup: Setup,
  file: string,
  surroundings: Surroundings,
  inputIs: InputUse = null,
): ResolvedKeys {
  const keys = new Map<string, ResolvedKey>();
  const problems: Problem[] = [];
  const directory = (): string =>
    inputIs === "the setup" ? surroundings.cwd : dirname(resolve(surroundings.cwd, file));
  let input: string | undefined;
  for (const [id, { apiKey }] of Object.entries(setup.providers ?? {})) {
    if (apiKey === undefined) continue;
    const pointer = formatPointer(["providers", id, "apiKey"]);
    // A stored profile is for whoever plans to look up.
    if (typeof apiKey === "object" && "profile" in apiKey) continue;
    if (typeof apiKey === "object" && "source" in apiKey) {
      keys.set(id, { keyRef: { ...apiKey } });
      continue;
    }
    if (typeof apiKey === "object" && "stdin" in apiKey) {
      if (inputIs !== null)
        throw usageError("stdin-twice", `${inputIs} comes from standard input, so a key cannot`, { file, pointer });
      if (input !== undefined)
        throw usageError("stdin-twice", "only one key can come from standard input", { file, pointer });
      input = surroundings.readInput();
      keys.set(id, { key: usableKey(input, file, pointer, "standard input", problems) });
      continue;
    }
    keys.set(id, {
      key: usableKey(readKey(apiKey, directory, file, pointer, surroundings), file, pointer, placeOf(apiKey), problems),
    });
    if (typeof apiKey === "string") {
      problems.push({
        code: "plaintext-key",
        severity: "warning",
        file,
        pointer,
        message: "the key stands in the setup file itself",
        hint: 'Name where it is instead: { env: "NAME" }, { file: "/path" } or a SecretRef.',
      });
    }
  }
  return { keys, problems };
}

type ReadableSource = Exclude<KeySource, { source: string } | { stdin: true } | { profile: string }>;

function readKey(
  source: ReadableSource,
  directory: () => string,
  file: string,
  pointer: Pointer,
  surroundings: Surroundings,
): string {
  if (typeof source === "string") return source;
  if ("file" in source) {
    const path = source.file.startsWith("~/")
      ? resolve(surroundings.osHome, source.file.slice(2))
      : resolve(directory(), source.file);
    return readKeyFile(path);
  }
  const value = surroundings.env[source.env];
  if (value === undefined || value.trim() === "") {
    throw invalidError(
      "unset-variable",
      `the environment variable ${source.env} is ${value === undefined ? "not set" : "empty"}`,
      {
        file,
        pointer,
        hint: `Set ${source.env}, or store a reference that OpenClaw reads at run time: { source: "env", provider: "default", id: "${source.env}" }.`,
      },
    );
  }
  return value;
}

/** A key ready to be stored. Adds a warning when something had to be taken off; throws when nothing is left. */
export function usableKey(pasted: string, file: string, pointer: Pointer, place: string, problems: Problem[]): string {
  if (isMasked(pasted)) {
    problems.push({
      code: "masked-key",
      severity: "warning",
      file,
      pointer,
      message: `the key from ${place} looks like what is shown in a key's place`,
      hint: "Give the provider's API key itself.",
    });
  }
  const { key, removed } = cleanKey(pasted);
  if (key === "") {
    throw invalidError("blank-key", `the key from ${place} is blank`, {
      file,
      pointer,
      hint: "Give the provider's API key.",
    });
  }
  if (removed.length > 0) {
    problems.push({
      code: "key-cleaned",
      severity: "warning",
      file,
      pointer,
      message: `${removed.join(" and ")} around the key from ${place} ${removed.length > 1 || removed[0]?.endsWith("s") ? "were" : "was"} left out`,
      hint: "Check that the key was copied as it is.",
    });
  }
  return key;
}

function placeOf(source: ReadableSource): string {
  if (typeof source === "string") return "the setup";
  if ("env" in source) return `the variable ${source.env}`;
  return `the file ${source.file}`;
}
