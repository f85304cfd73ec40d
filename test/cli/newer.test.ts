/** Homes of OpenClaw releases that keep credentials in a database and their configuration in another shape. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { config, type Home, makeHome, store } from "./harness.js";

/** The real program, where there is one: path of its openclaw.mjs, and of a Node it runs on. */
const real = process.env["CLAWFORM_OPENCLAW_NEWER"] ?? "";
const node = process.env["CLAWFORM_NODE"] ?? process.execPath;
const realVersion = real === "" ? "" : spawnSync(node, [real, "--version"], { encoding: "utf8" }).stdout;
if (real === "") console.warn("skipped: asking a newer OpenClaw (CLAWFORM_OPENCLAW_NEWER is not set)");

const flat = (text: string): string => text.replaceAll(/\s+/g, " ");
const written = (release: string, { dir }: Home): string =>
  readFileSync(new URL(`../fixtures/newer/openclaw-${release}.json`, import.meta.url), "utf8").replaceAll(
    "/home/user",
    dir,
  );

/** As `credentialKeeper` knows them: a header with its schema version. */
function database(version: number): Buffer {
  const header = Buffer.alloc(100);
  header.write("SQLite format 3\0", "latin1");
  header.writeUInt32BE(version, 60);
  return header;
}

const signs: Readonly<Record<string, readonly string[]>> = {
  "2026.6.5": [".openclaw/agents/main/agent/openclaw-agent.sqlite", ".openclaw/state/openclaw.sqlite"],
  "2026.8.1": [".openclaw/config-journal-fingerprint.key", ".openclaw/state/openclaw.sqlite"],
  "2026.9.6": [".openclaw/config-journal-fingerprint.key", ".openclaw/state/openclaw.sqlite"],
};
const releases = Object.keys(signs);

/** A home as that release leaves it. */
function homeOf(release: string, files: { readonly [file: string]: string } = {}): Home {
  const home = makeHome(files);
  home.write(config, written(release, home));
  for (const sign of signs[release] ?? []) home.write(sign, database(release === "2026.6.5" ? 1 : 18));
  return home;
}

const withKey = '{ providers: { kilocode: { apiKey: { env: "K" } } } }';
const withoutKey = `{
  providers: { kilocode: {}, "my-vllm": { baseUrl: "http://10.0.0.5:8000/v1", api: "openai-completions", models: [{ id: "qwen3" }] } },
  model: { primary: "kilocode/kilo/auto", fallbacks: { append: ["openrouter/auto"] } },
  aliases: { "my-vllm/qwen3": "Q" }, env: { vars: { TEAM: "blue" } }, thinkingDefault: "low",
}`;
const env = { K: "sk-test-1" };

describe.each(releases)("a home of OpenClaw %s", (release) => {
  test("a plan with a credential is refused, says where it belongs, writes nothing, shows no key", async () => {
    const home = homeOf(release, { "clawform.json5": withKey });
    for (const argv of [["plan"], ["apply", "--yes"], ["apply", "--yes", "--json"]]) {
      const { code, out, err } = await home.run(argv, { env });
      expect([code, flat(err)]).toEqual([65, expect.stringContaining("this OpenClaw keeps credentials in a database")]);
      expect(flat(err)).toContain(
        "openclaw models auth --agent main paste-api-key --provider kilocode --profile-id kilocode:default",
      );
      expect(out + err).not.toContain("sk-test");
    }
    expect([home.exists(store), home.read(config)]).toEqual([false, written(release, home)]);
  });

  test("the rest works, in a file that this release accepts", async () => {
    const home = homeOf(release, { "clawform.json5": withoutKey });
    expect(await home.run(["apply", "--yes"])).toMatchObject({ code: 0, err: "" });
    expect(home.exists(store)).toBe(false);
    const before = JSON.parse(written(release, home)) as { [key: string]: unknown };
    const after = JSON.parse(home.read(config)) as { agents: { [key: string]: unknown }; meta: unknown };
    expect(Object.keys(after)).toEqual([...Object.keys(before), "models", "env"]);
    expect(after.meta).toEqual(before["meta"]);
    expect(after.agents["entries"]).toEqual((before["agents"] as { [key: string]: unknown })["entries"]);
    expect(await home.run(["apply", "--yes"])).toMatchObject({ code: 0, out: expect.stringContaining("No changes") });
    if (!realVersion.includes(release)) return;
    // The databases of this home are headers alone; the program gets a state directory of its own.
    const asked = spawnSync(node, [real, "config", "validate"], {
      encoding: "utf8",
      env: {
        PATH: process.env["PATH"],
        HOME: home.path("asked"),
        OPENCLAW_STATE_DIR: home.path("asked"),
        OPENCLAW_CONFIG_PATH: home.path(config),
      },
    });
    expect(asked).toMatchObject({ status: 0, stdout: expect.stringContaining("Config valid") });
  });

  test("--store file writes the file all the same", async () => {
    const home = homeOf(release, { "clawform.json5": withKey });
    expect(await home.run(["apply", "--yes", "--store", "file"], { env })).toMatchObject({ code: 0, err: "" });
    expect(home.read(store)).toContain("sk-test-1");
  });

  test("validate knows no keys of this release better than it, and tells of two stores", async () => {
    const home = homeOf(release);
    const { code, out } = await home.run(["validate"]);
    expect([code, out]).toEqual([0, "openclaw.json: valid.\n"]);
    home.write(store, '{"version":1,"profiles":{}}');
    const mixed = await home.run(["validate", "--json"]);
    const { problems } = JSON.parse(mixed.out) as { problems: { code: string; hint: string }[] };
    expect([mixed.code, problems.map((problem) => problem.code)]).toEqual([0, ["mixed-stores"]]);
    expect(problems[0]?.hint).toContain("openclaw doctor --fix");
  });

  test("onboard: the key goes to OpenClaw, then the rest works with the profile it has named", async () => {
    const home = homeOf(release);
    const onboard = ["onboard", "--yes", "--auth-choice", "openrouter-api-key"];
    const refused = await home.run([...onboard, "--openrouter-api-key", "sk-test-2"]);
    expect([refused.code, flat(refused.err)]).toEqual([65, expect.stringContaining("run this again without the key")]);
    expect(await home.run(onboard)).toMatchObject({ code: 0, err: "" });
    const other = await home.run(["onboard", "--yes", "--auth-choice", "kilocode-api-key"]);
    expect([other.code, flat(other.err)]).toEqual([64, expect.stringContaining("no key for Kilo")]);
    expect(home.exists(store)).toBe(false);
  });
});

describe.each(["2026.8.1", "2026.9.6"])("what OpenClaw %s has elsewhere", (release) => {
  test.each([
    ['{ imageModel: { primary: "openrouter/auto" } }', "agents.defaults.mediaModels.image.primary"],
    ['{ videoModel: { primary: "openrouter/auto" } }', "agents.defaults.mediaModels.video.primary"],
    ['{ tts: { provider: "openrouter", model: "m" } }', "tts.provider"],
    [
      '{ providers: { v: { baseUrl: "http://x/v1", api: "openai-completions", models: [], contextWindow: 9 } } }',
      "Give contextWindow to the provider's models",
    ],
  ])("%s is refused, and its place named", async (setup, says) => {
    const home = homeOf(release, { "clawform.json5": setup });
    const { code, err } = await home.run(["apply", "--yes"]);
    expect([code, flat(err)]).toEqual([65, expect.stringContaining(says)]);
    expect(home.read(config)).toBe(written(release, home));
  });

  test("an agent's own model in agents.entries is seen, and its own directory", async () => {
    const home = homeOf(release, { "clawform.json5": withKey });
    const value = JSON.parse(home.read(config)) as { agents: { entries: { main: { [key: string]: unknown } } } };
    value.agents.entries.main["model"] = "openrouter/x";
    value.agents.entries.main["agentDir"] = home.path("elsewhere");
    home.write(config, JSON.stringify(value, null, 2));
    const { out } = await home.run(["models", "set", "openrouter/auto2", "--dry-run"]);
    expect(flat(out)).toContain('the agent "main", which answers by default, has a model of its own');
    expect(await home.run(["apply", "--yes", "--store", "file"], { env })).toMatchObject({ code: 0 });
    expect(home.exists("elsewhere/auth-profiles.json")).toBe(true);
  });
});

test("the older shape keeps its places on 2026.6.5", async () => {
  const home = homeOf("2026.6.5", { "clawform.json5": '{ imageModel: { primary: "openrouter/auto" } }' });
  expect(await home.run(["apply", "--yes"])).toMatchObject({ code: 0, err: "" });
});

test("a database of which nothing tells: refused, with both ways out", async () => {
  const home = makeHome({ [config]: "{}", "clawform.json5": withKey });
  home.write(".openclaw/state/openclaw.sqlite", database(1));
  const { code, err } = await home.run(["apply", "--yes"], { env });
  expect([code, flat(err)]).toEqual([65, expect.stringContaining("cannot be told")]);
  expect(flat(err)).toContain("--store file");
  expect(await home.run(["apply", "--yes", "--store", "file"], { env })).toMatchObject({ code: 0 });
});
