/** The real disk: what is not there is null, and what else is wrong with a path is what Node says. */

import { lstatSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { nodeFiles } from "../../src/store/files.js";
import { makeHome } from "../cli/harness.js";

/** Whether a look finds something, or what it throws, as far as anybody looks at that. */
function outcome(look: () => unknown): unknown {
  try {
    return look() !== null;
  } catch (error) {
    const { code, syscall, path, message } = error as NodeJS.ErrnoException;
    return code === "ENOENT" || code === "ENOTDIR" ? false : { code, syscall, path, message };
  }
}

describe("a look at a path", () => {
  it.each([
    "there",
    "nothing",
    "folder/nothing",
    "nothing/below",
    "there/below",
    "dangling",
    "dangling/below",
    "loop",
    "loop/below",
    "linked",
    "linked/nothing",
    "long".repeat(100),
    "",
  ])("tells the same as Node's own: %j", (name) => {
    const at = makeHome();
    mkdirSync(at.path("folder"));
    writeFileSync(at.path("there"), "x");
    symlinkSync(at.path("nowhere"), at.path("dangling"));
    symlinkSync(at.path("loop"), at.path("loop"));
    symlinkSync(at.path("folder"), at.path("linked"));
    const path = name === "" ? "" : at.path(name);
    expect(outcome(() => nodeFiles.stat(path))).toEqual(outcome(() => statSync(path)));
    expect(outcome(() => nodeFiles.lstat(path))).toEqual(outcome(() => lstatSync(path)));
  });
});
