/**
 * The package as a stranger gets it: the tarball installed into an empty folder, its command run, every public export
 * imported in plain Node, its types compiled, and a consumer's snapshot test run.
 * `node scripts/smoke.mjs TARBALL`
 */

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const tarball = path.resolve(process.argv[2] ?? "");
const folder = mkdtempSync(path.join(tmpdir(), "clawform-smoke-"));

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
function run(command, args, { cwd = folder, env = {} } = {}) {
  try {
    return execFileSync(command, args, {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, HOME: path.join(folder, "home"), NO_COLOR: "1", ...env },
    });
  } catch (error) {
    const { stdout, stderr } = /** @type {{ stdout?: string, stderr?: string }} */ (error);
    throw new Error(`${command} ${args.join(" ")}\n${stdout ?? ""}${stderr ?? ""}`, { cause: error });
  }
}

/**
 * @param {boolean} condition
 * @param {string} what
 */
function must(condition, what) {
  if (!condition) throw new Error(what);
  console.log(`  ${what}`);
}

/**
 * npm with the cache of this machine, whatever HOME says.
 * @param {readonly string[]} args
 * @param {string} cwd
 */
function install(args, cwd) {
  const cache = execFileSync("npm", ["config", "get", "cache"], { encoding: "utf8" }).trim();
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--cache", cache];
  run("npm", ["install", ...quiet, ...args], { cwd, env: { HOME: process.env.HOME } });
}

/** The names a source file exports as values. @param {string} file */
async function exportsOf(file) {
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [file],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "node",
    packages: "external",
    outfile: "x.js",
  });
  return (metafile.outputs["x.js"]?.exports ?? []).sort();
}

/** The command: its version, and a plan that writes nothing. */
function checkCommand() {
  const command = path.join(folder, "node_modules/.bin/clawform");
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  must(run(command, ["--version"]).trim() === version, `clawform --version says ${version}`);
  const state = path.join(folder, "state");
  const config = '// ours\n{ agents: { defaults: { model: "openai/gpt-5.5" } } }\n';
  mkdirSync(state);
  writeFileSync(path.join(state, "openclaw.json"), config);
  writeFileSync(
    path.join(folder, "clawform.json5"),
    '{ providers: { kilocode: { apiKey: { env: "SMOKE_KEY" } } }, model: { primary: "kilocode/kilo/auto" } }\n',
  );
  const key = "test-key-smoke";
  const env = { SMOKE_KEY: key };
  const output = run(command, ["plan", "clawform.json5", "--state-dir", state], { env });
  must(output.includes("kilocode") && !output.includes(key), "clawform plan shows the change and no key");
  must(readFileSync(path.join(state, "openclaw.json"), "utf8") === config, "clawform plan wrote nothing");
  const { changed } = JSON.parse(run(command, ["plan", "clawform.json5", "--state-dir", state, "--json"], { env }));
  must(changed === true, "clawform plan --json says changed");
}

/** Every export there is in the sources is there in plain Node, and nothing else. */
async function checkExports() {
  for (const [name, source] of [
    ["clawform", "src/index.ts"],
    ["clawform/vitest", "src/vitest.ts"],
  ]) {
    const expected = await exportsOf(source ?? "");
    const script = `console.log(JSON.stringify(Object.keys(await import("${name}")).sort()))`;
    const actual = run(process.execPath, ["--input-type=module", "-e", script]).trim();
    must(actual === JSON.stringify(expected), `import "${name}" gives ${expected.join(", ")}`);
  }
  const script =
    'console.log(JSON.stringify((await import("clawform/schemas/setup.json", { with: { type: "json" } })).default.type))';
  must(run(process.execPath, ["--input-type=module", "-e", script]).includes("object"), "clawform/schemas/setup.json");
}

/** The types compile for a consumer that checks libraries and has no types of Node. */
function checkTypes() {
  writeFileSync(
    path.join(folder, "use.ts"),
    'import * as clawform from "clawform";\nimport type { Plan } from "clawform";\nexport const all: object = clawform;\nexport type Kept = Plan;\n',
  );
  const options = { module: "nodenext", target: "es2023", lib: ["es2023"], strict: true, types: [], noEmit: true };
  const config = { compilerOptions: { ...options, skipLibCheck: false }, files: ["use.ts"] };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(config));
  run(path.join(root, "node_modules/.bin/tsc"), ["-p", folder]);
  must(true, "types compile with skipLibCheck off");
}

/**
 * A consumer's own project (its `clawform.json5` says `thinkingDefault: "low"`): its snapshot test passes on the packed
 * package, and no longer when the setup says something else.
 */
function checkConsumer() {
  const source = path.join(root, "test/fixtures/consumer");
  if (!existsSync(source)) throw new Error("test/fixtures/consumer is missing");
  const consumer = path.join(folder, "consumer");
  cpSync(source, consumer, { recursive: true });
  const { version } = JSON.parse(readFileSync(path.join(root, "node_modules/vitest/package.json"), "utf8"));
  install([tarball, `vitest@${version}`], consumer);
  const test = () => {
    const vitest = path.join(consumer, "node_modules/.bin/vitest");
    return run(vitest, ["run", "--root", consumer], { cwd: consumer, env: { CI: "true" } });
  };
  test();
  must(true, "a consumer's snapshot test passes");
  const setup = path.join(consumer, "clawform.json5");
  const changed = readFileSync(setup, "utf8").replace('thinkingDefault: "low"', 'thinkingDefault: "high"');
  writeFileSync(setup, changed);
  let said = "";
  try {
    test();
  } catch (error) {
    said = String(error);
  }
  must(/-.*low/.test(said) && /\+.*high/.test(said), "and fails, naming both values, when its setup changes");
}

try {
  mkdirSync(path.join(folder, "home"));
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "empty", private: true, type: "module" }));
  install([tarball], folder);
  checkCommand();
  await checkExports();
  checkTypes();
  checkConsumer();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
