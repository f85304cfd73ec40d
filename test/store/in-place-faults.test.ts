/** The fault harness over files that are overwritten, not replaced: whatever happens at whichever operation, all old or all new. */

import { linkSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ClawformError } from "../../src/errors.js";
import type { Files } from "../../src/store/files.js";
import { isTorn } from "../../src/store/in-place.js";
import { withStateLock } from "../../src/store/state-lock.js";
import { transact } from "../../src/store/transact.js";
import type { DocumentKey, FileChange } from "../../src/types.js";
import { auth, change, config, put, systemError, temporary, tree } from "./disk.js";
import {
  expectWhole,
  type Fault,
  faults,
  faultyDisk,
  healthy,
  looksLike,
  outcomeOf,
  processOf,
  recoverAs,
} from "./faults.js";

interface Scene {
  readonly home: string;
  readonly stateDir: string;
  readonly changes: readonly FileChange[];
}

const include: DocumentKey = { kind: "include", at: "/models" };

/** A configuration with a second name, and a file it includes, which is replaced as usual. */
function scene(before: string, after: string): Scene {
  const home = temporary();
  const path = put(home, "state/openclaw.json", before, 0o640);
  linkSync(path, join(home, "second.json"));
  const models = put(home, "state/models.json5", "// old models");
  const changes = [change(path, config, before, after), change(models, include, "// old models", "// new models")];
  return { home, stateDir: join(home, "state"), changes };
}

const scenes: readonly (readonly [string, () => Scene])[] = [
  ["a longer text", () => scene("old config", "new config, longer than the old one")],
  ["a shorter text", () => scene("old config, longer than the new one", "new config")],
];

function play({ stateDir, changes }: Scene, files: Files): Promise<unknown> {
  const lock = { host: processOf(4242), files, timeoutSeconds: 0, command: "apply", inPlace: true };
  return withStateLock(stateDir, lock, (held) => transact(held, changes, null));
}

let points = 0;
let torn = 0;
afterAll(() => {
  process.stdout.write(`fault harness, in place: ${points} points, ${torn} of them with a half overwritten file\n`);
});

async function undisturbed(make: () => Scene): Promise<{ after: string; operations: number }> {
  const { home, ...rest } = make();
  const disk = faultyDisk(0, "EIO");
  expect(await outcomeOf(disk, () => play({ home, ...rest }, disk.files))).toBeNull();
  return { after: looksLike(home).replaceAll(home, "HOME"), operations: disk.count() };
}

function noteTorn({ changes: [first] }: Scene): void {
  const now = readFileSync(first?.path ?? "");
  const [before, after] = [first?.before?.text ?? "", first?.after?.text ?? ""];
  if (!now.equals(Buffer.from(before)) && !now.equals(Buffer.from(after)) && isTorn(now, before, after)) torn += 1;
}

describe.each(scenes)("%s", (name, make) => {
  const first = name === scenes[0]?.[0];
  // The shapes differ in what a kill leaves; what an error does is the same for both.
  test.each(first ? faults : (["kill-before", "torn"] as const))("%s at every operation", async (fault) => {
    const { after, operations } = await undisturbed(make);
    for (let k = 1; k <= operations; k += 1) {
      points += 1;
      const made = make();
      const old = looksLike(made.home);
      const disk = faultyDisk(k, fault);
      const error = await outcomeOf(disk, () => play(made, disk.files));
      noteTorn(made);
      const place = `${fault} at operation ${k} of ${operations} (${disk.names[k - 1]})`;
      if (!disk.dead() && error !== null) expect(error, place).toBeInstanceOf(ClawformError);
      const wanted = after.replaceAll("HOME", made.home);
      const end = await expectWhole(made.home, made.stateDir, { old, after: wanted, place });
      if (!disk.dead()) expect(end, place).toBe(error === null ? wanted : old);
    }
  });

  test("a third writer's text is never overwritten, whenever it comes after a kill", async () => {
    const { operations } = await undisturbed(make);
    const kinds = new Set<string>();
    for (let k = 1; k <= operations; k += 1) {
      points += 1;
      const made = make();
      const disk = faultyDisk(k, "torn");
      await outcomeOf(disk, () => play(made, disk.files));
      if (!disk.dead()) continue;
      const path = made.changes[0]?.path ?? "";
      writeFileSync(path, "somebody else's");
      const error = await outcomeOf(faultyDisk(0, "EIO"), () => recoverAs(made.stateDir, 6));
      kinds.add(error instanceof ClawformError ? error.code : "recovered");
      expect(readFileSync(path, "utf8")).toBe("somebody else's");
    }
    expect([...kinds]).toContain("recovered");
  });
});

describe("a recovery that fails, too", () => {
  const [, make] = scenes[0] as (typeof scenes)[number];

  test.each<Fault>(["kill-before", "torn", "EIO"])("%s at every operation of every recovery", async (fault) => {
    const { after, operations } = await undisturbed(make);
    // What a kill leaves on disk is all a recovery knows: the same state need not be recovered from twice.
    const met = new Set<string>();
    for (let k = 1; k <= operations; k += 1) {
      const looked = make();
      const look = faultyDisk(k, "torn");
      await outcomeOf(look, () => play(looked, look.files));
      const shape = looksLike(looked.home)
        .replaceAll(looked.home, "HOME")
        .replaceAll(/[0-9a-f]{16}/g, "ID");
      if (met.has(shape)) continue;
      met.add(shape);
      for (let j = 1, more = true; more; j += 1) {
        points += 1;
        const made = make();
        const old = looksLike(made.home);
        const killing = faultyDisk(k, "torn");
        await outcomeOf(killing, () => play(made, killing.files));
        const killed = killing.dead();
        const disk = faultyDisk(j, fault);
        await outcomeOf(disk, () => recoverAs(made.stateDir, 4243, disk.files));
        more = killed && disk.count() >= j;
        const place = `killed at ${k}, then ${fault} at ${j} of the recovery`;
        await expectWhole(made.home, made.stateDir, { old, after: after.replaceAll("HOME", made.home), place });
      }
    }
  });
});

test("abandoning gives a half overwritten file its old bytes back: half of a text is nobody's", async () => {
  const made = scene("old config", "new config, longer than the old one");
  let written = 0;
  const disk = faultyDisk(0, "EIO");
  const files: Files = {
    ...disk.files,
    reopen: (path) => {
      if (written === 2) throw new Error("dead");
      written = 1;
      return disk.files.reopen(path);
    },
    write: (descriptor, bytes, from) => {
      if (written === 2) throw new Error("dead");
      if (written === 1) written = 2;
      return disk.files.write(descriptor, written === 2 ? bytes.subarray(0, from + 4) : bytes, from);
    },
    sync: () => {},
    remove: (path) => {
      if (written === 2) throw new Error("dead");
      disk.files.remove(path);
    },
    rename: (from, to) => {
      if (written === 2) throw new Error("dead");
      disk.files.rename(from, to);
    },
  };
  await outcomeOf(disk, () => play(made, files));
  expect(readFileSync(made.changes[0]?.path ?? "", "utf8")).toBe("new config");
  const lock = { host: processOf(6), files: healthy, timeoutSeconds: 0, command: "recover" };
  await withStateLock(made.stateDir, { ...lock, unfinished: "abandon" }, async () => {});
  expect(readFileSync(made.changes[0]?.path ?? "", "utf8")).toBe("old config");
  expect([...tree(made.stateDir).keys()].filter((name) => name.includes("clawform"))).toEqual([]);
});

describe("a rename that is refused", () => {
  /** Nothing tells beforehand that this file cannot be replaced. */
  function refusing(made: Scene, code: string): Files {
    return {
      ...healthy,
      rename: (from, to) => {
        if (to === made.changes[0]?.path) throw systemError(code);
        healthy.rename(from, to);
      },
    };
  }
  const plain = (): Scene => {
    const home = temporary();
    const changes = [
      change(put(home, "state/openclaw.json", "old config"), config, "old config", "new config"),
      change(put(home, "state/a/auth-profiles.json", "old auth"), auth, "old auth", "new auth"),
    ];
    return { home, stateDir: join(home, "state"), changes };
  };

  test.each(["EBUSY", "EXDEV"])(
    "%s: with --in-place all is taken back and done again, overwriting that file",
    async (code) => {
      const made = plain();
      const report = await play(made, refusing(made, code));
      expect(report).toMatchObject({ files: [{ outcome: "replaced" }, { outcome: "overwritten" }] });
      expect([...tree(made.stateDir).values()].filter((text) => text.length > 3)).toEqual(["new auth", "new config"]);
    },
  );

  test.each(["EBUSY", "EXDEV"])("%s: without it nothing is done", async (code) => {
    const made = plain();
    const before = looksLike(made.home);
    const lock = { host: processOf(1), files: refusing(made, code), timeoutSeconds: 0, command: "apply" };
    const error = await outcomeOf(faultyDisk(0, "EIO"), () =>
      withStateLock(made.stateDir, lock, (held) => transact(held, made.changes, null)),
    );
    expect(error).toMatchObject({ kind: "cannotWrite", exitCode: 73 });
    expect((error as ClawformError).hint).toContain("--in-place");
    expect(looksLike(made.home)).toBe(before);
  });
});
