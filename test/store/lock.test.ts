import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nodeFiles } from "../../src/store/files.js";
import { type Attempt, type Lock, releaseLock, takeLock } from "../../src/store/lock.js";
import { ageOf, holderAt } from "../../src/store/lock-holder.js";
import { begin, hostOf } from "./clock.js";
import { failure, modeOf, put, systemError, temporary, tree, withFiles } from "./disk.js";

const file = "auth-profiles.json";
const stamp = (ago: number): string => new Date(begin - ago).toISOString();
const says = (pid: unknown, createdAt: unknown): string => JSON.stringify({ pid, createdAt }, null, 2);

/** A lock file last written so many milliseconds ago. */
function lockFile(home: string, text: string, ago = 0): string {
  const path = put(home, `${file}.lock`, text);
  utimesSync(path, (begin - ago) / 1000, (begin - ago) / 1000);
  return path;
}

const take = (path: string, living: readonly number[] = [], files = nodeFiles): Attempt =>
  takeLock(path, file, hostOf(living), files);

function taken(attempt: Attempt): Lock {
  return attempt.lock ?? expect.fail("not taken");
}

describe("takeLock", () => {
  test("makes the file OpenClaw makes: its name is the caller's, its content pid and time, 0600, no newline", () => {
    const home = temporary();
    const path = join(home, `${file}.lock`);
    const lock = taken(take(path));
    expect([...tree(home)]).toEqual([
      [`${file}.lock`, '{\n  "pid": 4242,\n  "createdAt": "2020-01-01T00:00:00.000Z"\n}'],
    ]);
    expect(modeOf(path)).toBe("600");
    expect(lock).toEqual({ path, text: readFileSync(path, "utf8"), left: null });
    releaseLock(lock, nodeFiles);
    expect(tree(home).size).toBe(0);
  });

  test("a umask of 0777 takes nothing that is needed", () => {
    const home = temporary();
    const files = withFiles({ create: (path) => nodeFiles.create(path, 0) });
    const lock = taken(take(join(home, `${file}.lock`), [], files));
    expect(modeOf(lock.path)).toBe("600");
  });

  describe("breaks at once", () => {
    const living = 77;
    test.each<[string, string, number?]>([
      ["a dead owner's", says(99, stamp(0))],
      ["a negative pid's", says(-77, stamp(0))],
      ["a pid's that is none", says(1.5, stamp(0))],
      ["a live owner's, taken more than 30 s ago", says(living, stamp(30_001))],
      ["a live owner's whose file is older than 30 s", says(living, stamp(0)), 30_001],
      ["a live owner's whose time is none", says(living, "yesterday")],
      ["our own pid's from before we began", says(4242, stamp(3_600_001))],
      ["an empty one of more than 30 s", "", 30_001],
      ["one that is no JSON, of more than 30 s", "{", 30_001],
      ["one without an owner, of more than 30 s", "{}", 30_001],
      ["one whose pid is text, of more than 30 s", says("99", stamp(0)), 30_001],
    ])("%s", (_name, text, ago) => {
      const path = lockFile(temporary(), text, ago);
      const lock = taken(take(path, [living]));
      expect(readFileSync(path, "utf8")).toBe(lock.text);
      expect(JSON.parse(lock.text)).toMatchObject({ pid: 4242 });
    });

    test("our own pid's from before this process began, within the 30 s", () => {
      const path = lockFile(temporary(), says(4242, stamp(10_000)));
      const host = { ...hostOf(), startedAt: begin - 9000 };
      expect(taken(takeLock(path, file, host, nodeFiles)).path).toBe(path);
    });
  });

  describe("leaves alone", () => {
    test.each<[string, string, { ago?: number; pid?: number | null; age: number }]>([
      ["a live owner's", says(77, stamp(0)), { pid: 77, age: 0 }],
      ["a live owner's of exactly 30 s", says(77, stamp(30_000)), { ago: 30_000, pid: 77, age: 30_000 }],
      ["a live owner's from a clock that is ahead", says(77, stamp(-5000)), { ago: -5000, pid: 77, age: 0 }],
      ["our own: another thread's or another copy's of us", says(4242, stamp(500)), { pid: 4242, age: 500 }],
      ["an empty one: its owner is about to fill it", "", { ago: 2000, pid: null, age: 2000 }],
      ["one that is no JSON", "{", { ago: 30_000, pid: null, age: 30_000 }],
      ["one whose pid is text", says("99", stamp(0)), { pid: null, age: 0 }],
      ["one whose time is a number", says(99, begin), { ago: 10, pid: null, age: 10 }],
      ["one that is a list", "[99]", { pid: null, age: 0 }],
      ["one that gives neither (pid 0, no time)", says(0, ""), { ago: 10, pid: 0, age: 10 }],
    ])("%s", (_name, text, { ago = 0, pid, age }) => {
      const home = temporary();
      const path = lockFile(home, text, ago);
      const attempt = take(path, [77]);
      expect(attempt.lock).toBeNull();
      const holder = attempt.lock === null ? attempt.holder : null;
      expect(holder).toMatchObject({ path, text });
      expect(holder?.owner?.pid ?? null).toBe(pid);
      expect(holder && ageOf(holder, hostOf())).toBe(age);
      expect([...tree(home)]).toEqual([[`${file}.lock`, text]]);
    });

    test.each(["EACCES", "EPERM"])("another user's that may not be read (%s), for 30 s", (code) => {
      const files = withFiles({
        open: () => {
          throw systemError(code);
        },
      });
      expect(take(lockFile(temporary(), says(99, stamp(0)), 30_000), [], files).lock).toBeNull();
      expect(take(lockFile(temporary(), says(99, stamp(0)), 30_001), [], files).lock).not.toBeNull();
    });
  });

  test.runIf(process.platform === "linux")("an owner that is dead but not buried is dead", async () => {
    // sh becomes a sleep that never asks for its child, long before that one ends.
    const parent = spawn("sh", ["-c", "sleep 1 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] });
    const [line] = (await once(parent.stdout, "data")) as [Buffer];
    const zombie = Number(line.toString());
    const state = (): string => readFileSync(`/proc/${zombie}/stat`, "utf8");
    await expect.poll(state, { timeout: 20_000 }).toContain(") Z ");
    try {
      expect(() => process.kill(zombie, 0)).not.toThrow();
      expect(take(lockFile(temporary(), says(zombie, stamp(0))), [zombie]).lock).not.toBeNull();
      expect(take(lockFile(temporary(), says(process.pid, stamp(0))), [process.pid]).lock).toBeNull();
    } finally {
      parent.kill("SIGKILL");
    }
  });

  test("does not break a lock that was taken while the old one was judged", () => {
    const home = temporary();
    const path = lockFile(home, says(99, stamp(0)));
    const fresh = says(77, stamp(0));
    let opened = 0;
    const files = withFiles({
      open: (name) => {
        opened += name === path ? 1 : 0;
        if (opened === 2) lockFile(home, fresh);
        return nodeFiles.open(name);
      },
    });
    expect(take(path, [77], files)).toMatchObject({ lock: null, holder: { owner: { pid: 77 } } });
    expect(readFileSync(path, "utf8")).toBe(fresh);
  });

  test("takes a lock that was given back meanwhile, or broken by somebody else", () => {
    for (const when of ["lstat", "remove"] as const) {
      const path = lockFile(temporary(), says(99, stamp(0)));
      let gone = false;
      const files = withFiles({
        [when]: (name: string) => {
          if (!gone) rmSync(path);
          gone = true;
          return nodeFiles[when](name);
        },
      });
      expect(taken(take(path, [], files)).path).toBe(path);
    }
  });

  test("gives up for now when others are quicker every time", () => {
    const path = join(temporary(), `${file}.lock`);
    const files = withFiles({
      create: () => {
        throw systemError("EEXIST");
      },
    });
    expect(take(path, [], files)).toEqual({ lock: null, holder: null });
    expect(take(join(temporary(), "gone", "x.lock"))).toEqual({ lock: null, holder: null });
  });

  test("leaves no half-written lock", () => {
    for (const operation of ["write", "fstat"] as const) {
      const home = temporary();
      const files = withFiles({
        [operation]: () => {
          throw systemError("ENOSPC");
        },
      });
      const error = failure(() => take(join(home, `${file}.lock`), [], files));
      expect(error).toMatchObject({ kind: "cannotWrite", code: "disk-full", file });
      expect(error.message).toContain("create the lock");
      expect(tree(home).size).toBe(0);
    }
  });

  test("a directory, a link or a pipe in its place is refused and left", () => {
    const home = temporary();
    const places: [string, (path: string) => void][] = [
      ["directory", (path) => mkdirSync(path)],
      ["link", (path) => symlinkSync("gone", path)],
      ["loop", (path) => symlinkSync("loop", path)],
    ];
    for (const [name, make] of places) {
      make(join(home, name));
      const error = failure(() => take(join(home, name)));
      expect(error).toMatchObject({ kind: "cannotWrite", code: "lock-not-a-file", file });
      expect(error.hint).not.toBe("");
    }
    expect(tree(home).size).toBe(3);
  });

  test.each([
    ["remove", "break the stale lock"],
    ["lstat", "read the lock"],
    ["create", "create the lock"],
  ] as const)("a system that refuses (%s) is an error that says so", (operation, doing) => {
    const path = lockFile(temporary(), says(99, stamp(0)));
    const files = withFiles({
      [operation]: () => {
        throw systemError("EROFS");
      },
    });
    const error = failure(() => take(path, [], files));
    expect(error).toMatchObject({ kind: "cannotWrite", exitCode: 73, file });
    expect(error.message).toContain(`cannot ${doing} ${path}`);
  });
});

describe("releaseLock", () => {
  test("a lock that somebody took over stays theirs, one that is gone is gone", () => {
    const home = temporary();
    const lock = taken(take(join(home, `${file}.lock`)));
    writeFileSync(lock.path, says(77, stamp(0)));
    releaseLock(lock, nodeFiles);
    expect(holderAt(lock.path, file, nodeFiles)?.owner?.pid).toBe(77);
    rmSync(lock.path);
    releaseLock(lock, nodeFiles);
    expect(tree(home).size).toBe(0);
  });

  test("never throws", () => {
    const home = temporary();
    const lock = taken(take(join(home, `${file}.lock`)));
    for (const operation of ["open", "read", "remove"] as const) {
      const files = withFiles({
        [operation]: () => {
          throw systemError("EIO");
        },
      });
      releaseLock(lock, files);
    }
    releaseLock(lock, nodeFiles);
    expect(tree(home).size).toBe(0);
  });
});
