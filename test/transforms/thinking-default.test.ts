import { describe, expect, it } from "vitest";
import { run } from "./harness.js";

describe("thinking-default", () => {
  const config = { agents: { defaults: { thinkingDefault: "high", other: 1 } } };
  it("sets what the setup declares", () => {
    expect(run("thinking-default", { level: "low" }, { config }).config).toEqual({
      agents: { defaults: { thinkingDefault: "low", other: 1 } },
    });
  });
  it("as a card's suggestion only fills a gap", () => {
    expect(run("thinking-default", { level: "low", declared: false }, { config }).config).toEqual(config);
    expect(run("thinking-default", { level: "low", declared: false }, {}).config).toEqual({
      agents: { defaults: { thinkingDefault: "low" } },
    });
  });
});
