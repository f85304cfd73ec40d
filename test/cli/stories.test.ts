/** The main job as users do it, through the built binary in a home of its own. */

import { readdirSync, statSync } from "node:fs";
import jsonPatch from "fast-json-patch";
import JSON5 from "json5";
import { applyPatch as applyRfc6902 } from "rfc6902";
import { describe, expect, it } from "vitest";
import { findings } from "../../src/core/validate.js";
import { config, type Home, makeHome, store } from "./harness.js";

const key = "test-key-kilo-1234567890";
const before = `// my agent
{
  // what I talk to
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
const env = { KILOCODE_API_KEY: key };
const home = (): Home => makeHome({ [config]: before, "clawform.json5": setup });

/** What a file is on disk, apart from its content. */
function identity(at: Home, file: string): string {
  const { ino, mtimeNs, mode } = statSync(at.path(file), { bigint: true });
  return `${ino} ${mtimeNs} ${mode}`;
}

describe("plan", () => {
  it("shows the text that would be written and writes nothing", () => {
    const at = home();
    const { code, out, err } = at.binary(["plan"], { env });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(
      '-    model: { primary: "anthropic/claude-opus-4-6", fallbacks: ["openai/gpt-5.2"] }, // the good one',
    );
    expect(out).toContain(
      '+    model: { primary: "kilocode/kilo/auto", fallbacks: ["openai/gpt-5.2", "openrouter/auto"] }, // the good one',
    );
    expect(out).toMatch(/2 files, \d+ additions, \d+ changes?, 0 removals/);
    expect(at.read(config)).toBe(before);
    expect(at.exists(store)).toBe(false);
    expect(readdirSync(at.path(".openclaw"))).toEqual(["openclaw.json"]);
  });

  it("exits 2 with --detailed-exitcode only while there are changes", () => {
    const at = home();
    expect(at.binary(["plan", "--detailed-exitcode"], { env }).code).toBe(2);
    at.binary(["apply", "--yes"], { env });
    expect(at.binary(["plan", "--detailed-exitcode"], { env }).code).toBe(0);
  });

  it("prints JSON that is valid against its own schema", () => {
    const { out } = home().binary(["plan", "--json"], { env });
    const document = JSON.parse(out) as { changed: boolean; files: { file: string; patch: unknown[] }[] };
    expect(findings("plan-output", document)).toEqual([]);
    expect(document).toMatchObject({ format: 1, changed: true, applied: false });
    expect(document.files.map(({ file }) => file)).toEqual(["openclaw.json", "auth-profiles.json"]);
  });

  it("prints a patch that other implementations apply to what apply writes", () => {
    const at = home();
    for (const [file, path] of [
      ["openclaw.json", config],
      ["auth-profiles.json", store],
    ] as const) {
      const { out } = at.binary(["plan", "--format", "json-patch", "--file", file, "--show-secrets"], { env });
      const patch = JSON.parse(out) as [];
      const present = at.exists(path) ? (JSON5.parse(at.read(path)) as object) : {};
      const theirs = { root: structuredClone(present) };
      const inBox = patch.map((operation: { path: string }) => ({ ...operation, path: `/root${operation.path}` }));
      expect(applyRfc6902(theirs, inBox as never).filter((error) => error !== null)).toEqual([]);
      const fast = jsonPatch.applyPatch(structuredClone(present), patch, true).newDocument;
      const applied = makeHome({ [config]: before, "clawform.json5": setup });
      applied.binary(["apply", "--yes"], { env });
      const written = JSON5.parse(applied.read(path)) as object;
      expect(theirs.root).toEqual(written);
      expect(fast).toEqual(written);
    }
  });

  it("asks which file a JSON Patch is wanted for", () => {
    const { code, err } = home().binary(["plan", "--format", "json-patch"], { env });
    expect(code).toBe(64);
    expect(err).toContain("--file openclaw.json");
  });

  it("takes the setup from standard input", () => {
    const at = home();
    const { code, out } = at.binary(["plan", "-"], { env, input: setup });
    expect(code).toBe(0);
    expect(out).toContain("kilocode/kilo/auto");
  });
});

describe("apply", () => {
  it("writes both files, keeps every comment, and has nothing to do the second time", () => {
    const at = home();
    const first = at.binary(["apply", "--yes"], { env });
    expect(first.code).toBe(0);
    expect(first.out).toContain("Applied");
    const text = at.read(config);
    for (const comment of ["// my agent", "// what I talk to", "// the good one"]) expect(text).toContain(comment);
    expect(JSON.parse(at.read(store))).toEqual({
      version: 1,
      profiles: { "kilocode:default": { type: "api_key", provider: "kilocode", key } },
    });
    expect(statSync(at.path(store)).mode & 0o777).toBe(0o600);
    const identities = [config, store].map((file) => identity(at, file));
    const second = at.binary(["apply", "--yes"], { env });
    expect({ code: second.code, lines: second.out.trim().split("\n").length }).toEqual({ code: 0, lines: 1 });
    expect([config, store].map((file) => identity(at, file))).toEqual(identities);
  });

  it("never asks without a terminal", () => {
    const at = home();
    expect(at.binary(["apply"], { env }).code).toBe(0);
    expect(at.exists(store)).toBe(true);
  });

  it("--dry-run is plan", () => {
    const at = home();
    expect(at.binary(["apply", "--dry-run"], { env }).out).toBe(at.binary(["plan"], { env }).out);
    expect(at.read(config)).toBe(before);
  });

  it("--json says what was applied", () => {
    const at = home();
    const document = JSON.parse(at.binary(["apply", "--json", "--yes"], { env }).out) as object;
    expect(findings("plan-output", document)).toEqual([]);
    expect(document).toMatchObject({ changed: true, applied: true });
    expect(JSON.parse(at.binary(["apply", "--json", "--yes"], { env }).out)).toMatchObject({
      changed: false,
      applied: false,
      files: [],
    });
  });

  it("carries out a saved plan, which is 0600 and says so", () => {
    const at = home();
    const saved = at.binary(["plan", "--out", "team.plan"], { env });
    expect(saved.err).toContain("0600");
    expect(statSync(at.path("team.plan")).mode & 0o777).toBe(0o600);
    const direct = home();
    direct.binary(["apply", "--yes"], { env });
    expect(at.binary(["apply", "team.plan", "--yes"]).code).toBe(0);
    expect([at.read(config), at.read(store)]).toEqual([direct.read(config), direct.read(store)]);
  });

  it("refuses a saved plan whose files changed since (75) and writes nothing", () => {
    const at = home();
    at.binary(["plan", "--out", "team.plan"], { env });
    at.write(config, `${before}// one more thought\n`);
    const { code, err } = at.binary(["apply", "team.plan", "--yes"]);
    expect(code).toBe(75);
    expect(err).toContain("openclaw.json");
    expect(at.read(config)).toContain("one more thought");
    expect(at.exists(store)).toBe(false);
  });

  it("refuses a saved plan that was altered", () => {
    const at = home();
    at.binary(["plan", "--out", "team.plan"], { env });
    at.write("team.plan", at.read("team.plan").replaceAll("kilo/auto", "kilo/other"));
    expect(at.binary(["apply", "team.plan", "--yes"])).toMatchObject({ code: 65 });
    expect(at.read(config)).toBe(before);
  });

  it("starts from nothing", () => {
    const at = makeHome({ "clawform.json5": setup });
    expect(at.binary(["apply", "--yes"], { env }).code).toBe(0);
    expect(at.read(config)).toMatch(/^\{\n {2}"/);
    expect(statSync(at.path(config)).mode & 0o777).toBe(0o600);
    expect(statSync(at.path(".openclaw")).mode & 0o777).toBe(0o700);
  });

  it("works where --config and --state-dir say, and where the environment says", () => {
    const at = makeHome({ "clawform.json5": setup, "elsewhere/oc.json": before });
    expect(at.binary(["apply", "--yes", "--config", "elsewhere/oc.json", "--state-dir", "state"], { env }).code).toBe(
      0,
    );
    expect(at.read("elsewhere/oc.json")).toContain("kilo/auto");
    expect(at.exists("state/agents/main/agent/auth-profiles.json")).toBe(true);
    expect(at.exists(".openclaw")).toBe(false);
    const other = makeHome({ "clawform.json5": setup });
    other.binary(["apply", "--yes"], { env: { ...env, OPENCLAW_STATE_DIR: other.path("s") } });
    expect(other.exists("s/openclaw.json")).toBe(true);
  });

  it("writes for the agents that are named", () => {
    const at = home();
    expect(at.binary(["apply", "--yes", "--agent", "work", "--agent", "ops"], { env }).code).toBe(0);
    expect(
      ["work", "ops", "main"].map((agent) => at.exists(`.openclaw/agents/${agent}/agent/auth-profiles.json`)),
    ).toEqual([true, true, false]);
  });

  it("takes a key from standard input and from a file", () => {
    const piped = makeHome({ "clawform.json5": "{ providers: { kilocode: { apiKey: { stdin: true } } } }" });
    expect(piped.binary(["apply", "--yes"], { input: `${key}\n` }).code).toBe(0);
    expect(piped.read(store)).toContain(key);
    const file = makeHome({
      "sub/clawform.json5": '{ providers: { kilocode: { apiKey: { file: "kilo.key" } } } }',
      "sub/kilo.key": `${key}\n`,
    });
    expect(file.binary(["apply", "sub/clawform.json5", "--yes"]).code).toBe(0);
    expect(file.read(store)).toContain(key);
  });
});

describe("onboard", () => {
  it("implies the choice by the flag and keeps the fallbacks", () => {
    const at = home();
    expect(at.binary(["onboard", "--kilocode-api-key", key, "--yes"]).code).toBe(0);
    expect(JSON5.parse(at.read(config))).toMatchObject({
      agents: { defaults: { model: { primary: "kilocode/kilo/auto", fallbacks: ["openai/gpt-5.2"] } } },
    });
  });
  it("takes --openrouter-api-key for OpenRouter, not for Arcee", () => {
    const at = makeHome();
    at.binary(["onboard", "--openrouter-api-key", key, "--yes"]);
    expect(JSON5.parse(at.read(config))).toMatchObject({
      agents: { defaults: { model: { primary: "openrouter/auto" } } },
    });
  });
  it("takes --token with --token-provider", () => {
    const at = makeHome();
    expect(
      at.binary(["onboard", "--auth-choice", "token", "--token-provider", "kilocode", "--token", key, "--yes"]).code,
    ).toBe(0);
    expect(at.read(store)).toContain(key);
  });
  it("stores a reference in ref mode, never the key", () => {
    const at = makeHome();
    expect(
      at.binary(["onboard", "--auth-choice", "kilocode-api-key", "--secret-input-mode", "ref", "--yes"], { env }).code,
    ).toBe(0);
    expect(at.read(store)).not.toContain(key);
    expect(JSON.parse(at.read(store))).toMatchObject({
      profiles: { "kilocode:default": { keyRef: { source: "env", provider: "default", id: "KILOCODE_API_KEY" } } },
    });
  });
  it("uses a stored profile before the environment", () => {
    const at = makeHome({
      [store]: JSON.stringify({
        version: 1,
        profiles: { "kilocode:mine": { type: "api_key", provider: "kilocode", key: "test-key-mine" } },
      }),
    });
    expect(at.binary(["onboard", "--auth-choice", "kilocode-api-key", "--yes"], { env }).code).toBe(0);
    expect(JSON5.parse(at.read(config))).toMatchObject({
      auth: { profiles: { "kilocode:mine": { provider: "kilocode", mode: "api_key" } } },
    });
    expect(at.read(store)).not.toContain(key);
  });
  it.each([
    [["onboard"], 64, "--auth-choice"],
    [["onboard", "--auth-choice", "kilocode-api"], 64, "kilocode-api-key"],
    [["onboard", "--auth-choice", "kilocode-api-key"], 64, "KILOCODE_API_KEY"],
    [["onboard", "--kilocode-api-key", "a-test-key", "--zai-api-key", "b-test-key"], 64, "--zai-api-key"],
    [["onboard", "--auth-choice", "token"], 64, "--token-provider"],
    [["onboard", "--token-provider", "kilocod", "--token", "a-test-key"], 64, "kilocode"],
    [
      [
        "onboard",
        "--auth-choice",
        "kilocode-api-key",
        "--kilocode-api-key",
        "a-test-key",
        "--secret-input-mode",
        "ref",
      ],
      64,
      "KILOCODE_API_KEY",
    ],
  ])("%j is refused with what to do", (argv, code, said) => {
    const result = makeHome().binary(argv);
    expect(result.code).toBe(code);
    expect(result.err).toContain(said);
  });
});

describe("models", () => {
  it("set keeps the fallbacks and takes an alias", () => {
    const at = makeHome({
      [config]:
        '{ agents: { defaults: { model: { primary: "a/b", fallbacks: ["c/d"] }, models: { "z.ai/x": {}, "xai/grok-4": { alias: "Grok" } } } } } // mine\n',
    });
    expect(at.binary(["models", "set", "grok", "--yes"]).code).toBe(0);
    expect(at.read(config)).toContain('model: { primary: "xai/grok-4", fallbacks: ["c/d"] }');
    expect(at.binary(["models", "set", "Z.AI/GLM-4.6", "--yes"]).code).toBe(0);
    expect(at.read(config)).toContain('primary: "zai/GLM-4.6"');
    expect(at.read(config)).toContain("// mine");
  });
  it("set refuses a bare name that is no alias", () => {
    expect(home().binary(["models", "set", "gpt-5.5"])).toMatchObject({ code: 65 });
  });
  it("list shows what is default, configured and in the catalog", () => {
    const at = home();
    at.binary(["apply", "--yes"], { env });
    const { out } = at.binary(["models", "list", "--provider", "kilocode", "--json"]);
    expect(JSON.parse(out)).toMatchObject({
      format: 1,
      count: 1,
      models: [{ ref: "kilocode/kilo/auto", tags: ["default", "configured", "catalog", "alias:Kilo Gateway"] }],
    });
    expect(at.binary(["models", "list"]).out).toContain("fallback#1");
  });
});

describe("validate, providers, schema, help", () => {
  it("validate exits 0 on a good home and 65 with line and column on a bad one", () => {
    const at = home();
    at.binary(["apply", "--yes"], { env });
    expect(at.binary(["validate"])).toMatchObject({ code: 0, err: "" });
    at.write(config, '{\n  "models": { "providers": [] }\n}\n');
    const bad = at.binary(["validate"]);
    expect(bad.code).toBe(65);
    expect(bad.out).toContain("openclaw.json:2:15");
    expect(JSON.parse(at.binary(["validate", "--json"]).out)).toMatchObject({ valid: false });
  });
  it("validate finds a profile without a credential", () => {
    const at = makeHome({
      [config]:
        '{ auth: { profiles: { "kilocode:x": { provider: "kilocode", mode: "api_key" } }, order: { kilocode: ["kilocode:y"] } } }',
    });
    const { out, code } = at.binary(["validate"]);
    expect(code).toBe(0);
    expect(out).toContain('"kilocode:x" has no credential');
    expect(out).toContain('"kilocode:y"');
  });
  it("providers lists the catalog and shows a card", () => {
    const at = makeHome();
    expect(at.binary(["providers"]).out).toContain("kilocode");
    expect(at.binary(["providers", "moonshot"]).out).toContain("moonshot-api-key-cn");
    expect(JSON.parse(at.binary(["providers", "kilocode", "--json"]).out)).toMatchObject({
      provider: { id: "kilocode", env: ["KILOCODE_API_KEY"] },
    });
    expect(at.binary(["providers", "kilocod"])).toMatchObject({ code: 64 });
  });
  it("schema prints each schema it lists", () => {
    const at = makeHome();
    const names = at.binary(["schema"]).out.trim().split("\n");
    expect(names).toEqual(
      expect.arrayContaining(["setup", "card", "plan", "openclaw", "auth-profiles", "transforms/primary-model"]),
    );
    for (const name of ["setup", "transforms/primary-model"])
      expect(JSON.parse(at.binary(["schema", name]).out)).toHaveProperty("description");
    expect(at.binary(["schema", "setpu"])).toMatchObject({ code: 64 });
  });
  it.each(["plan", "apply", "onboard", "validate", "models set", "models list", "providers", "schema"])(
    "%s has help with examples",
    (command) => {
      const { code, out } = makeHome().binary([...command.split(" "), "--help"]);
      expect(code).toBe(0);
      expect(out).toContain("Examples:");
    },
  );
  it("says its version, suggests commands, and exits 64 on a wrong one", () => {
    const at = makeHome();
    expect(at.binary(["--version"])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    const wrong = at.binary(["aply"]);
    expect(wrong.code).toBe(64);
    expect(wrong.err).toContain("apply");
    expect(at.binary(["plan", "--no-such"]).code).toBe(64);
  });
});

describe("no key in any byte of any output", () => {
  it.each(
    [
      ["plan"],
      ["plan", "--json"],
      ["plan", "--format", "json-patch", "--file", "openclaw.json"],
      ["plan", "--format", "json-patch", "--file", "auth-profiles.json"],
      ["plan", "--out", "p"],
      ["apply", "--dry-run"],
      ["apply", "--yes"],
      ["apply", "--yes", "--json"],
      ["validate", "--json"],
      ["models", "list", "--json"],
      ["onboard", "--auth-choice", "kilocode-api-key", "--yes"],
      ["onboard", "--auth-choice", "kilocode-api-key", "--json", "--dry-run"],
    ].map((argv) => ({ argv })),
  )("$argv", ({ argv }) => {
    const { code, out, err } = home().binary(argv, { env });
    expect(code).toBe(0);
    for (const secret of [key, "test-old-secret-value"]) expect(out + err).not.toContain(secret);
  });
  it("--show-secrets is the one way to see it", () => {
    expect(home().binary(["plan", "--show-secrets"], { env }).out).toContain(key);
  });
});

describe("colour", () => {
  it.each<[string[], Record<string, string>, boolean]>([
    [[], {}, false],
    [["--color", "always"], {}, true],
    [["--color", "never"], { FORCE_COLOR: "1" }, false],
    [[], { FORCE_COLOR: "1" }, true],
    [[], { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
  ])("%j with %j", (flags, more, coloured) => {
    expect(
      home()
        .binary(["plan", ...flags], { env: { ...env, ...more } })
        .out.includes("\u001b["),
    ).toBe(coloured);
  });
});
