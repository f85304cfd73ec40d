import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ClawformError } from "../../src/errors.js";
import { commit } from "./held.js";
import { type Files, nodeFiles } from "../../src/store/files.js";
import type { Change } from "../../src/types.js";
import {
  auth,
  change,
  config,
  failure,
  modeOf,
  put,
  systemError,
  temporary,
  tree,
  watched,
  withFiles,
} from "./disk.js";

/** Both files in an ordinary, a fresh and a linked home. */
const homes: readonly [string, () => { home: string; changes: Change[] }][] = [
  [
    "both files replaced",
    () => {
      const home = temporary();
      const configPath = put(home, "state/openclaw.json", "old config", 0o640);
      const authPath = put(home, "state/agents/main/agent/auth-profiles.json", "old auth", 0o644);
      return {
        home,
        changes: [
          change(configPath, config, "old config", "new config"),
          change(authPath, auth, "old auth", "new auth"),
        ],
      };
    },
  ],
  [
    "one file replaced, one removed",
    () => {
      const home = temporary();
      const configPath = put(home, "state/openclaw.json", "old config", 0o640);
      const authPath = put(home, "state/agents/main/agent/auth-profiles.json", "old auth", 0o644);
      return {
        home,
        changes: [change(configPath, config, "old config", "new config"), change(authPath, auth, "old auth", null)],
      };
    },
  ],
  [
    "both files and their directories new",
    () => {
      const home = temporary();
      return {
        home,
        changes: [
          change(join(home, "state/openclaw.json"), config, null, "new config"),
          change(join(home, "state/agents/main/agent/auth-profiles.json"), auth, null, "new auth"),
        ],
      };
    },
  ],
  [
    "three files behind links, one of them new",
    () => {
      const home = temporary();
      put(home, "dotfiles/openclaw.json", "old config");
      put(home, "keys/auth-profiles.json", "old auth");
      mkdirSync(join(home, "state/agents/main"), { recursive: true });
      symlinkSync("../dotfiles/openclaw.json", join(home, "state/openclaw.json"));
      symlinkSync("../../../keys", join(home, "state/agents/main/agent"));
      return {
        home,
        changes: [
          change(join(home, "state/openclaw.json"), config, "old config", "new config"),
          change(join(home, "state/agents/main/agent/auth-profiles.json"), auth, "old auth", "new auth"),
          change(
            join(home, "state/agents/work/agent/auth-profiles.json"),
            { kind: "auth", agent: "work" },
            null,
            "new work",
          ),
        ],
      };
    },
  ],
];

// One of each way the store treats a system error: a plain failure, two that are tolerated in places, one that means "missing".
const system = ["EIO", "EACCES", "EPERM", "ENOENT"];

/** A disk whose k-th operation fails (from 1); `count` tells how many there were, `descriptors` how many are open. */
function failing(k: number, code: string): { files: Files; count: () => number; open: () => number } {
  let count = 0;
  let open = 0;
  const before = (name: keyof Files, _of: unknown): void => {
    // A close that fails has closed nevertheless; the store has nothing left to do about it.
    if (name === "close") {
      open -= 1;
      return;
    }
    count += 1;
    if (count === k) throw systemError(code);
    if (name === "open" || name === "create") open += 1;
  };
  const files = watched(before);
  const opening = (run: (path: string) => number) => (path: string) => {
    try {
      return run(path);
    } catch (error) {
      // Real failures are not announced.
      if (error instanceof Error && !error.message.endsWith("injected")) open -= 1;
      throw error;
    }
  };
  // A real sync costs the most and shows nothing here.
  const sync = (descriptor: number): void => before("sync", descriptor);
  return { files: { ...files, sync, open: opening(files.open) }, count: () => count, open: () => open };
}

describe.each(homes)("%s", (_name, make) => {
  const whole = failing(0, "EIO");
  const { home: done, changes: all } = make();
  commit(all, { files: whole.files });
  const operations = whole.count();
  const after = [...tree(done)];

  test("without a fault every descriptor is closed", () => {
    expect(whole.open()).toBe(0);
    expect(operations).toBeGreaterThan(20);
  });

  test.each(system)(`%s at each of the ${operations} operations: all old or all new, nothing left behind`, (code) => {
    let failures = 0;
    for (let k = 1; k <= operations; k += 1) {
      const { home, changes } = make();
      const before = [...tree(home)];
      const disk = failing(k, code);
      let error: unknown;
      try {
        commit(changes, { files: disk.files });
      } catch (thrown) {
        error = thrown;
      }
      const place = `operation ${k}, ${code}`;
      expect(disk.open(), place).toBe(0);
      if (error === undefined) {
        // Tolerated: a directory that cannot be synced, an owner that cannot be read twice.
        // The call that gives OpenClaw's lock back may fail: the journal stays, and the next command does it.
        const left = [...tree(home)].filter(([name]) => !name.endsWith(".lock"));
        expect(left, place).toEqual(after);
        continue;
      }
      failures += 1;
      expect([...tree(home)], place).toEqual(before);
      expect(error, place).toBeInstanceOf(ClawformError);
      expect((error as ClawformError).file, place).not.toBe("");
      expect((error as ClawformError).hint, place).not.toBe("");
      expect([1, 65, 73, 75], place).toContain((error as ClawformError).exitCode);
    }
    expect(failures).toBeGreaterThan(operations / 2);
  });
});

describe("failures of the disk", () => {
  const [, make] = homes[0] as (typeof homes)[number];

  test.each([
    ["EACCES", "no-permission", "owner and mode"],
    ["EPERM", "no-permission", "immutable"],
    ["EROFS", "read-only-file-system", "writable"],
    ["ENOSPC", "disk-full", "space"],
    ["EDQUOT", "quota", "space"],
    ["EBUSY", "mount-point", "mount the directory"],
    ["EXDEV", "other-file-system", "directory"],
    ["EMFILE", "too-many-files", "ulimit"],
    ["EIO", "io-error", "disk"],
    ["EWEIRD", "write-failed", "try again"],
  ])("%s at the second rename: exit 73 with path and hint, the first file put back", (code, name, hint) => {
    const { home, changes } = make();
    const before = tree(home);
    const configPath = changes[0]?.path ?? "";
    const files = withFiles({
      rename: (from, to) => {
        if (to === configPath) throw systemError(code);
        nodeFiles.rename(from, to);
      },
    });
    const error = failure(() => commit(changes, { files }));
    expect(error).toMatchObject({ kind: "cannotWrite", code: name, exitCode: 73, file: "openclaw.json" });
    expect(error.message).toContain(configPath);
    expect(error.hint).toContain(hint);
    expect(tree(home)).toEqual(before);
    expect(modeOf(changes[1]?.path ?? "")).toBe("644");
  });

  test("a disk that takes a few bytes at a time", () => {
    const { changes } = make();
    const files = withFiles({
      write: (descriptor, bytes, from) => nodeFiles.write(descriptor, bytes.subarray(0, from + 3), from),
    });
    commit(changes, { files });
    expect(readFileSync(changes[0]?.path ?? "", "utf8")).toBe("new config");
  });

  test("a disk that takes nothing and does not say why", () => {
    const { home, changes } = make();
    const before = tree(home);
    const error = failure(() => commit(changes, { files: withFiles({ write: () => 0 }) }));
    expect(error).toMatchObject({ kind: "cannotWrite", code: "write-failed" });
    expect(tree(home)).toEqual(before);
  });

  test.each(["EINVAL", "ENOTSUP", "ENOSYS", "EPERM"])("a directory that cannot be synced (%s) is none", (code) => {
    const { changes } = make();
    const files = withFiles({
      sync: (descriptor) => {
        if (nodeFiles.fstat(descriptor).kind === "directory") throw systemError(code);
        nodeFiles.sync(descriptor);
      },
    });
    expect(commit(changes, { files }).files.map(({ outcome }) => outcome)).toEqual(["replaced", "replaced"]);
  });

  test("a defect of ours is passed on as it is, the files put back", () => {
    const { home, changes } = make();
    const before = tree(home);
    const configPath = changes[0]?.path ?? "";
    const files = withFiles({
      rename: (from, to) => {
        if (to === configPath) throw new TypeError("a defect");
        nodeFiles.rename(from, to);
      },
    });
    expect(() => commit(changes, { files })).toThrow(TypeError);
    expect(tree(home)).toEqual(before);
  });
});

describe("when even putting back fails", () => {
  const [, make] = homes[0] as (typeof homes)[number];

  /** Breaks at the rename of the configuration; then `then` decides about every further operation. */
  function broken(changes: readonly Change[], then: (name: keyof Files, path: unknown) => void): Files {
    let broke = false;
    const configPath = changes[0]?.path ?? "";
    const files = watched((name, path) => {
      if (broke) then(name, path);
    });
    return {
      ...files,
      rename: (from, to) => {
        if (to === configPath) {
          broke = true;
          throw systemError("EIO");
        }
        files.rename(from, to);
      },
    };
  }

  test("the error says which file holds what", () => {
    const { changes } = make();
    const files = broken(changes, (name) => {
      if (name === "create") throw systemError("ENOSPC");
    });
    const error = failure(() => commit(changes, { files }));
    expect(error).toMatchObject({ kind: "cannotWrite", code: "rollback-failed", exitCode: 73 });
    expect(error.message).toContain("the disk reports an error");
    expect(error.message).toContain(`${changes[1]?.path} could not be put back and holds the new content`);
    expect(error.hint).not.toBe("");
    expect(readFileSync(changes[1]?.path ?? "", "utf8")).toBe("new auth");
    expect(readFileSync(changes[0]?.path ?? "", "utf8")).toBe("old config");
  });

  test("the rename back fails: the temporary file goes all the same", () => {
    const { home, changes } = make();
    const files = broken(changes, (name) => {
      if (name === "rename") throw systemError("EIO");
    });
    expect(failure(() => commit(changes, { files })).code).toBe("rollback-failed");
    expect([...tree(home).keys()].filter((name) => name.includes(".clawform-"))).toEqual([]);
  });

  test("a temporary file that stays is named", () => {
    const { home, changes } = make();
    const files = broken(changes, (name) => {
      if (name === "remove") throw systemError("EIO");
    });
    const error = failure(() => commit(changes, { files }));
    expect(error.code).toBe("rollback-failed");
    const [left] = [...tree(home).keys()].filter((name) => name.includes(".clawform-"));
    expect(error.message).toContain(`${join(home, left ?? "?")} could not be removed`);
  });

  test("what another program wrote meanwhile is left to it", () => {
    const { changes } = make();
    const authPath = changes[1]?.path ?? "";
    const files = broken(changes, () => writeFileSync(authPath, "refreshed by the gateway"));
    const error = failure(() => commit(changes, { files }));
    expect(error.code).toBe("rollback-failed");
    expect(error.message).toContain("changed by another program");
    expect(readFileSync(authPath, "utf8")).toBe("refreshed by the gateway");
  });

  test("a directory that cannot be synced after putting back is no reason for alarm: the bytes are back", () => {
    const { home, changes } = make();
    const before = tree(home);
    const files = broken(changes, (name, descriptor) => {
      if (name === "sync" && nodeFiles.fstat(descriptor as number).kind === "directory") throw systemError("EIO");
    });
    expect(failure(() => commit(changes, { files })).code).toBe("io-error");
    expect(tree(home)).toEqual(before);
  });

  test("a new directory into which somebody put a file stays", () => {
    const home = temporary();
    const path = join(home, "state/openclaw.json");
    const files = withFiles({
      rename: () => {
        put(home, "state/theirs", "x");
        throw systemError("EIO");
      },
    });
    const error = failure(() => commit([change(path, config, null, "new")], { files }));
    expect(error.code).toBe("io-error");
    expect([...tree(home)]).toEqual([
      ["state/", "700"],
      ["state/theirs", "x"],
    ]);
  });
});
