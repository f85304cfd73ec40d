/** Whose new files are: root provisions other users' homes. */

import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/hash.js";
import { config, type Home, makeHome } from "../cli/harness.js";

const setup = '{ providers: { kilocode: { apiKey: { env: "K" } } }, model: { primary: "kilocode/kilo/auto" } }';
const env = { K: "test-key-1234567890" };
const [user, group] = [1234, 2345];

describe.skipIf(process.getuid?.() !== 0)("what root makes in a home", () => {
  it.each([
    ["apply", ["apply", "clawform.json5", "--state-dir", ".openclaw", "--yes"]],
    ["apply --homes", ["apply", "clawform.json5", "--homes", ".openclaw", "--yes"]],
  ])("belongs to whose home it is: %s", (_, argv) => {
    const at = makeHome({ "clawform.json5": setup, [config]: "{}" });
    for (const path of [at.path(".openclaw"), at.path(config)]) chownSync(path, user, group);
    expect(at.binary(argv, { env }).code).toBe(0);
    const made = readdirSync(at.path(".openclaw"), { recursive: true, encoding: "utf8" });
    expect(made).toContain("agents/main/agent/auth-profiles.json");
    for (const name of made) {
      const { uid, gid, mode } = statSync(at.path(".openclaw", name));
      expect([name, uid, gid]).toEqual([name, user, group]);
      if (name !== "openclaw.json") expect(mode & 0o077, name).toBe(0);
    }
    // And that user's own clawform goes on from there.
    chownSync(at.path("clawform.json5"), user, group);
    chownSync(at.dir, user, group);
    expect(at.binary(["undo", "--state-dir", ".openclaw", "--yes"], { env, uid: user }).code).toBe(0);
    expect(at.read(config)).toBe("{}");
  });

  it("stays root's own where it is no part of a home: a saved plan holds keys", () => {
    const at = makeHome({ "clawform.json5": setup, [config]: "{}" });
    mkdirSync(at.path("theirs"));
    chownSync(at.path("theirs"), user, group);
    expect(at.binary(["plan", "--state-dir", ".openclaw", "--out", "theirs/x.plan"], { env }).code).toBe(0);
    expect(statSync(at.path("theirs/x.plan"))).toMatchObject({ uid: 0, mode: 0o100600 });
  });
});

/** Two users' homes in one place; what is said of the second is that user's. */
function neighbours(bobs: { readonly [file: string]: string }): Home {
  const stores =
    '{ "version": 1, "profiles": { "openai:default": { "type": "api_key", "provider": "openai", "key": "anns" } } }';
  const at = makeHome({
    "clawform.json5": setup,
    "ann/.openclaw/openclaw.json": '{ "gateway": { "note": "anns" } }',
    "ann/.openclaw/agents/main/agent/auth-profiles.json": stores,
    ...bobs,
  });
  own(at, "ann", 1111);
  own(at, "bob", 2222);
  return at;
}

/** Gives a folder and all that is in it, links themselves, to a user. */
function own(at: Home, folder: string, uid: number): void {
  execFileSync("chown", ["-hR", `${uid}:${uid}`, at.path(folder)]);
}

/** Every file below a folder with what is in it. */
const contents = (at: Home, folder: string): [string, string][] =>
  readdirSync(at.path(folder), { recursive: true, encoding: "utf8" })
    .sort()
    .flatMap((name) =>
      statSync(at.path(folder, name)).isFile() ? [[name, readFileSync(at.path(folder, name), "utf8")]] : [],
    );

describe.skipIf(process.getuid?.() !== 0)("root in a user's home does not follow that user to another's", () => {
  const anns = "ann/.openclaw/agents/main/agent";
  const cases: readonly [string, { readonly [file: string]: string }, (at: Home) => void][] = [
    [
      "a store that is a link",
      { "bob/.openclaw/openclaw.json": "{}", "bob/.openclaw/agents/main/agent/x": "" },
      (at) =>
        symlinkSync(at.path(anns, "auth-profiles.json"), at.path("bob/.openclaw/agents/main/agent/auth-profiles.json")),
    ],
    [
      "an agent's folder that is a link",
      { "bob/.openclaw/openclaw.json": "{}", "bob/.openclaw/agents/main/x": "" },
      (at) => symlinkSync(at.path(anns), at.path("bob/.openclaw/agents/main/agent")),
    ],
    [
      "an agentDir",
      { "bob/.openclaw/x": "" },
      (at) =>
        void at.write(
          "bob/.openclaw/openclaw.json",
          JSON.stringify({ agents: { list: [{ id: "main", agentDir: at.path(anns) }] } }),
        ),
    ],
    [
      "a configuration that is a link",
      { "bob/.openclaw/x": "" },
      (at) => symlinkSync(at.path("ann/.openclaw/openclaw.json"), at.path("bob/.openclaw/openclaw.json")),
    ],
    [
      "clawform's own folder that is a link",
      { "bob/.openclaw/openclaw.json": "{}" },
      (at) => symlinkSync(at.path("ann"), at.path("bob/.openclaw/clawform")),
    ],
    [
      "the journal of an apply that never was",
      { "bob/.openclaw/openclaw.json": "{}" },
      (at) => {
        const target = at.path(anns, "auth-profiles.json");
        const before = sha256(readFileSync(target, "utf8"));
        const temporary = at.write("bob/.openclaw/.clawform-0123456789abcdef-0.tmp", "{}");
        const record = at.write("bob/.openclaw/clawform/history/.clawform-0123456789abcdef-record.tmp", "{}");
        const file = {
          file: "x",
          path: target,
          target,
          before,
          after: sha256("{}"),
          access: null,
          temporary,
          backup: null,
        };
        const owner = {
          pid: 2 ** 30,
          birth: "long ago",
          realm: null,
          since: "2026-01-01T00:00:00.000Z",
          command: "apply",
        };
        const second = {
          ...file,
          path: at.path("bob/.openclaw/openclaw.json"),
          target: at.path("bob/.openclaw/openclaw.json"),
        };
        // One of bob's own is done already, so that the rest is to be put in place.
        const done = { ...second, before: null, temporary: `${temporary.slice(0, -5)}1.tmp` };
        const journal = {
          format: 1,
          owner,
          files: [done, file],
          directories: [],
          locks: [],
          record: { temporary: record, path: null, sha256: sha256("{}") },
        };
        at.write("bob/.openclaw/clawform/journal.json", JSON.stringify(journal));
      },
    ],
  ];

  it.each(cases)("%s", (_, bobs, lay) => {
    const at = neighbours(bobs);
    lay(at);
    own(at, "bob", 2222);
    const before = contents(at, "ann");
    for (const place of [
      ["--state-dir", "bob/.openclaw"],
      ["--homes", "bob"],
    ]) {
      const { code, out, err } = at.binary(["apply", "clawform.json5", ...place, "--yes"], { env });
      expect(code, out + err).toBe(place[0] === "--homes" ? 1 : 73);
      expect((out + err).replaceAll(/\s+/g, " ")).toContain("belongs to another user than");
      expect(contents(at, "ann")).toEqual(before);
      const bobs = contents(at, "bob").filter(([name]) => name.includes("clawform/history"));
      expect(JSON.stringify(bobs)).not.toContain("anns");
    }
  });

  it("but changes what is named itself, and what that user has elsewhere", () => {
    const at = neighbours({ "bob/.openclaw/x": "", "bobs-other/agent/y": "" });
    at.write(
      "bob/.openclaw/openclaw.json",
      JSON.stringify({ agents: { list: [{ id: "main", agentDir: at.path("bobs-other/agent") }] } }),
    );
    own(at, "bob", 2222);
    own(at, "bobs-other", 2222);
    expect(at.binary(["apply", "clawform.json5", "--homes", "bob", "--yes"], { env }).code).toBe(0);
    expect(at.read("bobs-other/agent/auth-profiles.json")).toContain(env.K);
    const named = ["--config", "ann/.openclaw/openclaw.json", "--state-dir", "bob/.openclaw"];
    expect(at.binary(["models", "set", "a/b", "--yes", ...named], { env }).code).toBe(0);
    expect(at.read("ann/.openclaw/openclaw.json")).toContain("a/b");
  });
});
