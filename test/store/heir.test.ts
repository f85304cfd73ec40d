/** Whose new files are: root provisions other users' homes. */

import { chownSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { config, makeHome } from "../cli/harness.js";

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
