/** `npm run bench` measures everything, `npm run bench -- NAME` one thing: process, text, store. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** @type {Readonly<Record<string, string>>} */
const benches = { process: "bench.mjs", text: "text.mjs", store: "store.mjs" };
const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(benches);
const unknown = names.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`no bench ${unknown.join(", ")}; there are: ${Object.keys(benches).join(", ")}`);
  process.exit(64);
}
for (const name of names) {
  const program = fileURLToPath(new URL(benches[name] ?? "", import.meta.url));
  const { status } = spawnSync(process.execPath, [program], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
