/** Files that change between the plan and the commit, and what waits for whom. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { thisProcess } from "../../src/host.js";
import { writePlan } from "../../src/cli/write.js";
import { plan } from "../../src/index.js";
import { introduce } from "../../src/store/owner.js";
import type { Plan } from "../../src/types.js";
import type { Console } from "../../src/cli/console.js";
import type { WriteOptions } from "../../src/cli/options.js";
import { binaryPath, config, type Home, makeHome } from "./harness.js";

const env = { K: "test-key-1234567890" };
const setup = '{ aliases: { "a/b": "Ours" } }';
const options = {
  agent: [],
  color: "never",
  format: "text",
  yes: true,
  lockTimeout: 0,
} as const satisfies WriteOptions;

/** Plans, and lets somebody else write directly after the n-th plan. */
function meddling(
  at: Home,
  text: string,
  writes: ReadonlyMap<number, string>,
): { make: () => Plan; made: () => number } {
  let made = 0;
  const make = (): Plan => {
    made += 1;
    const planned = plan(text, { stateDir: at.path(".openclaw"), config: at.path(config), env });
    const next = writes.get(made);
    if (next !== undefined) at.write(config, next);
    return planned;
  };
  return { make, made: () => made };
}

function printing(): { io: Console; said: { out: string; err: string } } {
  const said = { out: "", err: "" };
  const io = {
    env: {},
    cwd: "/",
    osHome: "/",
    readInput: () => "",
    out: (text: string) => void (said.out += text),
    err: (text: string) => void (said.err += text),
    width: 100,
    outIsTerminal: false,
    errIsTerminal: false,
    inIsTerminal: false,
    exitCode: 0,
  };
  return { io, said };
}

describe("a configuration that changes after the plan", () => {
  it("in other places: planned again, the same is done, both are there", async () => {
    const at = makeHome({ [config]: "{}" });
    // The first plan only tells whether there is anything to do; the second is made under the lock.
    const { make, made } = meddling(
      at,
      setup,
      new Map([
        [2, "{ ui: { theirs: 1 } }"],
        [3, "{ ui: { theirs: 2 } }"],
      ]),
    );
    const { io, said } = printing();
    await writePlan(make, options, io, { command: "apply" });
    expect(made()).toBe(4);
    expect(at.read(config)).toMatch(/theirs: 2[^]*Ours/);
    expect(said.out.match(/Applied/g)).toHaveLength(1);
  });

  it("so that something else would be done: exit 75, nothing written", async () => {
    const at = makeHome({ [config]: "{}" });
    const theirs = '{ agents: { defaults: { models: { "a/b": { alias: "Theirs" } } } } }';
    const { make } = meddling(at, setup, new Map([[2, theirs]]));
    await expect(writePlan(make, options, printing().io, { command: "apply" })).rejects.toMatchObject({
      code: "stale",
      exitCode: 75,
    });
    expect(at.read(config)).toBe(theirs);
    expect(readdirSync(at.path(".openclaw"))).toEqual(["openclaw.json"]);
  });

  it("so that nothing is left to do: says so", async () => {
    const at = makeHome({ [config]: "{}" });
    const { make } = meddling(
      at,
      setup,
      new Map([[2, '{ agents: { defaults: { models: { "a/b": { alias: "Ours" } } } } }']]),
    );
    const { io, said } = printing();
    await writePlan(make, options, io, { command: "apply" });
    expect(said.out).toContain("No changes");
  });

  it("again and again: gives up with 75", async () => {
    const at = makeHome({ [config]: "{}" });
    const writes = new Map(Array.from({ length: 40 }, (_, turn) => [turn + 1, `{ ui: { theirs: ${turn} } }`]));
    const { make } = meddling(at, setup, writes);
    await expect(writePlan(make, options, printing().io, { command: "apply" })).rejects.toMatchObject({ exitCode: 75 });
  });

  it("of a saved plan: refused", async () => {
    const at = makeHome({ [config]: "{}" });
    const { make } = meddling(at, setup, new Map([[1, "{ ui: {} }"]]));
    const saved = make();
    const refused = writePlan(() => saved, options, printing().io, { command: "apply", saved: true });
    await expect(refused).rejects.toMatchObject({ code: "stale", exitCode: 75 });
    expect(at.read(config)).toBe("{ ui: {} }");
  });
});

describe("another clawform at work", () => {
  const busy = (): Home => {
    const at = makeHome({ [config]: "{}", "clawform.json5": setup });
    mkdirSync(at.path(".openclaw/clawform"));
    symlinkSync(JSON.stringify(introduce("onboard", thisProcess)), at.path(".openclaw/clawform/lock"));
    return at;
  };

  it("is waited for, then exit 75 names it and its age", () => {
    const { code, err } = busy().binary(["apply", "--yes", "--lock-timeout", "0.3"]);
    expect(code).toBe(75);
    expect(err.replaceAll(/\s+/g, " ")).toMatch(
      new RegExp(`is locked by process ${process.pid} \\(onboard\\), for \\d+\\.\\d s now; waited 0\\.3 s`),
    );
  });

  it("does not concern a plan, nor an apply with nothing to do", () => {
    const at = busy();
    expect(at.binary(["plan"]).code).toBe(0);
    at.write(config, '{ agents: { defaults: { models: { "a/b": { alias: "Ours" } } } } }');
    expect(at.binary(["apply", "--yes", "--lock-timeout", "0"]).code).toBe(0);
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("%s while waiting for it: exit %i, nothing written, its lock stays", async (signal, expected) => {
    const at = busy();
    const child = spawn(process.execPath, [binaryPath, "apply", "--yes", "--lock-timeout", "60"], {
      cwd: at.dir,
      env: { PATH: process.env["PATH"], HOME: at.dir },
      stdio: ["ignore", "pipe", "ignore"],
    });
    // From half a second after it began it waits; a slow machine gets more signals.
    const again = setInterval(() => child.kill(signal), 1500);
    const [code, by] = (await once(child, "close")) as [number | null, string | null];
    clearInterval(again);
    expect(code ?? `killed by ${by}`).toBe(expected);
    expect(readdirSync(at.path(".openclaw/clawform"))).toEqual(["lock"]);
    expect(at.read(config)).toBe("{}");
  });
});
