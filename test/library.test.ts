/** The library's exports, used as a program would. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  apply,
  applyDefaultModel,
  applyPatch,
  applyPatchToText,
  applyProvider,
  type Card,
  ClawformError,
  diffDocuments,
  loadCatalog,
  parseSetup,
  plan,
  upsertAuthProfile,
  validateConfig,
} from "../src/index.js";
import { matchers, serializer } from "../src/vitest.js";

const kilo = loadCatalog().get("kilocode") as Card;
const refused = (code: string): object => expect.objectContaining({ code }) as object;

describe("plan and apply", () => {
  const setup = { providers: { kilocode: { apiKey: { env: "K" } } }, model: { primary: "kilocode/kilo/auto" } };
  const env = { K: "test-key-1234567890" };
  it("plans on the files of an installation, writes them, and has nothing to do after", async () => {
    const stateDir = mkdtempSync(join(tmpdir(), "clawform-library-"));
    onTestFinished(() => rmSync(stateDir, { recursive: true, force: true }));
    const report = await apply(plan(setup, { stateDir, env, agents: ["Work"] }));
    expect(report.files.map(({ file, outcome }) => `${file} ${outcome}`)).toEqual([
      "agents/work/agent/auth-profiles.json created",
      "openclaw.json created",
    ]);
    expect(readFileSync(join(stateDir, "agents/work/agent/auth-profiles.json"), "utf8")).toContain(
      "test-key-1234567890",
    );
    expect(plan(setup, { stateDir, env, agents: ["work"] }).changes).toEqual([]);
  });
  it("refuses to apply a plan with errors, and a key from standard input", async () => {
    const stopped = plan({ providers: { nonsense: {} } }, { on: {} });
    expect(stopped.problems[0]).toMatchObject({ code: "unknown-provider", severity: "error" });
    await expect(apply(plan(setup, { on: {}, env }), { stateDir: "/nowhere" })).rejects.toEqual(
      refused("no-state-dir"),
    );
    await expect(apply(stopped)).rejects.toEqual(refused("unknown-provider"));
    expect(() => plan({ providers: { kilocode: { apiKey: { stdin: true } } } }, { on: {} })).toThrow(
      refused("no-input"),
    );
  });
  it("takes stores of several agents in memory", () => {
    const on = { agents: { work: { profiles: {} } }, auth: '{ "profiles": {} }' };
    expect(plan({ ...setup, agents: ["main", "work"] }, { on, env }).changes.map(({ file }) => file)).toEqual([
      "openclaw.json",
      "auth-profiles.json",
      "agents/work/agent/auth-profiles.json",
    ]);
  });
  it("takes a key as text with a warning, and one from a file", () => {
    const codes = plan({ providers: { kilocode: { apiKey: "test-key-1234567890" } } }, { on: {} }).problems.map(
      ({ code }) => code,
    );
    expect(codes).toEqual(["plaintext-key"]);
    const file = new URL("../LICENSE", import.meta.url).pathname;
    expect(plan({ providers: { kilocode: { apiKey: { file } } } }, { on: {} }).changes).toHaveLength(2);
  });
});

describe("one step on a value", () => {
  it("applyProvider lays a card over a configuration, with its default model when asked", () => {
    const before = { models: { pricing: { enabled: false } } };
    expect(applyProvider(before, kilo)).toMatchObject({
      models: { pricing: { enabled: false }, mode: "merge", providers: { kilocode: { api: "openai-completions" } } },
      plugins: { entries: { kilocode: { enabled: true } } },
    });
    expect(applyProvider(before, kilo).agents?.defaults?.model).toBeUndefined();
    expect(applyProvider(before, kilo, { defaultModel: true }).agents?.defaults?.model).toEqual({
      primary: "kilocode/kilo/auto",
    });
    expect(before).toEqual({ models: { pricing: { enabled: false } } });
    const moonshot = loadCatalog().get("moonshot") as Card;
    expect(
      applyProvider({}, moonshot, { choice: "moonshot-api-key-cn" }).models?.providers?.["moonshot"]?.baseUrl,
    ).toBe("https://api.moonshot.cn/v1");
    expect(() => applyProvider({}, kilo, { choice: "nonsense" })).toThrow(refused("unknown-choice"));
    expect(() => applyProvider({ plugins: { deny: ["kilocode"] } }, kilo)).toThrow(refused("plugin-denied"));
  });
  it("applyDefaultModel keeps the fallbacks; the same value comes back when there is nothing to do", () => {
    const before = { agents: { defaults: { model: { primary: "a/b", fallbacks: ["c/d"] } } } };
    const after = applyDefaultModel(before, "e/f");
    expect(after.agents?.defaults?.model).toEqual({ primary: "e/f", fallbacks: ["c/d"] });
    expect(applyDefaultModel(after, "e/f")).toBe(after);
    expect(() => applyDefaultModel({}, "gpt")).toThrow(ClawformError);
  });
  it("upsertAuthProfile keeps everything else of the store", () => {
    const store = {
      version: 1,
      profiles: { "xai:a": { type: "api_key", provider: "xai", key: "test-x" } },
      order: {},
    } as const;
    const profile = { id: "kilocode:default", type: "api_key", provider: "kilocode", key: "test-k" } as const;
    expect(upsertAuthProfile(store, profile)).toEqual({
      ...store,
      profiles: { ...store.profiles, "kilocode:default": { type: "api_key", provider: "kilocode", key: "test-k" } },
    });
    expect(() => upsertAuthProfile(store, { ...profile, id: "xai:a" })).toThrow(refused("profile-taken"));
  });
  it("a configuration in memory cannot include files", () => {
    expect(() => applyDefaultModel({ $include: "./x.json5" }, "e/f")).toThrow(refused("include-unread"));
  });
});

describe("patches, texts, validation", () => {
  it("diffDocuments, applyPatch and applyPatchToText agree", () => {
    const [before, after] = [{ a: [1, 2] }, { a: [1, 3, 2] }];
    const patch = diffDocuments(before, after);
    expect(applyPatch(before, patch)).toEqual(after);
    expect(applyPatchToText("{ a: [1, 2] } // kept", patch)).toBe("{ a: [1, 3, 2] } // kept");
  });
  it("validateConfig tells lines of a text", () => {
    expect(validateConfig('{\n  "models": []\n}')).toEqual([
      expect.objectContaining({ code: "wrong-type", pointer: "/models", line: 2, severity: "error" }),
    ]);
    expect(validateConfig({ models: {} })).toEqual([]);
  });
  it("parseSetup throws all problems at once", () => {
    const problems = (() => {
      try {
        parseSetup("{ provider: {}, modle: {} }");
      } catch (error) {
        return (error as ClawformError).problems;
      }
      return [];
    })();
    expect(problems.map(({ hint }) => hint)).toEqual(['Did you mean "providers"?', 'Did you mean "model"?']);
  });
});

describe("clawform/vitest", () => {
  const setup = { providers: { kilocode: { apiKey: { env: "K" } } }, model: { primary: "kilocode/kilo/auto" } };
  const options = { env: { K: "test-key-1234567890" } };
  const said = (result: { pass: boolean; message: () => string }): string => `${result.pass} ${result.message()}`;
  it("toPlan says what differs, masked, and shows the plan", () => {
    const wrong = matchers.toPlan(setup, {
      ...options,
      gives: {
        config: { agents: { defaults: { model: { primary: "x/y" } } } },
        auth: { profiles: { "kilocode:default": { key: "other-test-key-0" } } },
      },
    });
    expect(said(wrong)).toContain('config /agents/defaults/model/primary: expected "x/y", got "kilocode/kilo/auto"');
    expect(said(wrong)).toContain("It plans:");
    expect(said(wrong)).not.toMatch(/test-key/);
    expect(said(matchers.toPlan({ providers: { nonsense: {} } }))).toContain(
      "false the setup does not plan what was expected",
    );
    expect(said(matchers.toPlan(setup, { ...options, problems: ["alias-taken"] }))).toContain(
      "problems: expected alias-taken, got none",
    );
    expect(matchers.toPlan(setup, { ...options, problems: [] }).pass).toBe(true);
    expect(said(matchers.toPlan(setup, options))).toContain("true expected the setup not to plan this");
  });
  it("toPlanNothing shows what is missing", () => {
    expect(said(matchers.toPlanNothing(setup, options))).toContain("false expected nothing to do, but it plans");
    expect(said(matchers.toPlanNothing({}, options))).toContain("true expected the setup to plan something");
    expect(matchers.toPlan({}, { on: { config: "{ a: 1 }" }, gives: { config: { a: 1 } } }).pass).toBe(true);
  });
  it("the serializer knows what these are made of, and says where a key comes from", () => {
    const shown = (value: unknown): unknown => {
      expect(serializer.test(value)).toBe(true);
      return JSON.parse(serializer.serialize(value)) as unknown;
    };
    const sources = [{ env: "MY_KEY" }, { file: "/run/secrets/k" }, { profile: "p:default" }, { stdin: true }];
    for (const apiKey of [...sources, { source: "env", provider: "default", id: "MY_KEY" }])
      expect(shown({ providers: { p: { apiKey } } })).toEqual({ providers: { p: { apiKey } } });
    expect(
      shown({
        model: { primary: "p/m" },
        env: { vars: { TEAM: "blue", MY_TOKEN: "test-secret-1" } },
        providers: {
          p: { apiKey: "test-key-1", headers: { "x-api-key": "test-key-2" } },
          q: { apiKey: { key: "test-k" } },
        },
      }),
    ).toEqual({
      model: { primary: "p/m" },
      env: { vars: { TEAM: "blue", MY_TOKEN: "***" } },
      providers: { p: { apiKey: "***", headers: { "x-api-key": "***" } }, q: { apiKey: { key: "***" } } },
    });
    const ids = { type: "oauth", provider: "p" };
    expect(shown({ ...ids, access: "test-key-1", refresh: "test-key-2", expires: 1 })).toEqual({
      ...ids,
      access: "***",
      refresh: "***",
      expires: 1,
    });
    const step = (value: string): object[] => [
      { transform: "repair", title: "r", input: { agent: "main", set: [{ pointer: "/profiles/p/access", value }] } },
      { transform: "auth-profile", title: "a", input: { profile: "p", credential: { ...ids, token: value } } },
    ];
    expect(shown(step("test-key-1"))).toEqual(step("***"));
    const file = { file: "auth-profiles.json", path: "/a", document: { kind: "auth", agent: "main" } };
    const text = JSON.stringify({ profiles: { p: { ...ids, type: "token", token: "test-key-1" } } });
    const made = { ...file, before: null, after: { sha256: "0", text } };
    expect(serializer.test(made)).toBe(true);
    expect(serializer.serialize(made)).toContain("auth-profiles.json (new)");
    expect(serializer.serialize(made)).toContain('"token": "***"');
    const gone = { ...made, before: made.after, after: null };
    expect(serializer.serialize(gone)).toBe("auth-profiles.json (removed)");
    for (const value of [
      { model: "x" },
      { env: 1 },
      { type: "token" },
      [{ a: 1 }],
      { operation: 1 },
      { transform: "x" },
    ])
      expect(serializer.test(value)).toBe(false);
  });
  it("the serializer knows plans, patches and documents, and leaves other values alone", () => {
    const planned = plan(setup, {
      ...options,
      on: { config: { models: { providers: { "z.ai": { baseUrl: "u", models: [] } } } } },
    });
    const values = [
      planned,
      [{ op: "add", path: "/env/vars/MY_TOKEN", value: "test-secret-1" }],
      { auth: { profiles: {} }, env: { vars: { MY_TOKEN: "test-secret-1" } } },
      { version: 1, profiles: { a: { key: "test-secret-1" } } },
    ];
    for (const value of values) {
      expect(serializer.test(value)).toBe(true);
      expect(serializer.serialize(value)).not.toMatch(/test-key|test-secret/);
    }
    for (const value of [null, 1, [], { a: 1 }, { models: [] }, { profiles: {}, provider: "x" }])
      expect(serializer.test(value)).toBe(false);
    for (const part of [planned.changes, planned.steps, planned.changes.flatMap(({ patch }) => patch)]) {
      expect(part.length).toBeGreaterThan(1);
      for (const value of part) {
        expect(serializer.test(value)).toBe(true);
        expect(serializer.serialize(value)).not.toMatch(/test-key|test-secret/);
      }
    }
    const moved = plan(
      { providers: { zai: {} } },
      { on: { config: { models: { providers: { "z.ai": { baseUrl: "u", models: [] } } } } } },
    );
    expect(serializer.serialize(moved)).toContain("move /models/providers/z.ai to /models/providers/zai");
  });
});
