import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commit } from "./held.js";
import { nodeFiles } from "../../src/store/files.js";
import { readSource } from "../../src/store/read.js";
import type { Change } from "../../src/types.js";
import { auth, change, config, failure, modeOf, put, temporary, tree, withFiles, existing } from "./disk.js";

/** A home with both files and the changes of both. */
function pair(): { home: string; configPath: string; authPath: string; changes: Change[] } {
  const home = temporary();
  const configPath = put(home, "state/openclaw.json", "old config");
  const authPath = put(home, "state/agents/main/agent/auth-profiles.json", "old auth");
  const changes = [
    change(configPath, config, "old config", "new config"),
    change(authPath, auth, "old auth", "new auth"),
  ];
  return { home, configPath, authPath, changes };
}

describe("commit", () => {
  test("writes both files and nothing else, credentials first", () => {
    const { home, configPath, authPath, changes } = pair();
    const renamed: string[] = [];
    const files = withFiles({
      rename: (from, to) => {
        renamed.push(to);
        nodeFiles.rename(from, to);
      },
    });
    expect(commit(changes, { files })).toEqual({
      files: [
        { file: "auth-profiles.json", path: authPath, target: authPath, outcome: "replaced" },
        { file: "openclaw.json", path: configPath, target: configPath, outcome: "replaced" },
      ],
    });
    expect(renamed).toEqual([authPath, configPath]);
    expect([...tree(home)]).toEqual([
      ["state/", modeOf(join(home, "state"))],
      ["state/agents/", modeOf(join(home, "state/agents"))],
      ["state/agents/main/", modeOf(join(home, "state/agents/main"))],
      ["state/agents/main/agent/", modeOf(join(home, "state/agents/main/agent"))],
      ["state/agents/main/agent/auth-profiles.json", "new auth"],
      ["state/openclaw.json", "new config"],
    ]);
  });

  test("a file whose change ends in none is removed, after everything else", () => {
    const { home, configPath, authPath } = pair();
    const done: string[] = [];
    const files = withFiles({
      rename: (from, to) => {
        done.push(to);
        nodeFiles.rename(from, to);
      },
      remove: (path) => {
        done.push(path);
        nodeFiles.remove(path);
      },
    });
    const changes = [change(authPath, auth, "old auth", null), change(configPath, config, "old config", "new config")];
    expect(commit(changes, { files }).files.map(({ file, outcome }) => [file, outcome])).toEqual([
      ["openclaw.json", "replaced"],
      ["auth-profiles.json", "removed"],
    ]);
    expect(done.filter((path) => path.endsWith(".json") && path.startsWith(home))).toEqual([configPath, authPath]);
    expect(existsSync(authPath)).toBe(false);
    expect([...tree(home)].filter(([name]) => !name.endsWith("/"))).toEqual([["state/openclaw.json", "new config"]]);
  });

  test("writes exactly the bytes of the text: byte order mark, CRLF, any letter", () => {
    const home = temporary();
    const text = "\uFEFF{\r\n  // ü 😀\r\n}";
    const path = join(home, "open claw ü.json");
    commit([change(path, config, null, text)]);
    expect(readFileSync(path)).toEqual(Buffer.from(text, "utf8"));
    expect(readSource(path, "openclaw.json", config).before).toEqual(change(path, config, null, text).after);
  });

  test("creates files 0600 in directories 0700", () => {
    const home = temporary();
    const changes = [
      change(join(home, "state/openclaw.json"), config, null, "c"),
      change(join(home, "state/agents/main/agent/auth-profiles.json"), auth, null, "a"),
      change(join(home, "state/agents/work/agent/auth-profiles.json"), { kind: "auth", agent: "work" }, null, "w"),
    ];
    expect(commit(changes).files.map(({ outcome }) => outcome)).toEqual(["created", "created", "created"]);
    expect([...tree(home)]).toEqual([
      ["state/", "700"],
      ["state/agents/", "700"],
      ["state/agents/main/", "700"],
      ["state/agents/main/agent/", "700"],
      ["state/agents/main/agent/auth-profiles.json", "a"],
      ["state/agents/work/", "700"],
      ["state/agents/work/agent/", "700"],
      ["state/agents/work/agent/auth-profiles.json", "w"],
      ["state/openclaw.json", "c"],
    ]);
    expect(modeOf(join(home, "state/openclaw.json"))).toBe("600");
    expect(modeOf(join(home, "state/agents/main/agent/auth-profiles.json"))).toBe("600");
  });

  test("touches nothing when nothing changes: inode and times stay, no file is opened for writing", () => {
    const { configPath, authPath } = pair();
    const same = [
      change(configPath, config, "old config", "old config"),
      change(authPath, auth, "old auth", "old auth"),
    ];
    for (const path of [configPath, authPath]) utimesSync(path, 1, 2);
    const state = (): unknown =>
      [configPath, authPath, join(configPath, "..")].map((path) => [
        statSync(path).ino,
        statSync(path).mtimeMs,
        statSync(path).ctimeMs,
      ]);
    const before = state();
    const never = (): never => expect.fail("wrote");
    const files = withFiles({
      create: never,
      rename: never,
      makeDirectory: never,
      chmod: never,
      chown: never,
      remove: never,
    });
    expect(commit(same, { files }).files.map(({ outcome }) => outcome)).toEqual(["unchanged", "unchanged"]);
    expect(commit([], { files })).toEqual({ files: [] });
    expect(state()).toEqual(before);
  });

  test("leaves the unchanged file of a pair alone", () => {
    const { configPath, authPath, changes } = pair();
    const inode = statSync(authPath).ino;
    commit([changes[0] as Change, change(authPath, auth, "old auth", "old auth")]);
    expect(statSync(authPath).ino).toBe(inode);
    expect(readFileSync(configPath, "utf8")).toBe("new config");
  });

  test("an empty file is not a missing one", () => {
    const path = put(temporary(), "openclaw.json", "");
    expect(failure(() => commit([change(path, config, null, "new")])).code).toBe("stale");
    commit([change(path, config, "", "new")]);
    expect(readFileSync(path, "utf8")).toBe("new");
  });

  test("OpenClaw's own leftovers and the user's files beside it stay", () => {
    const { home, changes } = pair();
    const names = [
      "bak",
      "bak.1",
      "last-good",
      "rejected.2026-11-21T00-05-58-437Z",
      "clobbered.x",
      "lock",
      "4242.abc.tmp",
    ];
    for (const name of names) put(home, `state/openclaw.json.${name}`, name);
    commit(changes);
    for (const name of names) expect(tree(home).get(`state/openclaw.json.${name}`)).toBe(name);
  });

  test("the temporary file lies beside its target, is private, and is named like nothing of OpenClaw's", () => {
    const { home, changes } = pair();
    const names: string[] = [];
    const files = withFiles({
      create: (path, mode) => {
        const descriptor = nodeFiles.create(path, mode);
        names.push(path.startsWith(home) ? path.slice(home.length) : path);
        expect(modeOf(path)).toBe("600");
        return descriptor;
      },
    });
    commit(changes, { files });
    // The journal, which is the lock as well, both files, the record.
    expect(names).toHaveLength(4);
    expect(names[1]).toMatch(/^\/state\/agents\/main\/agent\/\.clawform-[0-9a-f]{16}-0\.tmp$/);
    expect(names[2]).toMatch(/^\/state\/\.clawform-[0-9a-f]{16}-1\.tmp$/);
    expect(names[3]).toMatch(/\/clawform\/\.clawform-[0-9a-f]{16}-record\.tmp$/);
  });

  test("everything is on disk before the first rename, each directory after its own", () => {
    const { changes } = pair();
    const log: string[] = [];
    const opened = new Map<number, string>();
    const files = withFiles({
      create: (path, mode) => {
        const descriptor = nodeFiles.create(path, mode);
        opened.set(descriptor, "file");
        return descriptor;
      },
      open: (path) => {
        const descriptor = nodeFiles.open(path);
        opened.set(descriptor, existing(nodeFiles.stat(path)).kind);
        return descriptor;
      },
      sync: (descriptor) => {
        log.push(`sync ${opened.get(descriptor)}`);
        nodeFiles.sync(descriptor);
      },
      rename: (from, to) => {
        log.push("rename");
        nodeFiles.rename(from, to);
      },
    });
    commit(changes, { files });
    // The record, both files and, as the record is not kept, the journal; then the directory of the first and the last.
    const before = ["sync file", "sync file", "sync file", "sync file", "sync directory"];
    expect(log).toEqual([...before, "rename", "rename", "sync directory", "sync directory"]);
  });

  test("two paths to one file are refused", () => {
    const home = temporary();
    put(home, "a/auth-profiles.json", "old");
    symlinkSync("a", join(home, "b"));
    const changes = ["a", "b"].map((name) =>
      change(join(home, name, "auth-profiles.json"), { kind: "auth", agent: name }, "old", `new ${name}`),
    );
    expect(failure(() => commit(changes))).toMatchObject({ kind: "cannotWrite", code: "same-file" });
    const fresh = ["a", "b"].map((name) =>
      change(join(home, name, "new.json"), { kind: "auth", agent: name }, null, name),
    );
    expect(failure(() => commit(fresh)).code).toBe("same-file");
    expect([...tree(home).keys()]).toEqual(["a/", "a/auth-profiles.json", "b"]);
  });
});

describe("a file that changed since the plan", () => {
  const cases: [string, (path: string) => void][] = [
    ["other content", (path) => writeFileSync(path, "somebody else's, longer")],
    ["other content of the same length", (path) => writeFileSync(path, "OLD CONFIG")],
    ["emptied", (path) => writeFileSync(path, "")],
    ["removed", (path) => rmSync(path)],
    ["a directory now", (path) => (rmSync(path), mkdirSync(path))],
  ];

  test.each(cases)("%s: refused, nothing written", (_name, meddle) => {
    const { home, configPath, changes } = pair();
    meddle(configPath);
    const before = tree(home);
    const error = failure(() => commit(changes));
    expect(error).toMatchObject({ kind: "busy", code: "stale", exitCode: 75, file: "openclaw.json" });
    expect(error.message).toContain(configPath);
    expect(error.hint).toContain("plan again");
    expect(tree(home)).toEqual(before);
  });

  test("a file of another size is not even read", () => {
    const { configPath, changes } = pair();
    truncateSync(configPath, 50_000_000);
    const files = withFiles({ open: (path) => (path === configPath ? expect.fail("opened") : nodeFiles.open(path)) });
    expect(failure(() => commit(changes, { files })).code).toBe("stale");
  });

  test("a file that exists now and did not", () => {
    const { home, authPath } = pair();
    const error = failure(() => commit([change(authPath, auth, null, "new auth")]));
    expect(error).toMatchObject({ kind: "busy", code: "stale" });
    expect(tree(home).get("state/agents/main/agent/auth-profiles.json")).toBe("old auth");
  });

  test("also when only another file of the plan is to be written", () => {
    const { home, configPath, authPath, changes } = pair();
    writeFileSync(authPath, "refreshed");
    const before = tree(home);
    const error = failure(() => commit([changes[0] as Change, change(authPath, auth, "old auth", "old auth")]));
    expect(error).toMatchObject({ code: "stale", file: "auth-profiles.json" });
    expect(tree(home)).toEqual(before);
    expect(readFileSync(configPath, "utf8")).toBe("old config");
  });

  test.each<[string, Partial<Record<"first" | "second", (configPath: string, authPath: string) => void>>, string]>([
    ["while the temporary files are written", { first: (path) => writeFileSync(path, "theirs") }, "theirs"],
    ["between the two renames", { second: (path) => writeFileSync(path, "theirs") }, "theirs"],
    [
      "replaced by rename between the two renames",
      { second: (path) => (writeFileSync(`${path}.x`, "theirs"), renameSync(`${path}.x`, path)) },
      "theirs",
    ],
    ["removed between the two renames", { second: (path) => rmSync(path) }, ""],
  ])("%s: the other one is put back", (_name, { first, second }, left) => {
    const { home, configPath, authPath, changes } = pair();
    let created = 0;
    const files = withFiles({
      create: (path, mode) => {
        created += 1;
        if (created === 2) first?.(configPath, authPath);
        return nodeFiles.create(path, mode);
      },
      rename: (from, to) => {
        nodeFiles.rename(from, to);
        if (to === authPath && existsSync(authPath) && readFileSync(authPath, "utf8") === "new auth")
          second?.(configPath, authPath);
      },
    });
    expect(failure(() => commit(changes, { files }))).toMatchObject({
      kind: "busy",
      code: "stale",
      file: "openclaw.json",
    });
    expect(readFileSync(authPath, "utf8")).toBe("old auth");
    expect(tree(home).get("state/openclaw.json") ?? "").toBe(left);
    expect([...tree(home).keys()].filter((name) => name.includes(".clawform-"))).toEqual([]);
  });

  test("its link leads elsewhere all of a sudden", () => {
    const home = temporary();
    put(home, "one.json", "old");
    put(home, "two.json", "old");
    const path = join(home, "openclaw.json");
    symlinkSync("one.json", path);
    const files = withFiles({
      create: (name, mode) => {
        rmSync(path);
        symlinkSync("two.json", path);
        return nodeFiles.create(name, mode);
      },
    });
    expect(failure(() => commit([change(path, config, "old", "new")], { files })).code).toBe("stale");
    expect([...tree(home).values()]).toEqual(["old", "-> two.json", "old"]);
  });
});
