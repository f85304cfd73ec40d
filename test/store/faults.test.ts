/**
 * The fault harness: whatever happens at whichever operation of the store, and at whichever operation of the recoveries
 * after that, in the end the files are all old or all new, others untouched, and nothing of clawform is left. All of it
 * runs on the memory disk, which memory-disk.test.ts holds against the real one.
 */

import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ClawformError } from "../../src/errors.js";
import type { FileChange } from "../../src/types.js";
import { type Fault, faultyDisk, faults, expectWhole, looksLike, outcomeOf, recoverAs } from "./faults.js";
import { isThere, textOn, treeOn, writeOn } from "./ground.js";
import { inMemory, type MemoryScene, onDisk, play, type Scene, shapes, undisturbed } from "./scenarios.js";

const points = new Map<string, number>();
afterAll(() => {
  for (const [name, count] of points) process.stdout.write(`fault harness: ${count} points, ${name}\n`);
});

function count(name: string): void {
  points.set(name, (points.get(name) ?? 0) + 1);
}

/** What is left on disk, which is all that a later process knows; the ids and process ids of this run taken out. */
function stateOf(left: string): string {
  const plain = left.replaceAll(/[0-9a-f]{16}/g, "ID").replaceAll(/\bpid([\\": ]+)\d+/g, "pid$1PID");
  return JSON.stringify((JSON.parse(plain) as [string, string][]).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** Tells whether a state is the first of its kind: the same one need not be recovered from twice. */
function news(): (scene: Scene) => boolean {
  const seen = new Set<string>();
  const met = new Set<string>();
  return (scene) => {
    const left = looksLike(scene);
    if (seen.has(left)) return false;
    seen.add(left);
    const state = stateOf(left);
    if (met.has(state)) return false;
    met.add(state);
    return true;
  };
}

/** How many recoveries in a row are interrupted; more than one takes minutes and is the long form. */
const deepest = process.env["CLAWFORM_RUNS"] === undefined ? 1 : 2;

/** Removes the empty directories that were not there in the beginning. */
function removeEmpty({ files, home }: Scene, start: Scene): void {
  const directories = treeOn(files, home).filter(([name]) => name.endsWith("/"));
  for (const [name] of directories.reverse()) {
    const path = join(home, name.slice(0, -1));
    if (files.list(path).length === 0 && !isThere(path, start.files)) files.removeDirectory(path);
  }
}

/** Refusals of the store are told as such, in one of the exit codes of a commit. */
function expectTold(error: unknown, place: string): void {
  if (!(error instanceof ClawformError)) throw new Error(place, { cause: error });
  expect([1, 65, 73, 75], place).toContain(error.exitCode);
}

describe.each(shapes)("%s", (name, shape) => {
  test.each(faults)("%s at every operation", async (fault) => {
    const start = inMemory(shape);
    const { old, after, operations } = await undisturbed(start.copy());
    const ends = new Set<string>();
    for (let k = 1; k <= operations; k += 1) {
      count(`${name}: a fault`);
      const scene = start.copy();
      const disk = faultyDisk(k, fault, scene.files);
      const error = await outcomeOf(disk, () => play(scene, disk.files));
      const place = `${fault} at operation ${k} of ${operations} (${disk.names[k - 1]})`;
      if (!disk.dead() && error !== null) expectTold(error, place);
      const end = await expectWhole(scene, { old, after, place });
      ends.add(end);
      // An error says that nothing was done, and success that all was.
      if (!disk.dead()) expect(end, place).toBe(error === null ? after : old);
    }
    if (fault === "kill-before") expect(ends).toEqual(new Set([old, after]));
  });

  test("killed at every operation, and a fault at every operation of every recovery after that", async () => {
    const start = inMemory(shape);
    const { old, after, operations } = await undisturbed(start.copy());
    const isNew = news();
    const isNewAfter = news();
    const queue: { scene: MemoryScene; place: string; depth: number }[] = [];
    for (const fault of ["kill-before", "torn"] as const) {
      for (let k = 1; k <= operations; k += 1) {
        const scene = start.copy();
        const disk = faultyDisk(k, fault, scene.files);
        await outcomeOf(disk, () => play(scene, disk.files));
        if (disk.dead() && isNew(scene)) queue.push({ scene, place: `${fault} at ${k}`, depth: 1 });
      }
    }
    expect(queue.length).toBeGreaterThan(start.changes.length);
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { scene: left, depth } = next;
      const pid = 4242 + depth;
      const whole = left.copy();
      const { names, files } = faultyDisk(0, "EIO", whole.files);
      await recoverAs(whole.stateDir, pid, files);
      for (const fault of ["kill-before", "torn", "EIO"] as const) {
        for (let j = 1; j <= names.length; j += 1) {
          // Without a write there is nothing to tear.
          if (fault === "torn" && names[j - 1] !== "write") continue;
          count(`${name}: a fault in a recovery`);
          const scene = left.copy();
          const disk = faultyDisk(j, fault, scene.files);
          const error = await outcomeOf(disk, () => recoverAs(scene.stateDir, pid, disk.files));
          const place = `${next.place}, ${fault} at ${j} of the recovery (${names[j - 1]})`;
          if (!disk.dead() && error !== null) expectTold(error, place);
          // An empty directory harms nobody, a journal that stays for it would: nothing but such may be too much then.
          if (fault === "EIO" && names[j - 1] === "removeDirectory") removeEmpty(scene, start);
          if (disk.dead() && depth < deepest && isNew(scene))
            queue.push({ scene: scene.copy(), place, depth: depth + 1 });
          if (isNewAfter(scene)) await expectWhole(scene, { old, after, place });
        }
      }
    }
  });
});

describe("a third writer", () => {
  test.each(shapes.filter(([name]) => !name.startsWith("nothing")))(
    "%s: what it wrote after a kill is never overwritten",
    async (name, shape) => {
      const start = inMemory(shape);
      const { operations } = await undisturbed(start.copy());
      const codes = new Set<string>();
      const after = async (k: number, fault: Fault, which: FileChange): Promise<void> => {
        const scene = start.copy();
        const { files, stateDir } = scene;
        const disk = faultyDisk(k, fault, files);
        await outcomeOf(disk, () => play(scene, disk.files));
        const { path, before, after } = which;
        if (!disk.dead() || before?.sha256 === after?.sha256 || !isThere(dirname(path), files)) return;
        count(`${name}: a third writer`);
        writeOn(files, path, "somebody else's");
        const left = looksLike(scene);
        const error = await outcomeOf(faultyDisk(0, "EIO", files), () => recoverAs(stateDir, 6, files));
        if (error !== null) {
          expectTold(error, `operation ${k}`);
          expect((error as ClawformError).message).toContain(path);
          expect((error as ClawformError).exitCode).toBe(73);
          // Both versions, all other files and what is needed to go on are as they were, the lock is free.
          expect(withoutLocks(looksLike(scene))).toEqual(withoutLocks(left));
          await expect(recoverAs(stateDir, 7, files)).rejects.toMatchObject({ code: "recovery-conflict" });
        }
        codes.add(error === null ? "" : (error as ClawformError).code);
        expect(textOn(files, path), `operation ${k}`).toBe("somebody else's");
      };
      for (let k = 1; k <= operations; k += 1) {
        for (const which of start.changes) {
          await after(k, "kill-before", which);
          await after(k, "torn", which);
        }
      }
      expect([...codes].sort()).toEqual(["", "recovery-conflict"]);
    },
  );
});

/** A lock on a store is another name of the journal: how many names that has is left out too. */
function withoutLocks(found: string): unknown {
  const files = (JSON.parse(found) as [string, string][]).filter(([name]) => !name.endsWith("lock"));
  return files.map(([name, text]) => [name, name.endsWith("journal.json") ? text.replace(/^600 \d /, "") : text]);
}

describe("the harness itself", () => {
  const [, shape] = shapes[0] as (typeof shapes)[number];

  test("notices a store that is half old and half new", async () => {
    const scene = inMemory(shape);
    const old = looksLike(scene);
    writeOn(scene.files, scene.changes[0]?.path ?? "", "new config, longer");
    await expect(expectWhole(scene, { old, after: "[]", place: "half" })).rejects.toThrow("half");
  });

  test("sees on the real disk what it sees in memory: a kill before every operation", async () => {
    const { old, after, operations } = await undisturbed(inMemory(shape));
    const portable = (scene: Scene): string => looksLike(scene).replaceAll(scene.home, "/home/of ü");
    for (let k = 1; k <= operations; k += 1) {
      count("on the real disk");
      const [real, remembered] = [onDisk(shape), inMemory(shape)];
      for (const scene of [real, remembered]) {
        const disk = faultyDisk(k, "kill-before", scene.files);
        await outcomeOf(disk, () => play(scene, disk.files));
        await recoverAs(scene.stateDir, 6, scene.files);
      }
      expect([old, after], `operation ${k}`).toContain(portable(remembered));
      expect(portable(real), `operation ${k}`).toBe(portable(remembered));
    }
  });
});
