import { chmodSync, chownSync, linkSync, mkdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { commit } from "./held.js";
import { type Files, type FileStatus, nodeFiles } from "../../src/store/files.js";
import { readSource } from "../../src/store/read.js";
import {
  auth,
  bundledStore,
  change,
  config,
  failure,
  giveToUser,
  modeOf,
  put,
  runAsUser,
  systemError,
  temporary,
  tree,
  withFiles,
  existing,
} from "./disk.js";

const root = process.getuid?.() === 0;

describe("links", () => {
  test("a linked file is written through: the link stays, the temporary file is beside the target", () => {
    const home = temporary();
    put(home, "dotfiles/open claw.json", "old", 0o640);
    mkdirSync(join(home, "state"));
    const path = join(home, "state/openclaw.json");
    symlinkSync("../dotfiles/open claw.json", path);
    const { files } = commit([change(path, config, "old", "new")]);
    expect(files).toEqual([
      { file: "openclaw.json", path, target: join(home, "dotfiles/open claw.json"), outcome: "replaced" },
    ]);
    expect([...tree(home)]).toEqual([
      ["dotfiles/", modeOf(join(home, "dotfiles"))],
      ["dotfiles/open claw.json", "new"],
      ["state/", modeOf(join(home, "state"))],
      ["state/openclaw.json", "-> ../dotfiles/open claw.json"],
    ]);
    expect(modeOf(join(home, "dotfiles/open claw.json"))).toBe("640");
  });

  test("a chain of links, and links to directories whose relative targets only work from the real place", () => {
    const home = temporary();
    put(home, "real/deep/openclaw.json", "old");
    put(home, "openclaw.json", "not this one");
    symlinkSync("real/deep", join(home, "state"));
    symlinkSync("../deep/openclaw.json", join(home, "real/deep/second.json"));
    symlinkSync("second.json", join(home, "real/deep/first.json"));
    const before = tree(home);
    commit([change(join(home, "state/first.json"), config, "old", "new")]);
    expect(tree(home)).toEqual(before.set("real/deep/openclaw.json", "new"));
  });

  test("a new file below a linked directory, missing directories made there", () => {
    const home = temporary();
    mkdirSync(join(home, "real"));
    symlinkSync("real", join(home, "state"));
    commit([change(join(home, "state/agents/main/auth-profiles.json"), auth, null, "new")]);
    expect([...tree(home)]).toEqual([
      ["real/", modeOf(join(home, "real"))],
      ["real/agents/", "700"],
      ["real/agents/main/", "700"],
      ["real/agents/main/auth-profiles.json", "new"],
      ["state", "-> real"],
    ]);
  });

  test.each(["dangling-symlink", "symlink-loop"])("%s: refused, also in a directory above", (code) => {
    const home = temporary();
    symlinkSync(code === "symlink-loop" ? "link" : "gone", join(home, "link"));
    const before = tree(home);
    for (const path of [join(home, "link"), join(home, "link/agents/a.json")]) {
      const error = failure(() => commit([change(path, config, null, "new")]));
      expect(error).toMatchObject({ kind: "cannotWrite", code, exitCode: 73 });
      expect(error.message).toContain(join(home, "link"));
    }
    expect(tree(home)).toEqual(before);
  });

  test("a file with a second name is refused: the names would part", () => {
    const home = temporary();
    const path = put(home, "openclaw.json", "old");
    linkSync(path, join(home, "second.json"));
    const error = failure(() => commit([change(path, config, "old", "new")]));
    expect(error).toMatchObject({ kind: "cannotWrite", code: "hard-link", exitCode: 73 });
    expect(error.message).toContain("2 names");
    expect([...tree(home).values()]).toEqual(["old", "old"]);
    expect(commit([change(path, config, "old", "old")]).files[0]?.outcome).toBe("unchanged");
  });
});

describe("modes and owners", () => {
  test.each([
    ["600", 0o600] as const,
    ["644", 0o644] as const,
    ["660", 0o660] as const,
    ["604", 0o604] as const,
    ["700", 0o700] as const,
  ])("mode %s is kept", (_name, mode) => {
    const path = put(temporary(), "openclaw.json", "old", mode);
    commit([change(path, config, "old", "new")]);
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(statSync(path).mode & 0o7777).toBe(mode);
  });

  test.each([["400", 0o400] as const, ["444", 0o444] as const, ["000", 0o000] as const])(
    "mode %s: nobody may write it, so it is refused",
    (_name, mode) => {
      const path = put(temporary(), "openclaw.json", "old", mode);
      const before = statSync(path).ino;
      // Root may write anything; the wish stands in the mode.
      const files = withFiles(mode === 0 ? { open: (name) => (chmodSync(name, 0o400), nodeFiles.open(name)) } : {});
      const error = failure(() => commit([change(path, config, "old", "new")], { files }));
      expect(error).toMatchObject({ kind: "cannotWrite", code: "read-only-file", exitCode: 73 });
      expect(statSync(path).ino).toBe(before);
    },
  );

  test.runIf(root)("the owner is kept when that is permitted", () => {
    const path = put(temporary(), "openclaw.json", "old", 0o640);
    chownSync(path, 1234, 2345);
    chmodSync(path, 0o640);
    commit([change(path, config, "old", "new")]);
    expect(statSync(path)).toMatchObject({ uid: 1234, gid: 2345 });
    expect(modeOf(path)).toBe("640");
  });

  /** A disk on which the file belongs to others and ownership cannot be given away. */
  function owned(path: string, by: Partial<FileStatus>, code: string): Files {
    return withFiles({
      lstat: (name) => (name === path ? { ...existing(nodeFiles.lstat(name)), ...by } : nodeFiles.lstat(name)),
      chown: () => {
        throw systemError(code);
      },
    });
  }

  test.each(["EPERM", "EINVAL"])("another user's file that would change hands is refused (%s)", (code) => {
    const home = temporary();
    const path = put(home, "openclaw.json", "old", 0o666);
    const files = owned(path, { uid: 4242 }, code);
    const error = failure(() => commit([change(path, config, "old", "new")], { files }));
    expect(error).toMatchObject({ kind: "cannotWrite", code: "owner", exitCode: 73 });
    expect(error.message).toContain("user 4242");
    expect([...tree(home)]).toEqual([["openclaw.json", "old"]]);
  });

  test.each([
    [0o640, "600"],
    [0o644, "644"],
    [0o664, "644"],
    [0o600, "600"],
    [0o675, "655"],
  ])("a group that cannot be kept: mode %i becomes %s, nobody gains access", (mode, after) => {
    const path = put(temporary(), "openclaw.json", "old", mode);
    const files = owned(path, { gid: 4242 }, "EPERM");
    commit([change(path, config, "old", "new")], { files });
    expect(modeOf(path)).toBe(after);
  });

  test("a disk error while the owner is set is a failure, not a lost owner", () => {
    const path = put(temporary(), "openclaw.json", "old");
    const files = owned(path, { gid: 4242 }, "EIO");
    expect(failure(() => commit([change(path, config, "old", "new")], { files })).code).toBe("io-error");
  });
});

describe("a directory made by somebody else meanwhile", () => {
  test("is used and, after a failure, left", () => {
    const home = temporary();
    const path = join(home, "state/openclaw.json");
    const files = withFiles({
      makeDirectory: (name, mode) => {
        mkdirSync(name, 0o755);
        nodeFiles.makeDirectory(name, mode);
      },
    });
    commit([change(path, config, null, "new")], { files });
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(modeOf(join(home, "state"))).toBe("755");
  });

  test("a file in its place is an error", () => {
    const home = temporary();
    const path = join(home, "state/openclaw.json");
    const files = withFiles({
      makeDirectory: (name, mode) => {
        put(home, "state", "a file");
        nodeFiles.makeDirectory(name, mode);
      },
    });
    expect(failure(() => commit([change(path, config, null, "new")], { files }))).toMatchObject({
      kind: "cannotWrite",
      code: "exists",
    });
    expect([...tree(home)]).toEqual([["state", "a file"]]);
  });

  test("a umask meant for files (0177) does not lock us out", () => {
    const home = temporary();
    const files = withFiles({ makeDirectory: (name) => mkdirSync(name, 0o600) });
    commit([change(join(home, "state/agents/a.json"), auth, null, "new")], { files });
    expect([modeOf(join(home, "state")), modeOf(join(home, "state/agents"))]).toEqual(["700", "700"]);
  });
});

describe("as an ordinary user", () => {
  let directory = "";
  beforeAll(async () => {
    directory = await bundledStore();
  });

  const script = `process.umask(values.umask ?? 0o022);\nresult = store.commit(values.changes).files.map(({ outcome }) => outcome);`;

  /** A home that belongs to the user of the scripts. */
  function home(): string {
    const path = temporary();
    giveToUser(path);
    return path;
  }

  test.each([["000", 0o000] as const, ["022", 0o022] as const, ["077", 0o077] as const, ["777", 0o777] as const])(
    "umask %s changes no mode",
    (_name, umask) => {
      const place = home();
      put(place, "openclaw.json", "old", 0o664);
      giveToUser(place);
      const changes = [
        change(join(place, "openclaw.json"), config, "old", "new"),
        change(join(place, "auth-profiles.json"), auth, null, "new"),
      ];
      expect(runAsUser(directory, script, { changes, umask })).toEqual(["created", "replaced"]);
      expect(modeOf(join(place, "openclaw.json"))).toBe("664");
      expect(modeOf(join(place, "auth-profiles.json"))).toBe("600");
    },
  );

  test.each([["000", 0o000] as const, ["077", 0o077] as const, ["177", 0o177] as const])(
    "umask %s: new directories are 0700",
    (_name, umask) => {
      const place = home();
      const changes = [change(join(place, "state/agents/auth-profiles.json"), auth, null, "new")];
      expect(runAsUser(directory, script, { changes, umask })).toEqual(["created"]);
      expect([modeOf(join(place, "state")), modeOf(join(place, "state/agents"))]).toEqual(["700", "700"]);
      expect(modeOf(join(place, "state/agents/auth-profiles.json"))).toBe("600");
    },
  );

  test("a read-only directory is refused and nothing is written, whichever file lies in it", () => {
    const place = home();
    put(place, "open/auth-profiles.json", "old auth");
    put(place, "closed/openclaw.json", "old config");
    giveToUser(place);
    chmodSync(join(place, "closed"), 0o500);
    const before = tree(place);
    const changes = [
      change(join(place, "closed/openclaw.json"), config, "old config", "new config"),
      change(join(place, "open/auth-profiles.json"), auth, "old auth", "new auth"),
    ];
    const result = runAsUser(directory, script, { changes });
    expect(result).toMatchObject({ kind: "cannotWrite", code: "no-permission" });
    expect(result).toMatchObject({ message: expect.stringContaining(join(place, "closed/openclaw.json")) });
    const fresh = [
      change(join(place, "open/new/auth-profiles.json"), auth, null, "new auth"),
      change(join(place, "closed/new/openclaw.json"), config, null, "new config"),
    ];
    expect(runAsUser(directory, script, { changes: fresh })).toMatchObject({
      kind: "cannotWrite",
      code: "no-permission",
    });
    expect(tree(place)).toEqual(before);
  });

  test("a directory one may write but not list", () => {
    const place = home();
    put(place, "state/openclaw.json", "old");
    giveToUser(place);
    chmodSync(join(place, "state"), 0o300);
    const changes = [change(join(place, "state/openclaw.json"), config, "old", "new")];
    expect(runAsUser(directory, script, { changes })).toEqual(["replaced"]);
  });

  test.runIf(root)("root's file in one's own directory: refused, not taken over", () => {
    const place = home();
    const path = put(place, "openclaw.json", "old", 0o666);
    const changes = [change(path, config, "old", "new")];
    expect(runAsUser(directory, script, { changes })).toMatchObject({ kind: "cannotWrite", code: "owner" });
    expect(statSync(path).uid).toBe(0);
    expect([...tree(place)]).toEqual([["openclaw.json", "old"]]);
  });

  test.runIf(root)("own file with root's group: written, the group is one's own", () => {
    const place = home();
    const path = put(place, "openclaw.json", "old", 0o640);
    chownSync(path, 65_534, 0);
    const changes = [change(path, config, "old", "new")];
    expect(runAsUser(directory, script, { changes })).toEqual(["replaced"]);
    expect(statSync(path)).toMatchObject({ uid: 65_534, gid: 65_534 });
    expect(modeOf(path)).toBe("600");
  });
});

test("very long names and paths either work or fail clearly", () => {
  const home = temporary();
  const long = join(home, "n".repeat(255));
  commit([change(long, config, null, "new")]);
  expect(readSource(long, "f", config).before?.text).toBe("new");
  const tooLong = join(home, "n".repeat(256));
  expect(failure(() => commit([change(tooLong, config, null, "new")]))).toMatchObject({
    kind: "cannotWrite",
    code: "path-too-long",
  });
  expect(tree(home).size).toBe(1);
});
