/** What `onboard` says to what is wrong, doubtful or of no use. */

import { describe, expect, it } from "vitest";
import { config, type Home, makeHome, store } from "./harness.js";

const said = (text: string): string => text.replaceAll(/\s+/g, " ");
const key = "sk-test-0123456789";
const setupToken = `sk-ant-oat01-${"test-0123456789-".repeat(5)}`;

describe("refused, nothing written", () => {
  const rows: readonly [string, readonly string[], number, RegExp][] = [
    ["an unknown choice", ["--auth-choice", "kilo-api-key"], 64, /Did you mean .*kilocode-api-key/],
    ["an unknown choice near one that is done elsewhere", ["--auth-choice", "openai-codecs"], 64, /openai-codex/],
    ["an unknown flag", ["--kilocode-apikey", key], 64, /--kilocode-api-key/],
    [
      "a choice that needs a login",
      ["--auth-choice", "google-gemini-cli"],
      64,
      /needs a login.*openclaw models auth login/,
    ],
    ["a choice that is gone", ["--auth-choice", "groq-api-key"], 64, /is no choice any more.*GROQ_API_KEY/],
    [
      "two choices",
      ["--auth-choice", "apiKey", "--auth-choice", "kilocode-api-key", "--kilocode-api-key", key],
      64,
      /given twice/,
    ],
    ["two providers' keys", ["--kilocode-api-key", key, "--openrouter-api-key", key], 64, /several providers' keys/],
    [
      "a key and an address",
      ["--kilocode-api-key", key, "--custom-base-url", "http://x"],
      64,
      /several providers' keys/,
    ],
    ["no account", ["--cloudflare-ai-gateway-api-key", key], 65, /accountId.*--cloudflare-ai-gateway-account-id/],
    [
      "no gateway",
      ["--cloudflare-ai-gateway-api-key", key, "--cloudflare-ai-gateway-account-id", "a"],
      65,
      /gatewayId.*--cloudflare-ai-gateway-gateway-id/,
    ],
    ["a blank key", ["--kilocode-api-key", " \n "], 65, /blank/],
    ["a key of quotes", ["--kilocode-api-key", "''"], 65, /blank/],
    [
      "ref mode without its variable",
      ["--auth-choice", "kilocode-api-key", "--secret-input-mode", "ref"],
      64,
      /neither --kilocode-api-key nor KILOCODE_API_KEY/,
    ],
    ["a setup-token that is cut off", ["--auth-choice", "setup-token", "--token", "sk-ant-oat01-x"], 65, /is cut off/],
    ["a key for a setup-token", ["--auth-choice", "setup-token", "--token", key], 65, /is no Anthropic setup-token/],
    ["an end that is no time", ["--auth-choice", "setup-token", "--token-expires-in", "soon"], 64, /length of time/],
    ["tokens that are none", ["--context-window", "many", "--custom-model-id", "m"], 64, /whole number of tokens/],
    ["an unknown provider", ["--auth-choice", "token", "--token-provider", "kilocod", "--token", key], 64, /kilocode/],
  ];
  it.each(rows)("%s", async (_name, argv, code, message) => {
    const home = makeHome();
    const result = await home.run(["onboard", ...argv, "--yes"]);
    expect([result.code, said(result.err)]).toEqual([code, expect.stringMatching(message)]);
    expect([home.exists(config), home.exists(store)]).toEqual([false, false]);
    expect(result.out + result.err).not.toContain(key);
  });
});

async function applied(home: Home, argv: readonly string[], env = {}): Promise<string> {
  const { code, out, err } = await home.run(["onboard", ...argv, "--yes"], { env });
  expect([code, err]).toEqual([0, ""]);
  for (const secret of [key, setupToken, "sk-or-v1-test", "test-key-old"]) expect(out).not.toContain(secret);
  return said(out);
}
const profiles = (home: Home): { [id: string]: unknown } =>
  (JSON.parse(home.read(store)) as { profiles: { [id: string]: unknown } }).profiles;

describe("done, with a warning", () => {
  it.each([
    ["newlines", "sk-test-\n0123456789", "line breaks"],
    ["quotes", `"${key}"`, "quotes"],
    ["an export", `export KILOCODE_API_KEY='${key}';`, "the assignment in front"],
  ])("a key with %s around it is stored without", async (_name, pasted, removed) => {
    const home = makeHome();
    expect(await applied(home, ["--kilocode-api-key", pasted])).toContain(removed);
    expect(profiles(home)).toEqual({ "kilocode:default": { type: "api_key", provider: "kilocode", key } });
  });

  it.each([
    ["--kilocode-api-key", "sk-or-v1-test", "OpenRouter"],
    ["--openai-api-key", "sk-ant-api03-test", "Anthropic"],
    ["--openrouter-api-key", "AIzaTest0123456789", "Google"],
    ["--zai-api-key", "gsk_test0123456789", "Groq"],
    ["--anthropic-api-key", "xai-test0123456789", "xAI"],
  ])("%s with a key of another provider", async (flag, foreign, owner) => {
    const home = makeHome();
    expect(await applied(home, [flag, foreign])).toContain(`begins as one of ${owner} does`);
    expect(home.read(store)).toContain(foreign);
  });

  it.each([
    ["--openrouter-api-key", "sk-or-v1-test"],
    ["--anthropic-api-key", "sk-ant-api03-test"],
    ["--litellm-api-key", "sk-litellm-test"],
  ])("%s with its own key is not remarked upon", async (flag, own) => {
    expect(await applied(makeHome(), [flag, own])).not.toContain("begins as one of");
  });

  it("a flag of another provider is left out, and said to be", async () => {
    const home = makeHome();
    const argv = [
      "--auth-choice",
      "kilocode-api-key",
      "--kilocode-api-key",
      key,
      "--openrouter-api-key",
      "test-key-old",
    ];
    expect(await applied(home, argv)).toContain("--openrouter-api-key means nothing to kilocode-api-key");
    expect(Object.keys(profiles(home))).toEqual(["kilocode:default"]);
  });

  it("--token beside the choice's own flag, or for another provider", async () => {
    const home = makeHome();
    expect(await applied(home, ["--kilocode-api-key", key, "--token", "test-other"])).toContain(
      "--token is not used: --kilocode-api-key gives the key",
    );
    expect(profiles(home)).toMatchObject({ "kilocode:default": { key } });
    const argv = ["--auth-choice", "kilocode-api-key", "--token-provider", "openrouter", "--token", key];
    expect(await applied(makeHome(), argv)).toContain("--token-provider openrouter means nothing to kilocode-api-key");
    const own = await applied(makeHome(), ["--auth-choice", "token", "--token-provider", "kilocode", "--token", key]);
    expect(own).not.toMatch(/not used|means nothing/);
  });

  it("flags of a server of one's own mean nothing to others", async () => {
    const argv = ["--auth-choice", "kilocode-api-key", "--kilocode-api-key", key, "--custom-model-id", "m"];
    expect(await applied(makeHome(), [...argv, "--token-expires-in", "1d"])).toMatch(
      /--token-expires-in means nothing.*--custom-model-id means nothing/,
    );
  });

  it("--probe where nothing can be asked", async () => {
    expect(await applied(makeHome(), ["--kilocode-api-key", key, "--probe"])).toContain("nothing was asked");
  });
});

describe("tokens", () => {
  it("ends when it is said to", async () => {
    const home = makeHome();
    const argv = ["--auth-choice", "setup-token", "--token", setupToken, "--token-expires-in", "1d12h"];
    const before = Date.now();
    await applied(home, argv);
    const { expires } = profiles(home)["anthropic:default"] as { expires: number };
    expect(expires - before).toBeGreaterThanOrEqual(36 * 3_600_000);
    expect(expires - Date.now()).toBeLessThanOrEqual(36 * 3_600_000);
  });

  it("takes the named profile, which a key's flag takes too", async () => {
    const home = makeHome();
    await applied(home, ["--kilocode-api-key", key, "--token-profile-id", "Team Blue"]);
    expect(Object.keys(profiles(home))).toEqual(["kilocode:team-blue"]);
  });

  it("is found in its variable", async () => {
    const home = makeHome();
    await applied(home, ["--auth-choice", "setup-token"], { ANTHROPIC_OAUTH_TOKEN: setupToken });
    expect(profiles(home)).toEqual({
      "anthropic:default": { type: "token", provider: "anthropic", token: setupToken },
    });
  });
});

describe("a context window", () => {
  it("is what the flag says, for a custom provider and for a server", async () => {
    const custom = makeHome();
    const url = ["--custom-base-url", "http://127.0.0.1:9/v1", "--custom-model-id", "m", "--context-window", "65536"];
    expect(await applied(custom, url)).not.toContain("is not known");
    expect(custom.read(config)).toContain('"contextWindow": 65536');
    const vllm = makeHome();
    await applied(vllm, ["--auth-choice", "vllm", "--context-window", "4096", "--custom-model-id", "m"]);
    const { models } = JSON.parse(vllm.read(config)) as {
      models: { providers: { vllm: { models: { contextWindow: number; maxTokens: number }[] } } };
    };
    expect(models.providers.vllm.models).toMatchObject([{ contextWindow: 4096, maxTokens: 4096 }]);
  });
});
