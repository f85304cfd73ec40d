import { spawnSync } from "node:child_process";
import { mkdirSync, statSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { sha256 } from "../../src/hash.js";
import { decodeText } from "../../src/store/decode.js";
import { readSource } from "../../src/store/read.js";
import {
  auth,
  bundledStore,
  config,
  failure,
  giveToUser,
  modeOf,
  put,
  runAsUser,
  systemError,
  temporary,
  withFiles,
  existing,
} from "./disk.js";

function read(path: string): ReturnType<typeof readSource> {
  return readSource(path, "openclaw.json", config);
}

describe("readSource", () => {
  test("gives the exact text and the hash of the raw bytes", () => {
    const text = "\uFEFF{\r\n  // ü 😀\r\n}\r\n";
    const path = put(temporary(), "open claw ü.json", text);
    expect(readSource(path, "auth-profiles.json", auth)).toEqual({
      file: "auth-profiles.json",
      path,
      document: auth,
      before: { sha256: sha256(Buffer.from(text)), text },
    });
  });

  test("an empty file is an empty text, not a missing file", () => {
    expect(read(put(temporary(), "a.json", "")).before).toEqual({ sha256: sha256(""), text: "" });
  });

  test("a missing file, also below missing directories and behind a linked directory", () => {
    const home = temporary();
    mkdirSync(join(home, "real"));
    symlinkSync("real", join(home, "link"));
    for (const name of ["a.json", "x/y/a.json", "link/a.json", "link/x/a.json"]) {
      expect(read(join(home, name)).before).toBeNull();
    }
  });

  test("goes through links to files and directories", () => {
    const home = temporary();
    put(home, "real/a.json", "{}");
    symlinkSync("real", join(home, "link"));
    symlinkSync("link/a.json", join(home, "b.json"));
    expect(read(join(home, "b.json")).before?.text).toBe("{}");
  });

  test("a link to nowhere is no missing file: the error names link and target", () => {
    const home = temporary();
    const path = join(home, "a.json");
    symlinkSync("../gone/a.json", path);
    const error = failure(() => read(path));
    expect(error).toMatchObject({ kind: "invalid", code: "dangling-symlink", file: "openclaw.json" });
    expect(error.message).toContain(path);
    expect(error.message).toContain("../gone/a.json");
    expect(error.hint).not.toBe("");
  });

  test("a directory that is a link to nowhere", () => {
    const home = temporary();
    symlinkSync("gone", join(home, "state"));
    const error = failure(() => read(join(home, "state", "agents", "a.json")));
    expect(error).toMatchObject({ kind: "invalid", code: "dangling-symlink" });
    expect(error.message).toContain(`${join(home, "state")} is a symbolic link to gone`);
  });

  test("links in a circle, of files and of directories", () => {
    const home = temporary();
    symlinkSync("b.json", join(home, "a.json"));
    symlinkSync("a.json", join(home, "b.json"));
    symlinkSync("self", join(home, "self"));
    const error = failure(() => read(join(home, "a.json")));
    expect(error).toMatchObject({ kind: "invalid", code: "symlink-loop" });
    expect(error.message).toContain("b.json");
    expect(failure(() => read(join(home, "self", "a.json")))).toMatchObject({ kind: "invalid", code: "symlink-loop" });
  });

  test("a directory, a pipe, a device, a file in the way", () => {
    const home = temporary();
    put(home, "file", "x");
    mkdirSync(join(home, "directory"));
    spawnSync("mkfifo", [join(home, "pipe")]);
    expect(failure(() => read(join(home, "directory")))).toMatchObject({ kind: "invalid", code: "is-directory" });
    expect(failure(() => read(join(home, "pipe")))).toMatchObject({ kind: "invalid", code: "not-a-file" });
    expect(failure(() => read("/dev/zero"))).toMatchObject({ kind: "invalid", code: "not-a-file" });
    expect(failure(() => read(join(home, "file", "a.json")))).toMatchObject({
      kind: "invalid",
      code: "not-a-directory",
    });
  });

  test("a file over 16 MiB is refused before it is opened", () => {
    const path = put(temporary(), "a.json", "");
    truncateSync(path, 50 * 1024 * 1024);
    const files = withFiles({ open: () => expect.fail("opened") });
    const error = failure(() => readSource(path, "openclaw.json", config, files));
    expect(error).toMatchObject({ kind: "invalid", code: "too-large" });
    expect(error.message).toContain("16 MiB");
    truncateSync(path, 16 * 1024 * 1024 + 1);
    expect(failure(() => read(path)).code).toBe("too-large");
  });

  test("a file that grows while it is read is refused too", () => {
    const path = put(temporary(), "a.json", "x".repeat(1000));
    const files = withFiles({
      stat: (name) => ({ ...existing(withFiles({}).stat(name)), size: 3 }),
      read: (_descriptor, into, at) => into.length - at,
    });
    expect(failure(() => readSource(path, "openclaw.json", config, files)).code).toBe("too-large");
  });

  test("short reads are joined", () => {
    const text = "ü".repeat(5000);
    const path = put(temporary(), "a.json", text);
    const { read: whole } = withFiles({});
    const files = withFiles({ read: (descriptor, into, at) => whole(descriptor, into.subarray(0, at + 7), at) });
    expect(readSource(path, "openclaw.json", config, files).before?.text).toBe(text);
  });

  test.each([
    ["EACCES", "failed", "no-permission"],
    ["EPERM", "failed", "no-permission"],
    ["EIO", "failed", "io-error"],
    ["EMFILE", "failed", "too-many-files"],
    ["ENAMETOOLONG", "invalid", "path-too-long"],
    ["EWEIRD", "failed", "read-failed"],
  ])("%s", (system, kind, code) => {
    const path = put(temporary(), "a.json", "{}");
    const files = withFiles({
      open: () => {
        throw systemError(system);
      },
    });
    const error = failure(() => readSource(path, "openclaw.json", config, files));
    expect(error).toMatchObject({ kind, code, file: "openclaw.json" });
    expect(error.message).toContain(path);
    expect(error.hint).not.toBe("");
  });

  test("what is no system error passes unchanged", () => {
    const files = withFiles({
      stat: () => {
        throw new TypeError("a defect");
      },
    });
    expect(() => readSource("/a", "openclaw.json", config, files)).toThrow(TypeError);
  });

  test("a file that appears while it is looked for is busy, not missing", () => {
    const path = put(temporary(), "a.json", "{}");
    const files = withFiles({
      stat: () => null,
    });
    expect(failure(() => readSource(path, "openclaw.json", config, files))).toMatchObject({
      kind: "busy",
      code: "changed",
    });
  });

  test("reading changes neither file nor directory", () => {
    const home = temporary();
    const path = put(home, "a.json", "{}", 0o640);
    const before = [statSync(path).mtimeMs, statSync(home).mtimeMs];
    read(path);
    expect([statSync(path).mtimeMs, statSync(home).mtimeMs]).toEqual(before);
    expect(modeOf(path)).toBe("640");
  });
});

describe("readSource as an ordinary user", () => {
  let home = "";
  beforeAll(async () => {
    home = await bundledStore();
  });

  test("no permission on the file or on a directory above it", () => {
    put(home, "closed.json", "{}", 0o000);
    put(home, "locked/a.json", "{}");
    giveToUser(home);
    spawnSync("chmod", ["000", join(home, "locked")]);
    for (const name of ["closed.json", "locked/a.json", "locked/missing.json"]) {
      const path = join(home, name);
      const script = `result = store.readSource(values.path, "openclaw.json", { kind: "config" });`;
      expect(runAsUser(home, script, { path })).toMatchObject({ kind: "failed", code: "no-permission" });
    }
  });
});

describe("decodeText", () => {
  test.each<[string, number[], number, number, number]>([
    ["a lone continuation byte", [0x61, 0x80], 1, 1, 2],
    ["an overlong form", [0xc0, 0xaf], 0, 1, 1],
    ["an overlong form of three bytes", [0x0a, 0xe0, 0x9f, 0xbf], 1, 2, 1],
    ["a surrogate", [0x0d, 0x0a, 0x61, 0xed, 0xa0, 0x80], 3, 2, 2],
    ["beyond U+10FFFF", [0x0d, 0xf4, 0x90, 0x80, 0x80], 1, 2, 1],
    ["a sequence cut short", [0xf0, 0x9f, 0x98, 0x80, 0xf0, 0x9f], 4, 1, 3],
    ["a sequence broken off", [0xe2, 0x82, 0x41], 0, 1, 1],
    ["0xff", [0xff], 0, 1, 1],
  ])("%s", (_name, bytes, offset, line, column) => {
    const error = failure(() => decodeText(Buffer.from(bytes), "openclaw.json"));
    expect(error).toMatchObject({ kind: "invalid", code: "invalid-utf8", position: { line, column } });
    expect(error.message).toContain(`byte ${offset} (line ${line}, column ${column})`);
  });

  test("the place of the first wrong byte is right in any text", () => {
    const wrong = fc.constantFrom([0xff], [0xc1, 0x80], [0xed, 0xa0, 0x80], [0xf8], [0x80]);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), wrong, fc.uint8Array(), (text, bad, rest) => {
        const bytes = Buffer.concat([Buffer.from(text, "utf8"), Buffer.from(bad), rest]);
        const lines = Buffer.from(text, "utf8")
          .toString("utf8")
          .split(/\r\n|\r|\n/);
        const error = failure(() => decodeText(bytes, "f"));
        expect(error.message).toContain(`byte ${Buffer.byteLength(text)} `);
        expect(error.position).toEqual({ line: lines.length, column: (lines.at(-1) ?? "").length + 1 });
      }),
    );
  });

  test("any valid text comes back as it is, hash included", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        fc.pre(!text.includes("\0"));
        expect(decodeText(Buffer.from(text), "f")).toBe(text);
        expect(sha256(text)).toBe(sha256(Buffer.from(text)));
      }),
    );
  });

  test("a NUL byte is named by line and column", () => {
    const error = failure(() => decodeText(Buffer.from('{\n  "ü": \0}'), "openclaw.json"));
    expect(error).toMatchObject({ kind: "invalid", code: "nul-byte", position: { line: 2, column: 8 } });
  });

  test("UTF-16 is recognised", () => {
    expect(failure(() => decodeText(Buffer.from("\uFEFF{}", "utf16le"), "f")).hint).toContain("UTF-16");
    expect(failure(() => decodeText(Buffer.from([0x41, 0xff]), "f")).hint).not.toContain("UTF-16");
  });
});
