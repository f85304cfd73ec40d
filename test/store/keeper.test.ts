import { describe, expect, test } from "vitest";
import { join } from "node:path";
import type { Release } from "../../src/core/release.js";
import { credentialKeeper } from "../../src/store/keeper.js";
import { put, systemError, temporary, watched } from "./disk.js";

/** The first bytes of a database as OpenClaw makes it: the magic word, and its schema version at byte 60. */
function database(version: number): Buffer {
  const header = Buffer.alloc(100);
  header.write("SQLite format 3\0", "latin1");
  header.writeUInt32BE(version, 60);
  return header;
}

const store = "agents/main/agent/auth-profiles.json";
const own = "agents/main/agent/openclaw-agent.sqlite";
const other = "agents/work/agent/openclaw-agent.sqlite";
const shared = "state/openclaw.sqlite";
const mark = "config-journal-fingerprint.key";
const old: Release = [2026, 6, 1];
const new5: Release = [2026, 6, 5];

describe("where an OpenClaw keeps credentials", () => {
  test.each<[string, Record<string, string | Buffer>, Release | null, string, string?]>([
    ["nothing is there yet", {}, null, "file"],
    ["2026.5.6 after onboarding", { [store]: "{}" }, [2026, 5, 6], "file"],
    ["2026.6.1 after onboarding", { [store]: "{}", [shared]: database(1) }, old, "file"],
    ["2026.6.1 before the first key", { [shared]: database(1) }, old, "file"],
    ["2026.6.1 whose configuration was written by hand", { [store]: "{}", [shared]: database(1) }, null, "file"],
    ["2026.6.5 after onboarding", { [own]: database(1), [shared]: database(1) }, new5, "database", own],
    ["2026.6.5 before the first key", { [shared]: database(1) }, new5, "database"],
    ["2026.6.5, configuration by hand, another agent's key", { [other]: database(1) }, null, "database", other],
    ["2026.6.5 on an old home, before doctor --fix", { [store]: "{}", [shared]: database(1) }, new5, "database"],
    ["2026.8.1 after onboarding", { [mark]: "x", [shared]: database(15) }, [2026, 8, 1], "database", mark],
    ["2026.9.6, configuration by hand", { [shared]: database(18) }, null, "database", shared],
    ["2026.9.6 with a stray file", { [store]: "{}", [shared]: database(18) }, null, "database", shared],
    ["a configuration taken along from a newer machine", {}, [2026, 9, 6], "database"],
    ["an older configuration over a newer database", { [own]: "" }, [2026, 5, 6], "database", own],
    ["a database of which nothing tells", { [shared]: database(1) }, null, "unclear", shared],
    ["a database that has nothing in it yet", { [shared]: "" }, null, "unclear", shared],
    ["a file of that name that is no database", { [shared]: Buffer.alloc(100, 9) }, null, "unclear", shared],
  ])("%s", (_name, files, release, kind, evidence) => {
    const stateDir = temporary();
    for (const [name, content] of Object.entries(files)) put(stateDir, name, content);
    const path = join(stateDir, store);
    const keeper = credentialKeeper({ path, stateDir, release });
    expect(keeper.kind).toBe(kind);
    expect(keeper.file).toBe(store in files ? path : null);
    if (evidence !== undefined) expect(keeper.evidence).toContain(join(stateDir, evidence));
    else if (kind === "database") expect(keeper.evidence).toContain(`last written by ${release?.join(".")}`);
  });

  test("an agent with a directory of its own is looked at there", () => {
    const stateDir = temporary();
    put(stateDir, "elsewhere/openclaw-agent.sqlite", database(1));
    const at = (name: string): string =>
      credentialKeeper({ path: join(stateDir, name, "auth-profiles.json"), stateDir, release: null }).kind;
    expect([at("elsewhere"), at("agents/main/agent")]).toEqual(["database", "file"]);
  });

  test("what may not be read counts as not there, and nothing is opened but the header", () => {
    const stateDir = temporary();
    put(stateDir, shared, database(18));
    const path = join(stateDir, store);
    const closed = watched((name) => {
      if (name === "open") throw systemError("EACCES");
    });
    expect(credentialKeeper({ path, stateDir, release: null }, closed).kind).toBe("unclear");
    const opened: unknown[] = [];
    const seen = watched((name, at) => {
      if (name === "open") opened.push(at);
      expect(["stat", "list", "open", "read", "close"]).toContain(name);
    });
    expect(credentialKeeper({ path, stateDir, release: null }, seen).kind).toBe("database");
    expect(opened).toEqual([join(stateDir, shared)]);
  });
});
