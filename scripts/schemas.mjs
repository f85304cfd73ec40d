/** The project's JSON Schemas: read, named by their path, and made self-contained for publishing. */

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** @typedef {{ [key: string]: unknown }} Schema */

/** Base of the ids given to schemas so that a relative `$ref` resolves as a relative path does. Never fetched. */
export const idBase = "https://clawform.invalid/schemas/";

/**
 * All schemas below a folder by name: `setup`, `transforms/primary-model`.
 * @param {string} folder
 * @returns {Map<string, Schema>}
 */
export function readSchemas(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.split(path.sep).join("/"))
    .filter((file) => file.endsWith(".json"))
    .sort();
  return new Map(
    files.map((file) => {
      try {
        return [file.slice(0, -".json".length), JSON.parse(readFileSync(path.join(folder, file), "utf8"))];
      } catch (error) {
        throw new Error(`schemas/${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    }),
  );
}

/**
 * A schema with every definition it takes from other files copied into its own `definitions`.
 * A definition keeps its name unless another file's has it already; then its file's name comes first.
 * @param {string} name
 * @param {ReadonlyMap<string, Schema>} schemas
 * @returns {Schema}
 */
export function selfContained(name, schemas) {
  /** @type {Map<string, string>} absolute reference -> name in `definitions` */
  const names = new Map();
  /** @type {Schema} */
  const definitions = {};
  const own = `${idBase}${name}.json`;
  const root = schemas.get(name);
  if (!root) throw new Error(`no schema ${name}`);
  for (const key of Object.keys(root.definitions ?? {})) {
    names.set(`${own}#/definitions/${key}`, key);
  }

  /** @param {string} absolute */
  const localName = (absolute) => {
    const known = names.get(absolute);
    if (known !== undefined) return known;
    const [file = "", fragment = ""] = absolute.slice(idBase.length).split("#");
    const stem = path.posix.basename(file, ".json");
    const last = fragment.split("/").pop() ?? "";
    const taken = new Set(names.values());
    let free = last === "" ? stem : last;
    if (taken.has(free)) free = `${stem}-${free}`;
    for (let count = 2; taken.has(free); count += 1) free = `${stem}-${last}-${count}`;
    names.set(absolute, free);
    definitions[free] = rewrite(lookUp(absolute), absolute);
    return free;
  };

  /** @param {string} absolute */
  const lookUp = (absolute) => {
    const url = new URL(absolute);
    const file = url.href.slice(idBase.length).replace(/#.*$/, "");
    /** @type {unknown} */
    let value = schemas.get(file.replace(/\.json$/, ""));
    for (const token of decodeURIComponent(url.hash.slice(1)).split("/").slice(1)) {
      value = /** @type {Schema | undefined} */ (value)?.[token.replaceAll("~1", "/").replaceAll("~0", "~")];
    }
    if (value === undefined) throw new Error(`schemas/${name}.json: nothing at ${absolute.slice(idBase.length)}`);
    return value;
  };

  /**
   * @param {unknown} value
   * @param {string} base
   * @returns {unknown}
   */
  const rewrite = (value, base) => {
    if (Array.isArray(value)) return value.map((item) => rewrite(item, base));
    if (typeof value !== "object" || value === null) return value;
    const result = Object.entries(value).flatMap(([key, inner]) => {
      if (key === "$ref" && typeof inner === "string") return [[key, target(new URL(inner, base).href)]];
      // A copied file's own header and definitions stay behind: what is needed of them is copied by reference.
      if (value !== root && (key === "$schema" || key === "definitions") && isWhole(value)) return [];
      if (key === "$id" && isWhole(value)) return [];
      return [[key, rewrite(inner, base)]];
    });
    return Object.fromEntries(result);
  };

  /** @param {string} absolute */
  const target = (absolute) =>
    absolute.replace(/#$/, "") === own ? "#" : `#/definitions/${escapeToken(localName(absolute.replace(/#$/, "")))}`;
  /** @param {object} value */
  const isWhole = (value) => [...schemas.values()].includes(/** @type {Schema} */ (value));

  const result = /** @type {Schema} */ (rewrite(root, own));
  const all = { .../** @type {Schema | undefined} */ (result.definitions), ...definitions };
  return Object.keys(all).length === 0 ? result : { ...result, definitions: all };
}

/** @param {string} token */
function escapeToken(token) {
  return encodeURIComponent(token.replaceAll("~", "~0").replaceAll("/", "~1"));
}
