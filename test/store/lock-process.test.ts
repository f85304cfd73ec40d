/** The lock in real processes: what signals do to it, and what a killed one leaves. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Change } from "../../src/types.js";
import { auth, change, config, put, temporary, tree } from "./disk.js";

let directory = "";

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "clawform lock ü-"));
  const exports = ["host", "store/state-lock", "store/transact", "store/files"].map(
    (name) => `export * from "./${name}.js";`,
  );
  await build({
    stdin: {
      contents: exports.join("\n"),
      resolveDir: fileURLToPath(new URL("../../src/", import.meta.url)),
      loader: "ts",
    },
    outfile: join(directory, "locked.mjs"),
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "error",
  });
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const lockName = "auth-profiles.json.lock";

function pair(): { home: string; lock: string; changes: Change[] } {
  const home = temporary();
  const configPath = put(home, "openclaw.json", "old config");
  const authPath = put(home, "auth-profiles.json", "old auth");
  const changes = [
    change(configPath, config, "old config", "new config"),
    change(authPath, auth, "old auth", "new auth"),
  ];
  return { home, lock: join(home, lockName), changes };
}

/**
 * Commits in a process of its own, which says "waiting" before, "locked" just before the first rename, for which it
 * then takes half a second without a turn of its event loop, and "done" or the error's code after. `more` runs before it all.
 */
function commits(changes: readonly Change[], more = "", state = temporary()): ChildProcess {
  const path = join(directory, `commits-${Math.floor(Math.random() * 1e9)}.mjs`);
  writeFileSync(
    path,
    `import { writeSync } from "node:fs";
    import { nodeFiles, thisProcess, transact, withStateLock } from "./locked.mjs";
    const say = (word) => writeSync(1, word + "\\n");
    let first = true;
    const rename = (from, to) => {
      if (first) {
        first = false;
        say("locked");
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
      }
      nodeFiles.rename(from, to);
    };
    ${more}
    say("waiting");
    const changes = ${JSON.stringify(changes)};
    const options = { timeoutSeconds: 20, host: thisProcess, files: { ...nodeFiles, rename }, command: "apply" };
    const applied = withStateLock(${JSON.stringify(state)}, options, (held) => transact(held, changes, null));
    say(await applied.then(() => "done", ({ code }) => code));`,
  );
  return spawn(process.execPath, [path], { stdio: ["ignore", "pipe", "inherit"] });
}

/** Sends `signal` when the process says `word`; returns all it said and how it ended. */
async function interrupt(child: ChildProcess, word: string, signal: NodeJS.Signals): Promise<unknown> {
  let said = "";
  child.stdout?.on("data", (bytes: Buffer) => {
    said += bytes.toString();
    if (bytes.toString().includes(word)) child.kill(signal);
  });
  const [code, by] = (await once(child, "close")) as [number | null, string | null];
  return { said: said.trim().split("\n"), end: by ?? code };
}

describe("a signal", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("%s in the middle of the commit: both files, no lock, then exit %i", async (signal, code) => {
    const { home, changes } = pair();
    const result = await interrupt(commits(changes), "locked", signal);
    expect(result).toEqual({ said: ["waiting", "locked"], end: code });
    expect([...tree(home)]).toEqual([
      ["auth-profiles.json", "new auth"],
      ["openclaw.json", "new config"],
    ]);
  });

  test("that the program listens to itself is left to it", async () => {
    const { changes } = pair();
    const child = commits(changes, `process.on("SIGTERM", () => say("heard"));`);
    expect(await interrupt(child, "locked", "SIGTERM")).toEqual({
      said: ["waiting", "locked", "heard", "done"],
      end: 0,
    });
  });

  test("while waiting for somebody else's lock: ends at once, nothing written, their lock stays", async () => {
    const { home, lock, changes } = pair();
    writeFileSync(lock, JSON.stringify({ pid: process.pid, createdAt: new Date().toISOString() }));
    const before = [...tree(home)];
    const child = commits(changes, `setTimeout(() => say("still"), 300);`);
    expect(await interrupt(child, "still", "SIGTERM")).toMatchObject({ said: ["waiting", "still"] });
    expect([...tree(home)]).toEqual(before);
  });

  test("that comes after all is the program's own business again", async () => {
    const { changes } = pair();
    const child = commits(changes, `setTimeout(() => say("later"), 1500);`);
    expect(await interrupt(child, "later", "SIGTERM")).toMatchObject({ end: "SIGTERM" });
  });
});

test("a process that is killed leaves its lock, and the next one breaks it at once", async () => {
  const { home, lock, changes } = pair();
  const killed = commits(changes);
  expect(await interrupt(killed, "locked", "SIGKILL")).toMatchObject({ end: "SIGKILL" });
  expect(JSON.parse(readFileSync(lock, "utf8"))).toMatchObject({ pid: killed.pid });
  const began = Date.now();
  const next = commits(changes);
  expect(await interrupt(next, "never", "SIGKILL")).toEqual({ said: ["waiting", "locked", "done"], end: 0 });
  expect(Date.now() - began).toBeLessThan(10_000);
  expect(existsSync(lock)).toBe(false);
  expect(tree(home).get("auth-profiles.json")).toBe("new auth");
});

test("two processes: the second waits for the first and finds its plan stale", async () => {
  const { home, changes } = pair();
  const first = commits(changes);
  const firstEnd = interrupt(first, "never", "SIGKILL");
  await once(first.stdout ?? first, "data");
  await expect.poll(() => existsSync(join(home, lockName)), { timeout: 20_000 }).toBe(true);
  const second = commits([change(changes[1]?.path ?? "", auth, "old auth", "new auth 2")]);
  expect(await interrupt(second, "never", "SIGKILL")).toEqual({ said: ["waiting", "stale"], end: 0 });
  expect(await firstEnd).toEqual({ said: ["waiting", "locked", "done"], end: 0 });
  expect([...tree(home)]).toEqual([
    ["auth-profiles.json", "new auth"],
    ["openclaw.json", "new config"],
  ]);
});
