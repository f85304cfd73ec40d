/**
 * The real OpenClaw writing the same files at the same time. Where it can be had: CLAWFORM_OPENCLAW is the path of its
 * openclaw.mjs, CLAWFORM_NODE the Node it runs on.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { binaryPath, config, makeHome, store } from "./harness.js";

const openclaw = process.env["CLAWFORM_OPENCLAW"];
const node = process.env["CLAWFORM_NODE"] ?? process.execPath;
if (openclaw === undefined) process.stdout.write("beside OpenClaw: skipped, CLAWFORM_OPENCLAW names none\n");

/** Its auth choices, one command each. */
const theirs = ["openrouter", "kilocode", "xai", "mistral", "moonshot", "together"] as const;
const ours = Array.from({ length: 30 }, (_, index) => `own${index}`);

async function end(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  let said = "";
  child.stdout?.on("data", (bytes: Buffer) => (said += bytes.toString()));
  child.stderr?.on("data", (bytes: Buffer) => (said += bytes.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said };
}

it.skipIf(openclaw === undefined)("both sides' entries are there at the end", { timeout: 600_000 }, async () => {
  const at = makeHome();
  const env = { PATH: process.env["PATH"], HOME: at.dir, OPENCLAW_STATE_DIR: at.path(".openclaw"), K: "test-key-1" };
  const counts = { theirRefusals: 0, ourRefusals: 0, overwritten: 0 };

  const onboard = async (provider: string): Promise<void> => {
    const part =
      "--non-interactive --accept-risk --mode local --skip-channels --skip-daemon --skip-health --skip-search";
    const rest = "--skip-skills --skip-ui --skip-bootstrap --gateway-token test-token --json";
    const key = [`--auth-choice`, `${provider}-api-key`, `--${provider}-api-key`, `sk-test-${provider}`];
    for (let left = 20; ; left -= 1) {
      const words = ["onboard", ...part.split(" "), ...rest.split(" "), ...key];
      const { code, said } = await end(spawn(node, [openclaw ?? "", ...words], { cwd: at.dir, env }));
      if (code === 0) return;
      // It refuses to write over a file that changed under it.
      expect(left, said).toBeGreaterThan(0);
      counts.theirRefusals += 1;
    }
  };
  const apply = async (name: string): Promise<void> => {
    const block = {
      apiKey: { env: "K" },
      baseUrl: "http://127.0.0.1:9/v1",
      api: "openai-completions",
      models: [{ id: "m", name: "M" }],
    };
    at.write(`${name}.json5`, JSON.stringify({ providers: { [name]: block } }));
    for (;;) {
      const { code, said } = await end(
        spawn(process.execPath, [binaryPath, "apply", `${name}.json5`, "--yes"], { cwd: at.dir, env }),
      );
      if (code === 0) return;
      expect(code, said).toBe(75);
      counts.ourRefusals += 1;
    }
  };
  const read = (file: string): Record<string, Record<string, unknown>> =>
    existsSync(at.path(file))
      ? (JSON.parse(readFileSync(at.path(file), "utf8")) as Record<string, Record<string, unknown>>)
      : {};
  const has = (name: string): boolean =>
    Object.hasOwn((read(config)["models"]?.["providers"] ?? {}) as object, name) &&
    Object.hasOwn(read(store)["profiles"] ?? {}, `${name}:default`);

  let running = true;
  const real = (async () => {
    for (const provider of theirs) await onboard(provider);
    running = false;
  })();
  const done: string[] = [];
  for (let turn = 0; running; turn += 1) {
    const name = ours[turn % ours.length] ?? "";
    await apply(name);
    if (!done.includes(name)) done.push(name);
  }
  await real;
  // Its onboarding reads both files, works for seconds and writes them back whole, the store without its own lock: what we
  // wrote in between is gone then, and applying again puts it back. Nothing of its own may be missing because of us.
  for (const name of done.filter((one) => !has(one))) {
    counts.overwritten += 1;
    await apply(name);
  }
  for (const name of done) expect(has(name), name).toBe(true);
  const profiles = read(store)["profiles"] ?? {};
  for (const provider of theirs) {
    expect(profiles[`${provider}:default`]).toMatchObject({ provider, key: `sk-test-${provider}` });
    expect((read(config)["auth"]?.["profiles"] ?? {}) as object).toHaveProperty([`${provider}:default`]);
  }
  process.stdout.write(
    `beside OpenClaw: ${theirs.length} of its commands, ${done.length} of our setups; ${JSON.stringify(counts)}\n`,
  );
  const { code, said } = await end(spawn(node, [openclaw ?? "", "config", "validate", "--json"], { cwd: at.dir, env }));
  expect(code, said).toBe(0);
});
