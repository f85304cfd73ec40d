import { describe, expect, it } from "vitest";
import type { AuthStore, OpenClawConfig } from "../../src/types.js";
import { codes, run } from "./harness.js";

const key = "test-key-1";
const input = {
  profile: "kilocode:default",
  provider: "kilocode",
  mode: "api_key",
  agents: ["main"],
  credential: { type: "api_key", provider: "kilocode", key },
};
const keyRef = { source: "env", provider: "default", id: "KILO" } as const;
const store = (main: AuthStore, over: object = {}): AuthStore | undefined =>
  run("auth-profile", { ...input, ...over }, { auth: { main } }).auth["main"];

describe("auth-profile", () => {
  it("a token takes the place of a token or its reference, and the end it had goes with it", () => {
    const token = { type: "token", provider: "kilocode", token: "test-token" } as const;
    const tokenRef = { type: "token", provider: "kilocode", tokenRef: keyRef } as const;
    const after = (present: AuthStore["profiles"], credential: object): unknown =>
      store({ profiles: present ?? {} }, { mode: "token", credential })?.profiles?.["kilocode:default"];
    expect(after({ "kilocode:default": { ...token, token: "test-old", expires: 1 } }, token)).toEqual(token);
    expect(after({ "kilocode:default": { ...token, expires: 1 } }, tokenRef)).toEqual(tokenRef);
    expect(after({ "kilocode:default": { ...tokenRef } }, { ...token, expires: 9 })).toEqual({ ...token, expires: 9 });
  });
  it("stores without naming when it is told to", () => {
    expect(run("auth-profile", { ...input, storeOnly: true }, {})).toEqual({
      config: {},
      auth: { main: { version: 1, profiles: { "kilocode:default": input.credential } } },
    });
  });
  it("fills a gap alone when it is told to", () => {
    const held = { type: "api_key", provider: "kilocode", keyRef } as const;
    expect(store({ profiles: { "kilocode:default": held } }, { gap: true })?.profiles?.["kilocode:default"]).toEqual(
      held,
    );
    const empty = { type: "api_key", provider: "kilocode" } as const;
    expect(store({ profiles: { "kilocode:default": empty } }, { gap: true })?.profiles?.["kilocode:default"]).toEqual(
      input.credential,
    );
  });
  it("writes the credential and names it in the configuration", () => {
    expect(run("auth-profile", input, {})).toEqual({
      config: { auth: { profiles: { "kilocode:default": { provider: "kilocode", mode: "api_key" } } } },
      auth: { main: { version: 1, profiles: { "kilocode:default": input.credential } } },
    });
  });
  it("keeps oauth and token profiles, order, lastGood, usageStats and unknown fields", () => {
    const main: AuthStore = {
      version: 7,
      profiles: {
        "anthropic:me": { type: "oauth", provider: "anthropic", access: "test-a", refresh: "test-r", expires: 1 },
        "github:x": { type: "token", provider: "github-copilot", token: "test-t", zzz: 1 },
      },
      order: { kilocode: ["kilocode:b"] },
      lastGood: { kilocode: "kilocode:b" },
      usageStats: { "kilocode:b": { lastUsed: 1 } },
      invented: true,
    };
    expect(store(main)).toEqual({ ...main, profiles: { ...main.profiles, "kilocode:default": input.credential } });
  });
  it("keeps what the user added to this very profile", () => {
    const profiles = {
      "kilocode:default": {
        type: "api_key",
        provider: "kilocode",
        key: "test-old",
        email: "me@example.com",
        metadata: { team: "t" },
        copyToAgents: false,
      },
    } as const;
    expect(store({ profiles })?.profiles?.["kilocode:default"]).toEqual({ ...profiles["kilocode:default"], key });
    const config: OpenClawConfig = {
      auth: {
        profiles: {
          "kilocode:default": { provider: "kilocode", mode: "token", email: "me@example.com", displayName: "Me" },
        },
      },
    };
    expect(run("auth-profile", input, { config }).config.auth?.profiles?.["kilocode:default"]).toEqual({
      provider: "kilocode",
      mode: "api_key",
      email: "me@example.com",
      displayName: "Me",
    });
  });
  it("puts a reference in a key's place, and a key in a reference's", () => {
    const profiles = { "kilocode:default": { type: "api_key", provider: "kilocode", key: "test-old" } } as const;
    const referenced = store({ profiles }, { credential: { type: "api_key", provider: "kilocode", keyRef } });
    expect(referenced?.profiles?.["kilocode:default"]).toEqual({ type: "api_key", provider: "kilocode", keyRef });
    expect(store(referenced as AuthStore)?.profiles?.["kilocode:default"]).toEqual({
      type: "api_key",
      provider: "kilocode",
      key,
    });
  });
  it("adds metadata to what is there", () => {
    const profiles = {
      "kilocode:default": { type: "api_key", provider: "kilocode", metadata: { team: "t", accountId: "old" } },
    } as const;
    const credential = { ...input.credential, metadata: { accountId: "new" } };
    expect(store({ profiles }, { credential })?.profiles?.["kilocode:default"]?.metadata).toEqual({
      team: "t",
      accountId: "new",
    });
  });
  it("writes for every agent named, and for nobody else", () => {
    const { auth } = run("auth-profile", { ...input, agents: ["work", "ops"] }, { auth: { main: { profiles: {} } } });
    expect(Object.keys(auth)).toEqual(["main", "work", "ops"]);
    expect(auth["main"]).toEqual({ profiles: {} });
  });
  it("without a credential only names a profile that is stored already", () => {
    const { credential: _, ...named } = input;
    expect(run("auth-profile", named, { auth: { main: { profiles: {} } } }).auth).toEqual({ main: { profiles: {} } });
  });
  it.each<[string, OpenClawConfig, AuthStore, string]>([
    [
      "another provider holds the id in the configuration",
      { auth: { profiles: { "kilocode:default": { provider: "xai", mode: "api_key" } } } },
      {},
      "error profile-taken",
    ],
    [
      "another provider holds the id in the store",
      {},
      { profiles: { "kilocode:default": { type: "api_key", provider: "xai" } } },
      "error profile-taken",
    ],
    [
      "the stored profile is a login, which a key would destroy",
      {},
      { profiles: { "kilocode:default": { type: "oauth", provider: "kilocode", refresh: "test-r" } } },
      "error profile-kind",
    ],
  ])("refuses when %s", (_name, config, main, code) => {
    expect(codes("auth-profile", input, { config, auth: { main } })).toEqual([code]);
  });
  it("takes other spellings of the provider for the same", () => {
    const config: OpenClawConfig = {
      auth: { profiles: { "kilocode:default": { provider: "KiloCode", mode: "api_key" } } },
    };
    expect(codes("auth-profile", input, { config })).toEqual([]);
  });
});
