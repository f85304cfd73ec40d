/** `npm run bench` measures everything, `npm run bench -- NAME…` some parts; prints the figures and writes BENCHMARKS.md. */

import { fork } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { circumstances } from "./machine.mjs";
import { section, withPart } from "./page.mjs";

/** Each is a module here that is a `Part` (rows.mjs); the page has them in this order. */
const order = ["process", "engine", "edits", "text", "store", "homes", "real"];

const page = fileURLToPath(new URL("../BENCHMARKS.md", import.meta.url));
const place = fileURLToPath(new URL(".", import.meta.url));

/**
 * Measures a part in a process of its own, which no other part has warmed, and removes its work folder when that has ended.
 * @param {string} name
 * @param {string} work
 * @returns {Promise<{ title: string, measured: import("./rows.mjs").Measured } | undefined>} undefined when it failed
 */
function measured(name, work) {
  return new Promise((resolve) => {
    // A process group of its own: what it started ends with it.
    const child = fork(fileURLToPath(new URL("part.mjs", import.meta.url)), [name, work], { detached: true });
    const end = (/** @type {NodeJS.Signals} */ signal) => {
      process.exitCode = 1;
      stopped = true;
      try {
        if (child.pid !== undefined) process.kill(-child.pid, signal);
      } catch {
        // It ended in the meantime.
      }
    };
    const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
    for (const signal of signals) process.on(signal, end);
    /** @type {any} */
    let answer;
    child.on("message", (message) => (answer = message));
    // Not "exit": the answer may come later than that.
    child.on("close", (code) => {
      for (const signal of signals) process.off(signal, end);
      rmSync(work, { recursive: true, force: true, maxRetries: 5 });
      resolve(code === 0 ? answer : undefined);
    });
  });
}

let stopped = false;
const names = process.argv.length > 2 ? process.argv.slice(2) : order;
const unknown = names.filter((name) => !order.includes(name));
if (unknown.length > 0) {
  console.error(`no bench ${unknown.join(", ")}; there are: ${order.join(", ")}`);
  process.exit(64);
}
for (const name of names) {
  if (stopped) break;
  const began = performance.now();
  const result = await measured(name, mkdtempSync(`${place}work-`));
  if (stopped) break;
  if (result === undefined) process.exitCode = 1;
  const { title, measured: figures } = result ?? {
    title: name,
    measured: { rows: [], notes: ["Not measured: it failed."] },
  };
  const text = section(title, circumstances(place), figures);
  writeFileSync(page, withPart(existsSync(page) ? readFileSync(page, "utf8") : "", order, name, text));
  console.log(`${text}\n\n(${name}: ${Math.round((performance.now() - began) / 1000)} s)\n`);
}
