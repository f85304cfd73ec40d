/** Getting and asking the real program, on programs that are not it. */

import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, dirname, join } from "node:path";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
// @ts-expect-error a build script, without types
import { install as installScript, runsOpenClaw } from "../../scripts/openclaw-install.mjs";
import { homeAt, makeHome } from "../cli/harness.js";
import { ask, choiceArguments, onboardArguments, type Program, providerPart } from "./program.js";

const install = installScript as (
  release: string,
  options: { limitMs: number; say: (line: string) => void; folder: string },
) => Promise<Program>;

afterEach(() => void vi.unstubAllEnvs());

describe("providerPart", () => {
  const wizard = {
    wizard: { lastRunAt: "x" },
    meta: {},
    gateway: { port: 1 },
    session: {},
    tools: { profile: "coding" },
  };
  const defaults = { workspace: "/w", skipBootstrap: true };
  it.each([
    ["an empty home", {}, { ...wizard, agents: { defaults } }, {}],
    [
      "a model",
      {},
      { agents: { defaults: { ...defaults, model: "a/b" } } },
      { agents: { defaults: { model: "a/b" } } },
    ],
    [
      "the user's own keys",
      { gateway: { port: 2 }, agents: { defaults: { workspace: "/mine" } } },
      { ...wizard, agents: { defaults } },
      { gateway: { port: 2 }, agents: { defaults: { workspace: "/mine" } } },
    ],
    ["an empty section of the user's", { agents: {} }, { agents: { defaults } }, { agents: {} }],
    ["a list of agents", { agents: { list: [] } }, { agents: { defaults, list: [] } }, { agents: { list: [] } }],
  ])("of %s", (_what, before, after, part) => {
    expect(providerPart(after as never, before as never)).toEqual(part);
  });
});

it("gives a choice a key of its form, its parameters and a server", () => {
  const choice = {
    id: "x",
    flag: "--key",
    label: "X",
    profiles: [],
    keyFormat: { prefix: "oat-", minLength: 40 },
    parameters: [{ name: "accountId", flag: "--account", label: "Account" }],
    endpoint: { rule: "server" as const },
  };
  const { key, args } = choiceArguments(choice);
  expect(key).toMatch(/^oat-.{36}/);
  expect(args.slice(0, 4)).toEqual(["--key", key, "--account", "test-accountid"]);
  expect(args).toContain("--custom-model-id");
  expect(onboardArguments("x", args)).toEqual(expect.arrayContaining(["--auth-choice", "x", ...args]));
});

describe("ask", () => {
  const programOf = (code: string): { program: Program; dir: string } => {
    const home = makeHome({ "program.cjs": code });
    return {
      program: { release: "0", root: home.dir, node: process.execPath, entry: home.path("program.cjs") },
      dir: home.dir,
    };
  };

  it("hands on a home and nothing of this environment", async () => {
    vi.stubEnv("OPENCLAW_CONFIG_PATH", "/somewhere");
    vi.stubEnv("SECRET_API_KEY", "sk-test-1");
    const { program, dir } = programOf(
      "console.log(JSON.stringify(process.env)); console.error('no'); process.exitCode = 3",
    );
    const { code, out, err } = await ask(program, dir, [], { env: { GIVEN: "1" } });
    const env = JSON.parse(out) as NodeJS.ProcessEnv;
    expect([code, err]).toEqual([3, "no\n"]);
    expect(env).toMatchObject({ HOME: dir, OPENCLAW_STATE_DIR: join(dir, ".openclaw"), GIVEN: "1" });
    expect(Object.keys(env)).not.toEqual(expect.arrayContaining(["OPENCLAW_CONFIG_PATH"]));
    expect(out).not.toContain("sk-test-1");
  });

  it("has no network, not even this machine, but sockets of its own", async () => {
    const server = createServer((socket) => socket.end("hello"));
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const { program, dir } = programOf(`
      const net = require("node:net");
      const said = (what, socket) => new Promise((resolve) => socket
        .on("error", ({ code }) => resolve(what + code)).on("data", (data) => resolve(what + data)));
      const path = ${JSON.stringify(join(makeHome().dir, "own.sock"))};
      const own = net.createServer((socket) => socket.end("own")).listen(path, async () => {
        console.log(await said("port ", net.connect(${port}, "127.0.0.1")));
        console.log(await said("options ", net.connect({ port: ${port} })));
        console.log(await fetch("http://127.0.0.1:${port}").catch((error) => "fetch " + error.cause.code));
        console.log(await said("path ", net.connect(path)));
        console.log(await said("path in options ", net.connect({ path })));
        own.close();
      });`);
    const { out } = await ask(program, dir, []);
    expect(out.trim().split("\n")).toEqual([
      "port ECONNREFUSED",
      "options ECONNREFUSED",
      "fetch ECONNREFUSED",
      "path own",
      "path in options own",
    ]);
  });

  it("ends what does not end, and all that it started", async () => {
    const { program, dir } = programOf(`
      const child = require("node:child_process").spawn("sleep", ["600"]);
      console.log(child.pid);
      setInterval(() => {}, 1000);`);
    const { code, late, out } = await ask(program, dir, [], { limitMs: 3000 });
    expect([code, late]).toEqual([-1, true]);
    await vi.waitFor(() => expect(() => process.kill(Number(out), 0)).toThrow("ESRCH"), { timeout: 20_000 });
  });

  it.each(["SIGINT", "SIGTERM"] as const)("ends it with this process, by %s", async (signal) => {
    const script = new URL("../../scripts/openclaw.mjs", import.meta.url).href;
    const { dir } = programOf("");
    const home = homeAt(dir);
    home.write(
      "asker.mjs",
      `
      import { execute } from ${JSON.stringify(script)};
      await execute("sh", ["-c", "echo $$ > pid; sleep 600"], { cwd: ${JSON.stringify(dir)}, env: process.env, limitMs: 600_000 });`,
    );
    const asker = spawn(process.execPath, [home.path("asker.mjs")]);
    const ended = new Promise((resolve) => void asker.on("exit", (_code, by) => resolve(by)));
    await vi.waitFor(() => expect(home.read("pid")).toMatch(/\d\n/), { timeout: 30_000 });
    asker.kill(signal);
    expect(await ended).toBe(signal);
    await vi.waitFor(() => expect(() => process.kill(-Number(home.read("pid")), 0)).toThrow("ESRCH"), {
      timeout: 20_000,
    });
  });

  it("says so when it cannot be started", async () => {
    const { program, dir } = programOf("");
    expect(await ask({ ...program, node: join(dir, "no-node") }, dir, [])).toMatchObject({ code: -1, late: false });
  });
});

describe("install", () => {
  /** An npm that does as the script says, in a folder to install into. */
  const withNpm = (
    script: string,
  ): { folder: string; from: () => string[]; run: (limitMs?: number) => Promise<Program> } => {
    const home = makeHome({ "bin/npm": `#!/bin/sh\n${script}\n` });
    chmodSync(home.path("bin/npm"), 0o755);
    vi.stubEnv("PATH", `${home.path("bin")}${delimiter}${process.env["PATH"]}`);
    const folder = home.path("cache");
    mkdirSync(folder);
    const run = (limitMs = 60_000): Promise<Program> => install("2026.5.6", { limitMs, say: () => undefined, folder });
    return { folder, run, from: () => readdirSync(folder).sort() };
  };
  const works = `
    for file in openclaw/openclaw.mjs node/bin/node; do
      mkdir -p "$(dirname "node_modules/$file")"; echo > "node_modules/$file"
    done; echo "$@" > npm-arguments`;

  it("gets the release and a Node that runs it, once", async () => {
    const { folder, from, run } = withNpm(works);
    const program = await run();
    expect(program.entry).toBe(join(folder, "openclaw-2026.5.6/node_modules/openclaw/openclaw.mjs"));
    expect(dirname(program.entry)).toBe(program.root);
    expect(existsSync(program.node)).toBe(true);
    const manifest = readFileSync(join(folder, "openclaw-2026.5.6/package.json"), "utf8");
    expect(JSON.parse(manifest)).toMatchObject({ private: true, dependencies: { openclaw: "2026.5.6" } });
    expect(readFileSync(join(folder, "openclaw-2026.5.6/npm-arguments"), "utf8")).toContain("--ignore-scripts");
    const there = from();
    writeFileSync(join(folder, "openclaw-2026.5.6/mark"), "");
    await run();
    expect([from(), existsSync(join(folder, "openclaw-2026.5.6/mark"))]).toEqual([there, true]);
  });

  it("two at once end with one whole copy", async () => {
    const { from, run } = withNpm(`sleep 0.2; ${works}`);
    const [one, other] = await Promise.all([run(), run()]);
    expect(one).toEqual(other);
    expect(from().filter((name) => name.startsWith("openclaw-"))).toEqual(["openclaw-2026.5.6"]);
  });

  it.each([
    [
      "what npm said",
      "printf 'npm error code ENOTFOUND\\nnpm error syscall connect\\n' >&2; echo 'npm error no registry here' >&2; exit 1",
      "no registry here",
    ],
    ["that npm did nothing", "exit 0", "npm failed"],
  ])("says %s, and leaves nothing", async (_what, script, reason) => {
    const { from, run } = withNpm(script);
    await expect(run()).rejects.toThrow(reason);
    await vi.waitFor(() => expect(from()).toEqual([]), { timeout: 20_000 });
  });

  it("gives up in time", async () => {
    const { from, run } = withNpm("sleep 600");
    await expect(run(1500)).rejects.toThrow("could not be installed in");
    await vi.waitFor(() => expect(from()).toEqual([]), { timeout: 20_000 });
  });

  it.each(["", "latest", "2026.5.6 --evil", "../x", "github:a/b"])("takes %j for no release", async (release) => {
    await expect(install(release, { limitMs: 1, say: () => undefined, folder: "/nowhere" })).rejects.toThrow(
      "is no release",
    );
  });

  it.each([
    ["20.19.0", false],
    ["22.13.1", false],
    ["22.14.0", true],
    ["24.0.0", true],
  ])("Node %s runs it: %s", (version, runs) => expect(runsOpenClaw(version)).toBe(runs));
});
