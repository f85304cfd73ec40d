/**
 * The power fails after every operation of a commit, and of the recoveries after a kill or an earlier failure. Whatever of the
 * unsynced is lost: no file is torn or empty, recovery leaves all old or all new, and what was reported done stays done.
 */

import { afterAll, describe, expect, test } from "vitest";
import type { Files } from "../../src/store/files.js";
import type { Host } from "../../src/store/host.js";
import type { Recovery } from "../../src/store/recover.js";
import { unfinishedApply } from "../../src/store/recover-words.js";
import { stateFiles } from "../../src/store/state-dir.js";
import { withStateLock } from "../../src/store/state-lock.js";
import { faultyDisk, looksLike, outcomeOf, processOf, recoverAs } from "./faults.js";
import { isThere, textOn } from "./ground.js";
import { type Cut, type Kept, type PowerDisk, powerDisk } from "./power.js";
import { inMemory, type MemoryScene, play, shapes, undisturbed } from "./scenarios.js";

const long = process.env["CLAWFORM_RUNS"] !== undefined;
/** Up to so many subsets of what is unsynced all are tried, else so many drawn ones. */
const [few, drawn] = long ? [512, 64] : [48, 12];

const points = new Map<string, number>();
afterAll(() => {
  for (const [name, count] of points) process.stdout.write(`power failure: ${count} points, ${name}\n`);
});

function count(name: string): void {
  points.set(name, (points.get(name) ?? 0) + 1);
}

/** Numbers from 0 to below 1, the same ones for the same seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const kinds: readonly Kept[] = ["old", "all", 5];

/** Everything unsynced lost; everything kept; then every subset or drawn ones. */
function cutsOf({ names, contents }: ReturnType<PowerDisk["open"]>, seed: number, most: number = few): Cut[] {
  const all = (name: boolean, kept: Kept): Cut => ({
    names: Array.from({ length: names }, () => name),
    contents: Array.from({ length: contents }, () => kept),
  });
  const subsets = 2 ** names * kinds.length ** contents;
  const numbered = (number: number): Cut => ({
    names: Array.from({ length: names }, (_, at) => (number >> at) % 2 === 1),
    contents: Array.from({ length: contents }, (_, at) => kindAt(Math.floor(number / 2 ** names), at)),
  });
  if (subsets <= most) return Array.from({ length: subsets }, (_, number) => numbered(number));
  const next = chance(seed);
  const any = (): Cut => ({
    names: Array.from({ length: names }, () => next() < 0.5),
    contents: Array.from({ length: contents }, () => kinds[Math.floor(next() * 4)] ?? Math.floor(next() * 1500)),
  });
  return [all(false, "old"), all(true, "all"), ...Array.from({ length: Math.max(1, Math.min(most, drawn)) }, any)];
}

function kindAt(number: number, place: number): Kept {
  return kinds[Math.floor(number / kinds.length ** place) % kinds.length] ?? "old";
}

/** A process after the power has come back: another start of the system, a year later. */
function later(pid: number): Host {
  return { ...processOf(pid), now: () => Date.UTC(2027, 0, 1), realm: () => "started again" };
}

function recoverLater({ stateDir, files }: MemoryScene, pid: number): Promise<Recovery | null> {
  const lock = { host: later(pid), files, timeoutSeconds: 0, command: "recover" };
  return withStateLock(stateDir, lock, async (_held, recovered) => recovered);
}

const ours = /\.clawform-[0-9a-z-]+\.tmp$/;

/** The files of a tree, without what a power failure may leave: temporary files nobody can know of, locks, directories. */
function filesOf(looks: string): string {
  const found = JSON.parse(looks) as [string, string][];
  return JSON.stringify(found.filter(([name]) => !/\/$|lock$/.test(name) && !ours.test(name)));
}

function expectNoSecret({ stateDir, files, changes }: MemoryScene, place: string): void {
  const { journal } = stateFiles(stateDir);
  if (!isThere(journal, files)) return;
  const text = textOn(files, journal);
  for (const { before, after } of changes)
    for (const side of [before, after])
      if (side && text.includes(side.text)) expect.fail(`${place}: a text in the journal`);
}

/** No file that stood there is torn or empty, even before anybody looks; one that is written through may be. */
function expectNoneTorn({ files, changes, shape }: MemoryScene, place: string): void {
  if (shape.inPlace) return;
  for (const { path, before, after } of changes) {
    if (!isThere(path, files)) {
      if (before !== null && after !== null) expect.fail(`${place}: ${path} is gone`);
    } else if (![before?.text, after?.text].includes(textOn(files, path))) expect.fail(`${place}: ${path} is torn`);
  }
}

/** Recovers and judges; returns the files in the end. */
async function settledAfter(scene: MemoryScene, ends: readonly string[], place: string): Promise<string> {
  const { files, stateDir, shape } = scene;
  expectNoneTorn(scene, place);
  expectNoSecret(scene, place);
  const left = looksLike(scene);
  unfinishedApply(stateDir, later(5), files);
  if (looksLike(scene) !== left) expect.fail(`${place}: a reader wrote`);
  await recoverLater(scene, 6);
  const looks = looksLike(scene);
  const settled = filesOf(looks);
  if (!ends.includes(settled)) expect(JSON.parse(settled), place).toEqual(JSON.parse(ends.at(-1) ?? ""));
  const names = (JSON.parse(looks) as [string, string][]).map(([name]) => name);
  if (shape.recorded && names.some((name) => name.endsWith("-record.tmp")))
    expect.fail(`${place}: a record that nobody took up`);
  if (isThere(stateFiles(stateDir).journal, files)) expect.fail(`${place}: a journal`);
  if (names.some((name) => ours.test(name))) count("of these: temporary files were left of which nobody knew");
  if ((await recoverLater(scene, 7)) !== null) expect.fail(`${place}: a second recovery`);
  if (looksLike(scene) !== looks) expect.fail(`${place}: the second time it looks otherwise`);
  return settled;
}

describe.each(shapes)("%s", (name, shape) => {
  test("the power fails after every operation", async () => {
    const start = inMemory(shape);
    const whole = await undisturbed(start.copy());
    const [old, after] = [filesOf(whole.old), filesOf(whole.after)];
    const seen = new Set<string>();
    for (let k = 0; k <= whole.operations; k += 1) {
      const scene = start.copy();
      const power = powerDisk(scene.disk);
      // The 0th: it was reported done before.
      const disk = faultyDisk(k, "kill-after", power.files);
      await outcomeOf(disk, () => play(scene, disk.files));
      expectNoSecret(scene, `operation ${k}`);
      for (const [index, cut] of cutsOf(power.open(), k).entries()) {
        count(`${name}: of a commit`);
        const left = scene.on(power.cut(cut));
        const place = `operation ${k} of ${whole.operations} (${disk.names[k - 1]}), cut ${index} ${JSON.stringify(cut)}`;
        const settled = await settledAfter(left, disk.dead() ? [old, after] : [after], place);
        seen.add(settled);
      }
    }
    expect(seen).toEqual(new Set([old, after]));
  });

  const title = "a process is killed or the power fails, and the power fails after every operation of the recovery";
  test(title, { timeout: 600_000 }, async () => {
    const start = inMemory(shape);
    const whole = await undisturbed(start.copy());
    const ends = [filesOf(whole.old), filesOf(whole.after)];
    const met = new Set<string>();
    for (let k = 1; k <= whole.operations; k += 1) {
      for (const begin of [killedAt, failedAt]) {
        const state = looksLike((await begin(start, k)).scene).replaceAll(/[0-9a-f]{16}/g, "ID");
        if (met.has(begin.name + state) || (!long && k % (begin === killedAt ? 5 : 20) > 0)) continue;
        met.add(begin.name + state);
        for (let j = 1, dead = true; dead; j += 1) {
          const { scene, power, again } = await begin(start, k);
          const disk = faultyDisk(j, "kill-after", power.files);
          await outcomeOf(disk, () => again(disk.files, 9));
          dead = disk.dead();
          const place = `${begin.name} ${k}, then operation ${j} of the recovery (${disk.names[j - 1]})`;
          for (const cut of cutsOf(power.open(), k * 1000 + j, long ? few : 1)) {
            count(`${name}: of a recovery`);
            await settledAfter(scene.on(power.cut(cut)), ends, `${place}, cut ${JSON.stringify(cut)}`);
          }
          // The next one ends well, and then nothing unsynced is needed.
          await again(power.files, 10);
          count(`${name}: after a recovery`);
          await settledAfter(scene.on(power.cut({ names: [], contents: [] })), ends, `${place}, then another one`);
        }
      }
    }
  });
});

interface Begun {
  readonly scene: MemoryScene;
  readonly power: PowerDisk;
  readonly again: (files: Files, pid: number) => Promise<unknown>;
}

/** The process dies, what it did is in the cache. */
async function killedAt(start: MemoryScene, k: number): Promise<Begun> {
  const scene = start.copy();
  const power = powerDisk(scene.disk);
  const disk = faultyDisk(k, "kill-before", power.files);
  await outcomeOf(disk, () => play(scene, disk.files));
  return { scene, power, again: (files, pid) => recoverAs(scene.stateDir, pid, files) };
}

/** The power fails for the first time. */
async function failedAt(start: MemoryScene, k: number): Promise<Begun> {
  const { scene, power } = await killedAt(start, k);
  const [cut] = cutsOf(power.open(), k + 1000, 0).slice(-1);
  const left = scene.on(power.cut(cut ?? { names: [], contents: [] }));
  return { scene: left, power: powerDisk(left.disk), again: (files, pid) => recoverLater({ ...left, files }, pid) };
}

describe("the disk itself", () => {
  test("knows what is durable: bytes by the file's sync, names by the directory's", () => {
    const { disk } = inMemory({ lay: () => [] });
    const power = powerDisk(disk);
    const { files } = power;
    files.makeDirectory("/d", 0o700);
    const descriptor = files.create("/d/new", 0o600);
    files.write(descriptor, Buffer.from("whole"), 0);
    const text = (cut: Cut): string | null => {
      const { files: left } = power.cut(cut);
      return isThere("/d/new", left) ? textOn(left, "/d/new") : null;
    };
    expect(power.open()).toEqual({ names: 2, contents: 1 });
    expect(text({ names: [true, true], contents: ["old"] })).toBe("");
    expect(text({ names: [true, true], contents: [3] })).toBe("who");
    expect(text({ names: [false, true], contents: ["all"] })).toBeNull();
    files.sync(descriptor);
    files.sync(files.open("/"));
    expect(text({ names: [false], contents: [] })).toBeNull();
    files.sync(files.open("/d"));
    expect(power.open()).toEqual({ names: 0, contents: 0 });
    expect(text({ names: [], contents: [] })).toBe("whole");
    files.rename("/d/new", "/moved");
    const names = (cut: Cut): string[] => ["/d/new", "/moved"].filter((path) => isThere(path, power.cut(cut).files));
    expect(names({ names: [true, false], contents: [] })).toEqual(["/d/new", "/moved"]);
    expect(names({ names: [false, true], contents: [] })).toEqual([]);
  });
});
