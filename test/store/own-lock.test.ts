import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { thisProcess } from "../../src/host.js";
import type { Host } from "../../src/store/host.js";
import { nodeFiles } from "../../src/store/files.js";
import { ownLockHolder, releaseOwnLock, takeOwnLock } from "../../src/store/own-lock.js";
import { introduceInText, ownerInText } from "../../src/store/owner.js";
import { birthOf, realmOf } from "../../src/store/process.js";
import { withStateLock } from "../../src/store/state-lock.js";
import { begin, hostOf } from "./clock.js";
import { failure, put, systemError, temporary, tree, withFiles } from "./disk.js";

const owner = (parts: object = {}): string =>
  JSON.stringify({
    pid: 77,
    birth: "born 77",
    realm: "here",
    since: new Date(begin).toISOString(),
    command: "onboard",
    ...parts,
  });

/** What a process that does this writes into its lock. */
const brief = (pid: number, host: Partial<Host> = {}): string =>
  introduceInText("onboard", { ...hostOf([77, 99]), pid, ...host });

describe("who holds the lock", () => {
  const year = 365 * 86_400_000;
  const rows: readonly (readonly [string, string, Partial<Host>, boolean])[] = [
    ["a process that lives", owner(), {}, true],
    ["one that lives, after a year", owner({ since: new Date(begin - year).toISOString() }), {}, true],
    ["a dead one, at once", owner({ pid: 99 }), {}, false],
    ["another that got its number", owner({ birth: "earlier" }), {}, false],
    ["one where the system tells no birth", owner({ birth: null }), {}, true],
    ["one of which this system tells none", owner(), { birthOf: () => null }, true],
    ["one of another container, just now", owner({ pid: 99, realm: "there" }), {}, true],
    [
      "one of another container, half a minute ago",
      owner({ realm: "there", since: new Date(begin - 30_001).toISOString() }),
      {},
      false,
    ],
    [
      "one from before this process, of its number",
      owner({ pid: 4242, birth: null, since: new Date(begin - year).toISOString() }),
      {},
      false,
    ],
    ["this very process", owner({ pid: 4242, birth: "born 4242" }), {}, true],
    ["in few bytes: one that lives", brief(77), {}, true],
    ["in few bytes: a dead one", brief(99), {}, false],
    ["in few bytes: another that got its number", brief(77, { birthOf: () => "earlier" }), {}, false],
    ["in few bytes: one of another container, just now", brief(99, { realm: () => "there" }), {}, true],
    ["in few bytes: half a minute ago", brief(77, { realm: () => "there", now: () => begin - 30_001 }), {}, false],
    ["in few bytes: where the system tells nothing", brief(77, { realm: () => null, birthOf: () => null }), {}, true],
    ["a list that names nobody", "[1,2,3]", { now: () => Date.now() + 31_000 }, false],
    ["nobody that can be read, in a new file", "half a l", {}, true],
    ["a number that is none", owner({ pid: -1 }), {}, false],
  ];

  test.each(rows)("%s", (_name, text, over, held) => {
    const path = join(temporary(), "lock");
    symlinkSync(text, path);
    const host = { ...hostOf([77]), ...over };
    expect(ownLockHolder(path, host, nodeFiles) !== null || text.startsWith("half")).toBe(held);
    const attempt = takeOwnLock(path, "apply", host, nodeFiles);
    expect(attempt.text === null).toBe(held);
    expect(readlinkSync(path) === text).toBe(held);
  });

  test("nobody that can be read, half a minute ago: broken", () => {
    const path = join(temporary(), "lock");
    symlinkSync("half a l", path);
    const host = { ...hostOf(), now: () => Date.now() + 31_000 };
    expect(takeOwnLock(path, "apply", host, nodeFiles).text).not.toBeNull();
  });

  test("a directory in its place is an error that says so", () => {
    const home = temporary();
    put(home, "lock/x", "");
    expect(failure(() => takeOwnLock(join(home, "lock"), "apply", hostOf(), nodeFiles))).toMatchObject({
      kind: "cannotWrite",
      code: "lock-not-a-file",
    });
  });
});

describe("where there are no symbolic links", () => {
  const files = withFiles({
    symlink: () => {
      throw systemError("EPERM");
    },
  });

  test("a file does it: taken once, given back", () => {
    const path = join(temporary(), "lock");
    const { text } = takeOwnLock(path, "apply", hostOf(), files);
    expect(takeOwnLock(path, "undo", hostOf(), files)).toMatchObject({
      text: null,
      owner: { pid: 4242, command: "apply" },
    });
    releaseOwnLock(path, text ?? "", files);
    expect(takeOwnLock(path, "undo", hostOf(), files).text).not.toBeNull();
  });
});

test("a lock that somebody else has by now is left to it", () => {
  const path = join(temporary(), "lock");
  const { text } = takeOwnLock(path, "apply", hostOf(), nodeFiles);
  nodeFiles.remove(path);
  writeFileSync(path, "theirs");
  releaseOwnLock(path, text ?? "", nodeFiles);
  expect([...tree(join(path, ".."))]).toEqual([["lock", "theirs"]]);
});

describe("the state lock", () => {
  const lock = { timeoutSeconds: 0, command: "apply" };

  test("is there while the body runs, and nothing of it afterwards, whatever happens", async () => {
    const home = temporary();
    const state = join(home, "not/yet/there");
    await withStateLock(state, { ...lock, host: hostOf() }, async () => {
      const text = readlinkSync(join(state, "clawform/lock"));
      expect(ownerInText(text, hostOf())).toMatchObject({ pid: 4242, birth: "born 4242", command: "apply" });
      // ext4 keeps up to 59 bytes in the inode.
      expect(text.length).toBeLessThan(60);
    });
    expect(readdirSync(home)).toEqual([]);
    const failing = withStateLock(state, { ...lock, host: hostOf() }, async () =>
      Promise.reject(new TypeError("ours")),
    );
    await expect(failing).rejects.toThrow(TypeError);
    expect(readdirSync(home)).toEqual([]);
  });

  test("names its holder and how long it has it: exit 75", async () => {
    const state = temporary();
    put(state, "clawform/x", "");
    symlinkSync(owner({ since: new Date(begin - 4200).toISOString() }), join(state, "clawform/lock"));
    const waiting = withStateLock(state, { ...lock, host: hostOf([77]), timeoutSeconds: 2 }, async () => "never");
    await expect(waiting).rejects.toMatchObject({
      code: "state-locked",
      exitCode: 75,
      message: expect.stringMatching(/locked by process 77 \(onboard\), for 6\.2 s now; waited 2 s for it$/) as string,
    });
  });

  test("two of one program take turns", async () => {
    const state = temporary();
    const order: string[] = [];
    const turn = (name: string): Promise<void> =>
      withStateLock(state, { timeoutSeconds: 20, command: name, host: thisProcess }, async () => {
        order.push(`${name} in`);
        await thisProcess.wait(30);
        order.push(`${name} out`);
      });
    await Promise.all([turn("a"), turn("b"), turn("c")]);
    expect(order.filter((_, index) => index % 2 === 0).map((word) => word[0])).toEqual(
      order.filter((_, index) => index % 2 === 1).map((word) => word[0]),
    );
  });
});

describe.runIf(process.platform === "linux")("what Linux tells", () => {
  test("a process has one birth, and another has another", async () => {
    const child = spawn("sleep", ["60"]);
    await once(child, "spawn");
    expect(birthOf(process.pid)).toMatch(/^\d+$/);
    expect(birthOf(process.pid)).toBe(birthOf(process.pid));
    expect(Number(birthOf(child.pid ?? 0))).toBeGreaterThan(Number(birthOf(process.pid)));
    child.kill();
    expect(birthOf(2 ** 30)).toBeNull();
    expect(realmOf()).toBe(realmOf());
  });

  test("where there is no /proc nothing is known, and nothing fails", () => {
    const files = withFiles({
      open: () => {
        throw systemError("ENOENT");
      },
      readlink: () => {
        throw systemError("ENOENT");
      },
    });
    expect([birthOf(1, files), realmOf(files)]).toEqual([null, null]);
    const broken = withFiles({
      open: () => {
        throw new TypeError("a defect");
      },
    });
    expect(() => realmOf(broken)).toThrow(TypeError);
  });
});
