/**
 * Builds dist/: the command line (one bundled file, started by scripts/start.cjs), the library (dependencies external),
 * the catalog, self-contained schemas and types. `--no-types` leaves the types as they are: tests need none.
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
  platform: "node",
  target: "node20",
  sourcemap: "linked",
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
 * commander loads `child_process` for commands that are executables of their own. clawform has none, and loading it is a
 * tenth of an empty Node's start: it is got when somebody asks.
 * @type {import("esbuild").Plugin}
 */
const lazyChildProcess = {
  name: "lazy-child-process",
  setup(build) {
    build.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes("/commander/") ? { path: "child_process", namespace: "lazy" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "lazy" }, () => ({
      contents: "module.exports = { get spawn() { return process.getBuiltinModule('node:child_process').spawn; } };",
    }));
  },
};

/** Modules that are files of their own: a plan should not carry what only a question, an explanation or a provider needs. */
const apart = new Map([
  ["prompt", "src/cli/prompt.ts"],
  ["explaining", "src/cli/explaining.ts"],
  ["remote", "src/cli/remote.ts"],
  ["transport", "src/net/transport.ts"],
]);

/** @type {import("esbuild").Plugin} */
const keptApart = {
  name: "kept-apart",
  setup(build) {
    const filter = new RegExp(`^\\./(${[...apart.keys()].join("|")})\\.js$`);
    build.onResolve({ filter }, ({ path: file }) => ({
      path: `./cli-${path.basename(file, ".js")}.cjs`,
      external: true,
    }));
  },
};

/** What `import.meta.url` stands for in a bundle that is no ES module. */
const moduleUrl = "const bundleUrl__=require('node:url').pathToFileURL(__filename).href;";

/** Bundles the command line and the library; returns the paths written, relative to dist/. */
async function bundle() {
  const results = await Promise.all([
    esbuild.build({
      ...common,
      entryPoints: { "cli-main": "src/cli/main.ts" },
      outExtension: { ".js": ".cjs" },
      // import() needs a loader of ES modules, which is not started.
      supported: { "dynamic-import": false },
      // One script, a function: start.cjs compiles it with what V8 kept of it. No loader of ES modules is started.
      format: "cjs",
      banner: { js: `(function(exports,require,module,__filename,__dirname){${moduleUrl}` },
      footer: { js: "})" },
      plugins: [versionOnly, lazyChildProcess, keptApart],
      minify: true,
      // ES module versions are smaller: what is not used goes.
      mainFields: ["module", "main"],
      define: { "process.env.NODE_ENV": '"production"', "import.meta.url": "bundleUrl__" },
      sourcesContent: false,
      legalComments: "none",
    }),
    esbuild.build({
      ...common,
      entryPoints: { "cli-homes-thread": "src/homes/thread.ts" },
      outExtension: { ".js": ".cjs" },
      supported: { "dynamic-import": false },
      format: "cjs",
      banner: { js: moduleUrl },
      plugins: [versionOnly, keptApart],
      minify: true,
      mainFields: ["module", "main"],
      define: { "process.env.NODE_ENV": '"production"', "import.meta.url": "bundleUrl__" },
      sourcesContent: false,
      legalComments: "none",
    }),
    esbuild.build({
      ...common,
      entryPoints: Object.fromEntries([...apart].map(([name, file]) => [`cli-${name}`, file])),
      plugins: [keptApart],
      outExtension: { ".js": ".cjs" },
      format: "cjs",
      minify: true,
      mainFields: ["module", "main"],
      sourcesContent: false,
      legalComments: "none",
    }),
    esbuild.build({
      ...common,
      entryPoints: { index: "src/index.ts", vitest: "src/vitest.ts" },
      splitting: true,
      format: "esm",
      // Flat: a file finds dist/catalog beside itself whichever chunk its code went to.
      chunkNames: "[name]-[hash]",
      plugins: [versionOnly],
      packages: "external",
    }),
  ]);
  mkdirSync(dist, { recursive: true });
  const files = results.flatMap((result) => result.outputFiles ?? []);
  // V8 tells its kept code from another script's by the script's length alone: kept code must never stand beside a new one.
  rmSync(path.join(dist, "cli-main.cache"), { force: true });
  for (const file of files) writeFileSync(file.path, file.contents);
  const start = path.join(dist, "cli.cjs");
  copyFileSync(path.join(root, "scripts/start.cjs"), start);
  chmodSync(start, 0o755);
  return ["cli.cjs", ...files.map((file) => path.relative(dist, file.path))];
}

/** Runs the command line once over the busy example, so that V8's code of what a plan needs can be kept. */
function warm() {
  const example = path.join(root, "bench/fixtures/household");
  const args = ["plan", path.join(example, "clawform.json5"), "--state-dir", example];
  const keys = { KILOCODE_API_KEY: "test-key-1", OPENROUTER_API_KEY: "test-key-2", MOONSHOT_API_KEY: "test-key-3" };
  const env = { ...process.env, ...keys, CLAWFORM_KEEP_CODE: "1" };
  execFileSync(process.execPath, [path.join(dist, "cli.cjs"), ...args], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return ["cli-main.cache"];
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
removeStale([...written, ...warm()]);
if (!process.argv.includes("--no-types") || !existsSync(path.join(dist, "types"))) emitTypes();
