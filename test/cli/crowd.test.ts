/** Many clawforms at once on one state, beside a process that writes the same files as OpenClaw's gateway does. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { sha256 } from "../../src/hash.js";
import { binaryPath, config, type Home, makeHome, store } from "./harness.js";

const long = process.env["CLAWFORM_RUNS"] !== undefined;
const [processes, applies] = long ? [16, 25] : [4, 5];

/** Where one write began and what it left. */
interface Write {
  readonly by: string;
  readonly before: string;
  readonly after: string;
}

/**
 * The gateway: counts in the store under OpenClaw's lock twenty times a second, and now and then in the configuration, which
 * it reads, compares once more and renames over, without any lock. Says on its output what it wrote; ends with its input.
 */
const gateway = `
  const { closeSync, openSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync, writeSync } = require("node:fs");
  const { createHash, randomUUID } = require("node:crypto");
  const [config, store] = process.argv.slice(1);
  const sha = (text) => createHash("sha256").update(text).digest("hex");
  const text = (path) => { try { return readFileSync(path, "utf8"); } catch { return null; } };
  const put = (path, value) => { const temporary = path + "." + randomUUID() + ".tmp"; writeFileSync(temporary, value, { mode: 0o600 }); return temporary; };
  let counted = 0, written = 0, running = true;
  process.stdin.on("end", () => { running = false; }).resume();
  const lock = () => {
    try {
      const descriptor = openSync(store + ".lock", "wx");
      writeSync(descriptor, JSON.stringify({ pid: process.pid, createdAt: new Date().toISOString() }, null, 2));
      return descriptor;
    } catch (error) { if (error.code !== "EEXIST" && error.code !== "ENOENT") throw error; return null; }
  };
  const countInStore = () => {
    const descriptor = lock();
    if (descriptor === null) return;
    const found = text(store);
    if (found !== null) {
      const value = JSON.parse(found);
      const stats = (value.usageStats ??= {});
      stats["gateway:default"] = { lastUsed: (stats["gateway:default"]?.lastUsed ?? 0) + 1 };
      renameSync(put(store, JSON.stringify(value, null, 2) + "\\n"), store);
      counted += 1;
    }
    closeSync(descriptor);
    unlinkSync(store + ".lock");
  };
  const countInConfig = () => {
    const found = text(config);
    if (found === null) return;
    const value = JSON.parse(found);
    value.meta = { ...value.meta, lastTouchedVersion: "gateway-" + (written + 1) };
    const next = JSON.stringify(value, null, 2) + "\\n";
    const temporary = put(config, next);
    if (text(config) !== found) return rmSync(temporary);
    renameSync(temporary, config);
    written += 1;
    process.stdout.write(JSON.stringify({ by: "gateway", before: sha(found), after: sha(next) }) + "\\n");
  };
  (async () => {
    for (let turn = 1; running; turn += 1) {
      countInStore();
      if (turn % 8 === 0) countInConfig();
      await new Promise((done) => setTimeout(done, 50));
    }
    process.stdout.write(JSON.stringify({ counted, written }) + "\\n");
  })();
`;

async function outputOf(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
  const said = { out: "", err: "" };
  child.stdout?.on("data", (bytes: Buffer) => (said.out += bytes.toString()));
  child.stderr?.on("data", (bytes: Buffer) => (said.err += bytes.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...said };
}

const provider = (name: string): string =>
  JSON.stringify({
    providers: {
      [name]: {
        apiKey: { env: "K" },
        baseUrl: "http://127.0.0.1:9/v1",
        api: "openai-completions",
        models: [{ id: "m", name: "M" }],
      },
    },
    aliases: { [`${name}/m`]: `alias of ${name}` },
  });

/** Applies until it is done; the only refusal is a stated 75. */
async function applyUntilDone(at: Home, name: string, writes: Write[], refusals: string[]): Promise<void> {
  at.write(`${name}.json5`, provider(name));
  for (;;) {
    const env = { PATH: process.env["PATH"], HOME: at.dir, K: `test-key-${name}` };
    const child = spawn(process.execPath, [binaryPath, "apply", `${name}.json5`, "--yes", "--json"], {
      cwd: at.dir,
      env,
    });
    child.stdin.end();
    const { code, out, err } = await outputOf(child);
    if (code === 0) {
      const { files } = JSON.parse(out) as { files: { file: string; before: string; after: string }[] };
      const file = files.find((one) => one.file === "openclaw.json");
      if (file) writes.push({ by: name, before: file.before, after: file.after });
      return;
    }
    expect(code, err).toBe(75);
    expect(err).toMatch(/stale|locked|changed|waited|writing/);
    refusals.push(err);
  }
}

it(`${processes} processes x ${applies} applies beside a gateway: no update is lost`, async () => {
  const at = makeHome({
    [config]: '{\n  "gateway": { "mode": "local" }\n}\n',
    [store]: '{ "version": 1, "profiles": {} }\n',
  });
  const beside = spawn(process.execPath, ["-e", gateway, at.path(config), at.path(store)]);
  const gatewayEnd = outputOf(beside);
  const writes: Write[] = [];
  const refusals: string[] = [];
  const names = Array.from({ length: processes }, (_, worker) =>
    Array.from({ length: applies }, (_, turn) => `p${worker}x${turn}`),
  );
  await Promise.all(
    names.map(async (own) => {
      for (const name of own) await applyUntilDone(at, name, writes, refusals);
    }),
  );
  beside.stdin.end();
  const { out, err } = await gatewayEnd;
  expect(err).toBe("");
  const lines = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Write);
  const totals = lines.pop() as unknown as { counted: number; written: number };

  // The store: both sides hold OpenClaw's lock, so every single update is there.
  const profiles = JSON.parse(at.read(store)) as {
    profiles: Record<string, { key: string }>;
    usageStats: Record<string, { lastUsed: number }>;
  };
  for (const name of names.flat()) expect(profiles.profiles[`${name}:default`]?.key).toBe(`test-key-${name}`);
  expect(profiles.usageStats["gateway:default"]?.lastUsed).toBe(totals.counted);
  expect(totals.counted).toBeGreaterThan(0);

  // The configuration: no two of our writes begin at the same text. The gateway's may, between a comparison and a rename.
  const all = [...writes, ...lines];
  const begun = new Map<string, Write[]>();
  for (const write of all) begun.set(write.before, [...(begun.get(write.before) ?? []), write]);
  const forks = [...begun.values()].filter((same) => same.length > 1);
  for (const fork of forks) expect(fork.filter(({ by }) => by !== "gateway").length, "two of ours").toBeLessThan(2);
  const final = JSON.parse(at.read(config)) as {
    models: { providers: Record<string, unknown> };
    agents: { defaults: { models: Record<string, { alias: string }> } };
  };
  const missing = names.flat().filter((name) => final.models.providers[name] === undefined);
  const forked = new Set(forks.flat().map(({ by }) => by));
  expect(missing.filter((name) => !forked.has(name))).toEqual([]);
  for (const name of names.flat().filter((one) => !missing.includes(one)))
    expect(final.agents.defaults.models[`${name}/m`]?.alias).toBe(`alias of ${name}`);
  expect([...all.map(({ after }) => after)]).toContain(sha256(readFileSync(at.path(config))));
  process.stdout.write(
    `crowd: ${writes.length} applies, ${refusals.length} refused with 75 and tried again; the gateway wrote the store ${totals.counted} times, the configuration ${totals.written} times; lost in the store 0, in the configuration ${forks.length}\n`,
  );
  const left = readdirSync(at.path(".openclaw"), { recursive: true, encoding: "utf8" });
  expect(left.filter((name) => /lock|tmp|journal/.test(name))).toEqual([]);
});
