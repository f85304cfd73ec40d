import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { historyRecord, parseEntry } from "../../src/core/history-entry.js";
import { invertPatch } from "../../src/core/invert.js";
import { applyPatch } from "../../src/core/patch.js";
import { fileStatus, stands } from "../../src/core/status.js";
import { planUndo, type Undone } from "../../src/core/undo.js";
import { sha256 } from "../../src/hash.js";
import { deepEqual, isObject } from "../../src/json.js";
import { applyPatchToText } from "../../src/text/index.js";
import type { Change, DocumentKey, HistoryEntry, Json, Operation, SourceFile } from "../../src/types.js";
import { parseQuietly } from "../text/support/quiet-json5.js";
import { randomDocument } from "../text/support/random-document.js";
import { grow, seeds } from "../text/support/random-patch.js";
import { runs } from "../text/support/runs.js";

const config: DocumentKey = { kind: "config" };
const auth: DocumentKey = { kind: "auth", agent: "main" };

function state(text: string | null): Change["before"] {
  return text === null ? null : { sha256: sha256(text), text };
}

function source(text: string | null, document: DocumentKey = config): SourceFile {
  const file = document.kind === "auth" ? "auth-profiles.json" : "openclaw.json";
  return { file, path: `/state/${file}`, document, before: state(text) };
}

function changed(before: string | null, after: string | null, patch: Operation[] = [], document = config): Change {
  const inverse = invertPatch(before === null ? {} : (parseQuietly(before).value as Json), patch);
  const traced = patch.map((operation) => ({ step: 0, operation }));
  return { ...source(before, document), after: state(after), patch: traced, inverse };
}

function entryOf(...changes: Change[]): HistoryEntry {
  const meta = {
    number: 7,
    time: "2026-11-21T03:04:05.678Z",
    version: "0.1.0",
    command: "apply",
    setup: null,
    undoes: null,
  };
  const steps = [{ transform: "primary-model", title: "default model", input: {} }];
  const { text } = historyRecord({ steps, changes }, meta);
  return parseEntry(text, 7, "7.json").entry;
}

function undo(entry: HistoryEntry, ...present: (string | null)[]): Undone {
  const now = present.map((text, index) => source(text, entry.changes[index]?.document));
  return planUndo({ entry, present: now, together: () => null });
}

/** What is in the first file after the undo. */
function after({ plan, conflicts }: Undone, present: string | null): string | null {
  expect(conflicts).toEqual([]);
  const [change] = plan.changes;
  return change ? (change.after?.text ?? null) : present;
}

describe("planUndo", () => {
  const applied = fc.tuple(randomDocument, seeds(8), seeds(8)).map(([document, ours, theirs]) => {
    const before = document.text;
    const value = parseQuietly(before).value as Json;
    const patch = grow(value, ours);
    return { document, before, value, patch, text: applyPatchToText(before, patch), theirs };
  });

  it("gives back every byte of a file that is as we left it, however it is written", () => {
    fc.assert(
      fc.property(applied, ({ before, value, patch, text }) => {
        fc.pre(isObject(value) && isObject(applyPatch(value, patch)));
        const entry = entryOf(changed(before, text, patch));
        const undone = undo(entry, text);
        expect(after(undone, text)).toBe(before);
        // An undo is an apply: it can be undone.
        const [back] = undone.plan.changes;
        if (back) expect(after(undo(entryOf(back), before), before)).toBe(text);
      }),
      runs(700),
    );
  });

  it("keeps what others wrote since, comments and all, or says where it cannot", () => {
    fc.assert(
      fc.property(applied, ({ before, value, patch, text, theirs }) => {
        const ours = applyPatch(value, patch);
        fc.pre(isObject(value) && isObject(ours));
        const foreign: Operation[] = [{ op: "add", path: "/theirs", value: { since: [1, theirs.length] } }];
        const present = applyPatchToText(text, foreign);
        const undone = undo(entryOf(changed(before, text, patch)), present);
        const result = parseQuietly(after(undone, present) ?? "").value;
        expect(deepEqual(result, applyPatch(value, foreign))).toBe(true);
      }),
      runs(700),
    );
  });

  it("loses no comment of what stays when others changed the file", () => {
    fc.assert(
      fc.property(randomDocument, (document) => {
        const value = parseQuietly(document.text).value as Json;
        fc.pre(isObject(value));
        const patch: Operation[] = [{ op: "add", path: "/ours", value: { a: 1 } }];
        const text = applyPatchToText(document.text, patch);
        // A comment on the same line before a member belongs to that member.
        fc.pre(/\n[ \t]*["']?ours/.test(text));
        const foreign: Operation[] = [{ op: "add", path: "/theirs", value: 1 }];
        const present = applyPatchToText(text, foreign);
        const result = after(undo(entryOf(changed(document.text, text, patch)), present), present) ?? "";
        for (const [comment, owner] of document.comments)
          expect(owner === document.root.id || result.includes(comment), `${comment} is lost\n${present}`).toBe(true);
      }),
      runs(500),
    );
  });

  test("a file that we made goes when it is as we left it", () => {
    const undone = undo(entryOf(changed(null, '{"a":1}\n')), '{"a":1}\n');
    expect(undone.plan.changes).toMatchObject([{ before: state('{"a":1}\n'), after: null }]);
    expect(undone.plan.changes[0]?.patch.map(({ operation }) => operation)).toEqual([
      { op: "test", path: "/a", value: 1 },
      { op: "remove", path: "/a" },
    ]);
  });

  test("a file that we made and others wrote to stays, with what is theirs", () => {
    const present = '{\n  // mine\n  "a": 1,\n  "x": 2,\n}\n';
    const undone = undo(entryOf(changed(null, '{"a":1}\n')), present);
    expect(after(undone, present)).toBe('{\n  "x": 2,\n}\n');
  });

  test("a file that an undo removed comes back as it was", () => {
    const undone = undo(entryOf(changed('{"a":1}\n', null)), null);
    expect(undone.plan.changes).toMatchObject([{ before: null, after: state('{"a":1}\n') }]);
  });

  test.each<[string, Change, string | null]>([
    ["a file that is as it was before", changed("{a:1}", "{a:2}"), "{a:1}"],
    ["a new file that is gone", changed(null, "{a:2}"), null],
    ["a value others took back in a file they changed", changed("{a:1}", "{a:2}"), "{a:1,b:2}"],
  ])("nothing is done to %s", (_, change, present) => {
    expect(undo(entryOf(change), present)).toMatchObject({ plan: { changes: [] }, conflicts: [] });
  });

  test("a renamed block gets its old name back with what others wrote in it", () => {
    const before = '{models:{providers:{Kilo:{baseUrl:"x",models:[]}}}}';
    const patch: Operation[] = [{ op: "move", from: "/models/providers/Kilo", path: "/models/providers/kilo" }];
    const text = '{models:{providers:{kilo:{baseUrl:"x",models:[]}}}}';
    const present = '{models:{providers:{kilo:{baseUrl:"x",models:[], /* mine */ headers:{"X-A":"b"}}}}}';
    const undone = undo(entryOf(changed(before, text, patch)), present);
    expect(after(undone, present)).toBe(
      '{models:{providers:{Kilo:{baseUrl:"x",models:[], /* mine */ headers:{"X-A":"b"}}}}}',
    );
  });

  test("a conflict is told with its place and line, and stops everything", () => {
    const entry = entryOf(
      changed('{agents:{defaults:{model:"a/b"}}}', '{agents:{defaults:{model:"c/d"}}}'),
      changed(null, "{}", [], auth),
    );
    const { plan, conflicts } = undo(entry, '{\n  agents:{defaults:{\n    model:"e/f"}}}', "{}");
    expect(plan.changes).toEqual([]);
    expect(conflicts).toMatchObject([
      {
        code: "undo-conflict",
        severity: "error",
        file: "openclaw.json",
        pointer: "/agents/defaults/model",
        line: 3,
        message: '/agents/defaults/model has changed since apply 7: it is "e/f" now, and was left as "c/d"',
      },
    ]);
  });

  test("no key is in what is told of a conflict", () => {
    const store = (key: string): string =>
      `{"version":1,"profiles":{"a:default":{"type":"api_key","provider":"a","key":"${key}"}}}`;
    const entry = entryOf(changed(store("test-key-old-1234567"), store("test-key-our-1234567"), [], auth));
    const { conflicts } = undo(entry, store("test-key-new-1234567"));
    expect(conflicts).toHaveLength(1);
    expect(JSON.stringify(conflicts)).not.toMatch(/test-key/);
  });

  test("a file that others removed is not brought back", () => {
    const { conflicts } = undo(entryOf(changed("{a:1}", "{a:2}")), null);
    expect(conflicts.map(({ message }) => message)).toEqual(["/state/openclaw.json is gone; apply 7 had changed it"]);
  });

  test("what is left of a block must still be one that OpenClaw takes", () => {
    const block = '{"baseUrl":"http://x/v1","api":"openai-completions","models":[]';
    const before = '{"models":{"providers":{}}}';
    const text = `{"models":{"providers":{"v":${block}}}}}`;
    const present = `{"models":{"providers":{"v":${block},"headers":{"X-A":"b"}}}}}`;
    const { plan, conflicts } = undo(entryOf(changed(before, text)), present);
    expect(plan.changes).toEqual([]);
    expect(conflicts[0]).toMatchObject({ code: "undo-conflict", pointer: "/models/providers/v" });
  });

  test("a section that others moved to a file of its own is a conflict, not gone", () => {
    const { conflicts } = undo(entryOf(changed("{}", "{models:{mode:1}}")), '{models:{$include:"./models.json5"}}');
    expect(conflicts.map(({ pointer }) => pointer)).toEqual(["/models"]);
  });
});

describe("fileStatus", () => {
  const change = changed("{a:1}", "{a:2,b:{c:1}}");
  test.each<[string, Change, string | null, string, boolean]>([
    ["as we left it", change, "{a:2,b:{c:1}}", "unchanged", true],
    ["others added to it", change, "{a:2,b:{c:1},meta:{x:1}}", "edited", true],
    ["written anew in another layout", change, '{"b": {"c": 1}, "a": 2}\n', "edited", true],
    ["byte for byte as before", change, "{a:1}", "reverted", false],
    [
      "an old copy written back with a stamp",
      change,
      '{\n  "a": 1, "meta": {"lastTouchedAt": "x"}}',
      "reverted",
      false,
    ],
    ["a part of it taken back", change, "{a:2}", "overwritten", false],
    ["another value written over ours", change, "{a:3,b:{c:1}}", "overwritten", false],
    ["gone", change, null, "missing", false],
    ["a new file that is gone", changed(null, "{}"), null, "reverted", false],
    ["removed by an undo, and still gone", changed("{a:1}", null), null, "unchanged", true],
    ["removed by an undo, and there again", changed("{a:1}", null), "{a:1}", "reverted", false],
  ])("%s", (_, done, present, expected, stand) => {
    const found = fileStatus(done, source(present));
    expect(found.state).toBe(expected);
    expect(stands(found)).toBe(stand);
  });
});
