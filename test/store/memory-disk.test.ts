/** The memory disk against the real one: what the fault harness finds in memory has to be so on disk. */

import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Files, type FileStatus, nodeFiles } from "../../src/store/files.js";
import { systemCode } from "../../src/store/failures.js";
import { temporary, existing } from "./disk.js";
import { faultyDisk, looksLike, recoverAs } from "./faults.js";
import { type Ground, layDirectory, treeOn } from "./ground.js";
import { memoryDisk } from "./memory-disk.js";
import { inMemory, onDisk, play, type Scene, shapes } from "./scenarios.js";

describe("every shape ends alike", () => {
  test.each(shapes)("%s", async (_name, shape) => {
    const ends = [onDisk(shape), inMemory(shape)].map(async (scene: Scene) => {
      const { files, names } = faultyDisk(0, "EIO", scene.files);
      const plain = (): string => looksLike(scene).replaceAll(scene.home, "HOME");
      const before = plain();
      await play(scene, files);
      const recovered = await recoverAs(scene.stateDir, 6, files);
      // The list of mounts is as long as the machine has it.
      const calls = names.filter((name, at) => name !== "read" || names[at - 1] !== "read");
      return { before, after: plain(), recovered, calls };
    });
    const [real, memory] = await Promise.all(ends);
    expect(memory).toEqual(real);
  });
});

test("a copy and what it was copied from do not know of each other; two names stay two names of one file", () => {
  const disk = memoryDisk();
  const descriptor = disk.files.create("/a", 0o600);
  disk.files.write(descriptor, Buffer.from("old"), 0);
  disk.files.link("/a", "/b");
  const { files } = disk.copy();
  expect(() => files.fstat(descriptor)).toThrow("EBADF");
  disk.files.write(descriptor, Buffer.from("er"), 0);
  files.chmod(files.open("/a"), 0o640);
  expect(treeOn(files, "/")).toEqual([
    ["a", "640 2 old"],
    ["b", "640 2 old"],
  ]);
  expect(treeOn(disk.files, "/")).toEqual([
    ["a", "600 2 older"],
    ["b", "600 2 older"],
  ]);
});

type Step = (ground: Ground, open: number[]) => unknown;

// Few names, so that they meet; some paths go through files, links, circles and "..".
const name = fc.constantFrom("a", "b", "c", "d");
const path = fc.oneof(
  { weight: 3, arbitrary: name },
  { weight: 3, arbitrary: fc.tuple(name, name).map((names) => names.join("/")) },
  fc.tuple(name, name, name).map((names) => names.join("/")),
  fc.tuple(name, fc.constantFrom("..", "."), name).map((names) => names.join("/")),
  fc.constant("x".repeat(300)),
);
const text = fc.oneof(path, fc.constantFrom("", "nowhere", "../a", "./b", ".."));
const which = fc.nat(5);

function one(make: (files: Files, path: string) => unknown): fc.Arbitrary<[string, Step]> {
  return path.map((at) => [`${String(make)} ${at}`, ({ files, home }) => make(files, join2(home, at))]);
}

function two(make: (files: Files, from: string, to: string) => unknown): fc.Arbitrary<[string, Step]> {
  return fc
    .tuple(path, path)
    .map(([from, to]) => [
      `${String(make)} ${from} ${to}`,
      ({ files, home }) => make(files, join2(home, from), join2(home, to)),
    ]);
}

/** Unlike `join`, leaves ".." to the disk. */
function join2(home: string, at: string): string {
  return `${home}/${at}`;
}

function opening(make: (files: Files, path: string) => number): fc.Arbitrary<[string, Step]> {
  return path.map((at) => [
    `${String(make)} ${at}`,
    ({ files, home }, open) => {
      open.push(make(files, join2(home, at)));
    },
  ]);
}

function onOpen<Value>(
  values: fc.Arbitrary<Value>,
  make: (files: Files, descriptor: number, value: Value) => unknown,
): fc.Arbitrary<[string, Step]> {
  return fc
    .tuple(which, values)
    .map(([at, value]) => [
      `${String(make)} ${at} ${String(value)}`,
      ({ files }, open) => (open.length === 0 ? "none" : make(files, open[at % open.length] ?? -1, value)),
    ]);
}

function read(files: Files, descriptor: number, length: number): string {
  const into = Buffer.alloc(length);
  return into.subarray(0, files.read(descriptor, into, 0)).toString();
}

const mode = fc.constantFrom(0o600, 0o640, 0o700, 0o755, 0o644);
const step = fc.oneof(
  one((files, at) => portable(existing(files.stat(at)))),
  one((files, at) => portable(existing(files.lstat(at)))),
  one((files, at) => files.realpath(at)),
  one((files, at) => files.readlink(at)),
  one((files, at) => files.writable(at)),
  one((files, at) => files.list(at).sort()),
  one((files, at) => files.remove(at)),
  one((files, at) => files.removeDirectory(at)),
  one((files, at) => files.makeDirectory(at, 0o700)),
  one((files, at) => files.makeDirectory(at, 0o755)),
  opening((files, at) => files.create(at, 0o600)),
  opening((files, at) => files.create(at, 0o640)),
  opening((files, at) => files.open(at)),
  opening((files, at) => files.reopen(at)),
  two((files, from, to) => files.rename(from, to)),
  two((files, from, to) => files.link(from, to)),
  fc
    .tuple(text, path)
    .map(([to, at]): [string, Step] => [
      `symlink ${to} ${at}`,
      ({ files, home }) => files.symlink(to, join2(home, at)),
    ]),
  onOpen(fc.constant(0), (files, descriptor) => portable(files.fstat(descriptor))),
  onOpen(fc.integer({ min: 1, max: 9 }), read),
  onOpen(fc.string({ maxLength: 9 }), (files, descriptor, value) => files.write(descriptor, Buffer.from(value), 0)),
  onOpen(fc.nat(12), (files, descriptor, value) => files.truncate(descriptor, value)),
  onOpen(mode, (files, descriptor, value) => files.chmod(descriptor, value)),
  onOpen(fc.constant(0), (files, descriptor) => {
    const { uid, gid } = files.fstat(descriptor);
    files.chown(descriptor, uid, gid);
  }),
);

/** What does not depend on the kind of file system: how large a directory is, and whether its subdirectories count as names. */
function portable({ kind, mode, size, links, uid, gid, device }: FileStatus): unknown {
  const common = { kind, mode, uid, gid, device };
  return kind === "directory" ? common : { ...common, size, links };
}

function outcome(run: () => unknown): unknown {
  try {
    return { value: run() ?? null };
  } catch (error) {
    const code = systemCode(error);
    if (code === "") throw error;
    return { code };
  }
}

test("random operations: the same results, the same errors, the same files", () => {
  const tally = new Map<string, number>();
  const runs = Number(process.env["CLAWFORM_RUNS"] ?? 400);
  const base = temporary();
  let run = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
      run += 1;
      // The same path on both, so that what realpath says can be compared.
      // So deep that no ".." of a link leads out to what another run left.
      const home = join(nodeFiles.realpath(base), String(run), "1/2/3/4/5/6/7/8");
      const grounds = [nodeFiles, memoryDisk().files].map((files) => ({ files, home }));
      const open: [number[], number[]] = [[], []];
      for (const ground of grounds) layDirectory(ground, home);
      try {
        for (const [label, play] of steps) {
          const [real, memory] = grounds.map((ground, at) => outcome(() => play(ground, open[at] ?? []))) as [
            { code?: string },
            unknown,
          ];
          expect(memory, label).toEqual(real);
          tally.set(real.code ?? "", (tally.get(real.code ?? "") ?? 0) + 1);
        }
        const [real, memory] = grounds.map(({ files }) => treeOn(files, home));
        expect(memory).toEqual(real);
      } finally {
        for (const descriptor of open[0]) nodeFiles.close(descriptor);
      }
    }),
    { numRuns: runs },
  );
  // The errors that the store tells apart have all been met.
  const errors = ["", "ENOENT", "ENOTDIR", "EEXIST", "ELOOP", "EISDIR", "EINVAL", "ENOTEMPTY", "EBADF", "ENAMETOOLONG"];
  expect([...tally.keys()]).toEqual(expect.arrayContaining(errors));
});

test("every change of a file shows in its identity", () => {
  const disk = memoryDisk();
  const { files } = disk;
  const descriptor = files.create("/a", 0o600);
  const met = [files.fstat(descriptor).identity];
  const changes = [
    () => files.write(descriptor, Buffer.from("x"), 0),
    () => files.truncate(descriptor, 1),
    () => files.chmod(descriptor, 0o640),
    () => files.link("/a", "/b"),
    () => files.remove("/b"),
    () => files.rename("/a", "/b"),
    () => files.rename("/b", "/a"),
    () => files.close(files.create("/c", 0o600)),
  ];
  for (const change of changes) {
    change();
    met.push(files.fstat(descriptor).identity);
  }
  // Another file is none of its business.
  expect(met.at(-1)).toBe(met.at(-2));
  files.rename("/c", "/a");
  met.splice(-1, 1, existing(files.lstat("/a")).identity);
  expect(new Set(met).size).toBe(met.length);
});
