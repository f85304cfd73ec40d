import { describe, expect, it } from "vitest";
import { soundStore } from "../../src/core/diagnosis/sound-store.js";
import type { Problem } from "../../src/types.js";

const at = (pointer: string): Problem => ({
  code: "wrong-type",
  severity: "error",
  file: "auth-profiles.json",
  pointer,
  message: "",
  hint: "",
});
const kilo = { type: "api_key", provider: "kilocode", key: "test-key-kilo" };

describe("what of a store OpenClaw goes by", () => {
  it("is all of it where nothing is wrong", () => {
    const value = { version: 1, profiles: { a: kilo } };
    expect(soundStore(value, [])).toEqual({ store: value, broken: [] });
  });
  it("is all but the broken entries, whatever they are called", () => {
    const value = { version: 1, profiles: { "a/b": 3, kept: kilo, bad: { type: "zz" } }, own: 1 };
    expect(soundStore(value, [at("/profiles/a~1b"), at("/profiles/bad/type"), at("/profiles/bad")])).toEqual({
      store: { version: 1, profiles: { kept: kilo }, own: 1 },
      broken: ["a/b", "bad"],
    });
  });
  it.each(["", "/version", "/profiles", "/profiles/toString"])("is not known with an error at %j", (pointer) => {
    expect(soundStore({ profiles: { a: kilo } }, [at(pointer)])).toBeNull();
  });
  it("is not known where the profiles are a list", () => {
    expect(soundStore({ profiles: [] }, [at("/profiles/0")])).toBeNull();
  });
});
