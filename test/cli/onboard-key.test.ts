/** Where onboarding takes the key from. What the real program does is in test/oracle; here is what only clawform does. */

import { expect, it } from "vitest";
import { config, type Home, makeHome, store } from "./harness.js";

const env = { KILOCODE_API_KEY: "sk-test-environment" };
const profile = (provider: string): string =>
  JSON.stringify({ version: 1, profiles: { "kilocode:zz": { type: "api_key", provider, key: "sk-test-stored" } } });
const onboard = ["onboard", "--auth-choice", "kilocode-api-key", "--yes"];
const json = (home: Home, file: string): { auth?: unknown; profiles?: unknown } =>
  JSON.parse(home.read(file)) as { auth?: unknown };

it("names a stored profile's provider as the store spells it: OpenClaw finds it only so", async () => {
  const home = makeHome({
    [store]: profile("KiloCode"),
    [config]: '{"auth":{"profiles":{"kilocode:zz":{"provider":"KiloCode","mode":"api_key"}}}}\n',
  });
  expect(await home.run(onboard)).toMatchObject({ code: 0, err: "" });
  expect(json(home, config).auth).toEqual({ profiles: { "kilocode:zz": { provider: "KiloCode", mode: "api_key" } } });
});

it("finds main's profile for any agent, since every agent inherits it", async () => {
  const home = makeHome({ [store]: profile("kilocode") });
  expect(await home.run([...onboard, "--agent", "ops"])).toMatchObject({ code: 0, err: "" });
  expect(json(home, config).auth).toEqual({ profiles: { "kilocode:zz": { provider: "kilocode", mode: "api_key" } } });
  expect([home.read(store), home.exists(".openclaw/agents/ops")]).toEqual([profile("kilocode"), false]);
});

it("refers to a variable in ref mode although a profile is stored", async () => {
  const home = makeHome({ [store]: profile("kilocode") });
  expect(await home.run([...onboard, "--secret-input-mode", "ref"], { env })).toMatchObject({ code: 0, err: "" });
  expect(json(home, store).profiles).toEqual({
    "kilocode:zz": { type: "api_key", provider: "kilocode", key: "sk-test-stored" },
    "kilocode:default": {
      type: "api_key",
      provider: "kilocode",
      keyRef: { source: "env", provider: "default", id: "KILOCODE_API_KEY" },
    },
  });
});

it("says which flag and which variable to give", async () => {
  const { code, err } = await makeHome().run(onboard);
  expect(code).toBe(64);
  expect(err.replaceAll(/\s+/g, " ")).toContain(
    "no key for Kilo Gateway: neither --kilocode-api-key nor KILOCODE_API_KEY is given, and no profile for kilocode-api-key is stored",
  );
});

it.each([
  ["without a provider", { "x:y": { mode: "api_key" } }],
  ["that is null", { "x:y": null }],
  ["whose provider is a number", { "x:y": { provider: 7, mode: "api_key" } }],
])("is not stopped by somebody else's profile %s", async (_name, profiles) => {
  const home = makeHome({ [config]: JSON.stringify({ auth: { profiles } }) });
  expect(await home.run([...onboard, "--kilocode-api-key", "sk-test-1"])).toMatchObject({ code: 0, err: "" });
  expect(json(home, config).auth).toEqual({
    profiles: { ...profiles, "kilocode:default": { provider: "kilocode", mode: "api_key" } },
  });
});

it("is not stopped by a broken entry of another model, nor takes a blank model for a former one", async () => {
  const models = { "x/a": null, "x/b": { alias: 7 } };
  const home = makeHome({ [config]: JSON.stringify({ agents: { defaults: { model: " ", models } } }) });
  const { code, out } = await home.run([...onboard, "--kilocode-api-key", "sk-test-1", "--json"]);
  expect(code).toBe(0);
  expect((JSON.parse(out) as { problems: { code: string }[] }).problems.map((problem) => problem.code)).not.toContain(
    "primary-replaced",
  );
  expect(json(home, config)).toMatchObject({
    agents: { defaults: { models, model: { primary: "kilocode/kilo/auto" } } },
  });
});
