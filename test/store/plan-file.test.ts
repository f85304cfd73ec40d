import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { nodeFiles } from "../../src/store/files.js";
import { savePlanFile } from "../../src/store/plan-file.js";
import type { Plan } from "../../src/types.js";
import {
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
} from "./disk.js";

const plan: Plan = {
  format: 1,
  steps: [],
  changes: [change("/state/openclaw.json", config, null, "test-key-1 ü")],
  problems: [],
};
const text = `${JSON.stringify(plan, null, 2)}\n`;

describe("savePlanFile", () => {
  test("writes indented JSON, private from the first byte", () => {
    const home = temporary();
    const path = join(home, "a plan ü.json");
    const files = withFiles({
      write: (descriptor, bytes, from) => {
        expect(nodeFiles.fstat(descriptor).mode).toBe(0o600);
        return nodeFiles.write(descriptor, bytes, from);
      },
    });
    savePlanFile(path, plan, [], files);
    expect([...tree(home)]).toEqual([["a plan ü.json", text]]);
    expect(modeOf(path)).toBe("600");
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(plan);
  });

  test("replaces an older file, whatever its mode was", () => {
    const path = put(temporary(), "plan.json", "older", 0o644);
    const inode = statSync(path).ino;
    savePlanFile(path, plan, []);
    expect(readFileSync(path, "utf8")).toBe(text);
    expect(modeOf(path)).toBe("600");
    expect(statSync(path).ino).not.toBe(inode);
  });

  test("writes through a link", () => {
    const home = temporary();
    put(home, "real.json", "older", 0o644);
    symlinkSync("real.json", join(home, "plan.json"));
    savePlanFile(join(home, "plan.json"), plan, []);
    expect([...tree(home)]).toEqual([
      ["plan.json", "-> real.json"],
      ["real.json", text],
    ]);
    expect(modeOf(join(home, "real.json"))).toBe("600");
  });

  test("a directory, a pipe, a missing directory, a link to nowhere: exit 73 and nothing written", () => {
    const home = temporary();
    mkdirSync(join(home, "directory"));
    spawnSync("mkfifo", [join(home, "pipe")]);
    symlinkSync("gone", join(home, "link"));
    put(home, "file", "x");
    const before = tree(home);
    for (const [name, code] of [
      ["directory", "is-directory"],
      ["pipe", "not-a-file"],
      ["gone/plan.json", "missing"],
      ["link", "dangling-symlink"],
      ["file/plan.json", "not-a-directory"],
    ] as const) {
      const path = join(home, name);
      const error = failure(() => savePlanFile(path, plan, []));
      expect(error, name).toMatchObject({ kind: "cannotWrite", code, file: path, exitCode: 73 });
      expect(error.hint, name).not.toBe("");
    }
    expect(tree(home)).toEqual(before);
  });

  test.each(["create", "write", "sync", "chmod", "fstat", "rename", "close"] as const)(
    "%s fails: the old plan stays, nothing else",
    (name) => {
      const home = temporary();
      const path = put(home, "plan.json", "older");
      const files = withFiles({
        [name]: (descriptor: number) => {
          if (name === "close") nodeFiles.close(descriptor);
          throw systemError("ENOSPC");
        },
        ...(name === "chmod"
          ? { fstat: (descriptor: number) => ({ ...nodeFiles.fstat(descriptor), mode: 0o400 }) }
          : {}),
      });
      const error = failure(() => savePlanFile(path, plan, [], files));
      expect(error).toMatchObject({ kind: "cannotWrite", code: "disk-full", file: path });
      expect(`${error.message}${error.hint}${String(error.cause)}`).not.toContain("test-key");
      expect([...tree(home)]).toEqual([["plan.json", "older"]]);
    },
  );
});

describe("as an ordinary user", () => {
  let directory = "";
  beforeAll(async () => {
    directory = await bundledStore();
  });

  test.each([["000", 0o000] as const, ["077", 0o077] as const, ["777", 0o777] as const])(
    "umask %s: 0600 all the same",
    (_name, umask) => {
      const home = temporary();
      giveToUser(home);
      const path = join(home, "plan.json");
      const script = `process.umask(values.umask);\nstore.savePlanFile(values.path, values.plan);\nresult = "saved";`;
      expect(runAsUser(directory, script, { path, plan, umask })).toBe("saved");
      expect(modeOf(path)).toBe("600");
    },
  );

  test("a read-only directory", () => {
    const home = temporary();
    giveToUser(home);
    chmodSync(home, 0o555);
    const script = `store.savePlanFile(values.path, values.plan);`;
    const error = runAsUser(directory, script, { path: join(home, "plan.json"), plan });
    expect(error).toMatchObject({ kind: "cannotWrite", code: "no-permission" });
    expect(tree(home).size).toBe(0);
  });
});
