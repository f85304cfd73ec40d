/** Texts as people on Windows write them: paths with backslashes, in every spelling JSON5 has, and CRLF line ends. */

import { describe, expect, it } from "vitest";
import { maskText } from "../../src/core/redact.js";
import { applyPatchToText, plan } from "../../src/index.js";
import { locate, parseText } from "../../src/text/index.js";
import { renderPlan } from "../../src/render/plan.js";
import type { Operation } from "../../src/types.js";

const home = String.raw`C:\Users\ann\.openclaw`;
const share = String.raw`\\server\share\models\new`;

const text = [
  "// C:\\Users\\ann\\.openclaw\\openclaw.json",
  "{",
  String.raw`  agents: { list: [{ id: "main", agentDir: "C:\\Users\\ann\\.openclaw\\agents\\main" }] },`,
  String.raw`  "C:\\Users\\ann": 'D:\\temp\\x', // "C:\" is no end of a string`,
  String.raw`  skills: { "load": ["\\\\server\\share\\models\\new"] },`,
  String.raw`  more: ['C:\x5cUsers\u005cann', "C:/Users/ann"],`,
  "  workspace: 'E:\\",
  "\\\\work', // goes on after the line break",
  "}",
  "",
].join("\r\n");

const value = {
  agents: { list: [{ id: "main", agentDir: `${home}\\agents\\main` }] },
  [String.raw`C:\Users\ann`]: String.raw`D:\temp\x`,
  skills: { load: [share] },
  more: [String.raw`C:\Users\ann`, "C:/Users/ann"],
  workspace: String.raw`E:\work`,
};

describe("paths with backslashes", () => {
  it("are read as they are meant", () => {
    expect(parseText(text, "openclaw.json")).toEqual(value);
  });

  it("are found by pointers, in which a backslash is nothing special", () => {
    const [range] = locate(text, [String.raw`/C:\Users\ann`]);
    expect(range?.position).toEqual({ line: 4, column: 3 });
  });

  it.each<[string, Operation[], (text: string) => string]>([
    [
      "a value beside them",
      [{ op: "replace", path: "/agents/list/0/id", value: "work" }],
      (old) => old.replace('"main"', '"work"'),
    ],
    [
      "one of them",
      [{ op: "replace", path: "/agents/list/0/agentDir", value: String.raw`D:\agents` }],
      (old) => old.replace(String.raw`"C:\\Users\\ann\\.openclaw\\agents\\main"`, () => String.raw`"D:\\agents"`),
    ],
    [
      "an item of a list of them",
      [{ op: "add", path: "/skills/load/1", value: String.raw`C:\new\table` }],
      (old) => old.replace(String.raw`models\\new"`, () => String.raw`models\\new", "C:\\new\\table"`),
    ],
    [
      "the one on two lines",
      [{ op: "replace", path: "/workspace", value: String.raw`E:\other` }],
      (old) => old.replace("'E:\\\r\n\\\\work'", () => String.raw`'E:\\other'`),
    ],
    [
      "a member whose name is one",
      [{ op: "remove", path: String.raw`/C:\Users\ann` }],
      (old) => old.replace(/^ {2}"C:.*\r\n/m, ""),
    ],
  ])("keep every other byte when an edit changes %s", (_, operations, edited) => {
    const written = applyPatchToText(text, operations);
    expect(written).toBe(edited(text));
    expect(written.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  it("are shown in a plan as the file spells them, without a sign of its line ends", () => {
    const planned = plan(
      { aliases: { "a/b": "B" } },
      {
        on: {
          config: text.replace("{ list:", () => String.raw`{ defaults: { workspace: "C:\\ws", models: {} }, list:`),
        },
      },
    );
    const shown = renderPlan(planned, { color: false, width: 200, showSecrets: false });
    expect(shown).toContain(
      String.raw`+  agents: { defaults: { workspace: "C:\\ws", models: { "a/b": { alias: "B" } } }, list:`,
    );
    expect(shown).not.toMatch(/\r|\\r|␍/);
  });

  it("hide no key that stands beside them", () => {
    const secret = "test-key-of-nobody-1234567890";
    const masked = maskText(
      String.raw`{ models: { providers: { x: { baseUrl: "C:\\", apiKey: "${secret}" } } } }`,
      "config",
    );
    expect(masked).not.toContain(secret);
    expect(masked).toContain(String.raw`"C:\\"`);
  });
});
