import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ClawformError } from "../../src/errors.js";
import type { Files } from "../../src/store/files.js";
import { writeNewFile } from "../../src/store/new-file.js";
import { failure, modeOf, put, systemError, temporary, tree, withFiles } from "./disk.js";
import { faultyDisk, faults, healthy } from "./faults.js";

const text = '{ version: 1, /* é */ auth: "sk-test-key" }\n';

describe("writeNewFile", () => {
  test("writes the text: 0600 when it is secret, else what the umask leaves", () => {
    const home = temporary();
    writeNewFile(join(home, "secret"), text, true);
    writeNewFile(join(home, "shared"), text, false);
    writeFileSync(join(home, "usual"), text);
    expect(modeOf(join(home, "secret"))).toBe("600");
    expect(modeOf(join(home, "shared"))).toBe(modeOf(join(home, "usual")));
    expect([...tree(home).values()]).toEqual([text, text, text]);
  });

  test("is on disk, and so is its name", () => {
    const synced: number[] = [];
    const files = withFiles({ sync: (descriptor) => synced.push(descriptor) });
    writeNewFile(join(temporary(), "new"), text, true, files);
    expect(synced).toHaveLength(2);
  });

  test("whatever is there already stays: a file, a directory, a link to nowhere", () => {
    const home = temporary();
    put(home, "file", "theirs");
    put(home, "directory/file", "theirs");
    symlinkSync("gone", join(home, "link"));
    const before = tree(home);
    for (const name of ["file", "directory", "link"]) {
      const path = join(home, name);
      const error = failure(() => writeNewFile(path, text, false));
      expect(error).toMatchObject({ kind: "cannotWrite", code: "exists", file: path, exitCode: 73 });
      expect(error.message).toBe(`${path} is there already`);
    }
    expect(tree(home)).toEqual(before);
  });

  test("a directory that is missing: exit 73", () => {
    const path = join(temporary(), "gone", "new");
    expect(failure(() => writeNewFile(path, text, false))).toMatchObject({ code: "missing", exitCode: 73 });
  });

  // The dead cannot clean up; everybody else does.
  test.each(faults.filter((fault) => !fault.startsWith("kill") && fault !== "torn"))(
    "%s at any operation: all of the file or nothing, and the next try succeeds",
    (fault) => {
      const count = operations();
      expect(count).toBeGreaterThanOrEqual(6);
      for (let k = 1; k <= count; k += 1) {
        const home = temporary();
        const path = join(home, "new");
        const disk = faultyDisk(k, fault);
        const error = thrownBy(() => writeNewFile(path, text, true, disk.files));
        const place = `${fault} at ${k} (${disk.names[k - 1]})`;
        disk.bury();
        if (error === null) expect(readFileSync(path, "utf8"), place).toBe(text);
        else {
          expect(error, place).toMatchObject({ kind: "cannotWrite", file: path });
          expect(`${error.message}${error.hint}${String(error.cause)}`, place).not.toContain("test-key");
          expect(tree(home).size, place).toBe(0);
          writeNewFile(path, text, true, healthy);
        }
      }
    },
  );

  test("a disk that takes no more bytes without saying why", () => {
    const home = temporary();
    const files = withFiles({ write: () => 0 });
    expect(failure(() => writeNewFile(join(home, "new"), text, true, files)).code).toBe("write-failed");
    expect(tree(home).size).toBe(0);
  });

  test("what failed is told, also when the rest of it cannot be removed", () => {
    const fail = (code: string) => (): never => {
      throw systemError(code);
    };
    const files: Files = withFiles({ write: fail("ENOSPC"), remove: fail("EIO") });
    expect(failure(() => writeNewFile(join(temporary(), "new"), text, true, files)).code).toBe("disk-full");
  });
});

/** How many operations an undisturbed write takes. */
function operations(): number {
  const disk = faultyDisk(0, "EIO");
  writeNewFile(join(temporary(), "new"), text, true, disk.files);
  return disk.count();
}

function thrownBy(run: () => void): ClawformError | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof ClawformError) return error;
    throw error;
  }
}
