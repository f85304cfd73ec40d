import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { historyRecord } from "../../src/core/history-entry.js";
import { nodeFiles } from "../../src/store/files.js";
import { nextNumber, pruneHistory, readEntry, readHistory } from "../../src/store/history.js";
import { transactRecorded } from "../../src/store/recorded.js";
import { stateFiles } from "../../src/store/state-dir.js";
import type { Plan } from "../../src/types.js";
import { runs } from "../text/support/runs.js";
import { hostOf } from "./clock.js";
import { auth, change, config, failure, modeOf, put, systemError, temporary, withFiles } from "./disk.js";

const plan: Plan = { format: 1, steps: [], changes: [change("/s/openclaw.json", config, "{}", "{a:1}")], problems: [] };

function entryFile(number: number, given: Plan = plan): { name: string; text: string } {
  const meta = { number, time: "2026-11-21T03:04:05.678Z", version: "0.1.0", command: "apply", setup: null };
  return historyRecord(given, meta);
}

/** A history of these numbers. */
function historyOf(...numbers: number[]): string {
  const directory = temporary();
  for (const number of numbers) {
    const { name, text } = entryFile(number);
    put(directory, name, text);
  }
  return directory;
}

describe("the history on disk", () => {
  test("is named by number and time, so that names sort as the applies did", () => {
    expect(entryFile(12).name).toBe("000012-2026-11-21T03-04-05.678Z.json");
  });

  test("comes back with every byte, the newest first", () => {
    const text = '\ufeff{\r\n  // ü \u2028 😀 "\\u0000"\r\n}';
    const directory = temporary();
    const given = { ...plan, changes: [change("/s/openclaw.json", config, text, null)] };
    for (const number of [9, 10, 1000000]) put(directory, entryFile(number, given).name, entryFile(number, given).text);
    const items = readHistory(directory);
    expect(items.map(({ number }) => number)).toEqual([1000000, 10, 9]);
    for (const { entry } of items) expect(entry?.changes[0]?.before?.text).toBe(text);
    expect(readEntry(directory, null)?.number).toBe(1000000);
    expect(readEntry(directory, 10)?.entry?.number).toBe(10);
    expect(readEntry(directory, 11)).toBeNull();
    expect(nextNumber(directory)).toBe(1000001);
  });

  test("is empty where there is no directory", () => {
    const nowhere = join(temporary(), "none");
    expect([readHistory(nowhere), readEntry(nowhere, null), nextNumber(nowhere)]).toEqual([[], null, 1]);
    pruneHistory(nowhere, 0);
  });

  test("says that it cannot be listed, and by what", () => {
    const files = withFiles({
      list: () => {
        throw systemError("EACCES");
      },
    });
    expect(failure(() => readHistory("/x", files))).toMatchObject({ kind: "failed", code: "no-permission" });
  });

  const good = entryFile(4).text;
  const altered = JSON.parse(good) as { changes: { before: { text: string } }[] };
  (altered.changes[0] as { before: { text: string } }).before.text = "{ }";
  test.each<[string, string | Uint8Array, RegExp]>([
    ["no JSON", "{", /not JSON/],
    ["empty", "", /not JSON/],
    ["no UTF-8", Uint8Array.of(0xff, 0xfe, 0x7b), /./],
    ["of another format", good.replace('"format": 1', '"format": 2'), /./],
    ["of another number", good.replace('"number": 4', '"number": 5'), /number 5/],
    ["with a member of its own", good.replace('"undoes"', '"own": 1, "undoes"'), /unknown key "own"/],
    ["with content that was altered", JSON.stringify(altered), /content for openclaw.json was altered/],
  ])("a damaged entry is reported and does not hide the others: %s", (_, text, why) => {
    const directory = historyOf(3, 5);
    put(directory, entryFile(4).name, text);
    const items = readHistory(directory);
    expect(items.map(({ number, entry }) => [number, entry !== null])).toEqual([
      [5, true],
      [4, false],
      [3, true],
    ]);
    expect(items[1]?.problem).toMatchObject({ severity: "warning" });
    expect(items[1]?.problem?.message).toMatch(why);
  });

  test("no file that is not an entry is read, counted or removed", () => {
    const directory = historyOf(1, 2);
    const others = ["notes.txt", ".clawform-1.tmp", "000003.json", "x000004-2026-11-21T03-04-05.678Z.json"];
    for (const name of others) put(directory, name, "mine");
    mkdirSync(join(directory, "000000"));
    expect(nextNumber(directory)).toBe(3);
    pruneHistory(directory, 0);
    expect(readdirSync(directory).sort()).toEqual([...others, "000000"].sort());
  });

  test("keeps the newest, however many there are and whatever is kept", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 2e6 }), { maxLength: 8 }),
        fc.nat({ max: 9 }),
        (numbers, keep) => {
          const directory = historyOf(...numbers);
          pruneHistory(directory, keep);
          const kept = readHistory(directory).map(({ number }) => number);
          expect(kept).toEqual(numbers.toSorted((one, other) => other - one).slice(0, keep));
        },
      ),
      runs(40),
    );
  });

  test("an entry that another process has removed already is no failure, one that cannot be removed is", () => {
    const directory = historyOf(1, 2);
    const refusing = (code: string): typeof nodeFiles =>
      withFiles({
        remove: () => {
          throw systemError(code);
        },
      });
    pruneHistory(directory, 1, refusing("ENOENT"));
    expect(failure(() => pruneHistory(directory, 1, refusing("EROFS")))).toMatchObject({ kind: "cannotWrite" });
  });
});

describe("transactRecorded", () => {
  /** A state directory and a way to apply to it. */
  function state(files = nodeFiles): {
    directory: string;
    history: string;
    write: (before: string | null, after: string | null, keep?: number) => ReturnType<typeof transactRecorded>;
  } {
    const directory = temporary();
    const history = stateFiles(directory).history;
    mkdirSync(stateFiles(directory).directory, { mode: 0o700 });
    const held = { stateDir: directory, host: hostOf(), files, timeoutSeconds: 0, command: "apply" };
    const path = join(directory, "openclaw.json");
    const write = (before: string | null, after: string | null, keep = 3): ReturnType<typeof transactRecorded> =>
      transactRecorded(
        held,
        { ...plan, changes: [change(path, config, before, after)] },
        { version: "0.1.0", setup: "a".repeat(64), keep },
      );
    return { directory, history, write };
  }

  test("enters every apply, 0600 in a directory 0700, and never more than are kept", async () => {
    const { history, write } = state();
    for (let number = 1; number <= 6; number += 1) {
      await write(number === 1 ? null : `${number - 1}`, String(number));
      expect(readHistory(history).length).toBeLessThanOrEqual(3);
    }
    expect(modeOf(history)).toBe("700");
    const items = readHistory(history);
    expect(items.map(({ number }) => number)).toEqual([6, 5, 4]);
    for (const { path } of items) expect(modeOf(path)).toBe("600");
    expect(items[0]?.entry).toMatchObject({
      command: "apply",
      version: "0.1.0",
      setup: "a".repeat(64),
      undoes: null,
      changes: [{ before: { text: "5" }, after: { text: "6" } }],
    });
  });

  test("the file tells the journal too, without any text; whoever reads the entry does not see it", async () => {
    const { history, write } = state();
    await write(null, '{ "key": "test-key-1" }');
    const [item] = readHistory(history);
    const { journal } = JSON.parse(readFileSync(item?.path ?? "", "utf8")) as { journal: object };
    expect(journal).toMatchObject({ format: 1, files: [{ file: "openclaw.json", before: null }] });
    expect(JSON.stringify(journal)).not.toContain("test-key-1");
    expect(Object.keys(item?.entry ?? {})).not.toContain("journal");
  });

  test("with 0 kept there is no entry afterwards", async () => {
    const { history, write } = state();
    await write(null, "1");
    await write("1", "2", 0);
    expect(readHistory(history)).toEqual([]);
  });

  test("a plan without changes is not entered", async () => {
    const { directory, history } = state();
    const held = { stateDir: directory, host: hostOf(), files: nodeFiles, timeoutSeconds: 0, command: "apply" };
    const report = await transactRecorded(held, { ...plan, changes: [] }, { version: "0", setup: null, keep: 1 });
    expect(report).toEqual({ files: [], problems: [] });
    expect(readHistory(history)).toEqual([]);
  });

  test("an apply that fails is not entered and removes no entry", async () => {
    const { directory, history, write } = state();
    await write(null, "1", 1);
    writeFileSync(join(directory, "openclaw.json"), "theirs");
    await expect(write("1", "2", 1)).rejects.toMatchObject({ code: "stale" });
    expect(readHistory(history).map(({ number }) => number)).toEqual([1]);
  });

  test("that an old entry cannot be removed is a warning: all is written by then", async () => {
    const { history, write } = state(
      withFiles({
        remove: (path) => {
          if (path.endsWith("Z.json")) throw systemError("EPERM");
          nodeFiles.remove(path);
        },
      }),
    );
    await write(null, "1", 1);
    const { problems } = await write("1", "2", 1);
    expect(problems).toMatchObject([{ severity: "warning", code: "no-permission" }]);
    expect(readHistory(history).map(({ number }) => number)).toEqual([2, 1]);
  });

  test("two agents' stores and the configuration are one entry", async () => {
    const { directory, history } = state();
    const held = { stateDir: directory, host: hostOf(), files: nodeFiles, timeoutSeconds: 0, command: "onboard" };
    const changes = [
      change(join(directory, "openclaw.json"), config, null, "1"),
      change(join(directory, "agents/main/agent/auth-profiles.json"), auth, null, "2"),
    ];
    await transactRecorded(held, { ...plan, changes }, { version: "0.1.0", setup: null, keep: 20 });
    expect(readEntry(history, 1)?.entry).toMatchObject({
      command: "onboard",
      changes: [{ path: changes[0]?.path }, { path: changes[1]?.path }],
    });
  });
});
