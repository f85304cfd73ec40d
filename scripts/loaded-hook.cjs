// Preloaded by loaded.mjs: writes down, as the process ends, what it opened and which of Node's modules it has loaded.
"use strict";
const fs = require("node:fs");

/** @type {Set<string>} */
const opened = new Set();
const { openSync, readFileSync } = fs;
fs.openSync = (file, ...rest) => {
  const descriptor = openSync(file, ...rest);
  opened.add(String(file));
  return descriptor;
};
// Node reads its own way what `require` asks for.
fs.readFileSync = /** @type {typeof readFileSync} */ (
  (/** @type {[import("node:fs").PathOrFileDescriptor]} */ ...given) => {
    if (typeof given[0] === "string") opened.add(given[0]);
    return readFileSync(...given);
  }
);
process.on("exit", () => {
  const { moduleLoadList } = /** @type {{ moduleLoadList: string[] }} */ (/** @type {unknown} */ (process));
  const report = { opened: [...opened], modules: moduleLoadList };
  fs.writeFileSync(process.env.CLAWFORM_LOADED ?? "", JSON.stringify(report));
});
