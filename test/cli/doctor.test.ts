import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
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

describe("the built doctor", () => {
  it.each(["test\u20267890", "\u2022\u2022\u2022\u2022", "te...90"])(
    "knows a masked key, and mends none: %s",
    (key) => {
      const profile = { type: "api_key", provider: "kilocode", key };
      const home = patient("{}", JSON.stringify({ version: 1, profiles: { "kilocode:default": profile } }));
      const { problems } = JSON.parse(home.binary(["doctor", "--json"]).out) as { problems: { code: string }[] };
      expect(problems.map(({ code }) => code)).toContain("masked-key");
      home.binary(["doctor", "--fix", "--yes"]);
      expect(home.read(store)).toContain(JSON.stringify(key));
    },
  );
});

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

  it("a broken entry of a store keeps nothing else from being found; the entry stays in the order", async () => {
    const stored = JSON.stringify({
      version: 1,
      profiles: { bad: { type: "zz" }, "kilocode:default": { type: "api_key", provider: "kilocode", key: "test-key" } },
    });
    const order = 'order: { kilocode: ["bad", "kilocode:default"] }';
    const home = patient(sick.replace("auth: {", `auth: { ${order}, `), stored);
    const { out } = await home.run(["doctor"]);
    expect(out).toContain("/profiles/bad");
    expect(out).toContain("is the address of one call");
    expect(out).not.toContain("which is no profile");
    const only = await home.run(["doctor", "--only", "fallback-doubled"]);
    expect(only.code, "the entry is an error whatever was asked").toBe(1);
    expect(only.out).toContain("/profiles/bad");
    expect(only.out).not.toContain("is the address of one call");
    expect((await home.run(["doctor", "--fix", "--yes"])).code).toBe(1);
    expect(home.read(config)).toContain(order);
    expect(home.read(config)).toContain('"http://localhost:8000/v1"');
  });

  it.each([
    ["cannot be read", "{ agents: ", "openclaw.json:1:"],
    ["is not valid", "{ models: 3 }", "models must be an object"],
  ])("says that nothing else was looked at when the configuration %s", async (_, text, said) => {
    for (const only of [[], ["--only", "plaintext-key"]]) {
      const { code, out } = await patient(text).run(["doctor", ...only]);
      expect(code).toBe(1);
      expect(out).toContain(said);
      expect(out).toContain("nothing else was looked at");
      expect(out).not.toContain("Nothing to mend");
    }
  });

  it("tells of locks that dead processes left, OpenClaw's and clawform's own", async () => {
    const home = patient(sick);
    const stamp = new Date().toISOString();
    home.write(`${store}.lock`, JSON.stringify({ pid: 999_999_999, createdAt: stamp }));
    mkdirSync(home.path(".openclaw/clawform"), { recursive: true });
    const owner = { pid: 999_999_999, birth: null, realm: null, since: "2020-01-01T00:00:00.000Z", command: "apply" };
    symlinkSync(JSON.stringify(owner), home.path(".openclaw/clawform/lock"));
    const { code, out } = await home.run(["doctor", "--only", "stale-lock"]);
    expect(code).toBe(0);
    expect(out.match(/a lock whose process is gone/g)).toHaveLength(2);
    expect(out).toContain("auth-profiles.json.lock");
    expect(out).toContain("clawform/lock");
  });

  it("tells of an apply that was interrupted", async () => {
    const home = patient(sick);
    home.write(".openclaw/clawform/journal.json", "{ torn");
    const { code, out } = await home.run(["doctor", "--only", "unfinished-apply"]);
    expect(code).toBe(0);
    expect(out).toContain("an apply was interrupted");
  });

  it("tells of two credential stores", async () => {
    const home = patient(sick);
    home.write(".openclaw/agents/main/agent/openclaw-agent.sqlite", "SQLite format 3\0");
    const { out } = await home.run(["doctor"]);
    expect(out).toContain("credentials are in a database");
    expect(out, "what is in it nobody knows").not.toContain("no key for provider");
  });
});
