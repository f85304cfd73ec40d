/** The real disk: what it says of what is not there is what Node says. */

import { lstatSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { nodeFiles } from "../../src/store/files.js";
import { makeHome } from "../cli/harness.js";

/** What a call throws, as far as anybody looks at it. */
function thrown(call: () => unknown): object | null {
  try {
    call();
    return null;
  } catch (error) {
    const { code, syscall, path, message } = error as NodeJS.ErrnoException;
    return { code, syscall, path, message, isError: error instanceof Error };
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
    expect(thrown(() => nodeFiles.stat(path))).toEqual(thrown(() => statSync(path)));
    expect(thrown(() => nodeFiles.lstat(path))).toEqual(thrown(() => lstatSync(path)));
  });
});
