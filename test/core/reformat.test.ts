import JSON5 from "json5";
import { describe, expect, it } from "vitest";
import { makePlan } from "../../src/core/plan.js";
import { failedError } from "../../src/errors.js";
import { memorySource } from "../../src/memory.js";
import type { applyPatchToText } from "../../src/text/index.js";
import { reprint } from "../../src/text/index.js";

const text = `// one
{
  url: "http://x // no comment", /* two */
  agents: {}, // three
}
`;
const steps = [{ transform: "primary-model", title: "default model a/b", input: { model: "a/b" } }];
const source = memorySource("openclaw.json", { kind: "config" }, text);
const broken: typeof applyPatchToText = () => {
  throw failedError("text-guard", 'the edited text would not mean what was asked, at "/agents"', {
    pointer: "/agents",
    hint: "--reformat",
  });
};

describe("a text that cannot be edited", () => {
  it("stops the plan, naming file and pointer and the way out", () => {
    const { changes, problems } = makePlan({ sources: [source], edit: broken }, steps);
    expect(changes).toEqual([]);
    expect(problems).toEqual([
      expect.objectContaining({
        code: "text-guard",
        severity: "error",
        file: "openclaw.json",
        pointer: "/agents",
        hint: "--reformat",
      }),
    ]);
  });
  it("is written anew with --reformat, which says what is lost", () => {
    const { changes, problems } = makePlan({ sources: [source], edit: broken, reformat: true }, steps);
    expect(JSON5.parse(changes[0]?.after?.text ?? "")).toEqual({
      url: "http://x // no comment",
      agents: { defaults: { model: { primary: "a/b" } } },
    });
    expect(problems).toEqual([
      expect.objectContaining({ code: "gateway-reload", severity: "info" }),
      expect.objectContaining({
        code: "reformatted",
        severity: "warning",
        message: expect.stringContaining("3 comments are lost, in lines 1, 3, 4") as string,
      }),
    ]);
  });
  it("is the only one: --reformat changes nothing where the edit works", () => {
    expect(makePlan({ sources: [source], reformat: true }, steps)).toEqual(makePlan({ sources: [source] }, steps));
  });
});

describe("reprint", () => {
  it.each([
    ['{"a":1}', '{\n  "a": 1,\n  "b": 2\n}\n'],
    ["{a: NaN}", "{\n  a: NaN,\n  b: 2,\n}\n"],
  ])("%s", (before, after) => {
    expect(reprint(before, [{ op: "add", path: "/b", value: 2 }]).text).toBe(after);
  });
});
