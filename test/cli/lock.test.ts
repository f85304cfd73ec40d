/** OpenClaw's lock on the credential store, as users meet it: through the built binary. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { apply, plan } from "../../src/index.js";
import { binaryPath, config, type Home, makeHome, type Result, store } from "./harness.js";

const setup = '{ providers: { kilocode: { apiKey: { env: "K" } } }, model: { primary: "kilocode/kilo/auto" } }';
const env = { K: "test-key-1234567890" };
const lock = `${store}.lock`;

/** A lock as OpenClaw writes it. */
function lockOf(pid: number, ago = 0): string {
  return JSON.stringify({ pid, createdAt: new Date(Date.now() - ago).toISOString() }, null, 2);
}

/** The pid of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "close");
  return child.pid ?? expect.fail("no pid");
}

/** The built binary beside this process. */
async function start(at: Home, argv: readonly string[], more: Record<string, string> = env): Promise<Result> {
  const child = spawn(process.execPath, [binaryPath, ...argv], {
    cwd: at.dir,
    env: { PATH: process.env["PATH"], HOME: at.dir, ...more },
  });
  child.stdin.end();
  const result = { code: -1, out: "", err: "" };
  child.stdout.on("data", (bytes: Buffer) => (result.out += bytes.toString()));
  child.stderr.on("data", (bytes: Buffer) => (result.err += bytes.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { ...result, code: code ?? -1 };
}

const listing = (at: Home): string[] => readdirSync(at.dir, { recursive: true, encoding: "utf8" }).sort();

describe("a lock that stays", () => {
  it("is exit 75 with the holder's pid and the lock's age; nothing is written, the lock is left", () => {
    const held = lockOf(process.pid, 5000);
    const at = makeHome({ [config]: "{}", [lock]: held, "clawform.json5": setup });
    const before = listing(at);
    const { code, err, out } = at.binary(["apply", "--yes", "--lock-timeout", "0.2"], { env });
    expect(code).toBe(75);
    const said = err.replaceAll(/\s+/g, " ");
    expect(said).toMatch(new RegExp(`is locked by process ${process.pid}, for \\d+\\.\\d s now; waited 0\\.2 s`));
    expect(said).toContain("--lock-timeout");
    expect(out + err).not.toContain(env.K);
    expect(listing(at)).toEqual(before);
    expect([at.read(config), at.read(lock)]).toEqual(["{}", held]);
  });

  it("is told as JSON as well", () => {
    const at = makeHome({ [lock]: lockOf(process.pid), "clawform.json5": setup });
    const { code, out } = at.binary(["apply", "--yes", "--json", "--lock-timeout", "0"], { env });
    expect(code).toBe(75);
    expect(JSON.parse(out)).toMatchObject({
      applied: false,
      files: [],
      problems: [{ code: "locked", file: "auth-profiles.json", severity: "error" }],
    });
  });

  it("does not concern a change of the configuration alone, nor a plan", () => {
    const at = makeHome({ [config]: "{}", [lock]: lockOf(process.pid), "clawform.json5": setup });
    expect(at.binary(["models", "set", "openai/gpt-5.5", "--yes", "--lock-timeout", "0"]).code).toBe(0);
    expect(at.read(config)).toContain("openai/gpt-5.5");
    expect(at.binary(["plan"], { env }).code).toBe(0);
  });

  it.each(["soon", "-1", ""])("takes no --lock-timeout %j", (timeout) => {
    const at = makeHome({ "clawform.json5": setup });
    expect(at.binary(["apply", "--yes", "--lock-timeout", timeout], { env }).code).toBe(64);
  });
});

describe("a lock that goes", () => {
  it("is waited for", async () => {
    const at = makeHome({ [lock]: lockOf(process.pid), "clawform.json5": setup });
    const applied = start(at, ["apply", "--yes"]);
    setTimeout(() => rmSync(at.path(lock)), 1500);
    expect(await applied).toMatchObject({ code: 0, err: "" });
    expect(at.read(store)).toContain(env.K);
    expect(at.exists(lock)).toBe(false);
  });

  it("is broken at once when its owner is dead", async () => {
    const at = makeHome({ [lock]: lockOf(await deadPid()), "clawform.json5": setup });
    expect(at.binary(["apply", "--yes", "--lock-timeout", "0"], { env }).code).toBe(0);
    expect(at.read(store)).toContain(env.K);
    expect(at.exists(lock)).toBe(false);
  });
});

it("two that apply at once: both results are there, and a refusal is a 75", async () => {
  const other = '{ providers: { openrouter: { apiKey: { env: "O" } } }, aliases: { "openrouter/auto": "Anything" } }';
  const both = { ...env, O: "test-key-openrouter" };
  const at = makeHome({ [config]: "// ours\n{}\n", "one.json5": setup, "two.json5": other });
  const untilDone = async (file: string): Promise<void> => {
    for (;;) {
      const { code, err } = await start(at, ["apply", file, "--yes"], both);
      if (code === 0) return;
      expect(code, err).toBe(75);
    }
  };
  await Promise.all([untilDone("one.json5"), untilDone("two.json5")]);
  expect(JSON.parse(at.read(store))).toMatchObject({
    profiles: { "kilocode:default": { key: both.K }, "openrouter:default": { key: both.O } },
  });
  for (const part of ["// ours", "kilocode/kilo/auto", "Anything"]) expect(at.read(config)).toContain(part);
  expect(listing(at).filter((name) => /lock|tmp/.test(name))).toEqual([]);
});

describe("the library", () => {
  const options = (at: Home): object => ({ stateDir: at.path(".openclaw"), config: at.path(config), env });

  it("applies, and gives the lock back", async () => {
    const at = makeHome();
    const { files } = await apply(plan(setup, options(at)));
    expect(files.map(({ file, outcome }) => `${file} ${outcome}`)).toEqual([
      "auth-profiles.json created",
      "openclaw.json created",
    ]);
    expect(at.exists(lock)).toBe(false);
  });

  it("rejects with what stands in the way", async () => {
    const at = makeHome({ [lock]: lockOf(process.ppid) });
    const planned = plan(setup, options(at));
    await expect(apply(planned, { lockTimeout: 0 })).rejects.toMatchObject({ kind: "busy", code: "locked" });
    await expect(apply(planned, { lockTimeout: Number.NaN })).rejects.toMatchObject({ code: "lock-timeout" });
    await expect(apply(planned, { lockTimeout: -1 })).rejects.toMatchObject({ kind: "usage" });
    rmSync(at.path(lock));
    await apply(planned);
    await expect(apply(planned)).rejects.toMatchObject({ kind: "busy", code: "stale" });
  });
});
