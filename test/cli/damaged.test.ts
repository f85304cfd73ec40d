/** Files as people leave them: wrong values in places a command reads, though it does not write there. Never a crash. */

import { describe, expect, it } from "vitest";
import { config, makeHome, store } from "./harness.js";

const onboard = (...more: string[]): string[] => ["onboard", "--auth-choice", "kilocode-api-key", "--dry-run", ...more];
const env = { KILOCODE_API_KEY: "test-key-of-nobody" };

describe("goes on", () => {
  it.each<[string, string, string[], string]>([
    ["an agent's id is a number", "{ agents: { list: [null, { id: 5 }] } }", onboard(), "kilocode:default"],
    [
      "an alias is a number",
      "{ agents: { defaults: { models: { 'a/b': { alias: 5 } } } } }",
      ["models", "set", "c/d", "--dry-run"],
      "c/d",
    ],
    ["the secrets are a number", "{ secrets: 5 }", onboard("--secret-input-mode", "ref"), '"provider": "default"'],
    [
      "their default is a list",
      "{ secrets: { defaults: { env: ['x'] } } }",
      onboard("--secret-input-mode", "ref"),
      '"provider": "default"',
    ],
    [
      "one of them is null",
      "{ secrets: { providers: { a: null, b: { source: 'env' } } } }",
      onboard("--secret-input-mode", "ref"),
      '"provider": "b"',
    ],
    [
      "fallbacks are no list",
      "{ agents: { defaults: { model: { primary: 'a/b', fallbacks: true } } } }",
      ["models", "list"],
      "a/b",
    ],
    [
      "the default model is an object in an object",
      "{ agents: { defaults: { model: { primary: {}, fallbacks: [[], 'a/b'] } } } }",
      ["models", "list"],
      "a/b",
    ],
    [
      "a model's fields are odd",
      "{ models: { providers: { p: { models: [null, { id: 'm', name: 5, input: {}, contextWindow: 'x' }] } } } }",
      ["models", "list"],
      "p/m",
    ],
    ["another plugin's entry is a number", "{ plugins: { entries: { other: 5 } } }", onboard(), "kilocode:default"],
  ])("%s", async (_name, text, argv, shown) => {
    const { code, out, err } = await makeHome({ [config]: text }).run(argv, { env });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(shown);
  });
});

describe("refuses, at the place", () => {
  it.each<[string, string, string]>([
    ["the plugin's entry is a number", "{ plugins: { entries: { kilocode: 5 } } }", "/plugins/entries/kilocode"],
    ["the plugin's entry is a list", "{ plugins: { entries: { kilocode: [1] } } }", "/plugins/entries/kilocode"],
    [
      "a model of the block is null",
      "{ models: { providers: { kilocode: { baseUrl: 'x', models: [null] } } } }",
      "/models/providers/kilocode/models/0",
    ],
  ])("%s", async (_name, text, pointer) => {
    const { code, err } = await makeHome({ [config]: text }).run(onboard(), { env });
    expect(code).toBe(65);
    expect(err).toContain(`openclaw.json:1:`);
    expect(err).toContain(pointer);
  });

  it("the entry of the voice's provider is a number", async () => {
    const home = makeHome({ [config]: "{ messages: { tts: { providers: { openrouter: 5 } } } }" });
    const { code, err } = await home.run(["plan", "-"], { input: "{ tts: { provider: 'openrouter', model: 'm' } }" });
    expect([code, err]).toEqual([65, expect.stringContaining("/messages/tts/providers/openrouter")]);
  });
});

it("takes what is text of a stored profile's metadata, and asks for the rest", async () => {
  const profile = {
    type: "api_key",
    provider: "cloudflare-ai-gateway",
    key: "test-key-1",
    metadata: { accountId: 5, gatewayId: "g" },
  };
  const home = makeHome({
    [store]: JSON.stringify({ version: 1, profiles: { "cloudflare-ai-gateway:default": profile } }),
  });
  const { code, err } = await home.run(["onboard", "--auth-choice", "cloudflare-ai-gateway-api-key", "--dry-run"]);
  expect([code, err]).toEqual([65, expect.stringContaining("accountId")]);
});

it("validate tells of keys OpenClaw does not know, where clawform writes nothing too, and does not call the file valid", async () => {
  const home = makeHome({ [config]: "{\n  authz: { on: true },\n  agents: { main: {} },\n}" });
  const { code, out } = await home.run(["validate"]);
  expect(code).toBe(0);
  expect(out).toContain("openclaw.json:2:3 /authz");
  expect(out).toContain("openclaw.json:3:13 /agents/main");
  expect(out).toContain("openclaw.json: no errors.");
  expect((await home.run(onboard(), { env })).out).not.toContain("authz: unknown");
});
