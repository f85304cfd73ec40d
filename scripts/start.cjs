#!/usr/bin/env node
// Starts the command line (dist/cli.cjs). Its files are compiled with the code that V8 kept of them: as the package was
// built, for the Node that built it; for another Node in the folder that NODE_COMPILE_CACHE names, where one is named.
// Without, they are loaded as Node loads any file. V8 itself refuses what it cannot use.
"use strict";
const fs = require("node:fs");

// The build's name is put in as it is built: V8 tells a script by its length alone.
const keeper = `.BUILD.${process.version}-${process.platform}-${process.arch}.cache`;
/** @type {string} */
const main = "./cli-main.cjs";
const head = "(function(exports,require,module,__filename,__dirname){";
const tail = "})";
const { CLAWFORM_KEEP_CODE: builds, NODE_COMPILE_CACHE: cache, NODE_DISABLE_COMPILE_CACHE: disabled } = process.env;

/** @type {Map<string, { exports: unknown }>} */
const loaded = new Map();
/** @type {[file: string, script: import("node:vm").Script][]} */
const fresh = [];
let folder = __dirname;
let keeps = builds !== undefined;

/** What a file of ours exports, or a module of Node's. @param {string} id @returns {unknown} */
function load(id) {
  if (!id.startsWith("./")) return require(id);
  const known = loaded.get(id);
  if (known) return known.exports;
  const name = id.slice(2);
  const filename = `${__dirname}/${name}`;
  const cachedData = keptCode(name);
  // The files are ASCII: as latin1 they are strings of single bytes.
  const code = bytesOf(filename, head, tail).toString("latin1");
  const { Script } = require("node:vm");
  // Kept code remembers what its script was called: not by a place on the machine that built it.
  const script = new Script(code, { filename: name, cachedData, columnOffset: -head.length });
  if (keeps && (cachedData === undefined || script.cachedDataRejected))
    fresh.push([`${folder}/${name}${keeper}`, script]);
  const module = { exports: {} };
  loaded.set(id, module);
  script.runInThisContext()(module.exports, load, module, filename, __dirname);
  return module.exports;
}

/** A file between two ASCII texts, read into its place: what is put together later is copied once more. @param {string} path */
function bytesOf(path, before = "", after = "") {
  const file = fs.openSync(path, "r");
  const { size } = fs.fstatSync(file);
  const bytes = Buffer.allocUnsafeSlow(before.length + size + after.length);
  fs.readSync(file, bytes, before.length, size, 0);
  fs.closeSync(file);
  bytes.write(before, 0, "latin1");
  bytes.write(after, before.length + size, "latin1");
  return bytes;
}

/** @param {string} name */
function keptCode(name) {
  try {
    return bytesOf(`${folder}/${name}${keeper}`);
  } catch {
    return undefined;
  }
}

const here = keeps || fs.existsSync(`${folder}/${main.slice(2)}${keeper}`);
if (!here && cache && !disabled) {
  const named = require("./keep.cjs").folderIn(cache);
  if (named !== undefined) [folder, keeps] = [named, true];
}
if (keeps) process.on("exit", () => require("./keep.cjs").keep(fresh));
/** @type {{ main: () => Promise<void> }} */
const commandLine = here || keeps ? load(main) : require(main);
void commandLine.main();
