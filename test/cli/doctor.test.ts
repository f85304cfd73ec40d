import { chmodSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { config, type Home, makeHome, store } from "./harness.js";

const profiles = JSON.stringify({
  version: 1,
  profiles: { "kilocode:default": { type: "api_key", provider: "kilocode", key: "test-key-kilo" } },
});
const sick = `{
  // my gateway
  agents: { defaults: { model: { primary: "kilocode/kilo/auto", fallbacks: ["own/a", "kilocode/kilo/auto"] } } }, // keep
  models: { providers: { own: { baseUrl: "http://localhost:8000/v1/chat/completions", models: [{ id: "a", name: "A" }] } } },
  auth: { profiles: { "kilocode:default": { provider: "kilocode", mode: "api_key" } } },
}
`;

/** A home whose files are its owner's alone. */
function patient(text: string, stored = profiles): Home {
  const home = makeHome({ [config]: text, [store]: stored });
  for (const file of [config, store]) chmodSync(home.path(file), 0o600);
  return home;
}

describe("clawform doctor", () => {
  it("finds nothing in an empty home", async () => {
    expect(await makeHome().run(["doctor"])).toEqual({ code: 0, out: "Nothing to mend.\n", err: "" });
  });

  it("says what is wrong, where, what to do, and what it can mend; exit 1 for errors", async () => {
    const home = patient(sick);
    const { code, out } = await home.run(["doctor"]);
    expect(code).toBe(1);
    expect(out).toMatchInlineSnapshot(`
      "error: http://localhost:8000/v1/chat/completions is the address of one call; OpenClaw adds
        /chat/completions itself
        openclaw.json:4:33 /models/providers/own/baseUrl
        Write the part in front of it.
      warning: kilocode/kilo/auto is tried before these fallbacks, and only once
        openclaw.json:3:65 /agents/defaults/model/fallbacks
        A model needs one place in the chain.

      1 error, 1 warning; clawform doctor --fix mends 2.
      "
    `);
    expect(home.read(config)).toBe(sick);
  });

  it("as JSON: the same with codes", async () => {
    const { code, out } = await patient(sick).run(["doctor", "--json"]);
    const report = JSON.parse(out) as {
      healthy: boolean;
      problems: { code: string; fixable: boolean; line: number }[];
    };
    expect(code).toBe(1);
    expect(report.healthy).toBe(false);
    expect(report.problems.map(({ code: name, fixable, line }) => [name, fixable, line])).toEqual([
      ["fallback-doubled", true, 3],
      ["base-url-endpoint", true, 4],
    ]);
  });

  it("--fix mends, comments stay, and is healthy then", async () => {
    const home = patient(sick);
    const dry = await home.run(["doctor", "--fix", "--dry-run"]);
    expect(dry.code).toBe(1);
    expect(home.read(config)).toBe(sick);
    expect((await home.run(["doctor", "--fix", "--yes"])).code).toBe(0);
    expect(home.read(config)).toBe(
      sick.replace('["own/a", "kilocode/kilo/auto"]', '["own/a"]').replace("/chat/completions", ""),
    );
    expect((await home.run(["doctor", "--fix", "--yes"])).out).not.toContain("Applied");
  });

  it("--only one kind, the nearest named when there is none", async () => {
    const home = patient(sick);
    expect((await home.run(["doctor", "--only", "fallback-doubled"])).code).toBe(0);
    await home.run(["doctor", "--only", "fallback-doubled", "--fix", "--yes"]);
    expect(home.read(config)).toBe(sick.replace('["own/a", "kilocode/kilo/auto"]', '["own/a"]'));
    const wrong = await home.run(["doctor", "--only", "falback-doubled"]);
    expect(wrong).toMatchObject({ code: 64 });
    expect(wrong.err).toContain("Did you mean fallback-doubled");
  });

  it("a file that cannot be read is a finding too", async () => {
    const home = patient("{ agents: ");
    const { code, out } = await home.run(["doctor"]);
    expect(code).toBe(1);
    expect(out).toContain("openclaw.json:1:");
    const broken = patient(sick, "{ not json");
    expect((await broken.run(["doctor"])).out).toContain("auth-profiles.json:1:");
  });
});
