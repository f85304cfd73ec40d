// Keeps the code that V8 made of the command line's files (dist/keep.cjs): used by cli.cjs where none was kept.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

/**
 * Our own folder in the one for compiled code that the user names; undefined unless it is this user's and nobody else can
 * write there: what lies in it is run.
 * @param {string} cache
 */
exports.folderIn = (cache) => {
  const folder = path.resolve(cache, "clawform");
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = fs.lstatSync(folder);
    const ours = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
    return ours && fs.lstatSync(folder).isDirectory() ? folder : undefined;
  } catch {
    return undefined;
  }
};

/** Writes the code that V8 has by now, whole or not at all. @param {readonly [file: string, script: import("node:vm").Script][]} scripts */
exports.keep = (scripts) => {
  for (const [file, script] of scripts) {
    const temporary = `${file}.${process.pid}`;
    try {
      const descriptor = fs.openSync(temporary, "wx", 0o600);
      try {
        fs.writeFileSync(descriptor, script.createCachedData());
        // V8 does not check what is in it: a power failure must not leave a name with half of it.
        fs.fsyncSync(descriptor);
      } finally {
        fs.closeSync(descriptor);
      }
      fs.renameSync(temporary, file);
    } catch {
      // A slower start the next time, nothing else.
      fs.rmSync(temporary, { force: true });
    }
  }
};
