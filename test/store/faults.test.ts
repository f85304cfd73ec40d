/**
 * The fault harness: whatever happens at whichever operation of the store, afterwards the files are all old or all new,
 * others untouched, and nothing of clawform is left.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { ClawformError } from "../../src/errors.js";
import type { FileChange } from "../../src/types.js";
import { type Fault, faultyDisk, faults, expectWhole, looksLike, outcomeOf, recoverAs } from "./faults.js";
import { play, type Scene, scenes } from "./scenarios.js";

let points = 0;
afterAll(() => {
  process.stdout.write(`fault harness: ${points} points\n`);
});

/** How a scene begins and ends when all goes well, and how many operations that takes. */
async function undisturbed(make: () => Scene): Promise<{ after: string; operations: number }> {
  const scene = make();
  const disk = faultyDisk(0, "EIO");
  expect(await outcomeOf(disk, () => play(scene, disk.files))).toBeNull();
  return { after: portable(scene.home), operations: disk.count() };
}

/** Homes differ in their paths alone: links are relative, texts name none but the record's. */
function portable(home: string): string {
  return looksLike(home).replaceAll(home, "HOME");
}

/** The distinct states a fault can leave, with ids of this run taken out. */
function shape(home: string): string {
  return portable(home).replaceAll(/[0-9a-f]{16}/g, "ID");
}

/** A kill at every operation of every recovery takes minutes for all scenes: that is the long form. */
const long = process.env["CLAWFORM_RUNS"] !== undefined;
const twice = long ? scenes.map(([name]) => name) : ["both files replaced, nothing recorded"];
const inRecovery = long ? (["kill-before", "torn", "EIO"] as const) : (["kill-before"] as const);
// Many small files on a busy machine.
const patience = { timeout: 900_000 };

describe.each(scenes)("%s", (name, make) => {
  test.each(faults)("%s at every operation", patience, async (fault) => {
    const { after, operations } = await undisturbed(make);
    const met = new Map<string, string>();
    for (let k = 1; k <= operations; k += 1) {
      points += 1;
      const scene = make();
      const old = looksLike(scene.home);
      const disk = faultyDisk(k, fault);
      const error = await outcomeOf(disk, () => play(scene, disk.files));
      const place = `${fault} at operation ${k} of ${operations} (${disk.names[k - 1]})`;
      if (!disk.dead() && error !== null) {
        expect(error, place).toBeInstanceOf(ClawformError);
        expect([1, 65, 73, 75], place).toContain((error as ClawformError).exitCode);
      }
      const wanted = after.replaceAll("HOME", scene.home);
      // All that comes after depends on what is on disk alone.
      const left = shape(scene.home);
      const end = met.get(left) ?? (await expectWhole(scene.home, scene.stateDir, { old, after: wanted, place }));
      met.set(left, end === old ? "old" : end === wanted ? "new" : end);
      // An error says that nothing was done, and success that all was.
      if (!disk.dead()) expect(met.get(left), place).toBe(error === null && wanted !== old ? "new" : "old");
    }
    if (fault === "kill-before" && !name.startsWith("nothing"))
      expect(new Set(met.values())).toEqual(new Set(["old", "new"]));
  });

  const again = test.runIf(twice.includes(name));
  again.each(inRecovery)("%s at every operation of every recovery", patience, async (fault) => {
    const { after, operations } = await undisturbed(make);
    const met = new Set<string>();
    for (const first of ["kill-before", "torn"] as const) {
      for (let k = 1; k <= operations; k += 1) {
        const killed = async (): Promise<Scene> => {
          const scene = make();
          const disk = faultyDisk(k, first);
          await outcomeOf(disk, () => play(scene, disk.files));
          return scene;
        };
        // What a kill leaves on disk is all a recovery knows: the same state need not be recovered from twice.
        const state = shape((await killed()).home);
        if (met.has(state)) continue;
        met.add(state);
        await faultsInRecovery(killed, fault, { make, after, place: `killed at operation ${k}, then` });
      }
    }
    expect(met.size).toBeGreaterThan(make().changes.length);
  });
});

async function faultsInRecovery(
  killed: () => Promise<Scene>,
  fault: Fault,
  { make, after, place }: { make: () => Scene; after: string; place: string },
): Promise<void> {
  const met = new Set<string>();
  const fresh = make();
  const begin = looksLike(fresh.home);
  for (let j = 1, more = true; more; j += 1) {
    points += 1;
    const scene = await killed();
    const disk = faultyDisk(j, fault);
    await outcomeOf(disk, () => recoverAs(scene.stateDir, 4243, disk.files));
    more = disk.count() >= j;
    const state = shape(scene.home);
    if (met.has(state)) continue;
    met.add(state);
    const old = begin.replaceAll(fresh.home, scene.home);
    const wanted = {
      old,
      after: after.replaceAll("HOME", scene.home),
      place: `${place} ${fault} at ${j} of the recovery`,
    };
    await expectWhole(scene.home, scene.stateDir, wanted);
  }
}

describe("a third writer", () => {
  const shapes = scenes.filter(([name]) => !name.startsWith("nothing"));

  test.each(shapes)("%s: what it wrote after a kill is never overwritten", patience, async (_name, make) => {
    const { operations } = await undisturbed(make);
    const kinds = new Set<string>();
    for (let k = 1; k <= operations; k += 1) {
      for (let which = 0; which < make().changes.length; which += 1) {
        points += 1;
        const scene = make();
        const disk = faultyDisk(k, "kill-before");
        await outcomeOf(disk, () => play(scene, disk.files));
        const { path, before, after } = scene.changes[which] as FileChange;
        if (before === null || before.sha256 === after?.sha256) continue;
        writeFileSync(path, "somebody else's");
        const left = looksLike(scene.home);
        let code = "";
        try {
          await recoverAs(scene.stateDir, 6);
        } catch (error) {
          ({ code } = error as ClawformError);
          expect((error as ClawformError).message).toContain(path);
          expect((error as ClawformError).exitCode).toBe(73);
          // Both versions, all other files and what is needed to go on are as they were, the lock is free.
          expect(withoutLocks(looksLike(scene.home))).toEqual(withoutLocks(left));
          await expect(recoverAs(scene.stateDir, 7)).rejects.toMatchObject({ code: "recovery-conflict" });
        }
        kinds.add(code);
        expect(readFileSync(path, "utf8"), `operation ${k}`).toBe("somebody else's");
      }
    }
    expect([...kinds].sort()).toEqual(["", "recovery-conflict"]);
  });
});

function withoutLocks(found: string): unknown {
  return (JSON.parse(found) as [string, string][]).filter(([name]) => !/lock$/.test(name));
}

test("the harness notices a store that is half old and half new", async () => {
  const [, make] = scenes[0] as (typeof scenes)[number];
  const scene = make();
  const old = looksLike(scene.home);
  const [first] = scene.changes;
  writeFileSync(first?.path ?? "", "new config, longer");
  await expect(expectWhole(scene.home, scene.stateDir, { old, after: "[]", place: "half" })).rejects.toThrow("half");
});
