/** What of Node's modules and of packages goes into which file of the command line, and what is loaded late or left out. */

import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Modules of Node's that an empty Node has not loaded and a plan does not need: they are got when they are first used.
 * `crypto` alone, which brings streams and every cipher, is a tenth of an empty Node's start.
 * @type {ReadonlyMap<string, readonly string[]>}
 */
const late = new Map([
  // commander runs commands that are executables of their own with it; clawform has none.
  ["node:child_process", ["spawn"]],
  ["node:crypto", ["hash", "randomInt", "randomUUID"]],
  ["node:module", ["createRequire", "SourceMap"]],
  ["node:os", ["homedir"]],
  ["node:timers/promises", ["setImmediate", "setTimeout"]],
]);

/**
 * Each member as a function that gets the real one when it is called. A source that imports a member not listed here does
 * not build.
 * @type {import("rolldown").Plugin}
 */
export const lateModules = {
  name: "late-modules",
  resolveId: (id) => (late.has(id) ? `\0${id}.mjs` : null),
  load: (id) => {
    const module = id.slice(1, -".mjs".length);
    const members = late.get(module)?.map(
      (name) => `export function ${name}(...given) {
        const { ${name}: real } = process.getBuiltinModule("${module}");
        return new.target ? new real(...given) : real(...given);
      }`,
    );
    return members?.join("\n") ?? null;
  },
};

/**
 * What stands for a package where the sources import it. fast-string-width makes tables of Unicode as it loads, for characters
 * that hardly any text has: it is run when it is first called. fast-json-patch exports itself as one object, of which comparing
 * alone is used (`core/compare`).
 * @type {ReadonlyMap<string, string>}
 */
const standIns = new Map([
  ["fast-string-width", "export default (...given) => require('fast-string-width').default(...given);"],
  ["fast-json-patch", "import { compare } from 'fast-json-patch/module/duplex.mjs'; export default { compare };"],
]);

/** @type {import("rolldown").Plugin} */
export const packagesInPart = {
  name: "packages-in-part",
  resolveId: (id, importer) =>
    standIns.has(id) && importer?.startsWith(path.join(root, "src")) ? `\0part-of-${id}` : null,
  load: (id) => standIns.get(id.replace("\0part-of-", "")) ?? null,
};

/**
 * json5 has three patterns of Unicode's letters, a tenth of what a plan needs: they lie in a file of their own, which is loaded
 * for a character outside of strings and comments that is none of ASCII's.
 * @type {import("rolldown").Plugin}
 */
export const patternsApart = {
  name: "patterns-apart",
  resolveId: (id) => (id === patternsFile ? { id, external: true } : null),
  transform: (code, id) => {
    if (!id.endsWith("/json5/dist/index.mjs")) return null;
    const pattern = /^var (Space_Separator|ID_Start|ID_Continue) = \/.*\/;$/gm;
    if (code.match(pattern)?.length !== 3)
      throw new Error("json5 does not have the three patterns that are known here");
    return {
      code: code.replaceAll(pattern, `var $1 = { test: (text) => require("${patternsFile}").$1.test(text) };`),
      // The lines stay where they were.
      map: null,
    };
  },
};
const patternsFile = "./cli-patterns.cjs";

/**
 * package.json is imported for its version; the rest of it would be carried along.
 * @type {import("rolldown").Plugin}
 */
export const versionOnly = {
  name: "version-only",
  load: (id) =>
    id === path.join(root, "package.json")
      ? { code: JSON.stringify({ version: JSON.parse(readFileSync(id, "utf8")).version }), moduleType: "json" }
      : null,
};

/**
 * undici shares nothing with the rest, and uses more of Node's modules than it: it is bundled by itself.
 * @type {import("rolldown").Plugin}
 */
export const transportApart = {
  name: "transport-apart",
  resolveId: (id) => (id === "./transport.js" ? { id: "./cli-transport.cjs", external: true } : null),
};
