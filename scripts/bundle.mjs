/**
 * The command line as CommonJS files: what the sources import statically is loaded together, what they `import()` lies in
 * files of its own. rolldown splits (esbuild splits ES modules alone), esbuild makes each file small and ASCII.
 */

import path from "node:path";
import { fileURLToPath } from "node:url";
import { readFileSync } from "node:fs";
import * as esbuild from "esbuild";
import { rolldown } from "rolldown";
import { exportedAtOnce, refuseCycles } from "./bundled-exports.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The two files that a plan needs, by the sources that each has to have with all they import. @type {readonly [name: string, sources: readonly string[]][]} */
const together = [
  ["main", ["src/cli/main.ts"]],
  ["plan", ["src/cli/plan.ts", "src/cli/apply.ts"]],
];

/**
 * Puts every module into the first of the files above whose sources reach it by static imports.
 * @returns {{ plugin: import("rolldown").Plugin, nameOf: (module: string) => string | null }}
 */
function gathering() {
  /** @type {Map<string, string>} */
  const names = new Map();
  return {
    plugin: {
      name: "gather",
      buildEnd() {
        /** @type {(module: string, name: string) => void} */
        const gather = (module, name) => {
          if (names.has(module)) return;
          names.set(module, name);
          for (const imported of this.getModuleInfo(module)?.importedIds ?? []) gather(imported, name);
        };
        for (const [name, sources] of together) for (const source of sources) gather(path.join(root, source), name);
      },
    },
    nameOf: (module) => names.get(module) ?? null,
  };
}

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
const lateModules = {
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
 * Packages that make tables of Unicode as they load, for characters that hardly any text has: they are run when they are
 * first called.
 * @type {ReadonlyMap<string, string>}
 */
const lateTables = new Map([
  ["fast-string-width", "export default (...given) => require('fast-string-width').default(...given);"],
]);

/**
 * json5 has three patterns of Unicode's letters, a tenth of what a plan needs: they lie in a file of their own, which is loaded
 * for a character outside of strings and comments that is none of ASCII's.
 * @type {import("rolldown").Plugin}
 */
const patternsApart = {
  name: "patterns-apart",
  resolveId: (id) => (id === patternsFile ? { id, external: true } : null),
  transform: (code, id) => {
    if (!id.endsWith("/json5/dist/index.mjs")) return null;
    const pattern = /^var (Space_Separator|ID_Start|ID_Continue) = \/.*\/;$/gm;
    if (code.match(pattern)?.length !== 3)
      throw new Error("json5 does not have the three patterns that are known here");
    return {
      code: code.replaceAll(pattern, `var $1 = { test: (text) => require("${patternsFile}").$1.test(text) };`),
    };
  },
};
const patternsFile = "./cli-patterns.cjs";

/** @type {import("rolldown").Plugin} */
const latePackages = {
  name: "late-packages",
  resolveId: (id, importer) =>
    lateTables.has(id) && importer?.startsWith(path.join(root, "src")) ? `\0late-${id}` : null,
  load: (id) => lateTables.get(id.replace("\0late-", "")) ?? null,
};

/**
 * package.json is imported for its version; the rest of it would be carried along.
 * @type {import("rolldown").Plugin}
 */
const versionOnly = {
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
const transportApart = {
  name: "transport-apart",
  resolveId: (id) => (id === "./transport.js" ? { id: "./cli-transport.cjs", external: true } : null),
};

/**
 * Bundles the command line; returns its files with their source maps, by their names in dist/.
 * @returns {Promise<Map<string, string>>}
 */
export async function bundleCommandLine() {
  const { plugin, nameOf } = gathering();
  const output = [
    ...(await chunksOf(
      { main: "src/cli/main.ts", "homes-thread": "src/homes/thread.ts" },
      [plugin, transportApart, lateModules, latePackages, patternsApart, versionOnly],
      { includeDependenciesRecursively: false, groups: [{ debugName: "together", name: nameOf }] },
    )),
    ...(await chunksOf({ transport: "src/net/transport.ts" }, [])),
    ...(await chunksOf({ patterns: "node_modules/json5/lib/unicode.js" }, [])),
  ];
  const chunks = output.filter((one) => one.type === "chunk");
  refuseCycles(chunks);
  /** @type {Map<string, string>} */
  const files = new Map();
  for (const chunk of chunks) {
    const { code, map } = await minify(chunk);
    files.set(chunk.fileName, `${code}//# sourceMappingURL=${chunk.fileName}.map\n`);
    files.set(`${chunk.fileName}.map`, map);
  }
  return files;
}

/**
 * @param {Record<string, string>} input
 * @param {import("rolldown").Plugin[]} plugins
 * @param {import("rolldown").OutputOptions["codeSplitting"]} [codeSplitting]
 */
async function chunksOf(input, plugins, codeSplitting) {
  const bundle = await rolldown({
    cwd: root,
    input,
    platform: "node",
    plugins,
    // ES module versions are smaller: what is not used goes.
    resolve: { mainFields: ["module", "main"] },
    transform: { target: "node20", define: { "process.env.NODE_ENV": '"production"' } },
    preserveEntrySignatures: "allow-extension",
  });
  const { output } = await bundle.generate({
    dir: "dist",
    format: "cjs",
    sourcemap: true,
    // import() needs a loader of ES modules, which is not started.
    dynamicImportInCjs: false,
    entryFileNames: "cli-[name].cjs",
    chunkFileNames: "cli-[name].cjs",
    ...(codeSplitting === undefined ? {} : { codeSplitting }),
  });
  await bundle.close();
  return output;
}

/** Names without a meaning, no white space, ASCII alone. @param {import("rolldown").OutputChunk} chunk */
function minify({ code, map, fileName }) {
  // The helper that files share comes from no source.
  const origin = map?.sources.length ? `//# sourceMappingURL=${map.toUrl()}` : "";
  return esbuild.transform(`${exportedAtOnce(code)}\n${origin}`, {
    sourcefile: fileName,
    sourcemap: "external",
    sourcesContent: false,
    format: "cjs",
    platform: "node",
    target: "node20",
    minify: true,
    legalComments: "none",
  });
}
