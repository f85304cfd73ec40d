#!/usr/bin/env node
// Starts the command line (dist/cli.cjs). The bundle beside it is compiled with the code V8 kept when it was built on this
// machine or the publisher's; V8 itself refuses that of another version, and then compiles as usual.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const filename = path.join(__dirname, "cli-main.cjs");
const kept = path.join(__dirname, "cli-main.cache");
let cachedData;
try {
  cachedData = fs.readFileSync(kept);
} catch {
  // None was kept: nothing but a slower start.
}
// The bundle is ASCII: read as latin1 it stays a string of single bytes.
const script = new vm.Script(fs.readFileSync(filename, "latin1"), { filename, cachedData });
const start = /** @type {(...outer: unknown[]) => void} */ (script.runInThisContext());
start(exports, require, module, filename, __dirname);

if (process.env.CLAWFORM_KEEP_CODE) {
  process.on("exit", () => fs.writeFileSync(kept, script.createCachedData()));
}
