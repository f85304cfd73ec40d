import { describe, expect, it } from "vitest";
import type { AgentDefaults } from "../../src/types.js";
import { codes, run } from "./harness.js";

const after = (slot: AgentDefaults["model"], input: object): unknown =>
  run("fallbacks", input, { config: slot === undefined ? {} : { agents: { defaults: { model: slot } } } }).config.agents
    ?.defaults?.model;
const ab = { primary: "p/m", fallbacks: ["x/a", "x/b"], timeoutMs: 5 };

describe("fallbacks", () => {
  it.each<[string, AgentDefaults["model"], object, unknown]>([
    ["set replaces the list", ab, { set: ["x/c"] }, { ...ab, fallbacks: ["x/c"] }],
    ["set to none is an empty list", ab, { set: [] }, { ...ab, fallbacks: [] }],
    ["set drops repetitions", ab, { set: ["x/c", "x/c"] }, { ...ab, fallbacks: ["x/c"] }],
    ["append goes last", ab, { append: ["x/c"] }, { ...ab, fallbacks: ["x/a", "x/b", "x/c"] }],
    ["append leaves one that is there in its place", ab, { append: ["x/a"] }, ab],
    [
      "prepend goes first, in the order given",
      ab,
      { prepend: ["x/c", "x/d"] },
      { ...ab, fallbacks: ["x/c", "x/d", "x/a", "x/b"] },
    ],
    ["prepend moves one that is there to the front", ab, { prepend: ["x/b"] }, { ...ab, fallbacks: ["x/b", "x/a"] }],
    ["remove takes out", ab, { remove: ["x/a", "x/z"] }, { ...ab, fallbacks: ["x/b"] }],
    [
      "all edits at once",
      ab,
      { remove: ["x/a"], prepend: ["x/c"], append: ["x/d"] },
      { ...ab, fallbacks: ["x/c", "x/b", "x/d"] },
    ],
    ["a string form becomes an object", "p/m", { append: ["x/a"] }, { primary: "p/m", fallbacks: ["x/a"] }],
    ["a string form stays when there is nothing to do", "p/m", { remove: ["x/a"] }, "p/m"],
    ["no default model yet", undefined, { append: ["x/a"] }, { fallbacks: ["x/a"] }],
  ])("%s", (_name, slot, input, expected) => {
    expect(after(slot, input)).toEqual(expected);
  });
  it("says when a fallback is the default model itself", () => {
    const config = { agents: { defaults: { model: ab } } };
    expect(codes("fallbacks", { append: ["p/m"] }, { config })).toEqual(["warning fallback-is-primary"]);
    expect(codes("fallbacks", { append: ["x/c"] }, { config })).toEqual([]);
  });
});
