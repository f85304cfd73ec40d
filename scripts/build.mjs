/**
 * Builds dist/: the command line (one bundled file, started by scripts/start.cjs), the library (dependencies external),
 * the catalog, self-contained schemas and types. `--no-types` leaves the types as they are: tests need none.
 * Files are written in place and stale ones removed afterwards, so a command that runs meanwhile finds a whole package.
 */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
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
import { bundleCommandLine } from "./bundle.mjs";
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

/** Bundles the command line and the library; returns the paths written, relative to dist/, and the name of this build. */
async function bundle() {
  const [commandLine, library] = await Promise.all([
    bundleCommandLine(),
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
  /** @type {string[]} */
  const written = ["cli.cjs"];
  const write = (/** @type {string} */ name, /** @type {string | Uint8Array} */ contents) => {
    writeFileSync(path.join(dist, name), contents);
    written.push(name);
  };
  for (const [name, contents] of commandLine) write(name, contents);
  for (const file of library.outputFiles ?? []) write(path.relative(dist, file.path), file.contents);
  write("validators.generated.cjs", readFileSync(path.join(root, "src/core/validators.generated.cjs")));
  write("keep.cjs", readFileSync(path.join(root, "scripts/keep.cjs")));
  const build = createHash("sha256")
    .update(JSON.stringify([...commandLine]))
    .digest("hex")
    .slice(0, 12);
  const start = path.join(dist, "cli.cjs");
  writeFileSync(start, readFileSync(path.join(root, "scripts/start.cjs"), "utf8").replace("BUILD", build));
  chmodSync(start, 0o755);
  return { written, build };
}

/**
 * Runs the command line once over the example of one provider, so that V8's code of what a plan needs can be kept; returns
 * what was kept. What a larger plan needs beside it is compiled as it is needed: kept, every plan would have to load it.
 * @param {string} build
 */
function warm(build) {
  const example = path.join(root, "bench/fixtures/busy");
  const args = ["plan", path.join(example, "clawform.json5"), "--state-dir", example];
  const env = { ...process.env, KILOCODE_API_KEY: "test-key-1", CLAWFORM_KEEP_CODE: "1" };
  execFileSync(process.execPath, [path.join(dist, "cli.cjs"), ...args], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const kept = readdirSync(dist).filter((file) => file.includes(`.${build}.`));
  // As readable as the package's other files, whoever installs it.
  for (const file of kept) chmodSync(path.join(dist, file), 0o644);
  return kept;
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

await generate();
const { written, build } = await bundle();
removeStale([...written, ...copyData(), ...warm(build)]);
if (!process.argv.includes("--no-types") || !existsSync(path.join(dist, "types"))) emitTypes();
