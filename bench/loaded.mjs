/** Which of the package's files a command loads, and whose code is in them. */

import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { loadedBy } from "../scripts/loaded.mjs";

/** Code that a plan has no use for. */
const unwanted = ["@clack/", "ajv/dist/compile", "ajv/dist/core", "sisteransi"];

/**
 * The files of code that a command loads, with their sources looked up in the source maps.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {string} dist
 */
export function loadedModules(args, env, dist) {
  const files = loadedBy(args, env, dist).files.filter((file) => file.endsWith(".cjs"));
  const size = (/** @type {string} */ file) => statSync(path.join(dist, file)).size / 1000;
  /** @type {Set<string>} */
  const sources = new Set();
  for (const file of files) {
    const map = path.join(dist, `${file}.map`);
    // The script that starts the bundle is not bundled itself.
    if (!existsSync(map)) continue;
    for (const source of JSON.parse(readFileSync(map, "utf8")).sources) sources.add(source.replace(/^(\.\.\/)+/, ""));
  }
  const packages = [...sources].map((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? "clawform");
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const name of packages) counts.set(name, (counts.get(name) ?? 0) + 1);
  return {
    files,
    kilobytes: Math.round(files.reduce((sum, file) => sum + size(file), 0)),
    unwanted: unwanted.filter((part) => [...sources].some((source) => source.includes(part))),
    report: [
      ...files.map((file) => `  ${file}  ${Math.round(size(file))} kB`),
      ...[...counts].map(([name, count]) => `  ${count} modules of ${name}`),
    ].join("\n"),
  };
}
