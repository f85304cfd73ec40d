/** Past applies as their users meet them: listed, shown, taken back, looked after. */

import { cpSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import JSON5 from "json5";
import { describe, expect, it } from "vitest";
import { findings } from "../../src/core/validate.js";
import { undo } from "../../src/index.js";
import { config, type Home, makeHome, type Result, store } from "./harness.js";

const key = "test-key-kilo-1234567890";
const env = { KILOCODE_API_KEY: key };
const before = `// my agent
{
  agents: { defaults: {
    model: { primary: "anthropic/claude-opus-4-6", fallbacks: ["openai/gpt-5.2"] }, // the good one
  } },
  env: { vars: { SOME_TOKEN: "test-old-secret-value" } },
}
`;
const setup = `{
  providers: { kilocode: { apiKey: { env: "KILOCODE_API_KEY" } } },
  model: { primary: "kilocode/kilo/auto", fallbacks: { append: ["openrouter/auto"] } },
}
`;
const history = ".openclaw/clawform/history";

async function applied(files: { [file: string]: string } = {}): Promise<Home> {
  const at = makeHome({ [config]: before, "clawform.json5": setup, ...files });
  expect(await at.run(["apply", "--yes", "--quiet"], { env })).toMatchObject({ code: 0, err: "" });
  return at;
}

/** The machine's own facts out of an output. */
function plain(text: string, at: Home): string {
  return text
    .replaceAll(at.dir, "~")
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z/g, "TIME")
    .replaceAll(/clawform \d+\.\d+\.\d+/g, "clawform VERSION");
}

const json = ({ out }: Result): { [key: string]: unknown } => JSON.parse(out) as { [key: string]: unknown };

function replace(at: Home, from: string, to: string, file = config): void {
  const text = at.read(file);
  expect(text).toContain(from);
  at.write(file, text.replace(from, to));
}

describe("history", () => {
  it("lists applies, the newest first, and what was undone", async () => {
    const at = await applied();
    await at.run(["models", "set", "kilocode/x", "--yes"]);
    await at.run(["undo", "--yes"]);
    const { code, out, err } = await at.run(["history"], { console: { width: 140 } });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(plain(out, at).replaceAll(/ +$/gm, "")).toBe(
      `#  when                  command     undone  files                              what
3  TIME  undo        -       openclaw.json                      undo 2
2  TIME  models set  by 3    openclaw.json                      default model kilocode/x
1  TIME  apply       -       openclaw.json, auth-profiles.json  provider kilocode, default model kilocode/kilo/auto,
                                                                                fallbacks
`,
    );
    expect(readdirSync(at.path(history))).toHaveLength(3);
    for (const name of readdirSync(at.path(history))) expect(statSync(at.path(history, name)).mode & 0o777).toBe(0o600);
  });

  it("--json says it to programs, without any content", async () => {
    const at = await applied();
    const result = await at.run(["history", "--json"]);
    expect(json(result)).toMatchObject({
      format: 1,
      entries: [
        {
          number: 1,
          command: "apply",
          setup: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
          undoes: null,
          undoneBy: null,
          files: [{ file: "openclaw.json" }, { file: "auth-profiles.json", before: null }],
          steps: ["provider kilocode", "default model kilocode/kilo/auto", "fallbacks"],
        },
      ],
      problems: [],
    });
    expect(result.out).not.toContain(key);
  });

  it("says so when there is none", async () => {
    const at = makeHome();
    expect(await at.run(["history"])).toEqual({ code: 0, out: "No apply is recorded.\n", err: "" });
    expect(json(await at.run(["history", "--json"]))).toEqual({ format: 1, entries: [], problems: [] });
  });

  it("reports a damaged entry and lists the rest", async () => {
    const at = await applied();
    await at.run(["apply", "-", "--yes"], { input: '{ aliases: { "x/y": "Why" } }' });
    const [, newest = ""] = readdirSync(at.path(history)).sort();
    at.write(`${history}/${newest}`, "{");
    const listed = await at.run(["history"]);
    expect(listed.code).toBe(0);
    expect(listed.out).toMatch(/^2 .* cannot be read\n1 .*apply/ms);
    expect(listed.err.replaceAll(/\s+/g, " ")).toContain("is damaged: it is not JSON");
    expect(await at.run(["history", "show", "2"])).toMatchObject({ code: 65, out: "" });
    expect(await at.run(["undo", "--yes"])).toMatchObject({
      code: 65,
      err: expect.stringContaining("undo N") as string,
    });
    expect(await at.run(["undo", "1", "--dry-run"])).toMatchObject({ code: 0 });
    expect(await at.run(["status"])).toMatchObject({ code: 1, out: "Apply 2 cannot be read.\n" });
  });

  it("show gives the diff as plan did, with its keys masked", async () => {
    const at = makeHome({ [config]: before, "clawform.json5": setup });
    // What only mattered before it was done is not kept.
    const planned = await at.run(["plan"], { env });
    await at.run(["apply", "--yes"], { env });
    const shown = await at.run(["history", "show", "1"]);
    expect(plain(shown.out, at)).toBe(
      `apply 1  TIME  apply  clawform VERSION\n\n${plain(planned.out, at).replace(/\ninfo: [^]*/, "")}`,
    );
    const machine = await at.run(["history", "show", "1", "--json"]);
    const { number, applied: done, files } = json(machine);
    expect([number, done, (files as unknown[]).length]).toEqual([1, true, 2]);
    const patch = await at.run(["history", "show", "1", "--format", "json-patch", "--file", "auth-profiles.json"]);
    expect(JSON.parse(patch.out)).toContainEqual({ op: "add", path: "/version", value: 1 });
    for (const { out } of [shown, machine, patch]) {
      expect(out).not.toContain(key);
      expect(out).not.toContain("test-old-secret-value");
    }
    expect((await at.run(["history", "show", "1", "--show-secrets"])).out).toContain(key);
    expect((await at.run(["history", "show", "1", "--quiet"])).out).toBe(
      "2 files, 8 additions, 1 change, 0 removals\n",
    );
  });

  it("show refuses what is no number of an apply", async () => {
    const at = await applied();
    expect(await at.run(["history", "show", "2"])).toMatchObject({
      code: 64,
      err: expect.stringContaining("there is no apply 2") as string,
    });
    expect((await at.run(["history", "show", "x"])).code).toBe(64);
    expect((await at.run(["history", "show"])).code).toBe(64);
    expect((await at.run(["history", "tell", "1"])).code).toBe(64);
  });

  it("keeps as many as it is told, 20 by default", async () => {
    const at = await applied();
    for (let index = 0; index < 21; index += 1) await at.run(["models", "set", `a/m${index}`, "--yes"]);
    const numbers = (json(await at.run(["history", "--json"]))["entries"] as { number: number }[]).map(
      (one) => one.number,
    );
    expect([numbers.length, numbers[0], numbers.at(-1)]).toEqual([20, 22, 3]);
    await at.run(["models", "set", "a/last", "--yes", "--keep", "2"]);
    expect(readdirSync(at.path(history))).toHaveLength(2);
    await at.run(["models", "set", "a/none", "--yes", "--keep", "0"]);
    expect(readdirSync(at.path(history))).toEqual([]);
    expect((await at.run(["models", "set", "a/x", "--keep", "-1"])).code).toBe(64);
  });
});

describe("undo", () => {
  it("gives back the bytes there were, and takes away the file that was new", async () => {
    const at = await applied();
    const result = await at.run(["undo", "--yes"]);
    expect(result).toMatchObject({ code: 0, err: "" });
    expect(plain(result.out, at)).toContain("auth-profiles.json  removed\n");
    expect(result.out).toMatch(
      /2 files, 0 additions, 1 change, 7 removals\nUndone: wrote openclaw.json; removed auth-profiles.json.\n$/,
    );
    expect(result.out).not.toContain(key);
    expect(at.read(config)).toBe(before);
    expect(at.exists(store)).toBe(false);
  });

  it("in a copy of a home is of the copy, and in one that was moved of where it is now", async () => {
    const at = await applied();
    const files = (folder: string): string[] =>
      readdirSync(at.path(folder), { recursive: true, encoding: "utf8" })
        .sort()
        .map((name) => (statSync(at.path(folder, name)).isFile() ? `${name}: ${at.read(`${folder}/${name}`)}` : name));
    const original = files(".openclaw");
    cpSync(at.path(".openclaw"), at.path("copy"), { recursive: true });
    expect((await at.run(["status", "--state-dir", "copy"])).code).toBe(0);
    expect((await at.run(["undo", "--yes", "--state-dir", "copy"])).code).toBe(0);
    expect(at.read("copy/openclaw.json")).toBe(before);
    expect(at.exists("copy/agents/main/agent/auth-profiles.json")).toBe(false);
    expect(files(".openclaw")).toEqual(original);

    renameSync(at.path(".openclaw"), at.path("moved"));
    expect((await at.run(["status", "--state-dir", "moved"])).code).toBe(0);
    expect((await at.run(["undo", "--yes", "--state-dir", "moved"])).code).toBe(0);
    expect(at.read("moved/openclaw.json")).toBe(before);
  });

  it("does not mind what was wrong before the apply", async () => {
    const wrong = '{ models: { providers: { kilocode: { baseUrl: "https://a.example/v1" } } } }\n';
    const at = makeHome({ [config]: wrong, "clawform.json5": setup });
    expect((await at.run(["apply", "--yes"], { env })).code).toBe(0);
    at.write(config, `// mine\n${at.read(config)}`);
    const { code, err } = await at.run(["undo", "--yes"]);
    expect({ code, err: code === 0 ? "" : err }).toEqual({ code: 0, err: "" });
    expect(at.read(config)).toMatch(/^\/\/ mine\n/);
    expect(JSON5.parse(at.read(config))).toEqual(JSON5.parse(wrong));
  });

  it("is an apply itself: undone, it is done again, byte for byte", async () => {
    const at = await applied();
    const texts = [at.read(config), at.read(store)];
    await at.run(["undo", "--yes"]);
    expect(await at.run(["undo", "2", "--yes"])).toMatchObject({ code: 0, err: "" });
    expect([at.read(config), at.read(store)]).toEqual(texts);
    expect(statSync(at.path(store)).mode & 0o777).toBe(0o600);
    // The first apply stands again, so it is what the next undo takes back.
    await at.run(["undo", "--yes"]);
    expect(at.read(config)).toBe(before);
  });

  it("goes back one apply after the other, and then says that nothing is left", async () => {
    const at = await applied();
    await at.run(["models", "set", "a/b", "--yes"]);
    await at.run(["undo", "--yes"]);
    expect(at.read(config)).toContain("kilocode/kilo/auto");
    await at.run(["undo", "--yes"]);
    expect(at.read(config)).toBe(before);
    const nothing = await at.run(["undo", "--yes"]);
    expect(nothing.code).toBe(0);
    expect(nothing.out).toContain("Nothing to undo.\n\ninfo: every apply in the history is undone already");
    const twice = await at.run(["undo", "2", "--yes"]);
    expect(twice.out).toContain("apply 2 is undone already, by 3; clawform undo 3 does it again");
    expect(readdirSync(at.path(history))).toHaveLength(4);
    expect((await makeHome().run(["undo"])).out).toContain("no apply is recorded");
    expect(await at.run(["undo", "9"])).toMatchObject({ code: 64 });
  });

  it("takes an older apply out from under later ones", async () => {
    const at = makeHome({ [config]: before, "clawform.json5": '{ aliases: { "x/y": "Why" } }' });
    await at.run(["apply", "--yes"]);
    await at.run(["models", "set", "a/b", "--yes"]);
    expect(await at.run(["undo", "1", "--yes"])).toMatchObject({ code: 0, err: "" });
    expect(at.read(config)).toBe(
      before
        .replace("anthropic/claude-opus-4-6", "a/b")
        .replace("// the good one\n", '// the good one\n    models: { "a/b": {} },\n'),
    );
  });

  it("keeps what others wrote since", async () => {
    const at = await applied();
    replace(at, "// my agent\n{", "// my agent\n{\n  // mine\n  gateway: { port: 1234 },");
    replace(at, '"version": 1,', '"version": 1,\n  "extra": { "by": "others" },', store);
    expect(await at.run(["undo", "--yes"])).toMatchObject({ code: 0, err: "" });
    expect(at.read(config)).toBe(before.replace("{", "{\n  // mine\n  gateway: { port: 1234 },"));
    expect(JSON.parse(at.read(store))).toEqual({ extra: { by: "others" } });
  });

  it("lists conflicts, masked, and writes nothing", async () => {
    const at = await applied();
    replace(at, '"kilocode/kilo/auto", fallbacks', '"other/model", fallbacks');
    replace(at, key, "test-key-new-0987654321", store);
    const texts = [at.read(config), at.read(store)];
    const result = await at.run(["undo", "--yes"]);
    expect(result).toMatchObject({ code: 1, out: "" });
    expect(plain(result.err, at)).toBe(
      `error: /agents/defaults/model/primary has changed since apply 1: it is "other/model" now, and was
  left as "kilocode/kilo/auto"
  openclaw.json:4:14 /agents/defaults/model/primary
  Nothing was written. Set it back to what the apply left, or to what it was before, and undo again;
  or change it by hand.
error: /profiles/kilocode:default/key has changed since apply 1: it is "***" now, and was left as
  "***"
  auth-profiles.json:7:7 /profiles/kilocode:default/key
  Nothing was written. Set it back to what the apply left, or to what it was before, and undo again;
  or change it by hand.
`,
    );
    expect([at.read(config), at.read(store)]).toEqual(texts);
    expect(readdirSync(at.path(history))).toHaveLength(1);
    const machine = await at.run(["undo", "--json"]);
    expect(machine.code).toBe(1);
    expect(findings("plan-output", json(machine))).toEqual([]);
    expect(machine.out + machine.err).not.toMatch(/test-key/);
  });

  it("--dry-run and --json show what it would do; nothing is asked or written", async () => {
    const at = await applied();
    const text = at.read(config);
    const dry = await at.run(["undo", "--dry-run"]);
    expect(dry.out).toMatch(/-.*kilocode\/kilo\/auto/);
    const machine = json(await at.run(["undo", "--dry-run", "--json"]));
    expect(findings("plan-output", machine)).toEqual([]);
    expect(machine).toMatchObject({ changed: true, applied: false, files: [{}, { after: null }] });
    expect(at.read(config)).toBe(text);
    expect(readdirSync(at.path(history))).toHaveLength(1);
    expect(json(await at.run(["undo", "--json"]))).toMatchObject({ changed: true, applied: true });
    expect(at.read(config)).toBe(before);
  });

  it("gives included files back as well, and keeps what others put into one of them", async () => {
    const at = makeHome({
      [config]: '{ models: { $include: "./models.json5" }, agents: { $include: "./agents.json5" } }\n',
      ".openclaw/models.json5": "{ mode: 'merge' } // ours\n",
      ".openclaw/agents.json5": "{ defaults: { model: 'a/b' } }\n",
      "clawform.json5": setup,
    });
    const included = [".openclaw/models.json5", ".openclaw/agents.json5", config];
    const texts = included.map((file) => at.read(file));
    await at.run(["apply", "--yes"], { env });
    expect(at.read(".openclaw/models.json5")).toContain("kilocode");
    await at.run(["undo", "--yes"]);
    expect(included.map((file) => at.read(file))).toEqual(texts);
    await at.run(["undo", "2", "--yes"]);
    replace(at, "mode: 'merge'", "mode: 'merge', x: 1", ".openclaw/models.json5");
    expect(await at.run(["undo", "--yes"])).toMatchObject({ code: 0, err: "" });
    expect(at.read(".openclaw/models.json5")).toBe("{\n  mode: 'merge', x: 1\n} // ours\n");
    expect(at.read(".openclaw/agents.json5")).toBe(texts[1]);
  });

  it("refuses to leave half a provider, also one in an included file", async () => {
    for (const files of [
      { [config]: "{}\n" },
      { [config]: '{ models: { $include: "./models.json5" } }\n', ".openclaw/models.json5": "{}\n" },
    ]) {
      const at = await applied(files);
      const file = ".openclaw/models.json5" in files ? ".openclaw/models.json5" : config;
      replace(at, "https://api.kilo.ai/api/gateway/", "https://kilo.example/", file);
      replace(at, /baseUrl: |"baseUrl": /.exec(at.read(file))?.[0] ?? "", '"headers": { "X-A": "b" }, $&', file);
      replace(at, "https://kilo.example/", "https://api.kilo.ai/api/gateway/", file);
      const text = at.read(file);
      const result = await at.run(["undo", "--yes"]);
      expect(result.code).toBe(1);
      expect(result.err).toContain("what others added since would be invalid");
      expect(at.read(file)).toBe(text);
    }
  });

  it("works from a program", async () => {
    const at = await applied();
    const options = { env: { HOME: at.dir }, cwd: at.dir };
    const dry = await undo({ ...options, dryRun: true });
    expect([dry.plan.changes.length, dry.report.files]).toEqual([2, []]);
    const { report } = await undo(options);
    expect(report.files.map(({ file, outcome }) => [file, outcome])).toEqual([
      ["openclaw.json", "replaced"],
      ["auth-profiles.json", "removed"],
    ]);
    expect(at.read(config)).toBe(before);
    await undo({ ...options, number: 2, keep: 1 });
    expect(at.exists(store)).toBe(true);
    expect(readdirSync(at.path(history))).toHaveLength(1);
    await expect(undo({ ...options, number: 99 })).rejects.toMatchObject({ code: "no-entry", kind: "usage" });
    await expect(undo({ ...options, keep: 1.5 })).rejects.toMatchObject({ code: "keep" });
    await expect(undo({ ...options, lockTimeout: Number.NaN })).rejects.toMatchObject({ code: "lock-timeout" });
  });
});

describe("status", () => {
  it("says that the last apply stands", async () => {
    const at = await applied();
    const { code, out, err } = await at.run(["status"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(plain(out, at)).toBe(
      "Apply 1 (apply, TIME) stands.\n  openclaw.json       as it was left\n  auth-profiles.json  as it was left\n",
    );
    expect(json(await at.run(["status", "--json"]))).toMatchObject({
      format: 1,
      stands: true,
      last: { number: 1, command: "apply", undoes: null },
      files: [{ state: "unchanged" }, { state: "unchanged" }],
      problems: [],
    });
    expect((await at.run(["status", "--quiet"])).out).toBe("");
    expect(await makeHome().run(["status"])).toEqual({ code: 0, out: "No apply is recorded.\n", err: "" });
    expect(json(await makeHome().run(["status", "--json"]))).toMatchObject({ stands: true, last: null, files: [] });
  });

  it("stands while others write beside it", async () => {
    const at = await applied();
    replace(at, "// my agent\n{", "// my agent\n{ gateway: { port: 1 },");
    const { code, out } = await at.run(["status"]);
    expect(code).toBe(0);
    expect(out).toContain("openclaw.json       changed since; all that was written is still there");
  });

  it("tells that a gateway has written its old copy back, and what to do", async () => {
    const at = await applied();
    at.write(
      config,
      `${JSON.stringify({ ...(oldValue() as object), meta: { lastTouchedVersion: "2026.5.6" } }, null, 2)}\n`,
    );
    const { code, out, err } = await at.run(["status"]);
    expect(code).toBe(1);
    expect(plain(out, at)).toBe(
      "Apply 1 (apply, TIME) does not stand any more.\n  openclaw.json       as it was before\n  auth-profiles.json  as it was left\n",
    );
    expect(err.replaceAll(/\s+/g, " ")).toContain("another program has put its old content back");
    expect(err.replaceAll(/\s+/g, " ")).toContain("Stop the gateway, apply again, start it.");
    // And that is what helps.
    await at.run(["apply", "--yes"], { env });
    expect((await at.run(["status"])).code).toBe(0);
  });

  it("names what is gone, and files that are", async () => {
    const at = await applied();
    replace(at, '"kilocode/kilo/auto", fallbacks', '"other/model", fallbacks');
    rmSync(at.path(store));
    const document = json(await at.run(["status", "--json"]));
    expect(document).toMatchObject({
      stands: false,
      files: [
        { file: "openclaw.json", state: "overwritten", reverted: [], replaced: ["/agents/defaults/model/primary"] },
        { file: "auth-profiles.json", state: "reverted" },
      ],
      problems: [{ code: "apply-overwritten" }, { code: "apply-reverted" }],
    });
    at.write(config, "{ broken");
    const broken = await at.run(["status"]);
    expect(broken.code).toBe(1);
    expect(broken.out).toContain("openclaw.json       cannot be read");
    expect(broken.err).toContain("openclaw.json:1:");
  });

  it("is about an undo as well", async () => {
    const at = await applied();
    await at.run(["undo", "--yes"]);
    expect(plain((await at.run(["status"])).out, at)).toContain("Apply 2 (undo of 1, TIME) stands.");
  });

  it("reports an apply that was interrupted", async () => {
    const at = await applied();
    writeFileSync(at.path(".openclaw/clawform/journal.json"), "{");
    const { code, out, err } = await at.run(["status"]);
    expect(code).toBe(1);
    expect(err).toContain("an apply was interrupted");
    expect(out).toContain("stands, but see above");
  });
});

function oldValue(): unknown {
  return {
    agents: { defaults: { model: { primary: "anthropic/claude-opus-4-6", fallbacks: ["openai/gpt-5.2"] } } },
    env: { vars: { SOME_TOKEN: "test-old-secret-value" } },
  };
}
