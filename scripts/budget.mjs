/**
 * What a command may load: `scripts/budget.json` lists, for some of them, the files of dist/ and the modules of Node's that
 * a run needs, and how large the files may be. Fails when a run loads anything else. `--accept` writes down what is.
 */

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { loadedBy } from "./loaded.mjs";

/** Kilobytes (1000 bytes) by group. @typedef {{ code: number, kept: number, data: number }} Sizes */
/** @typedef {{ files: readonly string[], modules: readonly string[], kilobytes: Sizes }} Budget */

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = path.join(root, "dist");
const page = path.join(root, "scripts/budget.json");
const cli = path.join(dist, "cli.cjs");
const home = mkdtempSync(path.join(tmpdir(), "clawform-budget-"));
const key = "test-key-1";
const env = { PATH: process.env.PATH, HOME: home, KILOCODE_API_KEY: key, NO_COLOR: "1" };

/** The busy example, as it is and applied. @param {string} name */
function example(name) {
  const state = path.join(home, name);
  cpSync(path.join(root, "bench/fixtures/busy"), state, { recursive: true });
  return { state, setup: path.join(state, "clawform.json5") };
}

const fresh = example("fresh");
const done = example("done");
const at = ["--state-dir", fresh.state];
execFileSync(process.execPath, [cli, "apply", done.setup, "--state-dir", done.state, "--yes"], { env });

/** @type {Readonly<Record<string, readonly string[]>>} */
const commands = {
  plan: ["plan", fresh.setup, ...at],
  "apply, nothing to do": ["apply", done.setup, "--state-dir", done.state],
  "--version": ["--version"],
  validate: ["validate", ...at],
  "models list": ["models", "list", ...at],
  explain: ["explain", "kilocode/kilo/auto", ...at],
  doctor: ["doctor", ...at],
  "onboard --dry-run": ["onboard", "--auth-choice", "kilocode-api-key", "--kilocode-api-key", key, "--dry-run", ...at],
};

/** Kept code is named after the Node that keeps it. @param {string} file */
const plain = (file) => file.replace(/\.cjs\.[^/]*\.cache$/, ".cjs.cache");

/** @param {readonly string[]} files @returns {Sizes} */
function sizesOf(files) {
  const sizes = { code: 0, kept: 0, data: 0 };
  for (const file of files) {
    const group = file.endsWith(".cache") ? "kept" : file.endsWith(".cjs") ? "code" : "data";
    sizes[group] += statSync(path.join(dist, file)).size / 1000;
  }
  return sizes;
}

/** Room to grow by a twentieth, kept code by a half: Nodes differ. @param {Sizes} sizes @returns {Sizes} */
const withRoom = ({ code, kept, data }) => ({
  code: Math.ceil(code * 1.05),
  kept: Math.ceil(kept * 1.5),
  data: Math.ceil(data * 1.05),
});

/**
 * @param {string} name
 * @param {Budget | undefined} budget
 * @param {{ files: readonly string[], modules: readonly string[], sizes: Sizes }} found
 */
function complaints(name, budget, { files, modules, sizes }) {
  if (!budget) return [`${name}: has no budget`];
  const without = (/** @type {readonly string[]} */ some, /** @type {readonly string[]} */ others) =>
    some.filter((one) => !others.includes(one));
  return [
    ...without(files, budget.files).map((file) => `${name}: loads ${file}, which it did not`),
    ...without(budget.files, files).map((file) => `${name}: no longer loads ${file}`),
    ...without(modules, budget.modules).map((module) => `${name}: loads node:${module}, which it did not`),
    ...Object.entries(budget.kilobytes).flatMap(([group, most]) => {
      const size = sizes[/** @type {keyof Sizes} */ (group)];
      return size > most ? [`${name}: ${Math.ceil(size)} kB of ${group}, at most ${most} kB`] : [];
    }),
  ];
}

try {
  const accept = process.argv.includes("--accept");
  /** @type {Record<string, Budget>} */
  const budgets = JSON.parse(readFileSync(page, "utf8"));
  /** @type {Record<string, Budget>} */
  const accepted = {};
  const said = Object.entries(commands).flatMap(([name, args]) => {
    const loaded = loadedBy([cli, ...args], env, dist);
    const files = loaded.files
      .map(plain)
      .filter((file) => !file.endsWith("/"))
      .sort();
    const sizes = sizesOf(loaded.files);
    accepted[name] = { files, modules: loaded.modules, kilobytes: withRoom(sizes) };
    return complaints(name, budgets[name], { files, modules: loaded.modules, sizes });
  });
  if (accept) writeFileSync(page, `${JSON.stringify(accepted, null, 2)}\n`);
  else if (said.length > 0) {
    console.error(
      `${said.join("\n")}\n\nWhat a command loads is what it takes to start. If that is meant: node scripts/budget.mjs --accept`,
    );
    process.exitCode = 1;
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
