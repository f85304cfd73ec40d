/** An interrupted apply as users meet it: what every command says, and what `recover` does. */

import { cpSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import JSON5 from "json5";
import { describe, expect, it } from "vitest";
import { thisProcess } from "../../src/host.js";
import { sha256 } from "../../src/hash.js";
import { plan } from "../../src/index.js";
import { type Files, nodeFiles } from "../../src/store/files.js";
import { transactRecorded } from "../../src/store/recorded.js";
import { withStateLock } from "../../src/store/state-lock.js";
import { transact } from "../../src/store/transact.js";
import { config, type Home, makeHome, store } from "./harness.js";

const setup = '{ providers: { kilocode: { apiKey: { env: "K" } } }, model: { primary: "kilocode/kilo/auto" } }';
const env = { K: "test-key-1234567890" };
const before = '// ours\n{ "gateway": { "mode": "local" } }\n';

/** The disk as a process sees it that dies: at an operation of which `isLast` says so, and which is not done. */
function dyingDisk(isLast: (name: string, parameters: readonly unknown[], result: unknown) => boolean): Files {
  let dead = false;
  return Object.fromEntries(
    Object.entries(nodeFiles).map(([name, call]) => [
      name,
      (...parameters: never[]) => {
        dead ||= isLast(name, parameters, null);
        if (dead) throw new Error("dead");
        const result = (call as (...all: never[]) => unknown)(...parameters);
        isLast(name, parameters, result);
        return result;
      },
    ]),
  ) as unknown as Files;
}

/** A home in which an apply died with its disk; its record is kept if it is `recorded`. */
async function interruptedOn(files: Files, at: Home, { recorded = false, inPlace = false }): Promise<Home> {
  const planned = plan(setup, { stateDir: at.path(".openclaw"), config: at.path(config), env });
  const host = { ...thisProcess, pid: 2 ** 30, birthOf: () => "long ago" };
  const lock = { host, files, timeoutSeconds: 0, command: "apply", inPlace };
  await expect(
    withStateLock(at.path(".openclaw"), lock, (held) =>
      recorded
        ? transactRecorded(held, planned, { version: "0.1.0", setup: null, keep: 20 })
        : transact(held, planned.changes, null),
    ),
  ).rejects.toThrow();
  return at;
}

const home = (): Home =>
  makeHome({ [config]: before, [store]: '{ "version": 1, "profiles": {} }', "clawform.json5": setup });

/** A home in which an apply was killed after so many renames. */
function interrupted(renames: number, recorded: boolean = false): Promise<Home> {
  let left = renames;
  const files = dyingDisk((name, _, result) => name === "rename" && result === null && (left -= 1) < 0);
  return interruptedOn(files, home(), { recorded });
}

/** A home whose configuration, which has a second name, was half overwritten when the apply was killed. */
async function torn(): Promise<Home> {
  const at = home();
  linkSync(at.path(config), at.path("second.json"));
  let [open, half] = [-1, false];
  const files = dyingDisk((name, [descriptor], result) => {
    if (name === "reopen" && typeof result === "number") open = result;
    return half || (name === "write" && descriptor === open && result !== null && (half = true));
  });
  const write: Files["write"] = (descriptor, bytes, from) =>
    files.write(descriptor, descriptor === open ? bytes.subarray(0, from + (bytes.length >> 1)) : bytes, from);
  await interruptedOn({ ...files, write }, at, { recorded: true, inPlace: true });
  expect(() => JSON5.parse(at.read(config))).toThrow();
  return at;
}

const journal = ".openclaw/clawform/journal.json";
const listing = (at: Home): string[] => readdirSync(at.path(".openclaw"), { recursive: true, encoding: "utf8" }).sort();
const clean = ["agents", "agents/main", "agents/main/agent", "agents/main/agent/auth-profiles.json", "openclaw.json"];
const flat = (text: string): string => text.replaceAll(/\s+/g, " ");

describe("readers", () => {
  it.each([
    [0, "only temporary files are left of it"],
    [1, "it would be finished"],
  ])("after %d renames: say so, with what would be done, and write nothing", async (renames, words) => {
    const at = await interrupted(renames);
    const left = listing(at);
    for (const argv of [["plan"], ["apply", "--dry-run"], ["validate"], ["recover", "--dry-run"]]) {
      const { code, out, err } = await at.run(argv, { env });
      expect(code, argv.join(" ")).toBe(0);
      expect(flat(out + err)).toContain(words);
      expect(out + err).not.toContain(env.K);
    }
    const { problems } = JSON.parse((await at.run(["plan", "--json"], { env })).out) as { problems: object[] };
    expect(problems).toContainEqual(expect.objectContaining({ code: "unfinished-apply", severity: "warning" }));
    expect(listing(at)).toEqual(left);
  });
});

describe("recover", () => {
  it.each([
    [0, "taken-back", "Took back"],
    [1, "finished", "Finished"],
  ])("after %d renames: %s, then nothing to do", async (renames, did, word) => {
    for (const json of [false, true]) {
      const at = await interrupted(renames);
      const { code, out } = await at.run(["recover", ...(json ? ["--json"] : [])]);
      expect(code).toBe(0);
      if (json)
        expect(JSON.parse(out)).toMatchObject({
          format: 1,
          did,
          files: [{ file: "auth-profiles.json" }, { file: "openclaw.json" }],
        });
      else
        expect(out).toMatch(
          new RegExp(`^${word} an apply that had been interrupted \\(process \\d+ \\(apply\\), .*\\n$`),
        );
      expect(at.read(config).includes("kilocode")).toBe(did === "finished");
      expect(at.read(store).includes(env.K)).toBe(did === "finished");
      expect(listing(at)).toEqual(clean);
      expect(await at.run(["recover"])).toEqual({ code: 0, out: "Nothing to recover.\n", err: "" });
      expect(JSON.parse((await at.run(["recover", "--json"])).out)).toMatchObject({
        did: "nothing",
        files: [],
        problems: [],
      });
    }
  });

  it.each([
    ["the journal", null],
    ["what is in the journal", ""],
  ])("goes by the record when a power failure took %s", async (_name, left) => {
    const at = await interrupted(2, true);
    rmSync(at.path(journal));
    if (left !== null) at.write(journal, left);
    for (const argv of [["plan"], ["validate"], ["status"], ["recover", "--dry-run"]]) {
      const { out, err } = await at.run(argv, { env });
      expect(flat(out + err), argv.join(" ")).toContain("it would be finished");
      expect(out + err).not.toContain(env.K);
    }
    expect((await at.run(["recover"])).out).toMatch(
      /^Finished an apply that had been interrupted \(process \d+ \(apply\)/,
    );
    expect(JSON.parse((await at.run(["history", "--json"])).out)).toMatchObject({ entries: [{ number: 1 }] });
    expect(at.exists(journal)).toBe(false);
    expect(await at.run(["recover"])).toEqual({ code: 0, out: "Nothing to recover.\n", err: "" });
  });

  it("reads the journal of an earlier version, which knows its record by a fingerprint", async () => {
    const at = await interrupted(1);
    const begun = JSON.parse(at.read(journal)) as { record: { temporary: string } };
    const text = readFileSync(begun.record.temporary, "utf8");
    at.write(journal, JSON.stringify({ ...begun, record: { ...begun.record, sha256: sha256(text) } }));
    expect((await at.run(["recover"])).out).toContain("Finished an apply");
    expect(listing(at)).toEqual(clean);
  });

  it("is what every command that writes begins with, in one line", async () => {
    const at = await interrupted(1);
    const { code, err } = await at.run(["models", "set", "openai/gpt-5.5", "--yes"]);
    expect(code).toBe(0);
    expect(err.trim().split("\n")).toEqual([expect.stringContaining("Finished an apply that had been interrupted")]);
    expect(at.read(store)).toContain(env.K);
    expect(at.read(config)).toContain("openai/gpt-5.5");
    expect(listing(at).filter((file) => !file.startsWith("clawform"))).toEqual(clean);
    expect(at.exists(".openclaw/clawform/journal.json")).toBe(false);
  });

  it("also when there is nothing to do besides", async () => {
    const at = await interrupted(1);
    const { code, err, out } = await at.run(["apply", "--yes"], { env });
    expect(code).toBe(0);
    expect(err).toContain("Finished");
    expect(out).toContain("No changes");
    expect(listing(at)).toEqual(clean);
  });

  it("stops where somebody else wrote since, keeps both, and goes on when told to", async () => {
    const at = await interrupted(1);
    at.write(store, '{ "profiles": { "x:y": { "type": "api_key", "provider": "x", "key": "test-theirs" } } }');
    const left = listing(at).filter((name) => !name.endsWith("lock"));
    for (const argv of [["recover"], ["apply", "--yes"], ["models", "set", "a/b", "--yes"]]) {
      const { code, err } = await at.run(argv, { env });
      expect(code).toBe(73);
      expect(flat(err)).toContain("was changed by another program since (sha256 ");
      expect(flat(err)).toContain("--abandon");
      expect(err).not.toContain("test-theirs");
      expect(listing(at)).toEqual(left);
      expect([at.read(config), at.read(store).includes("test-theirs")]).toEqual([before, true]);
    }
    expect(flat((await at.run(["recover", "--dry-run"])).out)).toContain("it needs you");
    expect((await at.run(["recover", "--abandon"])).out).toContain("forgot an apply");
    expect([at.read(config), at.read(store).includes("test-theirs")]).toEqual([before, true]);
    expect(listing(at)).toEqual(clean);
  });

  it("knows a journal that is not whole, and one of another version", async () => {
    const at = makeHome({ [config]: "{}", ".openclaw/clawform/journal.json": '{ "format": 1, "own' });
    expect((await at.run(["recover"])).out).toContain(
      "Took back an apply that had been interrupted: it had not begun.",
    );
    expect(at.exists(".openclaw/clawform")).toBe(false);
    mkdirSync(dirname(at.path(".openclaw/clawform/journal.json")));
    at.write(".openclaw/clawform/journal.json", '{ "format": 2 }');
    expect(await at.run(["recover"])).toMatchObject({
      code: 1,
      err: expect.stringContaining("another version") as string,
    });
    expect((await at.run(["validate"])).out).toContain("another version");
    expect(at.exists(".openclaw/clawform/journal.json")).toBe(true);
  });

  it("touches nothing on a machine without any state", async () => {
    const at = makeHome();
    expect((await at.run(["recover"])).out).toBe("Nothing to recover.\n");
    expect(at.exists(".openclaw")).toBe(false);
  });
});

describe("a copy of a home in which an apply was interrupted", () => {
  it("is recovered by itself, and the original stays as it is", async () => {
    const at = await interrupted(1, true);
    cpSync(at.path(".openclaw"), at.path("copy"), { recursive: true, verbatimSymlinks: true });
    const left = listing(at);
    const { code, out } = await at.run(["recover", "--state-dir", "copy"]);
    expect(code).toBe(0);
    expect(out).toContain("Finished an apply that had been interrupted");
    expect(at.read("copy/openclaw.json")).toContain("kilocode/kilo/auto");
    expect(listing(at)).toEqual(left);
    expect(at.read(config)).toBe(before);
  });
});

describe("a half overwritten configuration", () => {
  it("is not to be mended by hand, says whoever cannot read it", async () => {
    const at = await torn();
    for (const argv of [["plan"], ["apply", "--dry-run"], ["plan", "--homes", ".openclaw"]]) {
      const { code, out, err } = await at.run(argv, { env });
      expect(code, argv.join(" ")).toBe(argv.length === 3 ? 1 : 65);
      if (argv.length < 3) expect(flat(err)).toContain("an apply was interrupted");
      if (argv.length < 3) expect(flat(err)).toContain("clawform recover does that");
      expect(out + err).not.toContain("Mend it");
    }
  });

  it.each([
    [["apply", "--yes", "--in-place"]],
    [["models", "set", "openai/gpt-5.5", "--yes", "--in-place"]],
    [["apply", "--yes", "--in-place", "--homes", ".openclaw"]],
    [["recover"]],
    [["onboard", "--kilocode-api-key", "test-key-1", "--yes", "--in-place"]],
    [["doctor", "--fix", "--yes", "--in-place"]],
  ])("is made whole by %j", async (argv) => {
    const at = await torn();
    const { code, out, err } = await at.run(argv, { env });
    expect({ code, out: code === 0 ? "" : out + err }).toEqual({ code: 0, out: "" });
    expect(at.read(config)).toContain("// ours");
    const primary =
      argv[0] === "models"
        ? "openai/gpt-5.5"
        : ["apply", "onboard"].includes(argv[0] ?? "")
          ? "kilocode/kilo/auto"
          : undefined;
    const { agents } = JSON5.parse<{ agents?: { defaults: { model: { primary: string } } } }>(at.read(config));
    if (primary !== undefined) expect(agents?.defaults.model.primary).toBe(primary);
    expect((await at.run(["recover"])).out).toBe("Nothing to recover.\n");
  });
});
