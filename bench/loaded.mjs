/** Which of the package's files a command loads, and whose code is in them. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Code that a plan has no use for. */
const unwanted = ["@clack/", "ajv/dist/compile", "ajv/dist/core", "sisteransi"];

/**
 * Runs a command under Node's own coverage, which lists every script that was loaded, and looks their sources up in the
 * source maps.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {string} dist
 */
export function loadedModules(args, env, dist) {
  const folder = mkdtempSync(path.join(tmpdir(), "clawform-loaded-"));
  try {
    spawnSync(process.execPath, [...args], { env: { ...env, NODE_V8_COVERAGE: folder }, stdio: "ignore" });
    /** @type {{ url: string }[]} */
    const scripts = readdirSync(folder).flatMap(
      (file) => JSON.parse(readFileSync(path.join(folder, file), "utf8")).result,
    );
    const files = scripts
      .filter(({ url }) => url.startsWith("file:"))
      .map(({ url }) => fileURLToPath(url))
      .filter((file) => file.startsWith(dist));
    /** @type {Set<string>} */
    const sources = new Set();
    for (const file of files) {
      // The script that starts the bundle is not bundled itself.
      if (!existsSync(`${file}.map`)) continue;
      const map = JSON.parse(readFileSync(`${file}.map`, "utf8"));
      for (const source of map.sources) sources.add(source.replace(/^(\.\.\/)+/, ""));
    }
    const packages = [...sources].map((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? "clawform");
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const name of packages) counts.set(name, (counts.get(name) ?? 0) + 1);
    return {
      files,
      kilobytes: Math.round(files.reduce((sum, file) => sum + statSync(file).size, 0) / 1000),
      unwanted: unwanted.filter((part) => [...sources].some((source) => source.includes(part))),
      report: [
        ...files.map((file) => `  ${path.relative(dist, file)}  ${Math.round(statSync(file).size / 1000)} kB`),
        ...[...counts].map(([name, count]) => `  ${count} modules of ${name}`),
      ].join("\n"),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
