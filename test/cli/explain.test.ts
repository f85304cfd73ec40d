/** `clawform explain`: what it prints, for people and for programs, and that no key is in it. */

import { describe, expect, it } from "vitest";
import { explainModel } from "../../src/index.js";
import { oracle } from "../policy/recordings.js";
import { createChecker } from "../schemas/compile.js";
import { config, type Home, makeHome, store } from "./harness.js";

const check = createChecker("explain-output");
const registry = ".openclaw/plugins/installs.json";
const openrouter = {
  [config]: JSON.stringify({
    agents: {
      defaults: {
        model: { primary: "openrouter/anthropic/claude-sonnet-4", fallbacks: ["kilocode/kilo/auto", "nowhere/x"] },
        models: { "openrouter/auto": { alias: "Router" } },
      },
    },
    messages: { tts: { provider: "openrouter" } },
  }),
  [store]: JSON.stringify({
    version: 1,
    profiles: { "openrouter:default": { type: "api_key", provider: "openrouter", key: "sk-test-not-shown" } },
  }),
  [registry]: "{}",
};

function homeOf(one: (typeof oracle)[number]): Home {
  return makeHome({
    [config]: JSON.stringify(one.config),
    ...(one.profiles ? { [store]: JSON.stringify({ version: 1, profiles: one.profiles }) } : {}),
    ...(one.index === false ? {} : { [registry]: "{}" }),
  });
}

describe("explain --json", () => {
  it.each(oracle.map((one) => [one.name, one] as const))("%s is told from the files alone", async (_, one) => {
    const asked = one.thinking === undefined ? [] : ["--thinking", one.thinking];
    const { code, out, err } = await homeOf(one).run(["explain", "--json", ...asked], { env: { ...one.env } });
    expect([code, err]).toEqual([0, ""]);
    const told = JSON.parse(out) as { url: string; body: object };
    expect(check(told)).toEqual([]);
    expect(told).toMatchObject({ url: one.requests[0]?.url, body: one.requests[0]?.body });
    for (const { key } of Object.values(one.profiles ?? {})) expect(out).not.toContain(key);
    for (const value of Object.values(one.env ?? {})) expect(out).not.toContain(value);
    expect(out).not.toContain("key-from-");
  });

  it("takes an alias, in any case, and a level's other names", async () => {
    const { out } = await makeHome(openrouter).run(["explain", "router", "--thinking", "ultra", "--json"]);
    expect(JSON.parse(out)).toMatchObject({ asked: "router", ref: "openrouter/auto", thinking: { level: "high" } });
  });

  it("tells what the library's explainModel returns", async () => {
    const home = makeHome(openrouter);
    const { out } = await home.run(["explain", "--json"]);
    expect(explainModel("", { stateDir: home.path(".openclaw"), env: { HOME: home.dir }, cwd: home.dir })).toEqual(
      JSON.parse(out),
    );
  });

  it("looks at an agent's own model, profiles and order", async () => {
    const home = makeHome({
      [config]: JSON.stringify({
        agents: { defaults: { model: "openrouter/auto" }, list: [{ id: "work", model: "openrouter/openai/gpt-5.5" }] },
      }),
      [store]: JSON.stringify({
        version: 1,
        profiles: { "openrouter:default": { type: "api_key", provider: "openrouter", key: "test-key-1" } },
      }),
      ".openclaw/agents/work/agent/auth-profiles.json": JSON.stringify({
        version: 1,
        profiles: { "openrouter:work": { type: "api_key", provider: "openrouter", key: "test-key-2" } },
      }),
      ".openclaw/agents/work/agent/auth-state.json": JSON.stringify({ order: { openrouter: ["openrouter:work"] } }),
    });
    const { out } = await home.run(["explain", "--agent", "work", "--json"]);
    expect(JSON.parse(out)).toMatchObject({
      ref: "openrouter/openai/gpt-5.5",
      credential: {
        name: "openrouter:work",
        candidates: [
          { name: "openrouter:work", chosen: true },
          { name: "openrouter:default", chosen: false },
          { name: "OPENROUTER_API_KEY", chosen: false },
        ],
      },
    });
  });
});

describe("explain", () => {
  it("prints short sections, each line with its rule", async () => {
    const { code, out } = await makeHome(openrouter).run(["explain", "--thinking", "low"], { console: { width: 120 } });
    expect(code).toBe(0);
    expect(out).toMatchSnapshot();
    expect(out).not.toContain("sk-test");
  });

  it("fits a narrow terminal and shows control characters as escapes", async () => {
    const home = makeHome({
      [config]: JSON.stringify({
        models: {
          providers: {
            p: {
              baseUrl: "https://x.example/v1",
              api: "openai-completions",
              apiKey: "test-key-1",
              headers: { "X-Team": "a\u001b[31mb", "X-Api-Token": "test-key-3" },
              models: [{ id: "m\u001b]0;x\u0007", name: "M" }],
            },
          },
        },
        agents: { defaults: { params: { extra_body: { api_key: "test-key-4", note: "\u202eevil" } } } },
      }),
    });
    const { out } = await home.run(["explain"], { console: { width: 60 } });
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(out).toContain("\\x1b");
    expect(out).not.toMatch(/test-key-[134]/);
  });

  it("refuses a level nobody knows and more than one agent", async () => {
    const home = makeHome(openrouter);
    expect(await home.run(["explain", "--thinking", "hard-ish"])).toMatchObject({
      code: 64,
      err: expect.stringContaining("off, minimal, low") as string,
    });
    expect(await home.run(["explain", "--agent", "a", "--agent", "b"])).toMatchObject({ code: 64 });
  });

  it("works on an empty home and through the built binary", () => {
    const { code, out } = makeHome().binary(["explain"]);
    expect(code).toBe(0);
    expect(out).toContain("openai/gpt-5.5");
    expect(out).toContain("no-credential");
  });
});
