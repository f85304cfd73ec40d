/** Awkward places by an injected disk: the twins of test/cli/places.test.ts, for systems that do not let us make the real ones. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Files, type FileStatus, nodeFiles } from "../../src/store/files.js";
import { auth, change, config, failure, put, systemError, temporary, tree, withFiles } from "./disk.js";
import { commit } from "./held.js";

/** A home whose configuration changes and whose store is made. */
function home(): { place: string; run: (files: Files) => unknown } {
  const place = temporary();
  const path = put(place, "openclaw.json", "old", 0o640);
  const changes = [
    change(path, config, "old", "new"),
    change(join(place, "agents/main/agent/auth-profiles.json"), auth, null, "new auth"),
  ];
  return { place, run: (files) => commit(changes, { files }) };
}

/** Throws a system error where `when` says. */
function failing(name: keyof Files, code: string, when: (path: string) => boolean): Partial<Files> {
  const own = (...parameters: unknown[]): unknown => {
    if (when(String(parameters[name === "rename" ? 1 : 0]))) throw systemError(code);
    return (nodeFiles[name] as (...all: unknown[]) => unknown)(...parameters);
  };
  return { [name]: own };
}

const withTwoNames = (status: FileStatus | null): FileStatus | null =>
  status === null ? null : { ...status, links: 2 };
const anywhere = (): boolean => true;
const onConfig = (path: string): boolean => path.endsWith("openclaw.json");
const inHome = (path: string): boolean => path.includes("clawform store");

describe("refused with exit 73, every byte as it was, nothing left", () => {
  test.each<[string, Partial<Files>, string, string]>([
    ["a file mounted by itself", failing("rename", "EBUSY", onConfig), "mount-point", "--in-place"],
    [
      "a file on another file system than its directory",
      failing("rename", "EXDEV", onConfig),
      "other-file-system",
      "--in-place",
    ],
    ["an immutable file", failing("rename", "EPERM", onConfig), "no-permission", "lsattr"],
    ["an immutable directory", failing("create", "EPERM", inHome), "no-permission", "lsattr"],
    ["a read-only file system", failing("create", "EROFS", inHome), "read-only-file-system", "mount it writable"],
    ["another user's directory", failing("create", "EACCES", inHome), "no-permission", "check owner"],
    ["a directory that cannot be made", failing("makeDirectory", "EACCES", anywhere), "no-permission", "check owner"],
    ["a full disk, at the first byte", failing("write", "ENOSPC", anywhere), "disk-full", "free some space"],
    ["a full disk, at the last moment", failing("rename", "ENOSPC", onConfig), "disk-full", "free some space"],
    ["a used-up quota", failing("write", "EDQUOT", anywhere), "quota", "free some space"],
    ["a used-up quota of files", failing("create", "EDQUOT", inHome), "quota", "free some space"],
    ["a disk that fails", failing("rename", "EIO", onConfig), "io-error", "check the disk"],
    ["a directory nothing can be written in", { writable: onConfig }, "no-permission", "--in-place"],
    ["a second name", { lstat: (path) => withTwoNames(nodeFiles.lstat(path)) }, "hard-link", "--in-place"],
  ])("%s", (_name, own, code, hint) => {
    const { place, run } = home();
    const before = tree(place);
    const error = failure(() => run(withFiles(own)));
    expect(error).toMatchObject({ kind: "cannotWrite", exitCode: 73, code });
    expect(error.hint).toContain(hint);
    expect(error.message).toMatch(/openclaw\.json|auth-profiles\.json|clawform/);
    expect(tree(place)).toEqual(before);
  });
});

test.each(["EINVAL", "ENOTSUP", "EBADF", "EPERM", "ENOSYS"])(
  "a file system whose directories cannot be synced (%s): written all the same",
  (code) => {
    const { place, run } = home();
    const directories = new Set<number>();
    const files = withFiles({
      open: (path) => {
        const descriptor = nodeFiles.open(path);
        if (nodeFiles.fstat(descriptor).kind === "directory") directories.add(descriptor);
        else directories.delete(descriptor);
        return descriptor;
      },
      create: (path, mode) => {
        const descriptor = nodeFiles.create(path, mode);
        directories.delete(descriptor);
        return descriptor;
      },
      sync: (descriptor) => {
        if (directories.has(descriptor)) throw systemError(code);
        nodeFiles.sync(descriptor);
      },
    });
    run(files);
    expect(readFileSync(join(place, "openclaw.json"), "utf8")).toBe("new");
    expect(readFileSync(join(place, "agents/main/agent/auth-profiles.json"), "utf8")).toBe("new auth");
  },
);
