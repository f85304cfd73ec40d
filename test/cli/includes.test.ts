/** Configurations put together from several files: an edit goes to the file that owns the value, `$include` stays. */

import { chmodSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { config, type Home, makeHome, store } from "./harness.js";

const files = {
  [config]: `// the root
{
  $include: "./base.json5",
  models: { $include: "./models.json5" }, // ours
  channels: { $include: ["./channels/telegram.json5"] },
}
`,
  ".openclaw/base.json5":
    '{ agents: { defaults: { model: { primary: "openai/gpt-5.5", fallbacks: ["openrouter/auto"] } } } } // the base\n',
  ".openclaw/models.json5":
    "{\n  mode: 'merge',\n  providers: {\n    // the rack\n    rack: { baseUrl: 'http://10.0.0.5/v1', apiKey: '${RACK_KEY}', models: [] },\n  },\n}\n",
  ".openclaw/channels/telegram.json5": "{ telegram: { enabled: true } }\n",
};
const setup = '{ providers: { kilocode: { apiKey: { env: "K" } } }, model: { primary: "kilocode/kilo/auto" } }';
const env = { K: "test-key-1234567890" };
const home = (more: Record<string, string> = {}): Home => makeHome({ ...files, "clawform.json5": setup, ...more });

describe("$include", () => {
  it("edits each file where its values stand, keeps the includes, has nothing to do the second time", async () => {
    const at = home();
    const plan = JSON.parse((await at.run(["plan", "--json"], { env })).out) as { files: { file: string }[] };
    expect(plan.files.map(({ file }) => file).sort()).toEqual([
      "auth-profiles.json",
      "base.json5",
      "models.json5",
      "openclaw.json",
    ]);
    expect(await at.run(["apply", "--yes"], { env })).toMatchObject({ code: 0, err: "" });
    expect(at.read(".openclaw/base.json5")).toContain(
      'model: { primary: "kilocode/kilo/auto", fallbacks: ["openrouter/auto"] }',
    );
    expect(at.read(".openclaw/models.json5")).toContain(
      "    // the rack\n    rack: { baseUrl: 'http://10.0.0.5/v1', apiKey: '${RACK_KEY}', models: [] },",
    );
    expect(at.read(".openclaw/models.json5")).toContain("baseUrl: 'https://api.kilo.ai/api/gateway/'");
    for (const kept of [
      '$include: "./base.json5"',
      'models: { $include: "./models.json5" }, // ours',
      '$include: ["./channels/telegram.json5"]',
    ])
      expect(at.read(config)).toContain(kept);
    expect(at.read(config)).not.toContain("kilo.ai");
    expect(at.read(".openclaw/channels/telegram.json5")).toBe(files[".openclaw/channels/telegram.json5"]);
    const before = statSync(at.path(".openclaw/models.json5")).mtimeMs;
    expect((await at.run(["apply", "--yes"], { env })).out).toContain("No changes");
    expect(statSync(at.path(".openclaw/models.json5")).mtimeMs).toBe(before);
  });

  it("prints the patch of an included file", async () => {
    const { out } = await home().run(["plan", "--format", "json-patch", "--file", "models.json5"], { env });
    expect(JSON.parse(out)).toEqual([expect.objectContaining({ op: "add", path: "/providers/kilocode" })]);
  });

  it("refuses what cannot be had without flattening, naming both files, and writes nothing", async () => {
    const lists = {
      [config]: '{ agents: { defaults: { model: { $include: ["./a.json5", "./b.json5"] } } } }\n',
      ".openclaw/a.json5": '{ fallbacks: ["x/a"] }\n',
      ".openclaw/b.json5": '{ fallbacks: ["x/b"] }\n',
    };
    const at = home({ ...lists, "clawform.json5": '{ model: { fallbacks: { append: ["x/c"] } } }' });
    const { code, err } = await at.run(["apply", "--yes"]);
    expect(code).toBe(65);
    for (const file of ["a.json5", "b.json5"]) expect(err).toContain(file);
    expect(at.read(".openclaw/a.json5")).toBe(lists[".openclaw/a.json5"]);
    expect(at.exists(store)).toBe(false);
  });

  it.each([
    ["a file that is missing", "./none.json5", "none.json5"],
    ["a file outside the configuration's directory", "../secret.json5", "outside"],
  ])("refuses %s at plan time", async (_name, name, said) => {
    const at = home({ [config]: `{ models: { $include: "${name}" } }\n`, "secret.json5": "{}" });
    expect(await at.run(["plan"], { env })).toMatchObject({ code: 65, err: expect.stringContaining(said) as string });
  });

  it("refuses an included file that cannot be written, at plan time", async () => {
    const at = home();
    chmodSync(at.path(".openclaw/models.json5"), 0o444);
    expect(await at.run(["plan"], { env })).toMatchObject({
      code: 65,
      err: expect.stringContaining("cannot be written") as string,
    });
    expect(at.exists(store)).toBe(false);
  });

  it("validates the whole, and names the file and line a problem stands in", async () => {
    const at = home({ ".openclaw/models.json5": "{\n  providers: {\n    rack: { models: 3 },\n  },\n}\n" });
    const { code, out } = await at.run(["validate"]);
    expect(code).toBe(65);
    expect(out).toContain("models.json5:3:13");
  });

  it("keeps ${VAR} as it is written, also in a block that is edited", async () => {
    const at = makeHome({
      [config]:
        '{ models: { providers: { kilocode: { baseUrl: "${KILO_URL}", apiKey: " ${KILO_KEY} ", models: [] } } } }\n',
      "clawform.json5": setup,
    });
    await at.run(["apply", "--yes"], { env: { ...env, KILO_KEY: "test-resolved-secret" } });
    expect(at.read(config)).toContain('apiKey: "${KILO_KEY}"');
    expect(at.read(config)).not.toContain("test-resolved-secret");
  });
});
