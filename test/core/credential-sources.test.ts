import { describe, expect, it } from "vitest";
import { envRef, existingProfile } from "../../src/core/credential-sources.js";
import type { AuthStore, Card, OpenClawConfig } from "../../src/types.js";

const choice = (id: string, ...profiles: string[]): Card["choices"][number] => ({
  id,
  flag: "--stepfun-api-key",
  label: id,
  profiles: profiles.map((profile) => ({ id: profile, provider: profile.slice(0, profile.indexOf(":")) })),
});
const card: Card = {
  id: "stepfun",
  label: "StepFun",
  group: { id: "stepfun", label: "StepFun" },
  env: ["STEPFUN_API_KEY"],
  choices: [choice("cn", "stepfun:cn", "stepfun-plan:cn"), choice("intl", "stepfun:intl", "stepfun-plan:intl")],
};
const find = (profiles: object, config: OpenClawConfig = {}, which = 1): string | undefined =>
  existingProfile(card, card.choices[which] as Card["choices"][number], config, { profiles } as AuthStore)?.profile;
const key = (provider: string, more: object = {}): object => ({
  type: "api_key",
  provider,
  key: "test-key-1",
  ...more,
});

describe("existingProfile", () => {
  it("takes a profile of the choice's provider under any spelling, as the store spells it", () => {
    const store = {
      profiles: { other: key("xai"), mine: key("StepFun", { metadata: { team: "t" } }) },
    } as unknown as AuthStore;
    expect(existingProfile(card, card.choices[1] as Card["choices"][number], {}, store)).toEqual({
      profile: "mine",
      provider: "StepFun",
      mode: "api_key",
      metadata: { team: "t" },
    });
  });

  it("prefers the order of the configuration, then :default, then the first", () => {
    const profiles = { "stepfun:a": key("stepfun"), "stepfun:default": key("stepfun"), "stepfun:b": key("stepfun") };
    expect(find(profiles)).toBe("stepfun:default");
    expect(find(profiles, { auth: { order: { xai: ["stepfun:a"], StepFun: ["stepfun:gone", "stepfun:b"] } } })).toBe(
      "stepfun:b",
    );
    expect(find({ "stepfun:a": key("stepfun"), "stepfun:b": key("stepfun") })).toBe("stepfun:a");
  });

  it("passes over a profile that is another choice's own", () => {
    const profiles = { "stepfun:cn": key("stepfun"), "stepfun-plan:intl": key("stepfun-plan") };
    expect(find(profiles)).toBeUndefined();
    expect(find(profiles, {}, 0)).toBe("stepfun:cn");
  });

  it.each([
    ["an API key", key("stepfun")],
    [
      "a reference to one",
      { type: "api_key", provider: "stepfun", keyRef: { source: "env", provider: "default", id: "K" } },
    ],
    ["a token", { type: "token", provider: "stepfun", token: "test-token" }],
    ["a login", { type: "oauth", provider: "stepfun", access: "test-access" }],
  ])("takes %s", (_name, credential) => {
    expect(find({ a: credential })).toBe("a");
  });

  it.each([
    ["nothing in it", { type: "api_key", provider: "stepfun" }],
    ["an empty key", key("stepfun", { key: "" })],
    ["what belongs to another kind", { type: "token", provider: "stepfun", key: "test-key-1" }],
    ["no kind that OpenClaw knows", key("stepfun", { type: "weird" })],
    ["a prototype's name for a kind", key("stepfun", { type: "constructor" })],
    ["no provider", { type: "api_key", key: "test-key-1" }],
    ["no object", null],
    ["a text", "stepfun"],
  ])("passes over an entry with %s", (_name, credential) => {
    expect(find({ a: credential })).toBeUndefined();
  });

  it("finds nothing in an empty store", () => {
    expect(existingProfile(card, card.choices[0] as Card["choices"][number], {}, {})).toBeNull();
  });
});

describe("envRef", () => {
  it.each([
    [
      "the alias that is declared the default",
      { defaults: { env: " shell " }, providers: { other: { source: "env" } } },
      "shell",
    ],
    [
      "the first provider of variables",
      { providers: { files: { source: "file" }, one: { source: "env" }, two: { source: "env" } } },
      "one",
    ],
    ["default", { providers: { files: { source: "file" } } }, "default"],
    ["default without a section", undefined, "default"],
  ])("takes %s", (_name, secrets, provider) => {
    expect(envRef("K", (secrets === undefined ? {} : { secrets }) as OpenClawConfig)).toEqual({
      source: "env",
      provider,
      id: "K",
    });
  });
});
