/** Bad input: each with a message that says where and what to do, and nothing written. */

import { chmodSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { config, type Home, makeHome, type Result, store } from "./harness.js";

const good = '{ providers: { kilocode: { apiKey: { env: "K" } } }, model: { primary: "kilocode/kilo/auto" } }';
const env = { K: "test-key-1234567890" };

interface Case {
  setup?: string | Uint8Array;
  config?: string | Uint8Array;
  store?: string | Uint8Array;
  env?: Record<string, string>;
  input?: string;
  prepare?: (at: Home) => void;
  code?: number;
  says: (string | RegExp)[];
}

async function refused({
  setup = good,
  config: present,
  store: stored,
  env: more = env,
  input,
  prepare,
  code = 65,
  says,
}: Case): Promise<Result> {
  const at = makeHome();
  at.write("clawform.json5", setup);
  if (present !== undefined) at.write(config, present);
  if (stored !== undefined) at.write(store, stored);
  prepare?.(at);
  const listing = (): unknown => new Set(readdirSync(at.dir, { recursive: true, encoding: "utf8" }));
  const before = [listing(), present && at.read(config), stored && at.read(store)];
  const result = await at.run(["apply", "--yes"], { env: more, ...(input === undefined ? {} : { input }) });
  const said = result.err.replaceAll(/\s+/g, " ");
  for (const words of says)
    expect(said).toMatch(words instanceof RegExp ? words : new RegExp(words.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")));
  expect(result.code).toBe(code);
  expect([listing(), present && at.read(config), stored && at.read(store)], "nothing written").toEqual(before);
  expect(result.out + result.err).not.toContain("test-key-1234567890");
  return result;
}

const table = (cases: Record<string, Case>): void => {
  it.each(Object.entries(cases))("%s", async (_name, given) => {
    await refused(given);
  });
};

describe("the setup file", () => {
  table({
    "syntax error": { setup: "{\n  providers: { kilocode { } }\n}", says: ["clawform.json5:2:"] },
    "ends too early": { setup: "{ providers: {", says: [/clawform.json5:1:\d+/] },
    empty: { setup: "", says: ["clawform.json5"] },
    "an array at the root": { setup: "[]", says: ["clawform.json5:1:1", "array"] },
    "a number at the root": { setup: "7", says: ["number"] },
    "null at the root": { setup: "null", says: ["null"] },
    "an unknown key, nearest offered": {
      setup: "{\n provider: {} }",
      says: ['unknown key "provider"', 'Did you mean "providers"', "clawform.json5:2:2"],
    },
    "an unknown key of a provider": {
      setup: '{ providers: { kilocode: { apikey: "x" } } }',
      says: ['"apikey"', '"apiKey"'],
    },
    "an unknown provider, nearest offered": {
      setup: "{ providers: { kilocod: {} } }",
      says: ['"kilocod" is not in the catalog', '"kilocode"', "clawform.json5:1:16"],
    },
    "an unknown choice": {
      setup: '{ providers: { moonshot: { choice: "moonshot-api-key-us" } } }',
      says: ["moonshot-api-key-cn"],
    },
    "a model reference without a slash": { setup: '{ model: { primary: "gpt" } }', says: ["/model/primary"] },
    "an empty model reference": { setup: '{ model: { primary: "" } }', says: ["/model/primary"] },
    "a fallback without a model": { setup: '{ model: { fallbacks: ["openai/"] } }', says: ["/model/fallbacks/0"] },
    "an empty provider id": { setup: '{ providers: { "": {} } }', says: ["/providers"] },
    "a provider id with a slash": { setup: '{ providers: { "a/b": {} } }', says: ["/providers"] },
    "a blank key": { setup: '{ providers: { kilocode: { apiKey: "  " } } }', says: ["/providers/kilocode/apiKey"] },
    "a variable that is not set": {
      env: {},
      says: ["K is not set", "/providers/kilocode/apiKey", 'SecretRef|source: "env"'.replace(/.*\|/, "")],
    },
    "a variable that is empty": { env: { K: " " }, says: ["K is empty"] },
    "a key file that is missing": {
      setup: '{ providers: { kilocode: { apiKey: { file: "none" } } } }',
      says: ["none"],
    },
    "a key file that is empty": {
      setup: '{ providers: { kilocode: { apiKey: { file: "key" } } } }',
      prepare: (at) => at.write("key", "\n"),
      says: ["blank"],
    },
    "a key file that is a directory": {
      setup: '{ providers: { kilocode: { apiKey: { file: "key" } } } }',
      prepare: (at) => mkdirSync(at.path("key")),
      says: ["directory"],
    },
    "blank standard input as key": {
      setup: "{ providers: { kilocode: { apiKey: { stdin: true } } } }",
      input: "\n",
      says: ["blank"],
    },
    "two keys from standard input": {
      setup: "{ providers: { kilocode: { apiKey: { stdin: true } }, xai: { apiKey: { stdin: true } } } }",
      input: "a-test-key",
      code: 64,
      says: ["only one"],
    },
    "__proto__ as provider": { setup: '{ providers: { "__proto__": {} } }', says: ["/providers"] },
    "__proto__ as variable": { setup: '{ env: { vars: { "__proto__": "x" } } }', says: ["/env/vars"] },
    "constructor as provider": { setup: "{ providers: { constructor: {} } }", says: ["/providers"] },
    "an agent id that is a path": {
      setup: '{ agents: ["../x"], providers: { kilocode: { apiKey: "test-key-1234567890" } } }',
      says: ["/agents/0"],
    },
    "a custom provider without models": {
      setup: '{ providers: { mine: { api: "openai-completions" } } }',
      says: ["not in the catalog"],
    },
    "10,000 levels of nesting": {
      setup: `{ x: ${"[".repeat(10_000)}${"]".repeat(10_000)} }`,
      says: [/level|deep|nest/],
    },
    "NUL bytes": { setup: "{ a: 1 \u0000 }", says: ["NUL"] },
    "no UTF-8": { setup: new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), says: ["UTF-8"] },
  });

  it("is missing", async () => {
    const result = await makeHome().run(["plan"]);
    expect(result.code).toBe(65);
    expect(result.err).toContain("clawform.json5");
  });
  it("is a directory", async () => {
    const at = makeHome();
    mkdirSync(at.path("clawform.json5"));
    expect(await at.run(["plan"])).toMatchObject({ code: 65, err: expect.stringContaining("directory") as string });
  });
  it("needs a key from standard input, which is a terminal", () => {
    const at = makeHome({ "clawform.json5": "{ providers: { kilocode: { apiKey: { stdin: true } } } }" });
    return expect(
      at.run(["plan"], {
        console: {
          readInput: () => {
            throw new Error("not reached by a real terminal");
          },
        },
      }),
    ).resolves.toMatchObject({ code: 1 });
  });
});

describe("openclaw.json", () => {
  table({
    "syntax error": { config: "{\n  models: { ,\n}", says: ["openclaw.json:2:"] },
    "an empty file": { config: "", says: ["empty", "{}"] },
    "only white space": { config: " \n", says: ["{}"] },
    "an array at the root": { config: "[]", says: ["openclaw.json:1:1", "array"] },
    "null at the root": { config: "null", says: ["null"] },
    "models is an array": {
      config: '{ "models": [] }',
      says: ["models must be an object", "openclaw.json:1:", "/models"],
    },
    "providers is a string": { config: '{ models: { providers: "x" } }', says: ["/models/providers"] },
    "the provider's models are a string": {
      config: '{ models: { providers: { kilocode: { baseUrl: "u", models: "x" } } } }',
      says: ["/models/providers/kilocode/models"],
    },
    "agents is null": { config: "{ agents: null }", says: ["/agents"] },
    "defaults is a number": { config: "{ agents: { defaults: 3 } }", says: ["/agents/defaults"] },
    "model is an array": { config: "{ agents: { defaults: { model: [] } } }", says: ["/agents/defaults/model"] },
    "fallbacks is a string": {
      config: '{ agents: { defaults: { model: { primary: "a/b", fallbacks: "c/d" } } } }',
      says: ["/agents/defaults/model/fallbacks"],
    },
    "auth is a boolean": { config: "{ auth: true }", says: ["/auth"] },
    "plugins is a list": { config: "{ plugins: [] }", says: ["/plugins"] },
    "an entry is null": {
      config: '{ agents: { defaults: { models: { "kilocode/kilo/auto": null } } } }',
      says: ["/agents/defaults/models/kilocode~1kilo~1auto"],
    },
    "NUL bytes": { config: "{ \u0000 }", says: ["NUL", "openclaw.json"] },
    "no UTF-8": { config: new Uint8Array([0x7b, 0xc3, 0x28, 0x7d]), says: ["UTF-8"] },
    "10,000 levels of nesting": {
      config: `{ "x": ${"[".repeat(10_000)}${"]".repeat(10_000)} }`,
      says: [/level|deep|nest/],
    },
    "a plugin that is off": {
      config: "{ plugins: { entries: { kilocode: { enabled: false } } } }",
      says: ["plugins.entries.kilocode.enabled", "--enable-plugin"],
    },
    "larger than the limit": { config: `{ a: "${"x".repeat(17 * 1024 * 1024)}" }`, says: ["16"] },
  });
  it("is a directory", async () => {
    await refused({ prepare: (at) => mkdirSync(at.path(config), { recursive: true }), says: ["directory"] });
  });
  it("is a dangling symlink", async () => {
    await refused({
      prepare: (at) => {
        mkdirSync(at.path(".openclaw"));
        symlinkSync("nowhere.json", at.path(config));
      },
      says: ["nowhere.json"],
    });
  });
  it("cannot be read", () => {
    const at = makeHome({ [config]: "{}", "clawform.json5": good });
    for (const folder of ["", ".openclaw"]) chmodSync(at.path(folder), 0o755);
    chmodSync(at.path(config), 0o200);
    // Root may read everything: then the command runs as nobody.
    const { code, err } = at.binary(["plan"], { env, ...(process.getuid?.() === 0 ? { uid: 65534 } : {}) });
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/permission/i) as string });
  });
});

describe("auth-profiles.json", () => {
  table({
    "syntax error, never taken for an empty one": {
      store: '{ "version": 1, "profiles": { ',
      says: ["auth-profiles.json:1:"],
    },
    "an empty file": { store: "", says: ["auth-profiles.json"] },
    "an array at the root": { store: "[]", says: ["array"] },
    "profiles is an array": { store: '{ "profiles": [] }', says: ["/profiles"] },
    "the profile is a login": {
      store: '{ "profiles": { "kilocode:default": { "type": "oauth", "provider": "kilocode", "refresh": "r" } } }',
      says: ["oauth", '"profile"'],
    },
    "the profile belongs to another provider": {
      store: '{ "profiles": { "kilocode:default": { "type": "api_key", "provider": "xai", "key": "k" } } }',
      says: ['"xai"'],
    },
  });
});

describe("what looks bad and is not", () => {
  const works = async (present: string, setup = good): Promise<string> => {
    const at = makeHome({ [config]: present, "clawform.json5": setup });
    const { code, err } = await at.run(["apply", "--yes"], { env });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    return at.read(config);
  };
  it("a byte order mark and CRLF are kept", async () => {
    const text = await works('\ufeff{\r\n  // mine\r\n  "agents": {}\r\n}\r\n');
    expect(text.startsWith("\ufeff{\r\n  // mine\r\n")).toBe(true);
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });
  it("keys that reach a prototype are data, kept, and change nothing else", async () => {
    const text = await works(
      '{ "__proto__": { "polluted": 1 }, "constructor": { "prototype": { "x": 1 } }, "channels": { "__proto__": [1] } }',
    );
    expect(text).toContain('"__proto__": { "polluted": 1 }');
    expect(text).toContain('"channels": { "__proto__": [1] }');
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
  it("__proto__ inside a model's params is data", async () => {
    const text = await works(
      "{}",
      '{ providers: { mine: { baseUrl: "http://x/v1", api: "openai-completions", models: [{ id: "m", params: { "__proto__": { a: 1 } } }] } } }',
    );
    expect(text).toContain('"__proto__"');
  });
  it("duplicate keys: the last one counts, and a warning says so", async () => {
    const at = makeHome({
      [config]: '{ "agents": { "defaults": { "model": "a/b", "model": "c/d" } } }',
      "clawform.json5": good,
    });
    const { out, code } = await at.run(["apply", "--yes"], { env });
    expect(code).toBe(0);
    expect(out).toContain("more than once");
    expect(at.read(config)).toMatch(/"model": "a\/b",\s+"model": \{ "primary": "kilocode\/kilo\/auto" \}/);
  });
  it("keys of other releases and of people's own are left alone with at most a warning", async () => {
    const text = await works(
      '{ authz: { x: 1 }, models: { cors: true, providers: { half: { baseUrl: "u" } } }, agents: { assistant: {}, list: [{ id: "a" }] }, env: { files: [".env"] }, messages: { tts: { edge: {} } } }',
    );
    for (const own of [
      "authz: { x: 1 }",
      "cors: true",
      'half: { baseUrl: "u" }',
      "assistant: {}",
      'files: [".env"]',
      "edge: {}",
    ])
      expect(text).toContain(own);
  });
});
