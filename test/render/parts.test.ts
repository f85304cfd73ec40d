import { stripVTControlCharacters } from "node:util";
import { applyPatch as applyUnified } from "diff";
import fc from "fast-check";
import stringWidth from "fast-string-width";
import { describe, expect, it } from "vitest";
import { diffDocuments } from "../../src/core/compare.js";
import { deepEqual } from "../../src/json.js";
import { valueAt } from "../../src/pointer.js";
import { followBackward, followForward } from "../../src/render/follow.js";
import { type Hunk, hunksOf } from "../../src/render/hunks.js";
import { renderProblems } from "../../src/render/problems.js";
import { renderTable } from "../../src/render/table.js";
import { visible } from "../../src/render/visible.js";
import { cut, wrapWords } from "../../src/render/wrap.js";
import type { Json, Problem } from "../../src/types.js";

describe("hunksOf", () => {
  const unified = (hunks: readonly Hunk[]): string =>
    `--- a\n+++ b\n${hunks.map((hunk) => `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@\n${hunk.lines.map(({ sign, text }) => `${sign}${text}\n`).join("")}`).join("")}`;
  const text = fc
    .array(fc.constantFrom("a", "b", "{", "}", "", "c\r"), { maxLength: 30 })
    .chain((lines) => fc.constantFrom(lines.join("\n"), `${lines.join("\n")}\n`));

  it("takes one text to the other", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(applyUnified(before, unified(hunksOf(before, after)), { autoConvertLineEndings: false })).toBe(after);
      }),
      { numRuns: 1000 },
    );
  });

  it("numbers its lines as the texts do", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        for (const line of hunksOf(before, after).flatMap(({ lines }) => lines)) {
          if (line.before !== null) expect(before.split("\n")[line.before]).toBe(line.text);
          if (line.after !== null) expect(after.split("\n")[line.after]).toBe(line.text);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("shows texts that share nothing in the middle as one block, in time", () => {
    const lines = (word: string): string =>
      `start\n1\n2\n3\n${Array.from({ length: 20_000 }, (_, index) => `${word} ${index}\n`).join("")}4\n5\n6\nend\n`;
    const started = performance.now();
    const hunks = hunksOf(lines("old"), lines("new"));
    expect(performance.now() - started).toBeLessThan(5000);
    expect(hunks).toHaveLength(1);
    expect(applyUnified(lines("old"), unified(hunks))).toBe(lines("new"));
    expect(hunks[0]?.oldStart).toBe(2);
  });

  it("gives none for equal texts", () => expect(hunksOf("a\n", "a\n")).toEqual([]));
});

describe("followForward and followBackward", () => {
  const { json } = fc.letrec<{ json: Json }>((tie) => ({
    json: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom<Json>(null, 1, "x", { id: "a" }, { id: "b" }),
      fc.array(tie("json"), { maxLength: 5 }),
      fc.dictionary(fc.constantFrom("a", "b", "c"), tie("json"), { maxKeys: 3 }),
    ),
  }));

  it("find what was added in the after, what was removed in the before", () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        const patch = diffDocuments(before, after);
        patch.forEach((operation, index) => {
          const guard = patch[index - 1];
          if (operation.op === "add" || operation.op === "replace") {
            const found = followForward(operation.path, patch.slice(index + 1));
            expect(found === null ? null : valueAt(after, found)).toEqual(operation.value);
          } else if (operation.op === "remove" && guard?.op === "test") {
            const found = followBackward(operation.path, patch.slice(0, index));
            expect(found !== null && deepEqual(valueAt(before, found), guard.value)).toBe(true);
          }
        });
      }),
      { numRuns: 2000 },
    );
  });

  it("go through moves, and say when a place is gone", () => {
    const move = { op: "move", from: "/a/x", path: "/b/y" } as const;
    expect(followForward("/a/x/k", [move])).toBe("/b/y/k");
    expect(followBackward("/b/y/k", [move])).toBe("/a/x/k");
    expect(followForward("/a/2", [{ op: "move", from: "/a/0", path: "/a/5" }])).toBe("/a/1");
    expect(followBackward("/a/1", [{ op: "move", from: "/a/0", path: "/a/5" }])).toBe("/a/2");
    expect(followForward("/a/1/k", [{ op: "remove", path: "/a/1" }])).toBeNull();
    expect(followBackward("/a/1/k", [{ op: "add", path: "/a/1", value: {} }])).toBeNull();
    expect(
      followForward("/a/1/k", [
        { op: "remove", path: "/a/1" },
        { op: "add", path: "/a/1", value: {} },
      ]),
    ).toBeNull();
    expect(
      followBackward("/a/1", [
        { op: "add", path: "/a/0", value: 1 },
        { op: "add", path: "/a/0", value: 1 },
      ]),
    ).toBeNull();
  });
});

describe("renderProblems", () => {
  const problem: Problem = {
    code: "x",
    severity: "error",
    file: "openclaw.json",
    pointer: "/a/b",
    line: 3,
    column: 5,
    message: "it is wrong",
    hint: "Mend it.",
  };

  it("says what, where and what to do, errors first", () => {
    const info: Problem = { code: "y", severity: "info", file: "", pointer: "", message: "by the way", hint: "" };
    const warning: Problem = { ...problem, severity: "warning", column: 5, line: 3, hint: "" };
    expect(renderProblems([info, warning, problem], { color: false, width: 80 })).toBe(
      "error: it is wrong\n  openclaw.json:3:5 /a/b\n  Mend it.\nwarning: it is wrong\n  openclaw.json:3:5 /a/b\ninfo: by the way\n",
    );
    expect(renderProblems([], { color: true, width: 80 })).toBe("");
  });

  it("gives a line without a column, lines of a message, and masks what looks like a key", () => {
    const { column: _, ...noColumn } = problem;
    expect(renderProblems([{ ...noColumn, message: "first\nsk-test-0123456789" }], { color: false, width: 80 })).toBe(
      "error: first\n  ***\n  openclaw.json:3 /a/b\n  Mend it.\n",
    );
  });

  it("has the same bytes with colours, those aside, at any width", () => {
    const any = fc.record({
      severity: fc.constantFrom("error" as const, "warning" as const, "info" as const),
      message: fc.string({ unit: "grapheme" }),
      hint: fc.string(),
      pointer: fc.string(),
      file: fc.string(),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 4 }), fc.integer({ min: 1, max: 100 }), (all, width) => {
        const problems = all.map((one): Problem => ({ code: "x", ...one }));
        expect(stripVTControlCharacters(renderProblems(problems, { color: true, width }))).toBe(
          renderProblems(problems, { color: false, width }),
        );
      }),
    );
  });
});

describe("renderTable", () => {
  const rows = [
    ["kilocode", "Kilo Gateway", "kilocode/kilo/auto", "KILOCODE_API_KEY"],
    ["qwen", "通义千问", "qwen/qwen3.5-plus", "QWEN_API_KEY, MODELSTUDIO_API_KEY, DASHSCOPE_API_KEY"],
  ];
  const columns = ["provider", "name", "default model", "variables"];

  it("keeps columns straight beside wide characters", () => {
    expect(renderTable(rows, columns, { color: false, width: 120 })).toBe(
      [
        "provider  name          default model       variables",
        "kilocode  Kilo Gateway  kilocode/kilo/auto  KILOCODE_API_KEY",
        "qwen      通义千问      qwen/qwen3.5-plus   QWEN_API_KEY, MODELSTUDIO_API_KEY, DASHSCOPE_API_KEY",
        "",
      ].join("\n"),
    );
  });

  it("wraps the last column, and cuts a word no line has room for", () => {
    expect(renderTable(rows, columns, { color: false, width: 62 })).toBe(
      [
        "provider  name          default model       variables",
        "kilocode  Kilo Gateway  kilocode/kilo/auto  KILOCODE_API_KEY",
        "qwen      通义千问      qwen/qwen3.5-plus   QWEN_API_KEY,",
        "                                            MODELSTUDIO_API_K…",
        "                                            DASHSCOPE_API_KEY",
        "",
      ].join("\n"),
    );
  });

  it("gives each row a block where columns have no room", () => {
    expect(renderTable(rows, columns, { color: false, width: 30 })).toBe(
      [
        "provider       kilocode",
        "name           Kilo Gateway",
        "default model  kilocode/kilo/auto",
        "variables      KILOCODE_API_KEY",
        "",
        "provider       qwen",
        "name           通义千问",
        "default model  qwen/qwen3.5-plus",
        "variables      QWEN_API_KEY,",
        "  MODELSTUDIO_API_KEY,",
        "  DASHSCOPE_API_KEY",
        "",
      ].join("\n"),
    );
  });

  it("has no trailing blanks, takes short rows, no rows, no limit", () => {
    expect(renderTable([["a"], ["b", ""]], ["x", "y"], { color: false, width: Number.POSITIVE_INFINITY })).toBe(
      "x  y\na\nb\n",
    );
    expect(renderTable([], ["x", "y"], { color: false, width: 80 })).toBe("x  y\n");
  });

  it.each([20, 30, 40, 62, 120])("has the same bytes with colours, those aside, at %i columns", (width) => {
    expect(stripVTControlCharacters(renderTable(rows, columns, { color: true, width }))).toBe(
      renderTable(rows, columns, { color: false, width }),
    );
  });
});

describe("wrapWords", () => {
  it("keeps every character and the width, long words aside", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a", "word", "longerword", "世界", "这是一个很长的句子没有空格", "👩‍👩‍👧"), {
          maxLength: 20,
        }),
        fc.integer({ min: 12, max: 60 }),
        (words, width) => {
          const lines = wrapWords(words.join(" "), width, "> ", "  ");
          expect(lines.every((line) => stringWidth(line) <= width)).toBe(true);
          expect(
            lines
              .map((line) => line.slice(2))
              .join("")
              .replaceAll(" ", ""),
          ).toBe(words.join(""));
        },
      ),
    );
  });

  it("never breaks a long id", () =>
    expect(wrapWords("see /agents/defaults/models/x now", 10, "", "  ")).toEqual([
      "see",
      "  /agents/defaults/models/x",
      "  now",
    ]));
});

describe("cut", () => {
  it.each([
    ["abc", 3, "abc"],
    ["abcd", 3, "ab…"],
    ["世界世界", 5, "世界…"],
    ["世界世界", 4, "世…"],
  ])("%s to %i columns", (text, width, result) => expect(cut(text, width)).toBe(result));
});

describe("visible", () => {
  it("shows what would act on a terminal", () => {
    expect(visible("a\u001b[2J\u009bm\u0000\n\r\u007f\u202e\u2028\ufeff\ud800\tb")).toBe(
      "a\\x1b[2J\\x9bm\\x00\\x0a\\x0d\\x7f\\u202e\\u2028\\ufeff\\ud800\tb",
    );
    expect(visible("世界 👩‍👩‍👧 é ${X}")).toBe("世界 👩‍👩‍👧 é ${X}");
  });

  it("leaves nothing that moves the cursor", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(stripVTControlCharacters(visible(text))).toBe(visible(text));
        expect(visible(visible(text))).toBe(visible(text));
      }),
    );
  });
});
