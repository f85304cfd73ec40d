import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { checkSetupSize, readInput, readKeyFile, readGivenText } from "../../src/store/input.js";
import type { Files } from "../../src/store/files.js";
import { bundledStore, failure, giveToUser, put, runAsUser, systemError, temporary, withFiles } from "./disk.js";

describe("readKeyFile", () => {
  test.each([
    ["test-key-1"],
    ["test-key-1\n"],
    ["  test-key-1 \r\n"],
    ["\uFEFFtest-key-1\n"],
    ["test-key-1\nsecond line\n"],
    ["test-key-1\rsecond line"],
    ["\ttest-key-1\n\n\n"],
  ])("%j holds the key test-key-1", (content) => {
    expect(readKeyFile(put(temporary(), "key", content))).toBe("test-key-1");
  });

  test.each([[""], ["\n"], [" \t\r\n"], ["\uFEFF"], ["\ntest-key-1\n"]])("%j holds none", (content) => {
    const path = put(temporary(), "key", content);
    const error = failure(() => readKeyFile(path));
    expect(error).toMatchObject({ kind: "invalid", code: "blank-key", file: path });
    expect(error.message).toContain(path);
  });

  test("no error quotes the content", () => {
    const home = temporary();
    const large = put(home, "large", "test-key-1");
    truncateSync(large, 64 * 1024 + 1);
    const cases: [string, string][] = [
      [large, "too-large"],
      [put(home, "nul", "test-key-1\0"), "nul-byte"],
      [put(home, "latin1", Buffer.from("test-key-1é", "latin1")), "invalid-utf8"],
      [put(home, "blank", "\ntest-key-1"), "blank-key"],
    ];
    for (const [path, code] of cases) {
      const error = failure(() => readKeyFile(path));
      expect(error).toMatchObject({ kind: "invalid", code });
      expect(`${error.message} ${error.hint} ${String(error.cause)} ${error.stack}`).not.toContain("test-key");
    }
  });

  test("missing, a link to nowhere, a directory", () => {
    const home = temporary();
    mkdirSync(join(home, "directory"));
    symlinkSync("gone", join(home, "link"));
    expect(failure(() => readKeyFile(join(home, "key")))).toMatchObject({ kind: "invalid", code: "missing" });
    expect(failure(() => readKeyFile(join(home, "link")))).toMatchObject({ kind: "invalid", code: "dangling-symlink" });
    expect(failure(() => readKeyFile(join(home, "directory")))).toMatchObject({
      kind: "invalid",
      code: "is-directory",
    });
  });
});

describe("readGivenText", () => {
  test("gives the exact text", () => {
    const text = "\uFEFF// ours\r\n{}\r\n";
    expect(readGivenText(put(temporary(), "clawform.json5", text))).toBe(text);
  });

  test("missing, too large", () => {
    const path = join(temporary(), "clawform.json5");
    const error = failure(() => readGivenText(path));
    expect(error).toMatchObject({ kind: "invalid", code: "missing", file: path });
    put(path, "../clawform.json5", "");
    truncateSync(path, 64 * 1024 * 1024 + 1);
    const large = failure(() => readGivenText(path));
    expect(large).toMatchObject({ kind: "invalid", code: "too-large" });
    expect(large.message).toContain("64 MiB");
  });

  test("a saved plan may be larger than a setup", () => {
    const text = " ".repeat(16 * 1024 * 1024);
    expect(readGivenText(put(temporary(), "plan.json", `${text} `))).toHaveLength(text.length + 1);
    checkSetupSize(text, "clawform.json5");
    const error = failure(() => checkSetupSize(`${text.slice(1)}ü`, "clawform.json5"));
    expect(error).toMatchObject({ kind: "invalid", code: "too-large", file: "clawform.json5" });
    expect(error.message).toContain("16 MiB");
  });
});

describe("readInput", () => {
  /** Standard input that gives these pieces, or throws what is an error among them. */
  function input(pieces: readonly (Buffer | Error)[]): Files {
    const rest = [...pieces];
    return withFiles({
      read: (descriptor, into, at) => {
        expect(descriptor).toBe(0);
        const piece = rest.shift();
        if (piece instanceof Error) throw piece;
        return piece?.copy(into, at) ?? 0;
      },
    });
  }

  test("reads to the end, in whatever pieces it comes, and waits for a writer that takes its time", () => {
    const bytes = Buffer.from("\uFEFFtest-key-ü\r\n");
    const pieces = [...bytes].flatMap((byte) => [systemError("EAGAIN"), Buffer.from([byte])]);
    expect(readInput(input(pieces))).toBe("\uFEFFtest-key-ü\r\n");
    expect(readInput(input([]))).toBe("");
  });

  test("what is no text, and what cannot be read, is not quoted", () => {
    const cases: [Buffer | Error, string][] = [
      [Buffer.from("test-key-é", "latin1"), "invalid-utf8"],
      [Buffer.from("test-key-1\0"), "nul-byte"],
      [systemError("EISDIR"), "is-directory"],
      [systemError("EIO"), "io-error"],
    ];
    for (const [piece, code] of cases) {
      const error = failure(() => readInput(input([piece])));
      expect(error).toMatchObject({ code, file: "standard input" });
      expect(`${error.message}${error.hint}`).not.toContain("test-key");
    }
  });

  test("more than 64 MiB are refused", () => {
    const piece = Buffer.alloc(1024 * 1024, " ");
    const files = withFiles({ read: (_descriptor, into, at) => piece.copy(into, at) });
    expect(failure(() => readInput(files))).toMatchObject({ kind: "invalid", code: "too-large" });
  });
});

describe("in a process of its own", () => {
  let home = "";
  beforeAll(async () => {
    home = await bundledStore();
  });

  test("no permission", () => {
    const path = put(home, "key", "test-key-1", 0o000);
    giveToUser(home);
    for (const name of ["readKeyFile", "readGivenText"]) {
      const error = runAsUser(home, `result = store.${name}(values.path);`, { path });
      expect(error).toMatchObject({ kind: "failed", code: "no-permission" });
      expect(JSON.stringify(error)).not.toContain("test-key");
    }
  });

  test("a pipe is read to its end", () => {
    const input = put(home, "input", `test-key-1\n${"x".repeat(200_000)}`);
    put(
      home,
      "pipe.mjs",
      `import * as store from "./store.mjs"; console.log(store[process.argv[2]]("/dev/stdin").length);`,
    );
    const piped = (name: string): string =>
      execFileSync("sh", ["-c", `cat "$1" | "$2" pipe.mjs ${name}`, "sh", input, process.execPath], {
        cwd: home,
        encoding: "utf8",
        stdio: "pipe",
      });
    expect(piped("readGivenText")).toBe("200011\n");
    expect(() => piped("readKeyFile")).toThrow("is larger than 64 KiB");
    expect(
      execFileSync(
        "sh",
        [
          "-c",
          `(sleep 0.3; cat "$1") | "$2" -e "$3"`,
          "sh",
          input,
          process.execPath,
          `
        process.stdin.isTTY;
        import("./store.mjs").then((store) => console.log(store.readInput().length));
      `,
        ],
        { cwd: home, encoding: "utf8" },
      ),
    ).toBe("200011\n");
    put(home, "input", " test-key-1\n");
    expect(piped("readKeyFile")).toBe("10\n");
  });
});
