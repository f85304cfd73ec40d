import { readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ClawformError } from "../../src/errors.js";
import type { CommitReport } from "../../src/store/commit.js";
import { withStateLock } from "../../src/store/state-lock.js";
import { transact } from "../../src/store/transact.js";
import { type Files, nodeFiles } from "../../src/store/files.js";
import type { Change, FileChange } from "../../src/types.js";
import { begin, hostOf, type TestHost } from "./clock.js";
import { auth, change, config, put, systemError, temporary, tree, watched, withFiles } from "./disk.js";

/** What OpenClaw reads of our lock. */
const mine = { pid: 4242, createdAt: "2020-01-01T00:00:00.000Z" };
const isMine = (text: string | undefined): boolean => {
  const { pid, createdAt } = JSON.parse(text ?? "{}") as Partial<typeof mine>;
  return pid === mine.pid && createdAt === mine.createdAt;
};
/** A lock that process 77 took so many milliseconds before the test began. Its file is of now, of the machine's own clock. */
const theirs = (ago = 0): string => JSON.stringify({ pid: 77, createdAt: new Date(begin - ago).toISOString() });

const agentFile = (agent: string): string => `state/agents/${agent}/agent/auth-profiles.json`;
const of = (agent: string): Change["document"] => ({ kind: "auth", agent });

interface Pair {
  home: string;
  lock: string;
  changes: Change[];
}

/** A home with both files and the changes of both. */
function pair(): Pair {
  const home = temporary();
  const configPath = put(home, "state/openclaw.json", "old config");
  const authPath = put(home, agentFile("main"), "old auth");
  const changes = [
    change(configPath, config, "old config", "new config"),
    change(authPath, auth, "old auth", "new auth"),
  ];
  return { home, lock: `${authPath}.lock`, changes };
}

interface Options {
  readonly files?: Files;
  readonly host?: TestHost;
  readonly timeoutSeconds?: number;
}

/** The state directory is another one each time: here it is OpenClaw's locks that matter. */
function run(changes: readonly FileChange[], options: Options = {}): Promise<CommitReport> {
  const lock = { timeoutSeconds: 10, host: hostOf(), command: "apply", ...options };
  return withStateLock(temporary(), lock, (held) => transact(held, changes, null));
}

async function refusal(promise: Promise<unknown>): Promise<ClawformError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ClawformError) return error;
    throw error;
  }
  return expect.fail("nothing was thrown");
}

describe("what is locked", () => {
  test("the store, from before the first comparison to after the last directory sync", async () => {
    const { home, lock, changes } = pair();
    const log: string[] = [];
    const files = watched((name, path) => {
      const held = tree(home).get(`${agentFile("main")}.lock`);
      if (name === "link") log.push("lock");
      else if (name === "remove" && path === lock) log.push("unlock");
      else if (name === "rename") {
        expect(JSON.parse(held ?? ""), name).toMatchObject(mine);
        log.push(name);
      } else if (name === "open" && changes.some((one) => one.path === path)) log.push("read");
    });
    const { files: report } = await run(changes, { files });
    expect(report.map(({ outcome }) => outcome)).toEqual(["replaced", "replaced"]);
    // What is read before is read again, directly before its rename: a plan that is stale takes no lock.
    expect(log).toEqual(["read", "read", "lock", "read", "rename", "read", "rename", "unlock"]);
    expect([...tree(home).values()]).toContain("new auth");
    expect([...tree(home).keys()].filter((name) => name.endsWith(".lock"))).toEqual([]);
  });

  test("asks the disk for no more than both files need", async () => {
    const { home, changes } = pair();
    const stateDir = join(home, "state");
    const record = { path: put(home, "state/clawform/history/2.json", ""), text: '{ "changes": [] }' };
    const log: string[] = [];
    const files = watched((name, path) => log.push(path === "/proc/self/mountinfo" ? "mounts" : name));
    const lock = { timeoutSeconds: 0, host: hostOf(), command: "apply", files };
    await withStateLock(stateDir, lock, (held) => transact(held, changes, record));
    const count = (name: string): number => log.filter((one) => one === name).length;
    // Two new texts, the record and its directory; then the directory of each file.
    expect(count("sync")).toBe(6);
    expect(count("mounts")).toBe(1);
    // One that can be linked: the journal, which is the lock too, two texts and the record.
    expect(count("create")).toBe(4);
    expect(count("rename")).toBe(3);
    expect(count("remove")).toBe(3);
    // Root asks twice whose a directory is.
    expect(log.length).toBeLessThanOrEqual(process.getuid?.() === 0 ? 84 : 82);
  });

  test.each([
    ["where the journal can have no second name there", ["EXDEV"], 1],
    ["where no file can", ["EPERM", "EPERM"], 1],
    ["where it is longer than a lock that we would read", [], 40],
  ])("the store by a file of its own %s", async (_name, codes: readonly string[], agents) => {
    const home = temporary();
    const left = [...codes];
    const texts: string[] = [];
    const files = withFiles({
      link: (from, to) => {
        const code = left.shift();
        if (code !== undefined) throw systemError(code);
        nodeFiles.link(from, to);
      },
      rename: (from, to) => {
        if (to.endsWith("auth-profiles.json")) texts.push(readFileSync(`${to}.lock`, "utf8"));
        nodeFiles.rename(from, to);
      },
    });
    const names = Array.from({ length: agents }, (_, index) => `agent${index}`);
    await run(
      names.map((agent) => change(put(home, agentFile(agent), "old"), of(agent), "old", "new")),
      { files },
    );
    expect(texts).toEqual(names.map(() => JSON.stringify(mine, null, 2)));
    expect([...tree(home).keys()].filter((name) => /lock|tmp/.test(name))).toEqual([]);
  });

  test("nothing, when no credential store changes", async () => {
    const { lock, changes } = pair();
    const authPath = changes[1]?.path ?? "";
    const only = [changes[0] as Change, change(authPath, auth, "old auth", "old auth")];
    writeFileSync(lock, theirs());
    const files = withFiles({
      link: () => expect.fail("locked"),
    });
    expect((await run(only, { files, timeoutSeconds: 0 })).files.map(({ outcome }) => outcome)).toEqual([
      "unchanged",
      "replaced",
    ]);
    expect(await run([], { files })).toEqual({ files: [] });
    expect(readFileSync(lock, "utf8")).toBe(theirs());
  });

  test("the place of the link, as OpenClaw does, not the file it leads to", async () => {
    const home = temporary();
    put(home, "real/agent/theirs", "");
    put(home, "keys/store.json", "old auth");
    symlinkSync("real", join(home, "linked"));
    symlinkSync("../../keys/store.json", join(home, "real/agent/auth-profiles.json"));
    const created: string[] = [];
    const files = withFiles({
      create: (path, mode) => {
        if (path.startsWith(home)) created.push(path.slice(home.length));
        return nodeFiles.create(path, mode);
      },
      link: (from, to) => {
        created.push(to.slice(home.length));
        nodeFiles.link(from, to);
      },
    });
    await run([change(join(home, "linked/agent/auth-profiles.json"), auth, "old auth", "new auth")], { files });
    expect(created).toEqual([
      "/real/agent/auth-profiles.json.lock",
      expect.stringMatching(/^\/keys\/\.clawform-[0-9a-f]+-0\.tmp$/),
    ]);
    expect(tree(home).get("keys/store.json")).toBe("new auth");
  });

  test("several stores in the order of their real paths, whatever the order of the changes", async () => {
    const home = temporary();
    const created: string[] = [];
    const files = withFiles({
      link: (from, to) => {
        created.push(to.slice(home.length + 1));
        nodeFiles.link(from, to);
      },
    });
    const agents = ["work", "main", "ops"];
    await run(
      agents.map((agent) => change(join(home, agentFile(agent)), of(agent), null, agent)),
      { files },
    );
    expect(created).toEqual(["main", "ops", "work"].map((agent) => `${agentFile(agent)}.lock`));
    expect(agents.map((agent) => tree(home).get(agentFile(agent)))).toEqual(agents);
  });

  test("two agents in one directory: one lock, and the commit's own refusal", async () => {
    const home = temporary();
    put(home, "a/auth-profiles.json", "old");
    symlinkSync("a", join(home, "b"));
    const changes = ["a", "b"].map((name) => change(join(home, name, "auth-profiles.json"), of(name), "old", "new"));
    expect(await refusal(run(changes))).toMatchObject({ kind: "cannotWrite", code: "same-file" });
    expect([...tree(home).keys()]).toEqual(["a/", "a/auth-profiles.json", "b"]);
  });
});

describe("a directory that does not exist yet", () => {
  const fresh = (home: string): Change[] => [
    change(join(home, "state/openclaw.json"), config, null, "new config"),
    change(join(home, agentFile("main")), auth, null, "new auth"),
  ];

  test("is made, 0700", async () => {
    const home = temporary();
    await run(fresh(home));
    expect([...tree(home)]).toEqual([
      ["state/", "700"],
      ["state/agents/", "700"],
      ["state/agents/main/", "700"],
      ["state/agents/main/agent/", "700"],
      [agentFile("main"), "new auth"],
      ["state/openclaw.json", "new config"],
    ]);
  });

  test.each([
    ["the commit fails", {}],
    ["another store is locked", { locked: true }],
  ])("is removed again when %s", async (_name, { locked = false }: { locked?: boolean }) => {
    const home = temporary();
    put(home, agentFile("ops"), "old ops");
    const lock = `${join(home, agentFile("work"))}.lock`;
    if (locked) put(home, `${agentFile("work")}.lock`, theirs());
    const before = [...tree(home)];
    const files = withFiles({
      rename: () => {
        throw systemError("EIO");
      },
    });
    const changes = [...fresh(home), change(join(home, agentFile("work")), of("work"), null, "new work")];
    const error = await refusal(run(changes, { files, host: hostOf([77]) }));
    expect(error.code).toBe(locked ? "locked" : "io-error");
    expect([...tree(home)]).toEqual(before);
    if (locked) expect(error.message).toContain(lock.slice(0, -".lock".length));
  });

  test("and that another process takes back meanwhile is made again", async () => {
    const home = temporary();
    let meddled = false;
    const files = withFiles({
      link: (from, to) => {
        if (!meddled) {
          meddled = true;
          rmSync(join(home, "state/agents"), { recursive: true });
        }
        nodeFiles.link(from, to);
      },
    });
    const host = hostOf();
    await run(fresh(home), { files, host });
    expect(host.waits).toHaveLength(1);
    expect(tree(home).get(agentFile("main"))).toBe("new auth");
  });
});

describe("a lock that somebody holds", () => {
  test("is waited for, with growing, randomised delays", async () => {
    const { home, lock, changes } = pair();
    writeFileSync(lock, theirs());
    const host = hostOf([77], (waits) => {
      if (waits.length === 8) rmSync(lock);
    });
    await run(changes, { host });
    expect(host.waits).toHaveLength(8);
    host.waits.forEach((wait, index) => {
      const base = Math.min(500, 20 * 2 ** index);
      expect(wait).toBeGreaterThanOrEqual(base);
      expect(wait).toBeLessThan(2 * base);
    });
    expect(tree(home).get(agentFile("main"))).toBe("new auth");
  });

  test.each([
    [10, 3000, "is locked by process 77, for 13.0 s now; waited 10 s for it"],
    [0.25, 150, "is locked by process 77, for 0.4 s now; waited 0.25 s for it"],
    [0, 2000, "is locked by process 77, for 2.0 s now; waited 0 s for it"],
  ])("for %d s and not longer: exit 75 with pid and age, nothing written", async (timeoutSeconds, ago, words) => {
    const { home, lock, changes } = pair();
    writeFileSync(lock, theirs(ago));
    const before = [...tree(home)];
    const host = hostOf([77]);
    const error = await refusal(run(changes, { host, timeoutSeconds }));
    expect(error).toMatchObject({ kind: "busy", code: "locked", exitCode: 75, file: "auth-profiles.json" });
    expect(error.message).toBe(`${changes[1]?.path} ${words}`);
    expect(error.hint).toContain("--lock-timeout");
    expect(host.waits.reduce((sum, wait) => sum + wait, 0)).toBe(timeoutSeconds * 1000);
    expect([...tree(home)]).toEqual(before);
  });

  test("that names nobody is still another process's", async () => {
    const { lock, changes } = pair();
    writeFileSync(lock, "");
    const error = await refusal(run(changes, { timeoutSeconds: 1 }));
    expect(error.message).toContain("is locked by another process, for ");
    const files = withFiles({
      link: () => {
        throw systemError("EEXIST");
      },
    });
    rmSync(lock);
    const unknown = await refusal(run(changes, { files, timeoutSeconds: 1 }));
    expect(unknown.message).toContain("is locked by another process; waited 1 s for it");
  });

  test("is broken once it is 30 s old, as OpenClaw breaks it", async () => {
    const { lock, changes } = pair();
    writeFileSync(lock, theirs(25_000));
    const host = hostOf([77]);
    await run(changes, { host });
    expect(host.now() - begin).toBeGreaterThan(5000);
    expect(host.now() - begin).toBeLessThan(7000);
  });

  test("keeps us from holding the others meanwhile", async () => {
    const home = temporary();
    const agents = ["main", "work"];
    const paths = agents.map((agent) => put(home, agentFile(agent), "old"));
    const lock = `${paths[1]}.lock`;
    writeFileSync(lock, theirs());
    const host = hostOf([77], (waits) => {
      expect([...tree(home).keys()].filter((name) => name.endsWith(".lock"))).toEqual([`${agentFile("work")}.lock`]);
      if (waits.length === 3) rmSync(lock);
    });
    await run(
      agents.map((agent, index) => change(paths[index] ?? "", of(agent), "old", "new")),
      { host },
    );
    expect(host.waits).toHaveLength(3);
    expect(paths.map((path) => readFileSync(path, "utf8"))).toEqual(["new", "new"]);
  });

  test("and its holder wrote the store: stale, not overwritten", async () => {
    const { home, lock, changes } = pair();
    writeFileSync(lock, theirs());
    const host = hostOf([77], () => {
      put(home, agentFile("main"), "refreshed");
      rmSync(lock);
    });
    expect(await refusal(run(changes, { host }))).toMatchObject({ code: "stale", exitCode: 75 });
    expect(tree(home).get(agentFile("main"))).toBe("refreshed");
    expect([...tree(home).keys()].filter((name) => name.endsWith(".lock"))).toEqual([]);
  });

  test("while two plans of one program wait for each other: both get it", async () => {
    const home = temporary();
    const one = change(join(home, agentFile("main")), auth, null, "one");
    const two = change(join(home, agentFile("main")), auth, "one", "two");
    await Promise.all([run([one]), run([two])]);
    expect(tree(home).get(agentFile("main"))).toBe("two");
  });
});

describe("on every way out", () => {
  test("a defect of ours", async () => {
    const { home, changes } = pair();
    const before = [...tree(home)];
    const files = withFiles({
      rename: () => {
        throw new TypeError("a defect");
      },
    });
    await expect(run(changes, { files })).rejects.toThrow(TypeError);
    expect([...tree(home)]).toEqual(before);
  });

  test("a lock that OpenClaw broke and took over meanwhile is left to it", async () => {
    const { home, lock, changes } = pair();
    const files = withFiles({
      rename: (from, to) => {
        writeFileSync(lock, theirs());
        nodeFiles.rename(from, to);
      },
    });
    await run(changes, { files });
    expect(tree(home).get(`${agentFile("main")}.lock`)).toBe(theirs());
  });

  const homes: [string, () => Pair][] = [
    ["both files replaced", pair],
    [
      "both files and their directories new",
      () => {
        const home = temporary();
        const authPath = join(home, agentFile("main"));
        const configPath = join(home, "state/openclaw.json");
        return {
          home,
          lock: `${authPath}.lock`,
          changes: [change(configPath, config, null, "new config"), change(authPath, auth, null, "new auth")],
        };
      },
    ],
    [
      "a stale lock to break",
      () => {
        const place = pair();
        writeFileSync(place.lock, JSON.stringify({ pid: 99, createdAt: new Date(begin).toISOString() }));
        return place;
      },
    ],
  ];

  /** A disk whose k-th operation fails; a close never does, and a sync costs nothing. */
  function failing(k: number, code: string): { files: Files; count: () => number } {
    let count = 0;
    const before = (name: keyof Files): void => {
      if (name === "close") return;
      count += 1;
      if (count === k) throw systemError(code);
    };
    return { files: { ...watched(before), sync: () => before("sync") }, count: () => count };
  }

  describe.each(homes)("%s", (_name, make) => {
    test.each(["EIO", "EACCES", "EPERM", "ENOENT"])(
      "%s at each operation: all old or all new, unlocked",
      async (code) => {
        const whole = failing(0, code);
        const done = make();
        await run(done.changes, { files: whole.files });
        const after = [...tree(done.home)];
        let locked = 0;
        for (let k = 1; k <= whole.count(); k += 1) {
          const { home, lock, changes } = make();
          const broken = lock.slice(home.length + 1);
          const before = [...tree(home)].filter(([name]) => name !== broken);
          let error: unknown;
          try {
            await run(changes, { files: failing(k, code).files });
          } catch (thrown) {
            error = thrown;
          }
          const left = tree(home);
          // The one operation that gives it back may fail as well: then the next one to come breaks it.
          if (isMine(left.get(broken))) locked += 1;
          left.delete(broken);
          expect([...left], `operation ${k}`).toEqual(error === undefined ? after : before);
          if (error !== undefined) expect(error, `operation ${k}`).toBeInstanceOf(ClawformError);
        }
        expect(locked).toBeLessThanOrEqual(4);
      },
    );
  });
});
