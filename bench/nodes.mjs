/** Every Node that can be had, each with a command line that it built itself: V8's kept code serves the Node that made it alone. */

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { installNode } from "../scripts/openclaw-install.mjs";
import { cli, root } from "./examples.mjs";
import { answer } from "./processes.mjs";

/** @typedef {{ version: string, node: string, cli: string }} Host */

const majors = ["20", "22", "24"];
/** Installing one may take this long, in ms. */
const limitMs = 120_000;

/**
 * The one that runs first, with dist/ as it is; then those that npm has, unless they are the same.
 * @param {string} work
 * @returns {Promise<{ hosts: Host[], notes: string[] }>} the notes say which cannot be had
 */
export async function everyNode(work) {
  /** @type {Host[]} */
  const hosts = [{ version: process.versions.node, node: process.execPath, cli }];
  const notes = [];
  for (const major of majors) {
    try {
      const node = await installNode(major, { limitMs, say: console.error });
      const version = answer([node, "-p", "process.versions.node"]) ?? "none";
      if (hosts.every((host) => host.version !== version))
        hosts.push({ version, node, cli: builtBy(node, version, work) });
    } catch (error) {
      notes.push(`Not on Node ${major}: ${error instanceof Error ? error.message : String(error)}.`);
    }
  }
  return { hosts, notes };
}

/**
 * A copy of the checkout in the work folder, built there; its command line.
 * @param {string} node
 * @param {string} version
 * @param {string} work
 */
export function builtBy(node, version, work) {
  const copy = path.join(work, `node-${version}`);
  mkdirSync(path.join(copy, "bench"), { recursive: true });
  const left = new Set(["bench", "coverage", "node_modules", "test"]);
  const entries = readdirSync(root).filter((name) => !name.startsWith(".") && !left.has(name));
  for (const entry of [...entries, "bench/fixtures"])
    cpSync(path.join(root, entry), path.join(copy, entry), { recursive: true });
  symlinkSync(path.join(root, "node_modules"), path.join(copy, "node_modules"), "dir");
  execFileSync(node, ["scripts/build.mjs", "--no-types"], { cwd: copy, stdio: ["ignore", "ignore", "inherit"] });
  return path.join(copy, "dist/cli.cjs");
}
