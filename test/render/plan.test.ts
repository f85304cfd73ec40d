import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import jsonPatch from "fast-json-patch";
import { describe, expect, it } from "vitest";
import { diffDocuments } from "../../src/core/compare.js";
import { patchJson, planJson } from "../../src/render/json.js";
import { renderPlan } from "../../src/render/plan.js";
import type { Json, Plan } from "../../src/types.js";
import { changedKey, fresh, oneValue, renamed, severalSteps, warned } from "./fixtures.js";
import { planOf, pretty } from "./plans.js";

const plainly = { color: false, width: 80, showSecrets: false };
const nothing: Plan = { format: 1, steps: [], changes: [], problems: [] };
const wrong: Plan = {
  ...nothing,
  problems: [{ code: "x", severity: "error", file: "openclaw.json", pointer: "/x", message: "it is wrong", hint: "" }],
};

describe("renderPlan", () => {
  it("says in one line that nothing changes", () => {
    expect(renderPlan(nothing, plainly)).toBe("No changes. Everything is in place.\n");
    expect(renderPlan({ ...nothing, problems: warned.problems.slice(0, 1) }, plainly)).toBe(
      "No changes. Everything is in place.\n\ninfo: nothing was read from the network\n",
    );
  });

  it("does not call a refused plan one without changes", () => {
    expect(renderPlan(wrong, plainly)).toBe(
      "Nothing was planned: 1 error.\n\nerror: it is wrong\n  openclaw.json /x\n",
    );
  });

  it("says when it has been done", () => {
    expect(
      renderPlan(oneValue, { ...plainly, applied: true })
        .split("\n")
        .slice(-3),
    ).toEqual(["1 file, 0 additions, 1 change, 0 removals", "Applied.", ""]);
  });

  it("leaves out what is not asked for when quiet", () => {
    expect(renderPlan(warned, { ...plainly, quiet: true })).toBe(
      [
        "1 file, 0 additions, 1 change, 0 removals",
        "",
        'warning: the alias "GPT" of kilocode/kilo/auto is also that of openai/gpt-5.5',
        "  openclaw.json:21:38 /agents/defaults/models/openai~1gpt-5.5/alias",
        "  OpenClaw takes the last one; give one of them another alias.",
        "warning: the key *** stands in the setup",
        "  clawform.json5:3:18 /providers/kilocode/apiKey",
        '  Use { env: "KILOCODE_API_KEY" }.',
        "",
      ].join("\n"),
    );
    expect(renderPlan(nothing, { ...plainly, quiet: true })).toBe("No changes. Everything is in place.\n");
  });

  it("shows secrets when told to", () => {
    const shown = renderPlan(changedKey, { ...plainly, showSecrets: true });
    expect(shown).toContain('-      "key": "sk-test-former-key"');
    expect(shown).toContain('+      "key": "sk-test-next-key"');
  });

  it("never cuts or wraps a line of the file", () => {
    const narrow = renderPlan(fresh, { ...plainly, width: 20 }).split("\n");
    const wide = renderPlan(fresh, { ...plainly, width: Number.POSITIVE_INFINITY }).split("\n");
    const file = (lines: string[]): string[] => lines.filter((line) => line.startsWith("+"));
    expect(file(narrow)).toEqual(file(wide));
    expect(
      narrow.filter((line) => line.startsWith("#")).every((line) => line.length <= 20 || !line.slice(4).includes(" ")),
    ).toBe(true);
  });

  it("shows a carriage return only where line ends change", () => {
    const plan = planOf([
      { before: '{"a": 1}\r\n', after: '{"a": 2}\n', patch: [["x", { op: "replace", path: "/a", value: 2 }]] },
    ]);
    expect(renderPlan(plan, plainly)).toContain('-{"a": 1}\\x0d\n+{"a": 2}\n');
  });

  it("says where a file has no last line end, and hides a byte order mark", () => {
    const plan = planOf([
      { before: '\uFEFF{"a": 1}', after: '\uFEFF{"a": 2}\n', patch: [["x", { op: "replace", path: "/a", value: 2 }]] },
    ]);
    expect(renderPlan(plan, plainly)).toContain('-{"a": 1}\n\\ No newline at end of file\n+{"a": 2}\n\n');
  });

  it("names the steps of each hunk apart", () => {
    const list = Array.from({ length: 30 }, (_, index) => `m${index}`);
    const before = {
      env: { vars: { A: "1" } },
      agents: { defaults: { model: { primary: "a/b", fallbacks: list } } },
      gateway: { port: 1 },
    };
    const after = {
      env: { vars: { A: "2" } },
      agents: { defaults: { model: { primary: "a/b", fallbacks: list.toSpliced(5, 1) } } },
      gateway: { port: 2 },
    };
    const plan = planOf([
      {
        before: pretty(before),
        after: pretty(after),
        patch: [
          ["variables", { op: "replace", path: "/env/vars/A", value: "2" }],
          ["fewer", { op: "remove", path: "/agents/defaults/model/fallbacks/5" }],
          ["gateway", { op: "replace", path: "/gateway/port", value: 2 }],
        ],
      },
    ]);
    expect(
      renderPlan(plan, plainly)
        .split("\n")
        .filter((line) => line.startsWith("@@")),
    ).toEqual([
      "@@ -1,7 +1,7 @@ variables: variable A",
      "@@ -14,7 +14,6 @@ fewer: fallbacks removed",
      "@@ -44,6 +43,6 @@ gateway: gateway port",
    ]);
  });

  it("follows items that later steps moved", () => {
    const spread = (items: string[]): Json => ({
      list: items.flatMap((item) => [item, ...Array.from({ length: 8 }, (_, index) => `${item}${index}`)]),
    });
    const plan = planOf([
      {
        before: pretty(spread(["a", "b"])),
        after: pretty({
          list: [
            "first",
            ...(spread(["a"]) as { list: string[] }).list,
            "new",
            ...(spread(["b"]) as { list: string[] }).list,
          ],
        }),
        patch: [
          ["new one", { op: "add", path: "/list/9", value: "new" }],
          ["first one", { op: "add", path: "/list/0", value: "first" }],
        ],
      },
    ]);
    expect(
      renderPlan(plan, plainly)
        .split("\n")
        .filter((line) => /^(@@|\+)/.test(line)),
    ).toEqual([
      "@@ -1,5 +1,6 @@ first one: list 0",
      '+    "first",',
      "@@ -9,6 +10,7 @@ new one: list 9",
      '+    "new",',
    ]);
  });
});

describe("planJson", () => {
  it("has the contract's shape", () => {
    expect(planJson(changedKey, { applied: true, showSecrets: false })).toEqual({
      format: 1,
      changed: true,
      applied: true,
      files: [
        {
          file: "auth-profiles.json",
          path: "/home/me/.openclaw/agents/main/agent/auth-profiles.json",
          before: changedKey.changes[0]?.before?.sha256,
          after: changedKey.changes[0]?.after?.sha256,
          patch: [{ op: "replace", path: "/profiles/kilocode:default/key", value: "***" }],
          steps: ["provider kilocode"],
        },
      ],
      problems: [],
    });
    expect(
      Object.keys((planJson(fresh, { applied: false, showSecrets: false })["files"] as Json[])[0] as object),
    ).toEqual(["file", "path", "before", "after", "patch", "steps"]);
  });

  it("lists steps once, in order, null for a new file, no file that stays", () => {
    const json = planJson({ ...fresh, problems: warned.problems }, { applied: false, showSecrets: false }) as {
      files: { steps: string[]; before: unknown }[];
      problems: Json[];
    };
    expect(json.files.map(({ steps, before }) => [steps, before])).toEqual([
      [["provider kilocode", "default model kilocode/kilo/auto"], null],
      [["provider kilocode"], null],
    ]);
    expect(json.problems[0]).toEqual({
      code: "include",
      severity: "info",
      file: "",
      pointer: "",
      message: "nothing was read from the network",
      hint: "",
    });
    expect(json.problems[1]).toMatchObject({ line: 21, column: 38 });
    expect(planJson(nothing, { applied: false, showSecrets: false })).toEqual({
      format: 1,
      changed: false,
      applied: false,
      files: [],
      problems: [],
    });
  });

  it("is whole when secrets may be shown", () => {
    const patch = (planJson(changedKey, { applied: false, showSecrets: true })["files"] as { patch: Json[] }[])[0]
      ?.patch;
    expect(patch).toEqual([
      { op: "test", path: "/profiles/kilocode:default/key", value: "sk-test-former-key" },
      { op: "replace", path: "/profiles/kilocode:default/key", value: "sk-test-next-key" },
    ]);
  });
});

describe("patchJson", () => {
  it("is one file's patch, by label or path; empty for a file that stays", () => {
    expect(patchJson(renamed, "openclaw.json", { showSecrets: false })).toEqual([
      { op: "move", from: "/models/providers/Kilocode", path: "/models/providers/kilocode" },
    ]);
    expect(patchJson(renamed, "/home/me/.openclaw/openclaw.json", { showSecrets: false })).toHaveLength(1);
    expect(patchJson(renamed, "auth-profiles.json", { showSecrets: false })).toEqual([]);
    expect(patchJson(changedKey, "auth-profiles.json", { showSecrets: true })).toHaveLength(2);
  });
});

describe("the law: no output holds a secret", () => {
  const secret = fc.string({ minLength: 1, maxLength: 10 }).map((text) => `test-key-${text}`);
  const place = fc.constantFrom<(text: string) => [string, Json]>(
    (text) => ["apiKey", text],
    (text) => ["gateway", { auth: { token: text }, remote: { password: text } }],
    (text) => ["env", { vars: { X_TOKEN: text, TEAM: "blue" }, MY_SECRET: text }],
    (text) => [
      "models",
      {
        providers: {
          x: { apiKey: text, headers: { Authorization: `Bearer ${text}`, "User-Agent": "x" }, models: [{ id: "m" }] },
        },
      },
    ],
    (text) => ["profiles", { "x:default": { type: "oauth", provider: "x", token: text, key: text } }],
    (text) => [
      "mcp",
      {
        servers: {
          x: {
            args: ["--token", text, `--api-key=${text}`],
            env: { X_KEY: text },
            url: `https://u:${encodeURIComponent(text)}@h/?key=${encodeURIComponent(text)}`,
          },
        },
      },
    ],
    (text) => ["tts", [{ apiKey: { nested: 1 }, password: text }, "plain"]],
  );
  const member = fc.oneof(
    fc.tuple(place, secret).map(([put, text]) => put(text)),
    fc.tuple(
      fc.constantFrom("name", "port", "models", "env"),
      fc.constantFrom<Json>("x", 1, null, { mode: "merge" }, ["a", "b"]),
    ),
  );
  const document = fc.array(member, { maxLength: 6 }).map((entries): Json => Object.fromEntries(entries));

  it("rendered, as JSON, as a patch; coloured or not, wide or narrow", () => {
    fc.assert(
      fc.property(
        document,
        document,
        fc.constantFrom("config" as const, "auth" as const),
        fc.constantFrom(24, 80),
        fc.boolean(),
        (before, after, kind, width, color) => {
          const patch = diffDocuments(before, after).map((operation) => ["a step", operation] as const);
          const plan = planOf(
            [
              {
                document: kind === "config" ? { kind } : { kind, agent: "main" },
                before: pretty(before),
                after: pretty(after),
                patch,
              },
            ],
            [{ code: "x", severity: "warning", file: "x", pointer: "/x", message: "a problem", hint: "" }],
            [{ input: after }],
          );
          const patched = patchJson(plan, "openclaw.json", { showSecrets: false });
          const output = [
            renderPlan(plan, { color, width, showSecrets: false }),
            JSON.stringify(planJson(plan, { applied: false, showSecrets: false })),
            JSON.stringify(patched),
          ];
          expect(output.map(stripVTControlCharacters).join("\n")).not.toContain("test-key-");
          jsonPatch.applyPatch(JSON.parse(JSON.stringify(before)) as object, structuredClone(patched), true);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it("nor in a message that lets one slip", () => {
    const plan = planOf(
      [
        {
          before: '{ apiKey: "test-key-1" }',
          after: "{}",
          patch: [["the step of test-key-1", { op: "remove", path: "/apiKey" }]],
        },
      ],
      [
        {
          code: "x",
          severity: "warning",
          file: "x",
          pointer: "/x",
          message: "cannot use test-key-1",
          hint: "not test-key-1",
        },
      ],
    );
    expect(
      renderPlan(plan, plainly) + JSON.stringify(planJson(plan, { applied: false, showSecrets: false })),
    ).not.toContain("test-key-1");
  });

  it("and what is not secret stays readable", () => {
    expect(renderPlan(severalSteps, plainly)).toContain('"kilocode/kilo/auto"');
  });
});
