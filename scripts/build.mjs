/**
 * Builds dist/: the command line (bundled, one file and lazy chunks), the library (dependencies external), the catalog,
 * self-contained schemas and types. `--no-types` leaves the types as they are: tests need none.
 * Files are written in place and stale ones removed afterwards, so a command that runs meanwhile finds a whole package.
 */

import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { generate } from "./generate.mjs";
import { readSchemas, selfContained } from "./schemas.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = path.join(root, "dist");

/** @type {import("esbuild").BuildOptions} */
const common = {
  absWorkingDir: root,
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  sourcemap: "linked",
  // Flat: a file finds dist/catalog beside itself whichever chunk its code went to.
  chunkNames: "[name]-[hash]",
  logLevel: "warning",
  write: false,
};

/**
 * package.json is imported for its version; the rest of it would be carried along.
 * @type {import("esbuild").Plugin}
 */
const versionOnly = {
  name: "version-only",
  setup(build) {
    build.onLoad({ filter: /[\\/]package\.json$/ }, ({ path: file }) => {
      if (path.dirname(file) !== path.resolve(root)) return undefined;
      const { version } = JSON.parse(readFileSync(file, "utf8"));
      return { loader: "json", contents: JSON.stringify({ version }) };
    });
  },
};

/**
 * Bundled dependencies written as CommonJS ask for Node's own modules with `require`, which an ES module has not.
 * `process.getBuiltinModule` (Node 20.16) answers without loading anything more.
 */
const requireShim = "const require = process.getBuiltinModule;";

/** Bundles the command line and the library; returns the paths written, relative to dist/. */
async function bundle() {
  const results = await Promise.all([
    esbuild.build({
      ...common,
      entryPoints: { cli: "src/cli/main.ts" },
      plugins: [versionOnly],
      minify: true,
      // ES module versions are smaller: what is not used goes.
      mainFields: ["module", "main"],
      banner: { js: requireShim },
      define: { "process.env.NODE_ENV": '"production"' },
      sourcesContent: false,
      legalComments: "none",
    }),
    esbuild.build({
      ...common,
      entryPoints: { index: "src/index.ts", vitest: "src/vitest.ts" },
      plugins: [versionOnly],
      packages: "external",
    }),
  ]);
  mkdirSync(dist, { recursive: true });
  const files = results.flatMap((result) => result.outputFiles ?? []);
  for (const file of files) writeFileSync(file.path, file.contents);
  makeExecutable(path.join(dist, "cli.js"));
  return files.map((file) => path.relative(dist, file.path));
}

/**
 * Gives a script its first line, and its source map one line more.
 * @param {string} file
 */
function makeExecutable(file) {
  const code = readFileSync(file, "utf8");
  if (!code.startsWith("#!")) {
    writeFileSync(file, `#!/usr/bin/env node\n${code}`);
    const map = JSON.parse(readFileSync(`${file}.map`, "utf8"));
    writeFileSync(`${file}.map`, JSON.stringify({ ...map, mappings: `;${map.mappings}` }));
  }
  chmodSync(file, 0o755);
}

/** Copies the provider cards and writes the schemas self-contained; returns the paths written, relative to dist/. */
function copyData() {
  const cards = path.join(root, "transforms/catalog");
  mkdirSync(path.join(dist, "catalog"), { recursive: true });
  const written = readdirSync(cards)
    .filter((file) => file.endsWith(".json"))
    .map((file) => {
      copyFileSync(path.join(cards, file), path.join(dist, "catalog", file));
      return `catalog/${file}`;
    });
  const schemas = readSchemas(path.join(root, "schemas"));
  for (const name of schemas.keys()) {
    const file = path.join(dist, "schemas", `${name}.json`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(selfContained(name, schemas), null, 2)}\n`);
    written.push(`schemas/${name}.json`);
  }
  return written;
}

/** Emits the declarations the two entry points need. */
function emitTypes() {
  const folder = path.join(dist, "types");
  rmSync(folder, { recursive: true, force: true });
  const tsc = path.join(root, "node_modules/.bin/tsc");
  execFileSync(tsc, ["-p", path.join(root, "tsconfig.build.json")], { stdio: "inherit" });
}

/** @param {readonly string[]} written relative to dist/, types excepted */
function removeStale(written) {
  const keep = new Set(written);
  for (const file of readdirSync(dist, { recursive: true, encoding: "utf8", withFileTypes: true })) {
    const relative = path.relative(dist, path.join(file.parentPath, file.name)).split(path.sep).join("/");
    if (file.isFile() && !relative.startsWith("types/") && !keep.has(relative)) rmSync(path.join(dist, relative));
  }
}

generate();
const written = [...(await bundle()), ...copyData()];
removeStale(written);
if (!process.argv.includes("--no-types") || !existsSync(path.join(dist, "types"))) emitTypes();
