/** Faults while a file is overwritten, not replaced; faults.test.ts has those at every operation. */

import { linkSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ClawformError } from "../../src/errors.js";
import type { Files } from "../../src/store/files.js";
import { isTorn } from "../../src/store/in-place.js";
import { withStateLock } from "../../src/store/state-lock.js";
import { transact } from "../../src/store/transact.js";
import type { DocumentKey, FileChange } from "../../src/types.js";
import { auth, change, config, put, systemError, temporary, tree } from "./disk.js";
import { faultyDisk, healthy, looksLike, outcomeOf, processOf, recoverAs } from "./faults.js";
import { textOn } from "./ground.js";
import { inMemory, play as playShape, shapes } from "./scenarios.js";

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

function play({ stateDir, changes }: Scene, files: Files): Promise<unknown> {
  const lock = { host: processOf(4242), files, timeoutSeconds: 0, command: "apply", inPlace: true };
  return withStateLock(stateDir, lock, (held) => transact(held, changes, null));
}

test("a kill in the middle of a write leaves a half overwritten file, and the next clawform makes a whole one of it", async () => {
  const [, shape] = shapes.find(([, { inPlace }]) => inPlace) as (typeof shapes)[number];
  const start = inMemory(shape);
  let torn = 0;
  for (let k = 1, more = true; more; k += 1) {
    const { files, stateDir, changes, ...rest } = start.copy();
    const disk = faultyDisk(k, "torn", files);
    await outcomeOf(disk, () => playShape({ files, stateDir, changes, ...rest }, disk.files));
    more = disk.count() >= k;
    const [{ path, before, after }] = changes as [FileChange];
    const texts = [before?.text ?? "", after?.text ?? ""] as const;
    const left = textOn(files, path);
    if (texts.includes(left)) continue;
    torn += 1;
    expect(isTorn(Buffer.from(left), ...texts)).toBe(true);
    await recoverAs(stateDir, 6, files);
    expect(texts).toContain(textOn(files, path));
  }
  expect(torn).toBeGreaterThan(0);
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
    const before = looksLike({ files: healthy, home: made.home });
    const lock = { host: processOf(1), files: refusing(made, code), timeoutSeconds: 0, command: "apply" };
    const error = await outcomeOf(faultyDisk(0, "EIO"), () =>
      withStateLock(made.stateDir, lock, (held) => transact(held, made.changes, null)),
    );
    expect(error).toMatchObject({ kind: "cannotWrite", exitCode: 73 });
    expect((error as ClawformError).hint).toContain("--in-place");
    expect(looksLike({ files: healthy, home: made.home })).toBe(before);
  });
});
