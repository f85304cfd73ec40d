/**
 * Everything a change must pass: `npm run check`. Some steps only: `npm run check -- types lint`; all but some:
 * `npm run check -- --but tests`.
 * One line per step with its time; stops at the first failure and prints what that step said.
 */

import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const packed = mkdtempSync(path.join(tmpdir(), "clawform-pack-"));

/** Runs a program with the project's own tools in reach; answers with its exit code and all it printed. */
const run = (/** @type {string} */ command, /** @type {readonly string[]} */ args) =>
  new Promise((/** @type {(result: { code: number, output: string }) => void} */ resolve) => {
    const bin = path.join(root, "node_modules/.bin");
    const env = { ...process.env, CI: "true", PATH: `${bin}${path.delimiter}${process.env.PATH}` };
    const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    child.on("error", (error) => resolve({ code: 1, output: String(error) }));
    child.on("close", (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString("utf8") }));
  });

/** The tarball as npm would publish it; packed once, from what `build` made. */
async function tarball() {
  const present = () => readdirSync(packed).find((file) => file.endsWith(".tgz"));
  if (!present()) await run("npm", ["pack", "--ignore-scripts", "--pack-destination", packed]);
  const file = present();
  return path.join(packed, file ?? "nothing-packed.tgz");
}

/** @type {readonly [name: string, start: () => Promise<{ code: number, output: string }>][]} */
const steps = [
  ["build", () => run(process.execPath, ["scripts/build.mjs"])],
  ["budget", () => run(process.execPath, ["scripts/budget.mjs"])],
  ["types", () => run("tsc", ["-p", "."])],
  ["types of scripts", () => run("tsc", ["-p", "scripts"])],
  ["lint", () => run("oxlint", ["--type-aware", "--deny-warnings"])],
  ["format", () => run("oxfmt", ["--check"])],
  ["unused", () => run("knip", [])],
  ["tests", () => run("vitest", ["run", "--coverage"])],
  ["publint", async () => run("publint", ["run", "--strict", await tarball()])],
  ["attw", async () => run("attw", [await tarball(), "--profile", "esm-only"])],
  ["smoke", async () => run(process.execPath, ["scripts/smoke.mjs", await tarball()])],
];

const words = process.argv.slice(2);
const but = words[0] === "--but";
const named = but ? words.slice(1) : words;
const unknown = named.filter((name) => !steps.some(([step]) => step === name));
if (unknown.length > 0) {
  console.error(`no step ${unknown.join(", ")}; there are: ${steps.map(([name]) => name).join(", ")}`);
  process.exit(64);
}

for (const [name, start] of steps) {
  if (named.length > 0 && named.includes(name) === but) continue;
  const began = performance.now();
  const { code, output } = await start();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${code === 0 ? "ok    " : "FAILED"} ${name.padEnd(18)} ${seconds.padStart(6)} s`);
  if (code !== 0) {
    console.log(process.stdout.isTTY ? output : stripVTControlCharacters(output));
    process.exitCode = 1;
    break;
  }
}
rmSync(packed, { recursive: true, force: true });
