/** Gets a release of OpenClaw, and a Node that runs it, into the user's cache folder, with plain npm. */

import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { execute } from "./openclaw.mjs";

/** @typedef {import("./openclaw.mjs").Program} Program */

/** Releases look so; anything else would reach npm as another kind of package. */
export const releasePattern = /^\d{4}\.\d{1,2}\.\d{1,2}(?:-[a-z]+\.\d+)?$/;

/**
 * The release, from the cache or freshly installed.
 * @param {string} release
 * @param {{ limitMs: number, say: (line: string) => void, folder?: string }} options `folder`: the cache to use
 * @returns {Promise<Program>}
 * @throws {Error} with one line that says why it cannot be had
 */
export async function install(release, { limitMs, say, folder = cacheFolder() }) {
  if (!releasePattern.test(release)) throw new Error(`${JSON.stringify(release)} is no release of OpenClaw: 2026.5.6`);
  const until = Date.now() + limitMs;
  const openclaw = {
    name: `openclaw-${release}`,
    file: "node_modules/openclaw/openclaw.mjs",
    // linkedom 0.18.13 wants a package that does not exist everywhere.
    manifest: { private: true, dependencies: { openclaw: release }, overrides: { linkedom: "0.18.12" } },
    args: ["--ignore-scripts"],
  };
  const [root, node] = await Promise.all([
    present(folder, openclaw, until, say),
    runsOpenClaw(process.versions.node) ? process.execPath : installNode("24", { limitMs, say, folder }),
  ]);
  return {
    release,
    root: path.join(root, path.dirname(openclaw.file)),
    entry: path.join(root, openclaw.file),
    node,
  };
}

/**
 * The program of the newest Node of that major version, from the cache or freshly installed.
 * @param {string} major
 * @param {{ limitMs: number, say: (line: string) => void, folder?: string }} options `folder`: the cache to use
 * @throws {Error} with one line that says why it cannot be had
 */
export async function installNode(major, { limitMs, say, folder = cacheFolder() }) {
  const file = "node_modules/node/bin/node";
  const manifest = { private: true, dependencies: { node: major } };
  const part = { name: `node-${major}`, file, manifest, args: [] };
  return path.join(await present(folder, part, Date.now() + limitMs, say), file);
}

/** @param {string} version OpenClaw wants Node 22.14 or later. */
export function runsOpenClaw(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 14);
}

/**
 * @param {string} folder
 * @param {{ name: string, file: string, manifest: object, args: readonly string[] }} part
 * @param {number} until
 * @param {(line: string) => void} say
 */
async function present(folder, { name, file, manifest, args }, until, say) {
  const place = path.join(folder, name);
  if (existsSync(path.join(place, file))) return place;
  say(`installing ${name} into ${folder}`);
  // Made beside its place and moved there whole: what is there is complete, whoever else installs at the same time.
  const making = mkdtempSync(path.join(folder, `${name}.`));
  try {
    writeFileSync(path.join(making, "package.json"), JSON.stringify(manifest));
    const npm = [
      "install",
      "--no-audit",
      "--no-fund",
      "--no-package-lock",
      "--loglevel=error",
      "--fetch-retries=1",
      ...args,
    ];
    const limitMs = Math.max(until - Date.now(), 1);
    const { code, err, late } = await execute("npm", npm, { cwd: making, env: process.env, limitMs });
    if (late) throw new Error(`${name} could not be installed in ${Math.round(limitMs / 1000)} s`);
    if (code !== 0 || !existsSync(path.join(making, file)))
      throw new Error(`${name} cannot be installed: ${firstError(err)}`);
    move(making, place, file);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return place;
}

/**
 * @param {string} from
 * @param {string} to
 * @param {string} file
 */
function move(from, to, file) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(path.join(to, file))) throw error;
  }
}

/** @param {string} text what npm said */
function firstError(text) {
  const lines = text.split("\n").map((line) => line.replace(/^npm (?:error|ERR!) ?/, "").trim());
  return lines.find((line) => line !== "" && !/^(?:code|errno|syscall|path|dest) /.test(line)) ?? "npm failed";
}

/** Where installed releases are kept: the user's cache folder, else a temporary one. */
function cacheFolder() {
  const own =
    process.platform === "darwin"
      ? path.join(homedir(), "Library/Caches")
      : (process.env.XDG_CACHE_HOME ?? process.env.LOCALAPPDATA ?? path.join(homedir(), ".cache"));
  for (const folder of [
    path.join(own, "clawform/openclaw"),
    path.join(tmpdir(), `clawform-openclaw-${process.getuid?.() ?? 0}`),
  ]) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      accessSync(folder, constants.W_OK);
      return folder;
    } catch {
      // A home that is read-only: the next one.
    }
  }
  throw new Error("no folder to install OpenClaw into");
}
