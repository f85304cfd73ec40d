import { describe, expect, it } from "vitest";
import type { OpenClawConfig } from "../../src/types.js";
import { run } from "./harness.js";

const input = { profile: "kilocode:default", provider: "kilocode" };
const own = { "kilocode:default": { provider: "kilocode", mode: "api_key" } } as const;
const order = (auth: OpenClawConfig["auth"]): unknown =>
  run("auth-order", input, { config: { auth: { ...auth, profiles: { ...auth?.profiles, ...own } } } }).config.auth
    ?.order;

describe("auth-order", () => {
  it("puts the profile first, once, where an order exists", () => {
    expect(order({ order: { kilocode: ["kilocode:work"], openai: ["o:1"] } })).toEqual({
      kilocode: ["kilocode:default", "kilocode:work"],
      openai: ["o:1"],
    });
    expect(order({ order: { kilocode: ["kilocode:work", "kilocode:default"] } })).toEqual({
      kilocode: ["kilocode:default", "kilocode:work"],
    });
  });
  it("joins orders under any spelling under the normalised id", () => {
    expect(order({ order: { KiloCode: ["kilocode:a"], kilocode: ["kilocode:b", "kilocode:a"] } })).toEqual({
      kilocode: ["kilocode:default", "kilocode:a", "kilocode:b"],
    });
    expect(order({ order: { KILOCODE: ["kilocode:a"] } })).toEqual({ kilocode: ["kilocode:default", "kilocode:a"] });
  });
  it("makes none while the provider's profiles are of one kind", () => {
    expect(order({ profiles: { "kilocode:work": { provider: "kilocode", mode: "api_key" } } })).toBeUndefined();
  });
  it("makes one when they differ in kind: the new profile first, the others in their order", () => {
    expect(
      order({
        profiles: {
          "kilocode:t": { provider: "kilocode", mode: "token" },
          "openai:x": { provider: "openai", mode: "oauth" },
          "kilocode:a": { provider: "Kilocode", mode: "api_key" },
        },
      }),
    ).toEqual({ kilocode: ["kilocode:default", "kilocode:t", "kilocode:a"] });
  });
  it("leaves other providers' kinds out of it", () => {
    expect(order({ profiles: { "openai:x": { provider: "openai", mode: "oauth" } } })).toBeUndefined();
  });
  it("passes over profiles that name no provider", () => {
    const profiles: unknown = { "x:a": null, "x:b": { mode: "token" }, "x:c": { provider: 7, mode: "token" } };
    expect(order({ profiles } as OpenClawConfig["auth"])).toBeUndefined();
  });
});
