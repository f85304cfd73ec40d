/** Every Node that can be had, each with a command line that it built itself: V8's kept code serves that Node alone. */

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
 * The one that runs first, with dist/ as it is; then those of npm.
 * @param {string} work
 * @returns {Promise<{ hosts: Host[], notes: string[] }>} the notes say which cannot be had
 */
export async function everyNode(work) {
  const running = process.versions.node;
  /** @type {Host[]} */
  const hosts = [{ version: running, node: process.execPath, cli }];
  const notes = [];
  for (const major of majors.filter((one) => !running.startsWith(`${one}.`))) {
    let node;
    try {
      node = await installNode(major, { limitMs, say: console.error });
    } catch (error) {
      // Why may name a registry: that is for this terminal alone.
      console.error(error);
      notes.push(`Not measured on Node ${major}: it is not installed, and could not be.`);
      continue;
    }
    hosts.push(builtBy(node, work));
  }
  return { hosts, notes };
}

/**
 * That Node with a copy of the checkout that it built in the work folder.
 * @param {string} node
 * @param {string} work
 * @returns {Host}
 */
export function builtBy(node, work) {
  const version = answer([node, "-p", "process.versions.node"]) ?? "unknown";
  const copy = path.join(work, `node-${version}`);
  mkdirSync(path.join(copy, "bench"), { recursive: true });
  const left = new Set(["bench", "coverage", "node_modules", "test"]);
  const entries = readdirSync(root).filter((name) => !name.startsWith(".") && !left.has(name));
  for (const entry of [...entries, "bench/fixtures"])
    cpSync(path.join(root, entry), path.join(copy, entry), { recursive: true });
  symlinkSync(path.join(root, "node_modules"), path.join(copy, "node_modules"), "dir");
  execFileSync(node, ["scripts/build.mjs", "--no-types"], { cwd: copy, stdio: ["ignore", "ignore", "inherit"] });
  return { version, node, cli: path.join(copy, "dist/cli.cjs") };
}
