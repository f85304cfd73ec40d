/**
 * The command line as CommonJS files: what the sources import statically is loaded together, what they `import()` lies in
 * files of its own. rolldown splits (esbuild splits ES modules alone), esbuild makes each file small and ASCII.
 */

import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { rolldown } from "rolldown";
import { exportedAtOnce, refuseCycles } from "./bundled-exports.mjs";
import { lateModules, packagesInPart, patternsApart, transportApart, versionOnly } from "./bundled-modules.mjs";

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
 * Bundles the command line; returns its files with their source maps, by their names in dist/.
 * @returns {Promise<Map<string, string>>}
 */
export async function bundleCommandLine() {
  const { plugin, nameOf } = gathering();
  const output = [
    ...(await chunksOf(
      { main: "src/cli/main.ts", "homes-thread": "src/homes/thread.ts" },
      [plugin, transportApart, lateModules, packagesInPart, patternsApart, versionOnly],
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
    refuseOthersThanAscii(chunk.fileName, code);
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

/** esbuild escapes strings, not patterns; and start.cjs reads the files as single bytes. @param {string} file @param {string} code */
function refuseOthersThanAscii(file, code) {
  const [found] = code.match(/.{0,40}[^\x00-\x7F].{0,40}/) ?? [];
  if (found !== undefined) throw new Error(`${file} would not be ASCII, write \\u… in the source: ${found}`);
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
