/**
 * What many homes cost without clawform: `homes-bare.mjs write|read FOLDER CONCURRENCY`. `write` reads both files of every home and
 * writes each to a new file, on disk before it is renamed into place; `read` reads and hashes them.
 */

import { createHash } from "node:crypto";
import { open, readFile, readdir, rename } from "node:fs/promises";
import path from "node:path";
import { inParallel } from "../scripts/openclaw.mjs";
import { storeFile } from "./examples.mjs";

const [task = "", folder = "", concurrency = ""] = process.argv.slice(2);

/** @param {string} file */
async function rewrite(file) {
  const bytes = await readFile(file);
  const handle = await open(`${file}.new`, "wx", 0o600);
  await handle.writeFile(bytes);
  await handle.sync();
  await handle.close();
  await rename(`${file}.new`, file);
}

/** @param {string} file */
const hash = async (file) =>
  createHash("sha256")
    .update(await readFile(file))
    .digest("hex");

const work = task === "write" ? rewrite : hash;
await inParallel(Number(concurrency), await readdir(folder), async (home) => {
  for (const file of [storeFile, "openclaw.json"]) await work(path.join(folder, home, file));
});
