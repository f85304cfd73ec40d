/** `$include`: where it stands in a file, what it names. Rules measured on OpenClaw 2026.5.6. */

import { hasMember, isObject, kindOf, someContainer } from "../json.js";
import { formatPointer } from "../pointer.js";
import { locate } from "../text/index.js";
import { type ClawformError, invalidError } from "../errors.js";
import type { Json, JsonObject, Pointer, SourceFile } from "../types.js";

/** The member that stands for other files' content. */
export const includeKey = "$include";

/** How many includes may lead to a file. */
export const maxIncludeDepth = 10;

/** An object's `$include`: the pointer of that member, the files it names, and whether they stand in a list. */
export interface Inclusion {
  readonly pointer: Pointer;
  readonly names: readonly string[];
  readonly list: boolean;
}

/** True for an object with a `$include` of its own. */
export function hasInclude(value: Json): value is JsonObject {
  return isObject(value) && hasMember(value, includeKey);
}

/** True when a `$include` stands anywhere in the value: only then is it put together from files. Does not recurse. */
export function composes(value: Json): boolean {
  return holdsMember(value, includeKey);
}

/** True when an object anywhere in the value has a member of that name. Does not recurse. */
export function holdsMember(value: Json, name: string): boolean {
  return someContainer(value, (container) => isObject(container) && hasMember(container, name));
}

/** Every `$include` of a file, in no promised order. Throws `include-value` for one that is no name and no list of names. */
export function inclusionsIn(source: SourceFile, value: Json): Inclusion[] {
  return containers(value).flatMap(({ value: container, tokens }) =>
    hasInclude(container) ? inclusionOf(source, formatPointer(tokens()), container) : [],
  );
}

/** The `$include` of the object at `at`. Throws `include-value`. */
export function inclusionOf(source: SourceFile, at: Pointer, object: JsonObject): Inclusion {
  const given = object[includeKey] as Json;
  const pointer = `${at}/${includeKey}`;
  const wrong = Array.isArray(given) ? given.find((item) => typeof item !== "string") : given;
  if (typeof given !== "string" && (!Array.isArray(given) || wrong !== undefined)) {
    const kind = kindOf(wrong);
    const what = kind === "null" ? kind : `${kind === "array" || kind === "object" ? "an" : "a"} ${kind}`;
    const message = `${source.file}: a $include takes a file name or a list of them; ${Array.isArray(given) ? "its list holds" : "it is"} ${what}`;
    throw includeError("include-value", message, source, pointer, "OpenClaw refuses it too. Write the name of a file.");
  }
  return { pointer, names: typeof given === "string" ? [given] : (given as string[]), list: typeof given !== "string" };
}

/** A refusal about a place in a file, with its line. */
export function includeError(
  code: string,
  message: string,
  source: SourceFile,
  pointer: Pointer,
  hint: string,
  cause?: unknown,
): ClawformError {
  const position = lineOf(source, pointer);
  return invalidError(code, message, {
    file: source.file,
    pointer,
    hint,
    ...(position ? { position } : {}),
    ...(cause === undefined ? {} : { cause }),
  });
}

/** One include more than `maxIncludeDepth`. */
export function tooDeep(source: SourceFile, pointer: Pointer, name: string): ClawformError {
  const message = `${source.file} includes ${JSON.stringify(name)}, the ${maxIncludeDepth + 1}th file down: OpenClaw reads ${maxIncludeDepth}`;
  return includeError("include-depth", message, source, pointer, `Include ${name} from a file nearer to the root.`);
}

/** Where a pointer stands in a file's text; undefined when it is not there. */
export function lineOf(source: SourceFile, pointer: Pointer): { line: number; column: number } | undefined {
  return source.before === null ? undefined : locate(source.before.text, [pointer])[0]?.position;
}

interface Container {
  readonly value: Json;
  readonly tokens: () => string[];
}

/** Every object and list in a value, its own root first. */
function containers(root: Json): Container[] {
  const found: Container[] = [];
  const visit = (value: Json, tokens: () => string[]): void => {
    if (typeof value === "object" && value !== null) found.push({ value, tokens });
  };
  visit(root, () => []);
  for (let at = 0; at < found.length; at++) {
    const { value, tokens } = found[at] as Container;
    for (const [key, child] of Object.entries(value as object) as [string, Json][])
      visit(child, () => [...tokens(), key]);
  }
  return found;
}
