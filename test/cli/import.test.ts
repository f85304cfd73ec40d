/** `clawform import`, in files. */

import { statSync } from "node:fs";
import JSON5 from "json5";
import { describe, expect, test } from "vitest";
import { config, type Home, makeHome, store } from "./harness.js";

const key = "sk-test-import-0123456789";

const home = (): Home =>
  makeHome({
    [config]: `{
  // the family's
  models: {
    mode: "merge",
    providers: {
      moonshot: { baseUrl: "https://api.moonshot.cn/v1", api: "openai-completions", timeoutSeconds: 30, headers: { "X-Team": "blue", Authorization: "Bearer ${key}" }, models: [] },
      kilocode: { baseUrl: "https://gw.test/", api: "openai-completions", models: [{ id: "mine/own", name: "Mine" }, { id: "kilo/auto", name: "Kilo Auto", reasoning: true, input: ["text", "image"], cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 }, contextWindow: 1000000, maxTokens: 128000 }] },
      "my-vllm": { baseUrl: "http://10.0.0.5:8000/v1", api: "openai-completions", apiKey: "${key}", models: [{ id: "qwen3", name: "Qwen \\u001b[2J" }] },
    },
  },
  agents: { defaults: {
    model: { primary: "my-vllm/qwen3", fallbacks: ["moonshot/kimi-k2.6"] },
    models: { "kilocode/kilo/auto": { alias: "Kilo Gateway" }, "my-vllm/qwen3": { alias: "Home", params: { temperature: 0.2 } } },
    imageGenerationModel: "openrouter/google/gemini-3.1-flash-image-preview",
  } },
  plugins: { entries: { kilocode: { enabled: true } } },
  auth: { profiles: { "kilocode:work": { provider: "kilocode", mode: "api_key" }, "openrouter:default": { provider: "openrouter", mode: "api_key" }, "moonshot:cn": { provider: "moonshot", mode: "api_key" } } },
  env: { vars: { TEAM: "blue", KIMI_API_KEY: "${key}" } },
}
`,
    [store]: JSON.stringify({
      version: 1,
      profiles: {
        "openrouter:default": {
          type: "api_key",
          provider: "openrouter",
          keyRef: { source: "env", provider: "default", id: "OPENROUTER_API_KEY" },
        },
        "kilocode:work": { type: "api_key", provider: "kilocode", key },
        "moonshot:cn": { type: "api_key", provider: "moonshot", key },
      },
    }),
  });

describe("import", () => {
  test("prints a setup with what each line is; planning it changes nothing", async () => {
    const machine = home();
    const { code, out, err } = await machine.run(["import"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).not.toContain(key);
    expect(out).not.toContain("\u001b");
    await expect(out).toMatchFileSnapshot("golden/import.json5");
    machine.write("clawform.json5", out);
    const planned = await machine.run(["plan", "--detailed-exitcode"]);
    expect(planned).toMatchObject({ code: 0, err: "" });
    expect(planned.out).toContain("No changes");
  });

  test("--out writes where nothing is yet", async () => {
    const machine = home();
    const { code, out, err } = await machine.run(["import", "--out", "clawform.json5"]);
    expect([code, out, err]).toEqual([0, "", "Wrote clawform.json5.\n"]);
    const text = machine.read("clawform.json5");
    const again = await machine.run(["import", "--out", "clawform.json5"]);
    expect(again.code).toBe(73);
    expect(again.err).toContain("is there already");
    expect(machine.read("clawform.json5")).toBe(text);
    expect((await machine.run(["import", "--out", "no/such/place"])).code).toBe(73);
  });

  test("--include-secrets holds the keys, 0600, and moves to another machine", async () => {
    const machine = home();
    expect((await machine.run(["import", "--include-secrets", "--out", "moving.json5"])).code).toBe(0);
    expect(statSync(machine.path("moving.json5")).mode & 0o777).toBe(0o600);
    expect((await machine.run(["plan", "moving.json5"])).out).toContain("No changes");
    const other = makeHome({ "clawform.json5": machine.read("moving.json5") });
    expect((await other.run(["apply", "--yes"])).code).toBe(0);
    const stored = JSON.parse(other.read(store)) as { profiles: Record<string, { key?: string }> };
    expect(stored.profiles["moonshot:cn"]?.key).toBe(key);
  });

  test("--include-secrets holds tokens too, and says what it cannot hold", async () => {
    const token = `sk-ant-oat01-${"test-0123456789-".repeat(5)}`;
    const login = { access: "test-access-1", refresh: "test-refresh-1", expires: 1 };
    const profiles = {
      "github-copilot:github": { type: "token", provider: "github-copilot", token: "test-gh-1" },
      "anthropic:default": { type: "token", provider: "anthropic", token },
      "kilocode:default": { type: "token", provider: "kilocode", token: "test-kilo-1" },
      "vydra:default": { type: "api_key", provider: "vydra", key: "test-vydra-1" },
      "vydra:second": { type: "api_key", provider: "vydra", key: "test-vydra-2" },
      "openai-codex:default": { type: "oauth", provider: "openai-codex", ...login },
    };
    const from = makeHome({
      "clawform.json5": JSON.stringify({
        providers: {
          "github-copilot": { apiKey: "test-gh-1" },
          anthropic: { choice: "setup-token", apiKey: token },
          vydra: { apiKey: "test-vydra-1" },
        },
      }),
    });
    expect(await from.run(["apply", "--yes"])).toMatchObject({ code: 0 });
    const made = JSON.parse(from.read(config)) as { auth: { profiles: Record<string, object> } };
    for (const [id, { provider, type: mode }] of Object.entries(profiles).filter(([one]) =>
      /^(?:kilo|openai)/.test(one),
    ))
      made.auth.profiles[id] = { provider, mode };
    from.write(config, JSON.stringify(made));
    from.write(store, JSON.stringify({ version: 1, profiles }));
    const { out } = await from.run(["import", "--include-secrets"]);
    expect(JSON5.parse(out)).toMatchObject({
      providers: {
        "github-copilot": { apiKey: "test-gh-1" },
        anthropic: { choice: "setup-token", apiKey: token },
        kilocode: { apiKey: { profile: "kilocode:default" } },
        vydra: { apiKey: "test-vydra-1" },
        "openai-codex": { apiKey: { profile: "openai-codex:default" } },
      },
    });
    expect(out).toContain("it stays there. Not included: a setup would store it in another way");
    expect(out).toContain("Not included: it is a login");
    expect(out).toContain("the credential vydra:second is stored too, and stays: it is not included");
    from.write("clawform.json5", out);
    expect((await from.run(["plan"])).out).toContain("No changes");
    const plain = (await from.run(["import"])).out;
    expect(plain).not.toMatch(/test-(?:gh|kilo|vydra|access|refresh)|oat01|ncluded/);
    const to = makeHome({
      "clawform.json5": out.replace(/\n {4}"?(?:kilocode|openai-codex)"?: \{[^]*?\n {4}\},/g, ""),
    });
    expect(await to.run(["apply", "--yes"])).toMatchObject({ code: 0 });
    expect((JSON.parse(to.read(store)) as { profiles: object }).profiles).toEqual({
      "github-copilot:github": profiles["github-copilot:github"],
      "anthropic:default": profiles["anthropic:default"],
      "vydra:default": profiles["vydra:default"],
    });
  });

  test("a token that ends is told of; a reference to one is taken over", async () => {
    const tokenRef = { source: "env", provider: "default", id: "GH_TOKEN" };
    const ids = { type: "token", provider: "github-copilot" };
    const imported = async (credential: object): Promise<string> => {
      const from = makeHome({ "clawform.json5": '{ providers: { "github-copilot": { apiKey: "test-gh-1" } } }' });
      await from.run(["apply", "--yes"]);
      const profiles = { "github-copilot:github": { ...ids, ...credential } };
      from.write(store, JSON.stringify({ version: 1, profiles }));
      return (await from.run(["import", "--include-secrets"])).out;
    };
    expect(await imported({ token: "test-gh-1", expires: 4_102_444_800_000 })).toContain("Not included: it has an end");
    expect(JSON5.parse(await imported({ tokenRef }))).toMatchObject({
      providers: { "github-copilot": { apiKey: tokenRef } },
    });
    const stored = { "github-copilot:github": { ...ids, token: "test-gh-1" } };
    const { out } = await makeHome({ [store]: JSON.stringify({ profiles: stored }) }).run(["import"]);
    expect(out).toContain("github-copilot:github is stored, and a setup would change how it is named");
  });

  test("--json is the setup and what is to be said", async () => {
    const { out } = await home().run(["import", "--json"]);
    const { format, setup, notes } = JSON.parse(out) as {
      format: number;
      setup: object;
      notes: { place: string; message: string }[];
    };
    expect(format).toBe(1);
    expect(setup).toMatchObject({ model: { primary: "my-vllm/qwen3" } });
    expect(notes).toContainEqual({ place: "env", message: "env.vars.KIMI_API_KEY holds a key: it stays there" });
    expect(out).not.toContain(key);
  });

  test("nothing there", async () => {
    const { code, out } = await makeHome().run(["import"]);
    expect([code, out.endsWith("{\n}\n")]).toEqual([0, true]);
  });

  test("a configuration in several files, and another agent", async () => {
    const machine = makeHome({
      [config]:
        '{ models: { $include: "./models.json5" }, agents: { list: [{ id: "work" }] }, auth: { profiles: { "kilocode:w": { provider: "kilocode", mode: "api_key" } } } }',
      ".openclaw/models.json5":
        '{ mode: "merge", providers: { mine: { baseUrl: "http://x.test/v1", api: "openai-completions", models: [{ id: "m", name: "M" }] } } }',
      ".openclaw/agents/work/agent/auth-profiles.json": JSON.stringify({
        profiles: { "kilocode:w": { type: "api_key", provider: "kilocode", key } },
      }),
    });
    const { out } = await machine.run(["import", "--agent", "work"]);
    expect(out).toContain('apiKey: { profile: "kilocode:w" }');
    expect(out).toContain('agents: ["work"]');
    expect(out).toContain('baseUrl: "http://x.test/v1"');
    machine.write("clawform.json5", out);
    expect((await machine.run(["plan"])).out).toContain("No changes");
  });

  test("a stored profile that is named and not there stops a plan", async () => {
    const machine = makeHome({
      "clawform.json5": '{ providers: { kilocode: { apiKey: { profile: "kilocode:gone" } } } }',
    });
    const { code, err } = await machine.run(["plan"]);
    expect(code).toBe(65);
    expect(err).toContain('no credential is stored as "kilocode:gone"');
    expect(err).toContain("clawform.json5:1:");
  });

  test("the built binary", () => {
    const { code, out, err } = home().binary(["import"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("Kilo Gateway, as the catalog has it");
    expect(out).not.toContain(key);
  });
});
