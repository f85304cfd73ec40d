/** What the provider pages say of setting up, each by its number; what they say of run time is in pages.test.ts. */

import JSON5 from "json5";
import { describe, expect, it } from "vitest";
import { config, type Home, makeHome, store } from "../cli/harness.js";

const own = `{
  // mine
  models: { mode: "replace", providers: { kilocode: { baseUrl: "https://old.example/", apiKey: " \${OWN} ", headers: { "X-Team": "blue" }, models: [] } } },
  agents: { defaults: {
    model: { primary: "openai/gpt-5.5", fallbacks: ["openrouter/auto"] },
    models: { "kilocode/kilo/auto": { alias: "Mine" } },
  } },
}
`;
const configOf = (home: Home): { [key: string]: { [key: string]: unknown } } => JSON5.parse(home.read(config));

describe("Kilo Gateway", () => {
  it.each([
    ["the choice and its flag", ["--auth-choice", "kilocode-api-key", "--kilocode-api-key", "test-key-k"]],
    ["the flag alone", ["--kilocode-api-key", "test-key-k"]],
    [
      "--token with --token-provider",
      ["--auth-choice", "token", "--token-provider", "kilocode", "--token", "test-key-k"],
    ],
  ])("K2 %s leads to the same", async (_, args) => {
    const home = makeHome();
    expect((await home.run(["onboard", ...args, "--yes"])).code).toBe(0);
    const stored = JSON.parse(home.read(store)) as { profiles: object };
    expect(stored.profiles).toEqual({
      "kilocode:default": { type: "api_key", provider: "kilocode", key: "test-key-k" },
    });
    expect(configOf(home)["agents"]).toMatchObject({ defaults: { model: { primary: "kilocode/kilo/auto" } } });
  });

  it("K5 keeps what the user has, sets base URL and API, trims the key, fills the alias only where none is", async () => {
    const home = makeHome({ [config]: own });
    expect((await home.run(["onboard", "--kilocode-api-key", "test-key-k", "--yes"])).code).toBe(0);
    const { models, agents } = configOf(home);
    expect(models).toMatchObject({
      mode: "replace",
      providers: {
        kilocode: {
          baseUrl: "https://api.kilo.ai/api/gateway/",
          api: "openai-completions",
          apiKey: "${OWN}",
          headers: { "X-Team": "blue" },
        },
      },
    });
    expect(agents?.["defaults"]).toMatchObject({
      model: { primary: "kilocode/kilo/auto", fallbacks: ["openrouter/auto"] },
      models: { "kilocode/kilo/auto": { alias: "Mine" } },
    });
    expect(home.read(config)).toContain("// mine");
  });

  it("K5 in two forms: the provider alone, and with its default model", async () => {
    const home = makeHome({ [config]: own, "clawform.json5": "{ providers: { kilocode: {} } }" });
    expect((await home.run(["apply", "--yes"])).code).toBe(0);
    expect(configOf(home)["agents"]).toMatchObject({ defaults: { model: { primary: "openai/gpt-5.5" } } });
  });

  it("K6 stores the profile kilocode:default, for the agent that is named", async () => {
    const home = makeHome({ [config]: '{ agents: { list: [{ id: "main" }, { id: "work" }] } }' });
    const args = ["onboard", "--kilocode-api-key", "test-key-k", "--agent", "work", "--yes"];
    expect((await home.run(args)).code).toBe(0);
    expect(JSON.parse(home.read(".openclaw/agents/work/agent/auth-profiles.json"))).toMatchObject({
      profiles: { "kilocode:default": { type: "api_key", provider: "kilocode", key: "test-key-k" } },
    });
    expect(home.exists(store)).toBe(false);
  });
});
