/** What the stories tell through the built binary, here in this process: every branch of the commands. */

import { readdirSync, symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { consoleOf } from "../../src/cli/console.js";
import { run } from "../../src/cli/index.js";
import { plan } from "../../src/index.js";
import { config, makeHome, store } from "./harness.js";

const setup = '{ providers: { kilocode: { apiKey: { env: "K" } } }, model: { primary: "kilocode/kilo/auto" } }';
const env = { K: "test-key-1234567890" };
const models =
  '{ agents: { defaults: { model: { primary: "a/b", fallbacks: ["c/d"] }, models: { "xai/grok-4": { alias: "Grok" } } } }, models: { providers: { own: { baseUrl: "u", models: [{ id: "m", name: "M", contextWindow: 2048 }] }, broken: { models: 3 } } } }';

describe("models", () => {
  it("set takes a reference or an alias and refuses the rest", async () => {
    const at = makeHome({ [config]: models.replace(", broken: { models: 3 }", "") });
    expect((await at.run(["models", "set", "grok", "--yes"])).code).toBe(0);
    expect(at.read(config)).toContain('primary: "xai/grok-4"');
    expect(await at.run(["models", "set", "  "])).toMatchObject({
      code: 65,
      err: expect.stringContaining("blank") as string,
    });
    expect(await at.run(["models", "set", "grk"])).toMatchObject({
      code: 65,
      err: expect.stringContaining("Grok") as string,
    });
    expect(await at.run(["models", "set", "k/x", "--json", "--dry-run"])).toMatchObject({
      code: 0,
      out: expect.stringContaining('"applied": false') as string,
    });
  });
  it("list shows default, fallbacks, configured, registered and catalog models", async () => {
    const at = makeHome({ [config]: models });
    const { out } = await at.run(["models", "list"]);
    for (const part of ["a/b", "default", "c/d", "fallback#1", "own/m", "2k", "alias:Grok", "kilocode/kilo/auto"])
      expect(out).toContain(part);
    expect(JSON.parse((await at.run(["models", "list", "--provider", "own", "--json"])).out)).toMatchObject({
      count: 1,
      models: [{ ref: "own/m", name: "M", tags: ["configured"] }],
    });
    expect((await at.run(["models", "list", "--provider", "nobody"])).out).toBe("No models.\n");
    expect(
      (
        await makeHome({ [config]: "{ agents: { defaults: { model: { fallbacks: ['x/y'] } } } }" }).run([
          "models",
          "list",
        ])
      ).out,
    ).toContain("fallback#1");
  });
});

describe("providers and schema", () => {
  it.each([200, 120, 80, 66])("fits %i columns, one line for each provider", async (width) => {
    const { code, out } = await makeHome().run(["providers"], { console: { width } });
    expect(code).toBe(0);
    const [table = ""] = out.split("\n\n");
    expect(table.split("\n").length).toBe(
      readdirSync("transforms/catalog").filter((file) => /^[^_].*json$/.test(file)).length + 1,
    );
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(width);
    for (const line of (await makeHome().run(["providers", "chutes"], { console: { width } })).out.split("\n"))
      expect(line.length).toBeLessThanOrEqual(width);
  });
  it("finds providers by any of their words", async () => {
    const { out } = await makeHome().run(["providers", "--search", "KIMI sub"]);
    expect(out.split("\n").map((line) => line.split(" ")[0])).toEqual(["provider", "kimi", ""]);
    expect((await makeHome().run(["providers", "--search", "zzz"])).out).toBe("No providers.\n");
    const { providers } = JSON.parse(
      (await makeHome().run(["providers", "--search", "MOONSHOT_API_KEY", "--json"])).out,
    );
    expect((providers as { id: string }[]).map(({ id }) => id)).toEqual(["moonshot"]);
  });
  it("lists, shows, suggests", async () => {
    const at = makeHome();
    expect((await at.run(["providers"])).out).toContain("Kilo Gateway");
    expect((await at.run(["providers", "openrouter"])).out).toContain("(built into OpenClaw)");
    expect((await at.run(["providers", "comfy"])).out).toContain("(none)");
    expect(JSON.parse((await at.run(["providers", "--json"])).out)).toMatchObject({
      providers: expect.arrayContaining([expect.objectContaining({ id: "kilocode" })]) as unknown,
    });
    expect(JSON.parse((await at.run(["providers", "kilocode", "--json"])).out)).toMatchObject({
      provider: { id: "kilocode" },
    });
    expect(await at.run(["providers", "kilocod"])).toMatchObject({
      code: 64,
      err: expect.stringContaining("kilocode") as string,
    });
    expect(await at.run(["providers", "qqqqqqqq"])).toMatchObject({
      code: 64,
      err: expect.stringContaining("lists them") as string,
    });
    expect((await at.run(["schema"])).out).toContain("transforms/primary-model");
    expect(JSON.parse((await at.run(["schema", "setup"])).out)).toHaveProperty("properties");
    expect(await at.run(["schema", "setpu"])).toMatchObject({
      code: 64,
      err: expect.stringContaining("setup") as string,
    });
    expect(await at.run(["schema", "qqqqqqqqqq"])).toMatchObject({ code: 64 });
  });
});

describe("validate", () => {
  it("holds both files against each other", async () => {
    const profiles = { "k:gone": "kilocode api_key", "k:other": "kilocode api_key", "k:kind": "kilocode token" };
    const listed = Object.entries(profiles).map(
      ([id, text]) => `"${id}": { provider: "${text.split(" ")[0]}", mode: "${text.split(" ")[1]}" }`,
    );
    const at = makeHome({
      [config]: `{ auth: { profiles: { ${listed.join(", ")} }, order: { kilocode: ["k:nobody", "k:kind"] } } }`,
      [store]: JSON.stringify({
        profiles: {
          "k:other": { type: "api_key", provider: "xai", key: "test-k" },
          "k:kind": { type: "api_key", provider: "kilocode", key: "test-k" },
        },
      }),
    });
    const { problems } = JSON.parse((await at.run(["validate", "--json"])).out) as { problems: { code: string }[] };
    expect(problems.map(({ code }) => code).sort()).toEqual([
      "order-unknown",
      "profile-mode",
      "profile-not-stored",
      "profile-provider",
    ]);
    expect((await at.run(["validate"])).out).toContain("no errors.");
  });
  it("says that a file which was named is not there", async () => {
    const { code, out } = await makeHome().run(["validate", "--config", "nope.json"]);
    expect(code).toBe(0);
    expect(out).toMatch(/warning: there is no file \S*nope\.json/);
    const inEnvironment = { env: { OPENCLAW_CONFIG_PATH: "/nowhere/openclaw.json" } };
    expect((await makeHome().run(["validate", "--json"], inEnvironment)).out).toContain("config-missing");
    expect((await makeHome({ "is.json": "{}" }).run(["validate", "--config", "is.json"])).out).toBe(
      "openclaw.json: valid.\n",
    );
  });
  it("has nothing to check on a fresh machine, and is quiet when asked", async () => {
    expect((await makeHome().run(["validate"])).out).toContain("Nothing to check");
    expect(await makeHome({ [config]: "{}" }).run(["validate", "--quiet"])).toEqual({ code: 0, out: "", err: "" });
  });
});

describe("saved plans", () => {
  it("are applied, refused when altered, unreadable or of another shape", async () => {
    const at = makeHome({ [config]: "{}", "clawform.json5": setup });
    const path = at.path("p");
    expect((await at.run(["plan", "--out", path], { env })).err).toContain("0600");
    const saved = at.read("p");
    for (const [text, code] of [
      [saved.replaceAll("kilo/auto", "kilo/x"), 65],
      [saved.slice(0, -20), 65],
      [saved.replace('"steps"', '"stepz"'), 65],
      [saved, 0],
    ] as const) {
      at.write("p", text);
      expect((await at.run(["apply", path, "--yes"])).code).toBe(code);
    }
  });

  it.each<[string[], number, string]>([
    [["--state-dir", ".openclaw"], 0, ""],
    [["--state-dir", "elsewhere"], 64, "--state-dir does not go with a saved plan"],
    [["--config", "other.json"], 64, "--config does not go"],
    [["--agent", "work"], 64, "--agent does not go"],
    [["--enable-plugin"], 64, "--enable-plugin does not go"],
    [["--reformat"], 64, "--reformat does not go"],
    [["--store", "file"], 64, "--store does not go"],
  ])("say themselves where and what: %j", async (options, code, says) => {
    const at = makeHome({ [config]: "{}", "clawform.json5": setup });
    await at.run(["plan", "--out", at.path("p")], { env });
    for (const argv of [
      ["plan", "p"],
      ["apply", "p", "--yes"],
    ]) {
      const result = await at.run([...argv, ...options]);
      expect(result.code).toBe(code);
      expect(result.err).toContain(says);
    }
    expect(at.exists("elsewhere")).toBe(false);
    expect(at.read(config) === "{}").toBe(code !== 0);
  });

  it("are stale for a dry run too", async () => {
    const at = makeHome({ [config]: "{}", "clawform.json5": setup });
    await at.run(["plan", "--out", at.path("p")], { env });
    expect((await at.run(["apply", "p", "--dry-run"])).code).toBe(0);
    at.write(config, "{ a: 1 }");
    const { code, out } = await at.run(["apply", "p", "--dry-run"]);
    expect({ code, out }).toEqual({ code: 75, out: "" });
  });

  it("are not saved over what they are made from", async () => {
    const at = makeHome({ [config]: "{}", "clawform.json5": setup });
    symlinkSync(at.path(config), at.path("link"));
    for (const path of [config, "clawform.json5", "link"]) {
      const before = at.read(path);
      const { code, err } = await at.run(["plan", "--out", path], { env });
      expect(code).toBe(73);
      expect(err).toContain("cannot save the plan");
      expect(at.read(path)).toBe(before);
    }
    at.write("old", "x");
    expect((await at.run(["plan", "--out", "old"], { env })).code).toBe(0);
  });
});

describe("a bare patch", () => {
  it("of one file is asked for before several are written", async () => {
    const at = makeHome({ [config]: "{}", "clawform.json5": setup });
    const { code, err } = await at.run(["apply", "--yes", "--format", "json-patch"], { env });
    expect(code).toBe(64);
    expect(err).toContain("a JSON Patch is for one file");
    expect(at.read(config)).toBe("{}");
    expect(at.exists(store)).toBe(false);
  });
});

describe("what a plan warns of", () => {
  const warned = async (files: { [file: string]: string }, argv: readonly string[] = []): Promise<string[]> => {
    const at = makeHome({ "clawform.json5": setup, ...files });
    const { code, out } = await at.run(["plan", "--json", ...argv], { env });
    expect(code).toBe(0);
    const { problems } = JSON.parse(out) as { problems: { code: string; severity: string; file: string }[] };
    return problems.filter(({ severity }) => severity === "warning").map((one) => `${one.code} ${one.file}`);
  };

  it.each([
    ["a last comma", '{ "version": 1, "profiles": {}, }'],
    ["a comment", '{ "version": 1, "profiles": {} } // mine'],
    ["a byte order mark", '\ufeff{ "version": 1, "profiles": {} }'],
  ])("a store that OpenClaw cannot read: %s", async (_, text) => {
    expect(await warned({ [config]: "{}", [store]: text })).toEqual(["store-not-json auth-profiles.json"]);
  });

  it("a store in an old form, which is only converted while it is alone", async () => {
    expect(await warned({ [config]: "{}", [store]: '{"openrouter":{"apiKey":"test-key-5"}}' })).toEqual([
      "store-old-form auth-profiles.json",
    ]);
  });

  it.each(["test\u20267890", "***", "your-api-key"])("a key that is none: %s", async (key) => {
    const { out } = await makeHome({ [config]: "{}" }).run([
      "onboard",
      "--kilocode-api-key",
      key,
      "--dry-run",
      "--json",
    ]);
    const { problems } = JSON.parse(out) as { problems: { code: string }[] };
    expect(problems.map(({ code }) => code)).toContain("masked-key");
  });

  it("an agent that the configuration does not name, where it names some", async () => {
    const list = JSON.stringify({ agents: { list: [{ id: "main" }, { id: "Work X" }] } });
    expect(await warned({ [config]: list }, ["--agent", "wrok"])).toEqual(["unknown-agent openclaw.json"]);
    expect(await warned({ [config]: list }, ["--agent", "work-x", "--agent", "main"])).toEqual([]);
    expect(await warned({ [config]: "{}" }, ["--agent", "wrok"])).toEqual([]);
  });
});

describe("a setup and what is there under other spellings", () => {
  const settled = async (text: string, setup: object): Promise<unknown> => {
    const at = makeHome({ [config]: text, "clawform.json5": JSON.stringify(setup) });
    expect((await at.run(["apply", "--yes"])).code).toBe(0);
    expect((await at.run(["plan", "--detailed-exitcode"])).code).toBe(0);
    return JSON.parse(at.read(config)) as unknown;
  };

  it("finds fallbacks whose provider is spelled otherwise", async () => {
    const text = (fallbacks: string[]): string => JSON.stringify({ agents: { defaults: { model: { fallbacks } } } });
    const after = (fallbacks: string[]): object => ({ agents: { defaults: { model: { fallbacks } } } });
    const there = text(["OpenRouter/auto", "a/b"]);
    expect(await settled(there, { model: { fallbacks: { remove: ["openrouter/auto"] } } })).toEqual(after(["a/b"]));
    expect(await settled(there, { model: { fallbacks: { append: ["openrouter/auto"] } } })).toEqual(
      after(["OpenRouter/auto", "a/b"]),
    );
  });

  it("goes by the name a block gets, not by the one it had", async () => {
    const text = JSON.stringify({ models: { providers: { "z.ai": { baseUrl: "https://a.example/", models: [] } } } });
    const after = await settled(text, { providers: { zai: {} }, model: { primary: "z.ai/glm-5" } });
    expect(after).toMatchObject({ agents: { defaults: { model: { primary: "zai/glm-5" } } } });
  });

  it("takes what was wrong in a block for no news under its new name", async () => {
    const block = { baseUrl: "https://a.example/", models: [], rateLimit: 5 };
    await settled(JSON.stringify({ models: { providers: { KiloCode: block } } }), { providers: { kilocode: {} } });
  });

  it.each([[null], ["x"], [7], [[null]], [["x", {}]]])(
    "does not stumble over models of %j under another spelling",
    (models) => {
      const config = { models: { providers: { Kilocode: { baseUrl: "https://a.example/", models } } } };
      const setup = { providers: { kilocode: { models: [{ id: "own", contextWindow: 1000 }] } } };
      const { changes, problems } = plan(setup, { on: { config: JSON.stringify(config) } });
      expect(problems.map(({ code }) => code)).toContain("wrong-type");
      for (const change of changes) expect(change.after?.text).toContain("kilocode");
    },
  );

  it("finds a store whose directory is a variable's", async () => {
    const list = [{ id: "main", agentDir: "${MY_DIR}/own" }];
    const at = makeHome({ [config]: JSON.stringify({ agents: { list } }), "clawform.json5": setup });
    expect((await at.run(["apply", "--yes"], { env: { ...env, MY_DIR: at.path("mine") } })).code).toBe(0);
    expect(at.exists("mine/own/auth-profiles.json")).toBe(true);
    expect(at.read(config)).toContain("${MY_DIR}/own");
    expect((await at.run(["apply", "--yes"], { env })).code).toBe(65);
  });

  it("shows no key that stands where a name or a path should", async () => {
    const key = `sk-or-v1-${"0123456789abcdef".repeat(4)}`;
    for (const setup of [{ providers: { kilocode: { apiKey: { file: key } } } }, { providers: { [key]: {} } }]) {
      const at = makeHome({ [config]: "{}", "clawform.json5": JSON.stringify(setup) });
      for (const argv of [["plan"], ["plan", "--json"]]) {
        const { out, err } = await at.run(argv, { env: { K: "test-key-1" } });
        expect(out + err, JSON.stringify(Object.keys(setup))).not.toContain(key);
      }
    }
  });

  it("names a misspelt option without what was given to it", async () => {
    const { code, out, err } = await makeHome().run(["onboard", "--kilocode-apikey=zqXk9Lm2Pw7Rt4Vb8Nc3", "--json"]);
    expect(code).toBe(64);
    expect(err).toContain("unknown option '--kilocode-apikey'");
    expect(out + err).not.toContain("zqXk9");
  });
});

describe("items that change places", () => {
  it("take their comments along, and bring them back", async () => {
    const text = `{
  auth: { order: { kilocode: [
    "kilocode:work", // company pays
    "kilocode:default", // my own
  ] } },
  agents: { defaults: { model: { primary: "a/b", fallbacks: [
    // cheap
    "f/1",
    "f/2", // good
    "f/3", /* last */
  ] } } },
}
`;
    const at = makeHome({
      [config]: text,
      "clawform.json5": `{
        providers: { kilocode: { apiKey: { env: "KILOCODE_API_KEY" } } },
        model: { fallbacks: ["f/3", "f/1", "new/1", "f/2"] },
      }`,
    });
    expect((await at.run(["apply", "--yes"], { env: { KILOCODE_API_KEY: "test-key-1" } })).code).toBe(0);
    const comments = ["// company pays", "// my own", "// cheap", "// good", "/* last */"];
    const after = at.read(config);
    for (const comment of comments) expect(after).toContain(comment);
    expect(after).toMatch(/"kilocode:default", \/\/ my own\n\s*"kilocode:work", \/\/ company pays/);
    expect(after).toMatch(/"f\/3",? \/\* last \*\/,?\n\s*\/\/ cheap\n\s*"f\/1",\n\s*"new\/1",\n\s*"f\/2",? \/\/ good/);
    at.write(config, `// mine\n${after}`);
    expect((await at.run(["undo", "--yes"])).code).toBe(0);
    const back = at.read(config);
    for (const comment of ["// mine", ...comments]) expect(back).toContain(comment);
  });
});

describe("two agents with one store", () => {
  it("are refused by the plan, which apply could not carry out", async () => {
    const list = [{ id: "main" }, { id: "work", agentDir: "~/shared" }, { id: "play", agentDir: "~/shared" }];
    const at = makeHome({ [config]: JSON.stringify({ agents: { list } }), "clawform.json5": setup });
    const { code, err } = await at.run(["plan", "--agent", "work", "--agent", "play"], { env });
    expect(code).toBe(65);
    expect(err.replaceAll(/\s+/g, " ")).toContain("the agents work and play keep their credentials in one file");
    expect((await at.run(["plan", "--agent", "work"], { env })).code).toBe(0);
  });
});

describe("onboard", () => {
  it.each([
    [["--token-provider", "KILOCODE", "--token", "test-key-1"], 0],
    [
      [
        "--auth-choice",
        "apiKey",
        "--token-provider",
        "openrouter",
        "--token",
        "test-key-1",
        "--token-profile-id",
        "openrouter:team",
      ],
      0,
    ],
    [["--auth-choice", "qqqqqqqqqqqq"], 64],
    [["--token-provider", "qqqqqqqqqqqq", "--token", "k"], 64],
    [
      [
        "--cloudflare-ai-gateway-api-key",
        "test-key-1",
        "--cloudflare-ai-gateway-account-id",
        "a",
        "--cloudflare-ai-gateway-gateway-id",
        "g",
      ],
      0,
    ],
    [["--zai-api-key", "test-key-1", "--quiet"], 0],
  ])("%j", async (flags, code) => {
    expect((await makeHome().run(["onboard", ...flags, "--yes"])).code).toBe(code);
  });
});

describe("the command line itself", () => {
  it("knows help, version, wrong options, and says when it fails inside itself", async () => {
    const at = makeHome({ "clawform.json5": setup });
    expect((await at.run(["--help"])).out).toContain("onboard");
    expect((await at.run(["help", "onboard"])).out).toContain("--kilocode-api-key");
    expect((await at.run(["--version"])).out).toMatch(/^\d/);
    for (const argv of [
      ["pln"],
      ["plan", "--nonsense"],
      ["plan", "--agent", "../x"],
      ["apply", "--lock-timeout", "soon"],
      ["plan", "--color", "blue"],
      [],
    ])
      expect((await at.run(argv)).code).toBe(64);
    const inside = {
      console: {
        readInput: () => {
          throw new Error("a bug");
        },
      },
    };
    expect(await at.run(["plan", "-"], inside)).toMatchObject({
      code: 1,
      err: expect.stringContaining("CLAWFORM_DEBUG") as string,
    });
    expect((await at.run(["plan", "-"], { ...inside, env: { CLAWFORM_DEBUG: "1" } })).err).toContain("a bug");
  });
  it("prints failures as JSON too, and colours what it prints to a terminal", async () => {
    const at = makeHome({ "clawform.json5": "{ provider: {} }" });
    const { out, err } = await at.run(["plan", "--json", "--color=always"]);
    expect(JSON.parse(out)).toMatchObject({ changed: false, problems: [{ code: "unknown-key" }] });
    expect(err).toContain("\u001b[");
    expect((await at.run(["plan"], { env: { FORCE_COLOR: "1" } })).err).toContain("\u001b[");
    expect((await at.run(["plan", "--color", "never"], { env: { FORCE_COLOR: "1" } })).err).not.toContain("\u001b[");
    expect((await at.run(["plan"], { env: { TERM: "xterm" }, console: { errIsTerminal: true } })).err).toContain(
      "\u001b[",
    );
  });
  it("plans with changes exit 2 when asked, print a patch, or nothing but errors", async () => {
    const at = makeHome({ [config]: "{}", "clawform.json5": setup });
    expect((await at.run(["plan", "--detailed-exitcode", "--quiet"], { env })).code).toBe(2);
    expect(
      JSON.parse((await at.run(["plan", "--format", "json-patch", "--file", "openclaw.json"], { env })).out),
    ).toEqual(expect.any(Array));
    expect((await at.run(["plan", "--format", "json-patch"], { env })).code).toBe(64);
    expect((await at.run(["apply", "--format", "json-patch", "--file", "auth-profiles.json"], { env })).code).toBe(0);
    expect(JSON.parse((await at.run(["plan", "--format", "json-patch"], { env })).out)).toEqual([]);
  });
  it("has a console for this very process", async () => {
    const io = consoleOf(process);
    expect(io).toMatchObject({ outIsTerminal: false, width: expect.any(Number) as number });
    expect(await run(["--version"], { ...io, out: () => undefined })).toBe(0);
    io.out("");
    io.err("");
  });
});
