import { describe, expect, it } from "vitest";
import { findings } from "../../src/core/validate.js";
import { run } from "./harness.js";

describe("repair", () => {
  it("sets and removes single members; everything beside them stays", () => {
    const config = {
      agents: { defaults: { model: { primary: "a/b", fallbacks: ["a/b", "c/d"] } } },
      auth: { order: {} },
    };
    const input = { set: [{ pointer: "/agents/defaults/model/fallbacks", value: ["c/d"] }], remove: ["/auth"] };
    expect(run("repair", input, { config }).config).toEqual({
      agents: { defaults: { model: { primary: "a/b", fallbacks: ["c/d"] } } },
    });
  });
  it("reaches items of lists, and adds a member that is not there", () => {
    const config = { models: { providers: { p: { models: [{ id: "m" }] } } } };
    const pointer = "/models/providers/p/models/0/reasoning";
    expect(
      run("repair", { set: [{ pointer, value: true }] }, { config }).config.models?.providers?.["p"]?.models,
    ).toEqual([{ id: "m", reasoning: true }]);
  });
  it("sets an item of a list", () => {
    const config = { agents: { defaults: { model: { primary: "a/b", fallbacks: ["c", "d/e"] } } } };
    const input = { set: [{ pointer: "/agents/defaults/model/fallbacks/0", value: "a/c" }] };
    const { model } = run("repair", input, { config }).config.agents?.defaults ?? {};
    expect(model).toEqual({ primary: "a/b", fallbacks: ["a/c", "d/e"] });
  });
  it("works on one agent's credentials alone", () => {
    const auth = {
      main: { profiles: { "p:default": { type: "api_key", provider: "p", key: " test-key " } } },
    } as const;
    const input = { agent: "main", set: [{ pointer: "/profiles/p:default/key", value: "test-key" }] };
    const after = run("repair", input, { config: { own: 1 }, auth: structuredClone(auth) });
    expect(after.auth["main"]?.profiles?.["p:default"]?.key).toBe("test-key");
    expect(after.config).toEqual({ own: 1 });
  });
  it.each([
    ["a parent that is gone", { set: [{ pointer: "/gone/x", value: 1 }], remove: ["/gone/y"] }],
    ["an item no list has", { set: ["1", "-", "00", "x"].map((key) => ({ pointer: `/list/${key}`, value: 1 })) }],
    ["how many items a list has", { remove: ["/list/0"] }],
    ["a parent that is text", { set: [{ pointer: "/text/x", value: 1 }] }],
    ["an agent without a store", { agent: "ops", set: [{ pointer: "/profiles", value: {} }] }],
  ])("leaves alone %s", (_, input) => {
    const config = { list: [2], text: "t" };
    expect(run("repair", input, { config })).toEqual({ config, auth: {} });
  });
  it("takes no member that reaches a prototype, and not the whole document", () => {
    for (const pointer of ["", "/__proto__", "/a/__proto__"])
      expect(findings("transforms/repair", { remove: [pointer] }), pointer).not.toEqual([]);
  });
});
