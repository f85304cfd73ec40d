import { describe, expect, it } from "vitest";
import { findings } from "../../src/core/validate.js";
import { codes, run } from "./harness.js";

describe("env-vars", () => {
  it("sets variables; others and those directly under env stay", () => {
    const env = { DIRECT: "1", shellEnv: { enabled: true }, vars: { A: "a", B: "b" } };
    expect(run("env-vars", { vars: { B: "c", TEAM: "blue" } }, { config: { env } }).config.env).toEqual({
      ...env,
      vars: { A: "a", B: "c", TEAM: "blue" },
    });
  });
  it("warns when the same name directly under env wins", () => {
    expect(codes("env-vars", { vars: { A: "new" } }, { config: { env: { A: "old" } } })).toEqual([
      "warning env-hidden",
    ]);
    expect(codes("env-vars", { vars: { A: "old" } }, { config: { env: { A: "old" } } })).toEqual([]);
  });
  it("takes no name that reaches a prototype", () => {
    const vars = JSON.parse('{"__proto__":"x"}') as object;
    expect(findings("transforms/env-vars", { vars })).not.toEqual([]);
  });
});
