import fc from "fast-check";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Files, nodeFiles } from "../../src/store/files.js";
import { isTorn, writeThrough } from "../../src/store/in-place.js";
import { mountPoints } from "../../src/store/mounts.js";
import { present } from "../../src/store/present.js";
import { wayTo } from "../../src/store/way.js";
import { change, config, failure, put, systemError, temporary, withFiles, existing } from "./disk.js";

const texts = fc.oneof(fc.string({ maxLength: 40, unit: "binary" }), fc.string({ maxLength: 40 }));

describe("writeThrough", () => {
  test.each([
    ["longer", "old", "much longer than that"],
    ["shorter", "much longer than that", "new"],
    ["empty before", "", "new"],
    ["empty after", "old", ""],
    ["beyond ASCII", "größer 🦞", "🦞"],
  ])("%s: the same file with other bytes", (_name, before, after) => {
    const path = put(temporary(), "f", before, 0o640);
    const { ino } = statSync(path);
    writeThrough(path, after, "f", nodeFiles);
    expect(readFileSync(path, "utf8")).toBe(after);
    expect(statSync(path)).toMatchObject({ ino, mode: 0o100640 });
  });

  test("a file that is gone is not made anew", () => {
    const path = `${temporary()}/gone`;
    expect(() => writeThrough(path, "new", "f", nodeFiles)).toThrow("ENOENT");
    expect(() => statSync(path)).toThrow("ENOENT");
  });

  test("bytes that somebody else wrote meanwhile are told, not taken for ours", () => {
    const path = put(temporary(), "f", "old");
    const files = withFiles({ sync: () => writeFileSync(path, "theirs") });
    expect(failure(() => writeThrough(path, "new", "f", files))).toMatchObject({ code: "not-written", exitCode: 73 });
  });

  test("what a kill leaves at any byte is told apart from what anybody else may have written", () => {
    const path = put(temporary(), "f", "");
    fc.assert(
      fc.property(texts, texts, fc.nat(60), (before, after, stop) => {
        writeFileSync(path, before);
        let left = stop;
        const files: Files = withFiles({
          write: (descriptor, bytes, from) => {
            if (left === 0) throw systemError("EIO");
            left -= 1;
            return nodeFiles.write(descriptor, bytes.subarray(0, from + 1), from);
          },
          truncate: (descriptor, length) => {
            if (left === 0) throw systemError("EIO");
            nodeFiles.truncate(descriptor, length);
          },
        });
        try {
          writeThrough(path, after, "f", files);
        } catch {
          // Stopped somewhere on the way.
        }
        const bytes = readFileSync(path);
        expect(isTorn(bytes, before, after)).toBe(true);
        expect(isTorn(Buffer.concat([bytes, Buffer.from("x".repeat(50))]), before, after)).toBe(false);
      }),
    );
  });

  test("another text is not torn", () => {
    expect(isTorn(Buffer.from("xbc"), "abc", "abd")).toBe(false);
    expect(isTorn(Buffer.from("ab"), "abc", "abd")).toBe(false);
    expect(isTorn(Buffer.from("abc\0\0"), "abc", "abcde")).toBe(true);
    expect(isTorn(Buffer.from("a\0c"), "abc", "abcde")).toBe(false);
  });
});

describe("mountPoints", () => {
  const told = (text: string): Files =>
    withFiles({
      open: (path) => nodeFiles.open(path === "/proc/self/mountinfo" ? put(temporary(), "mountinfo", text) : path),
    });

  test("the fifth field, escapes read", () => {
    const files = told(
      "22 1 254:1 / / rw - ext4 /dev/vda rw\n36 22 0:31 /x /home/a\\040b/open\\134claw.json rw - tmpfs t rw\n\n",
    );
    expect([...mountPoints(files)]).toEqual(["/", "/home/a b/open\\claw.json", ""]);
  });

  test("no list, no mount points", () => {
    const files = withFiles({
      open: () => {
        throw systemError("ENOENT");
      },
    });
    expect(mountPoints(files).size).toBe(0);
  });
});

describe("wayTo", () => {
  const all = (): boolean => true;
  /** A file with everything about it as given, and how it would be written. */
  function way(files: Partial<Files>, { inPlace = false, mode = 0o600, refuse = false } = {}): string {
    const path = put(temporary(), "openclaw.json", "old", mode);
    const item = present(change(path, config, "old", "new"), withFiles(files));
    const disk = withFiles({ writable: all, ...files });
    return wayTo(item, { inPlace, refused: new Set(refuse ? [item.target.path] : []) }, disk);
  }
  const twoNames: Partial<Files> = { lstat: (path) => ({ ...existing(nodeFiles.lstat(path)), links: 2 }) };
  const closed: Partial<Files> = { writable: (path) => path.endsWith(".json") };
  const nothing: Partial<Files> = { writable: () => false };
  const mounted: Partial<Files> = {
    open: (path) => {
      const list = "/proc/self/mountinfo";
      return nodeFiles.open(path === list ? put(temporary(), "list", `1 1 0:1 / ${mountName} rw`) : path);
    },
    realpath: (path) =>
      path.endsWith(".json")
        ? ((mountName = escape(nodeFiles.realpath(path))), nodeFiles.realpath(path))
        : nodeFiles.realpath(path),
  };
  let mountName = "";
  const escape = (path: string): string => path.replaceAll(" ", String.raw`\040`);

  test("a plain file is replaced, with --in-place too", () => {
    expect([way({}), way({}, { inPlace: true })]).toEqual(["replace", "replace"]);
  });

  test.each([
    ["hard links", twoNames, false, "hard-link"],
    ["a mount point", mounted, false, "mount-point"],
    ["a rename that was refused", {}, true, "mount-point"],
    ["a closed directory", closed, false, "no-permission"],
  ])("%s: refused with a way out, overwritten with --in-place", (_name, files, refuse, code) => {
    const error = failure(() => way(files, { refuse }));
    expect(error).toMatchObject({ kind: "cannotWrite", exitCode: 73, code });
    expect(error.hint).toContain("--in-place");
    expect(way(files, { inPlace: true, refuse })).toBe("overwrite");
  });

  test("a file that nobody may write is never overwritten", () => {
    for (const inPlace of [false, true]) {
      expect(failure(() => way(twoNames, { inPlace, mode: 0o444 })).code).toBe("read-only-file");
    }
  });

  test("a file this user may not write: --in-place is no way either", () => {
    const error = failure(() => way({ ...twoNames, ...nothing }, { inPlace: true }));
    expect(error).toMatchObject({ code: "hard-link", exitCode: 73 });
    expect(error.hint).toContain("write the file and its directory");
  });
});
