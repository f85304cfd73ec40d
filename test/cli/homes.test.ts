/** One setup for many homes, through the built binary. */

import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, cpSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { thisProcess } from "../../src/host.js";
import { introduce } from "../../src/store/owner.js";
import { createAjv } from "../schemas/compile.js";
import { binaryPath, type Home, makeHome, type Result, started } from "./harness.js";
import { inProcess, keys, noTerminal, onTerminal } from "./terminal.js";

const setup = `{
  providers: { kilocode: { apiKey: { env: "K" } } },
  model: { primary: "kilocode/kilo/auto", fallbacks: { append: ["openrouter/auto"] } },
}
`;
const env = { K: "test-key-1234567890" };
const before = (name: string): string =>
  `// ${name}\n{ agents: { defaults: { model: { primary: "openai/gpt-5.5" } } } }\n`;
const storeOf = (home: string): string => `${home}/agents/main/agent/auth-profiles.json`;

interface Line {
  home: string;
  outcome: string;
  exitCode: number;
  files: { path: string; patch: unknown[] }[];
  problems: { code: string; message: string }[];
}
type Totals = Record<"homes" | "applied" | "planned" | "unchanged" | "failed" | "skipped" | "left", number>;

/** A fleet: homes in `fleet/`, each with a configuration of its own. */
function fleet(names: readonly string[]): Home {
  return makeHome({
    "clawform.json5": setup,
    ...Object.fromEntries(names.map((name) => [`fleet/${name}/openclaw.json`, before(name)])),
  });
}

const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `h${String(index).padStart(3, "0")}`);

function report({ out }: Result): { lines: Line[]; totals: Totals } {
  const all = out
    .trimEnd()
    .split("\n")
    .map((text) => JSON.parse(text) as Line & { totals: Totals });
  return { lines: all.slice(0, -1), totals: all.at(-1)?.totals ?? expect.fail("no totals") };
}

const byHome = ({ lines }: { lines: Line[] }): Map<string, string> =>
  new Map(lines.map(({ home, outcome }) => [home.split("/").at(-1) ?? "", outcome]));

const everything = (at: Home): string[] => readdirSync(at.dir, { recursive: true, encoding: "utf8" }).sort();

describe("plan --homes", () => {
  it("tells of every home in one line and writes nothing", () => {
    const at = fleet(["a", "b"]);
    const there = everything(at);
    const { code, out, err } = at.binary(["plan", "--homes", "fleet/*"], { env });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toBe(
      ["a", "b"]
        .map((name) => `planned    ${at.path("fleet", name)}  2 files, 8 additions, 1 change, 0 removals\n`)
        .join("") + "2 homes: 2 would change.\n",
    );
    expect(everything(at)).toEqual(there);
    expect(at.binary(["plan", "--homes", "fleet/*", "--detailed-exitcode"], { env }).code).toBe(2);
    expect(at.binary(["plan", "--homes", "fleet/*", "--quiet"], { env }).out).toBe("2 homes: 2 would change.\n");
    expect(at.binary(["apply", "--homes", "fleet/*", "--dry-run"], { env }).out).toBe(out);
    expect(everything(at)).toEqual(there);
  });

  it("prints JSON lines that fit their schema, keys masked", () => {
    const at = fleet(["a", "b"]);
    at.write("fleet/c/openclaw.json", "{ oops");
    const result = at.binary(["plan", "--homes", "fleet/*", "--json", "--timings"], { env });
    expect(result.code).toBe(1);
    const validate = createAjv().getSchema("homes-output.json") ?? expect.fail("no schema");
    for (const line of result.out.trimEnd().split("\n")) {
      expect(validate(JSON.parse(line)), `${line}\n${JSON.stringify(validate.errors)}`).toBe(true);
    }
    expect(result.out).not.toContain(env.K);
    expect(result.out).toContain('"timings":{"load":');
    const { lines, totals } = report(result);
    expect(totals).toEqual({ homes: 3, applied: 0, planned: 2, unchanged: 0, failed: 1, skipped: 0, left: 0 });
    expect(lines[0]?.files.map(({ path }) => path)).toEqual([
      at.path("fleet/a/openclaw.json"),
      at.path(storeOf("fleet/a")),
    ]);
  });
});

describe("apply --homes", () => {
  it("gives every home what apply gives it alone, and goes on past those that fail", () => {
    const at = fleet(["a", "b", "d", "z"]);
    at.write("fleet/c/openclaw.json", "{\n  oops");
    at.write("fleet/d/clawform.json5", setup);
    expect(at.binary(["apply", "--state-dir", "fleet/d", "--yes"], { env }).code).toBe(0);
    const alone = makeHome({ "clawform.json5": setup, "fleet/b/openclaw.json": before("b") });
    alone.binary(["apply", "--state-dir", "fleet/b", "--yes"], { env });

    const { code, out, err } = at.binary(["apply", "--homes", "fleet/*", "--yes"], { env });
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out.replaceAll(at.dir, "")).toMatchInlineSnapshot(`
      "applied    /fleet/a  2 files, 8 additions, 1 change, 0 removals
      applied    /fleet/b  2 files, 8 additions, 1 change, 0 removals
      failed     /fleet/c  openclaw.json:2:7: expected ":" after the key, found the end of the file  exit 65
      unchanged  /fleet/d
      applied    /fleet/z  2 files, 8 additions, 1 change, 0 removals
      5 homes: 3 applied, 1 unchanged, 1 failed.
      "
    `);
    expect(at.read("fleet/b/openclaw.json")).toBe(alone.read("fleet/b/openclaw.json"));
    expect(at.read(storeOf("fleet/b"))).toBe(alone.read(storeOf("fleet/b")));
    expect(at.read("fleet/c/openclaw.json")).toBe("{\n  oops");
    expect(readdirSync(at.path("fleet/c"))).toEqual(["openclaw.json"]);
    // Each has a history of its own, and nothing else is left.
    expect(readdirSync(at.path("fleet/b/clawform"))).toEqual(["history"]);
    expect(at.binary(["undo", "--state-dir", "fleet/b", "--yes"], { env }).code).toBe(0);
    expect(at.read("fleet/b/openclaw.json")).toBe(before("b"));
  });

  it.each([1, 3])("does a fleet with %i at a time, and has nothing to do the second time", (concurrency) => {
    const names = numbered(40);
    const at = fleet(names);
    const argv = ["apply", "--homes", "fleet/*", "--yes", "--json", "--concurrency", `${concurrency}`];
    const first = report(at.binary(argv, { env }));
    expect(first.totals).toMatchObject({ homes: 40, applied: 40, failed: 0, left: 0 });
    expect([...byHome(first).keys()].sort()).toEqual(names);
    for (const name of names) {
      expect(at.read(`fleet/${name}/openclaw.json`)).toMatch(new RegExp(`^// ${name}\n`));
      expect(at.read(storeOf(`fleet/${name}`))).toContain(env.K);
    }
    const texts = names.map((name) => at.read(`fleet/${name}/openclaw.json`));
    expect(report(at.binary(argv, { env })).totals).toMatchObject({ unchanged: 40, applied: 0 });
    expect(names.map((name) => at.read(`fleet/${name}/openclaw.json`))).toEqual(texts);
  });

  it("finishes what had been interrupted, and waits for nobody who holds a lock longer than it may", () => {
    const at = fleet(["a", "b"]);
    mkdirSync(at.path("fleet/a/clawform"));
    symlinkSync(JSON.stringify(introduce("apply", thisProcess)), at.path("fleet/a/clawform/lock"));
    const { code, out } = at.binary(["apply", "--homes", "fleet/*", "--yes", "--lock-timeout", "0"], { env });
    expect(code).toBe(1);
    expect(out).toMatch(new RegExp(`^failed .*/fleet/a .*is locked by process ${process.pid} .*exit 75\n`));
    expect(out).toContain("2 homes: 1 applied, 1 failed.");
  });

  it("loses one home to a thread that has no memory left, and no other", () => {
    const names = numbered(40);
    const at = fleet(names);
    const entries = Array.from({ length: 250_000 }, (_, index) => `"k${index}":{"enabled":true}`);
    at.write("fleet/h007/openclaw.json", `{"skills":{"entries":{${entries.join(",")}}}}`);
    const argv = ["apply", "--homes", "fleet/*", "--yes", "--json"];
    const { lines, totals } = report(at.binary(argv, { env: { ...env, NODE_OPTIONS: "--max-old-space-size=50" } }));
    // One that was done and not told of when its thread died is looked at again.
    expect([totals.applied + totals.unchanged, totals.failed, totals.left]).toEqual([39, 1, 0]);
    expect(byHome({ lines }).get("h007")).toBe("failed");
    expect([...byHome({ lines }).keys()].sort()).toEqual(names);
    for (const name of names) expect(at.exists(storeOf(`fleet/${name}`)), name).toBe(name !== "h007");
  });

  it("goes on when the reader of its output has gone", async () => {
    const names = numbered(30);
    const at = fleet(names);
    const child = started(at.dir, ["apply", "--homes", "fleet/*", "--yes"], env, ["pipe", "ignore"]);
    child.stdout.destroy();
    expect(await once(child, "close")).toEqual([0, null]);
    for (const name of names) expect(at.exists(storeOf(`fleet/${name}`)), name).toBe(true);
  });
});

describe("which homes", () => {
  it("takes a list from standard input, makes those that are not there, and takes each once", () => {
    const at = fleet(["a", "b"]);
    symlinkSync(at.path("fleet/a"), at.path("again"));
    const input = `fleet/a\n\n${at.path("fleet/new/.openclaw")}\r\nagain\nfleet/a\n`;
    const { code, out } = at.binary(["apply", "--homes", "-", "--yes"], { env, input });
    expect({ code, out: out.replaceAll(at.dir, "") }).toEqual({
      code: 0,
      out: `${[
        "applied    /fleet/a  2 files, 8 additions, 1 change, 0 removals",
        "applied    /fleet/new/.openclaw  2 files, 9 additions, 0 changes, 0 removals",
        "2 homes: 2 applied.",
      ].join("\n")}\n`,
    });
    expect(at.exists("fleet/new/.openclaw/openclaw.json")).toBe(true);
    expect(at.binary(["apply", "--homes", "-", "--yes"], { env, input: "\n" }).out).toBe("0 homes.\n");
  });

  it("finds .openclaw in users' homes, follows links, and never litters another directory", async () => {
    const at = makeHome({
      "clawform.json5": setup,
      "users/ann/.openclaw/openclaw.json": before("ann"),
      "users/bob/photo.png": "x",
      "users/cat/.clawdbot/clawdbot.json": before("cat"),
      "users/readme": "x",
      "elsewhere/openclaw.json": before("dan"),
    });
    mkdirSync(at.path("users/empty"));
    symlinkSync(at.path("elsewhere"), at.path("users/dan"));
    const result = await at.run(["apply", "--homes", "users/*", "--yes", "--json"], { env });
    expect(Object.fromEntries(byHome(report(result)))).toEqual({
      ann: "applied",
      bob: "failed",
      cat: "applied",
      dan: "applied",
      empty: "applied",
    });
    expect(readdirSync(at.path("users/bob"))).toEqual(["photo.png"]);
    expect(at.read("users/cat/.clawdbot/clawdbot.json")).toContain("kilocode/kilo/auto");
    expect(readdirSync(at.path("users/ann")).sort()).toEqual([".openclaw"]);
    expect(result.out).toContain('"code":"not-a-home"');
  });

  it.each<[string, string[], string, number]>([
    ["a pattern that fits nothing", ["--homes", "nowhere/*"], "no directory fits nowhere/*", 64],
    ["a blank pattern", ["--homes", " "], "--homes is blank", 64],
    ["--state-dir", ["--homes", "fleet/*", "--state-dir", "x"], "--state-dir is for one home", 64],
    ["--config", ["--homes", "fleet/*", "--config", "x"], "--config is for one home", 64],
    ["a bare patch", ["--homes", "fleet/*", "--format", "json-patch"], "--format json-patch is for one home", 64],
    ["a file of it", ["--homes", "fleet/*", "--file", "x"], "--file is for one home", 64],
    ["no number at a time", ["--homes", "fleet/*", "--concurrency", "0"], "from 1 to 99", 64],
    ["a report without homes", ["--continue-from", "x"], "--continue-from goes with --homes", 64],
    [
      "key and list both from input",
      ["piped.json5", "--homes", "-"],
      "the list of homes comes from standard input",
      64,
    ],
    ["setup and list both from input", ["-", "--homes", "-"], "cannot both come from standard input", 64],
    ["a setup that is not there", ["nope.json5", "--homes", "fleet/*"], "does not exist", 65],
    [
      "a pattern that the shell has taken apart",
      ["--homes", "fleet/a", "fleet"],
      "a pattern of homes goes in quotes",
      65,
    ],
    ["a saved plan", ["saved.plan", "--homes", "fleet/*"], "a saved plan is for one home", 64],
  ])("refuses %s", async (_, argv, message, exit) => {
    const at = fleet(["a"]);
    at.write("piped.json5", "{ providers: { kilocode: { apiKey: { stdin: true } } } }");
    await at.run(["plan", "--state-dir", at.path("fleet/a"), "--out", at.path("saved.plan")], { env });
    for (const command of ["plan", "apply"]) {
      const { code, err, out } = await at.run([command, ...argv], { env });
      expect({ code, out }).toEqual({ code: exit, out: "" });
      expect(err.replaceAll(/\s+/g, " ")).toContain(message);
    }
    expect(readdirSync(at.path("fleet/a"))).toEqual(["openclaw.json"]);
  });

  it("takes paths in a list as OpenClaw does: without blanks around them, ~ for the caller's home", () => {
    const at = fleet(["a"]);
    const input = `\ufefffleet/a \n~/fleet/b\t\n`;
    const { code, out } = at.binary(["apply", "--homes", "-", "--homes", "~/fleet/[a]", "--yes"], { env, input });
    expect({ code, last: out.split("\n").at(-2) }).toEqual({ code: 0, last: "2 homes: 2 applied." });
    expect(readdirSync(at.path("fleet")).sort()).toEqual(["a", "b"]);
    expect(readdirSync(at.path("fleet/b")).sort()).toEqual(["agents", "clawform", "openclaw.json"]);
  });

  it("refuses a directory whose name ends in a blank: OpenClaw would look elsewhere", () => {
    const at = fleet(["a "]);
    const { code, out } = at.binary(["apply", "--homes", "fleet/*", "--yes"], { env });
    expect(code).toBe(1);
    expect(out).toContain("begins or ends with a blank");
    expect(readdirSync(at.path("fleet"))).toEqual(["a "]);
  });

  it("takes a user's home and the .openclaw in it for one", () => {
    const at = fleet(["ann/.openclaw", "bob"]);
    symlinkSync(at.path("fleet/ann"), at.path("link"));
    const homes = ["--homes", "fleet/*", "--homes", "fleet/*/.openclaw", "--homes", "link"];
    const { out } = at.binary(["plan", ...homes], { env });
    expect(out.split("\n").at(-2)).toBe("2 homes: 2 would change.");
  });

  it.skipIf(process.getuid?.() !== 0)("says what keeps it from looking into one", () => {
    const at = fleet(["a"]);
    chmodSync(at.dir, 0o755);
    chmodSync(at.path("fleet/a"), 0o700);
    const { code, out } = at.binary(["plan", "--homes", "fleet/*"], { env, uid: 65534 });
    expect(code).toBe(1);
    expect(out).toContain("permission denied");
    expect(out).not.toContain("inside itself");
  });

  it("takes ~ in a home for that home's, and for nobody's where that is not known", () => {
    const agents = '{ agents: { list: [{ id: "main", agentDir: "~/mine" }] } }';
    const at = makeHome({
      "clawform.json5": setup,
      "users/ann/.openclaw/openclaw.json": agents,
      "users/bob/.openclaw/openclaw.json": agents,
      "users/cat/openclaw.json": agents,
    });
    const isRoot = process.getuid?.() === 0;
    if (isRoot) chownSync(at.path("users/cat"), 1234, 1234);
    const { out } = at.binary(["apply", "--homes", "users/*", "--yes"], { env: { ...env, OPENCLAW_HOME: at.dir } });
    for (const name of ["ann", "bob"]) expect(at.exists(`users/${name}/mine/auth-profiles.json`), out).toBe(true);
    expect(at.exists("mine")).toBe(!isRoot);
    if (isRoot) expect(out).toContain("agent main has an agentDir in a home that is not known: ~/mine");
  });

  it("refuses --out, which is one plan's", () => {
    const { code, err } = fleet(["a"]).binary(["plan", "--homes", "fleet/*", "--out", "x"], { env });
    expect(code).toBe(64);
    expect(err).toContain("--out is for one home");
  });
});

describe("--continue-from", () => {
  const argv = (...more: string[]): string[] => ["apply", "--homes", "fleet/*", "--yes", "--json", ...more];

  it("leaves out what a report says is done, and its own report can be continued again", async () => {
    const at = fleet(["a", "b", "c"]);
    at.write("fleet/b/openclaw.json", "{ oops");
    const first = await at.run(argv(), { env });
    expect(first.code).toBe(1);
    // A kill tears the last line.
    const torn = `${first.out.split("\n").slice(0, 2).join("\n")}\n{"format":1,"home":"/`;
    at.write("torn.jsonl", torn);
    at.write("first.jsonl", first.out);
    at.write("fleet/b/openclaw.json", before("b"));
    at.write("fleet/a/openclaw.json", before("a"));
    const second = await at.run(argv("--continue-from", "first.jsonl"), { env });
    expect(Object.fromEntries(byHome(report(second)))).toEqual({ a: "skipped", b: "applied", c: "skipped" });
    expect(at.read("fleet/a/openclaw.json")).toBe(before("a"));
    at.write("second.jsonl", second.out);
    expect(report(await at.run(argv("--continue-from", "second.jsonl"), { env })).totals).toMatchObject({ skipped: 3 });
    expect(Object.fromEntries(byHome(report(await at.run(argv("--continue-from", "torn.jsonl"), { env }))))).toEqual({
      a: "skipped",
      b: "unchanged",
      c: "unchanged",
    });
  });

  it.each([
    ["another setup's report", (text: string) => text.replaceAll(/"setup":"./g, '"setup":"0'), "other-setup"],
    ["what is no report", () => '{"format":2}\n', "not-a-report"],
    ["a text of one line", () => "applied everywhere", "not-a-report"],
    ["a line that is torn in the middle", (text: string) => `{"format\n${text}`, "not-a-report"],
  ])("refuses %s", async (_, spoil, code) => {
    const at = fleet(["a"]);
    const { out } = await at.run(argv(), { env });
    at.write("report.jsonl", spoil(out).replace('"setup":"00', '"setup":"01'));
    const second = await at.run(argv("--continue-from", "report.jsonl"), { env });
    expect(second.code).toBe(65);
    const validate = createAjv().getSchema("homes-output.json") ?? expect.fail("no schema");
    const line = JSON.parse(second.out) as { problems: { code: string }[] };
    expect(validate(line), JSON.stringify(validate.errors)).toBe(true);
    expect(line.problems.map((problem) => problem.code)).toEqual([code]);
  });
});

describe("homes at the same time", () => {
  it("are as many as there may be, however few there are", () => {
    const at = fleet(["a", "b", "c"]);
    for (const name of ["a", "b"]) {
      mkdirSync(at.path(`fleet/${name}/clawform`));
      symlinkSync(JSON.stringify(introduce("apply", thisProcess)), at.path(`fleet/${name}/clawform/lock`));
    }
    const argv = ["apply", "--homes", "fleet/*", "--yes", "--json", "--lock-timeout", "0.5"];
    const order = (concurrency: string): string[] => [
      ...byHome(report(at.binary([...argv, "--concurrency", concurrency], { env }))).keys(),
    ];
    expect(order("1")).toEqual(["a", "b", "c"]);
    expect(order("3").at(0)).toBe("c");
  });

  it("are gone through without threads where none can be started", () => {
    const names = numbered(30);
    const at = fleet(names);
    cpSync(dirname(binaryPath), at.path("dist"), { recursive: true });
    rmSync(at.path("dist/cli-homes-thread.cjs"));
    const { status, stdout } = spawnSync(
      process.execPath,
      [at.path("dist/cli.cjs"), "apply", "--homes", "fleet/*", "--yes"],
      { cwd: at.dir, encoding: "utf8", env: { HOME: at.dir, ...env } },
    );
    expect({ status, last: stdout.split("\n").at(-2) }).toEqual({ status: 0, last: "30 homes: 30 applied." });
  });
});

describe("Ctrl-C", () => {
  it.each([3, 40])("leaves homes alone that wait for somebody's lock, of %d", async (count) => {
    const names = numbered(count);
    const at = fleet(names);
    mkdirSync(at.path("fleet/h001/clawform"));
    symlinkSync(JSON.stringify(introduce("apply", thisProcess)), at.path("fleet/h001/clawform/lock"));
    const argv = ["apply", "--homes", "fleet/*", "--yes", "--json", "--lock-timeout", "600"];
    const child = started(at.dir, argv, env);
    let [out, err] = ["", ""];
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      if (out.split("\n").length === count) child.kill("SIGINT");
    });
    expect(await once(child, "close")).toEqual([130, null]);
    expect(err).toBe("Stopping: what has been begun is finished first.\n");
    expect(report({ out, err, code: 130 }).totals).toMatchObject({ applied: count - 1, left: 1, failed: 0 });
    expect(readdirSync(at.path("fleet/h001/clawform"))).toEqual(["lock"]);
  });

  it("lets the homes that have been begun come to their end, and a later run does the rest", async () => {
    const names = numbered(400);
    const at = fleet(names);
    const child = started(at.dir, ["apply", "--homes", "fleet/*", "--yes", "--json"], env, ["pipe", "inherit"]);
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (out === "") child.kill("SIGINT");
      out += text;
    });
    expect(await once(child, "close")).toEqual([130, null]);
    const { lines, totals } = report({ out, err: "", code: 130 });
    expect(totals.applied).toBe(lines.length);
    expect(totals.left).toBe(names.length - lines.length);
    expect(totals.left).toBeGreaterThan(0);
    const told = byHome({ lines });
    for (const name of names) {
      expect(at.exists(storeOf(`fleet/${name}`)), name).toBe(told.has(name));
      expect(at.exists(`fleet/${name}/clawform/journal.json`)).toBe(false);
      expect(at.exists(`fleet/${name}/clawform/lock`)).toBe(false);
    }
    at.write("report.jsonl", out);
    const rest = at.binary(["apply", "--homes", "fleet/*", "--yes", "--json", "--continue-from", "report.jsonl"], {
      env,
    });
    expect(report(rest).totals).toMatchObject({ skipped: lines.length, applied: totals.left, failed: 0 });
  });
});

describe.each([
  ["a terminal", onTerminal, noTerminal],
  ["streams that stand for one", inProcess, null],
] as const)("on %s", (_, open, missing) => {
  it.skipIf(missing !== null)("asks once for all homes, after it has shown what would change", async () => {
    const at = fleet(["a", "b"]);
    const session = open(at, ["apply", "--homes", "fleet/*"], { env, columns: 160 });
    expect(await session.until("Change these 2 homes?")).toMatch(/planned .*fleet\/a .*\n.*planned .*fleet\/b /);
    session.type("y");
    const { code, text } = await session.ended;
    expect(code).toBe(0);
    expect(text).toContain("2 homes: 2 applied.");
    expect(at.read("fleet/b/openclaw.json")).toContain("kilocode/kilo/auto");
  });

  it.skipIf(missing !== null)(
    "writes nothing when the answer is no, and refuses what is not what was shown",
    async () => {
      const at = fleet(["a", "b"]);
      const no = open(at, ["apply", "--homes", "fleet/*"], { env, columns: 160 });
      await no.until("Change these 2 homes?");
      no.type(keys.enter);
      expect((await no.ended).text).toContain("Nothing was written.");
      expect(at.exists(storeOf("fleet/a"))).toBe(false);

      const yes = open(at, ["apply", "--homes", "fleet/*"], { env, columns: 160 });
      await yes.until("Change these 2 homes?");
      at.write("fleet/a/openclaw.json", "{}");
      yes.type("y");
      const { code, text } = await yes.ended;
      expect(code).toBe(1);
      expect(text).toMatch(/failed .*fleet\/a .*the files changed/);
      expect(text).toContain("2 homes: 1 applied, 1 failed.");
      expect(at.read("fleet/a/openclaw.json")).toBe("{}");
    },
  );

  it.skipIf(missing !== null)("says that a home failed though the answer is no", async () => {
    const at = fleet(["a", "b"]);
    at.write("fleet/b/openclaw.json", "{ oops");
    const session = open(at, ["apply", "--homes", "fleet/*"], { env, columns: 160 });
    await session.until("Change this home?");
    session.type(keys.enter);
    const { code, text } = await session.ended;
    expect(code).toBe(1);
    expect(text).toContain("2 homes: 1 would change, 1 failed.");
  });

  it.skipIf(missing !== null)("puts right what was interrupted where nothing else is to be done", async () => {
    const at = fleet(["a"]);
    expect(at.binary(["apply", "--homes", "fleet/*", "--yes"], { env }).code).toBe(0);
    const [entry = ""] = readdirSync(at.path("fleet/a/clawform/history"));
    const { journal } = JSON.parse(at.read(`fleet/a/clawform/history/${entry}`)) as {
      journal: { record: { temporary: string } };
    };
    renameSync(at.path("fleet/a/clawform/history", entry), journal.record.temporary);
    const { code, text } = await open(at, ["apply", "--homes", "fleet/*"], { env, columns: 160 }).ended;
    expect(code).toBe(0);
    expect(text).toContain("1 home: 1 unchanged.");
    expect(readdirSync(at.path("fleet/a/clawform/history"))).toEqual([entry]);
  });

  it.skipIf(missing !== null)("asks nothing for a program, and so takes no less than --yes", async () => {
    const at = fleet(["a"]);
    for (const argv of [
      ["apply", "--homes", "fleet/*", "--json"],
      ["apply", "--state-dir", "fleet/a", "--json"],
      ["apply", "--state-dir", "fleet/a", "--format", "json-patch", "--file", "openclaw.json"],
    ]) {
      const { code, text } = await open(at, argv, { env, columns: 160 }).ended;
      expect(code, text).toBe(64);
      expect(text.replaceAll(/\s+/g, " ")).toContain("nothing is asked, so it takes --yes");
    }
    expect(at.read("fleet/a/openclaw.json")).toBe(before("a"));
    const { code } = await open(at, ["apply", "--state-dir", "fleet/a", "--json", "--yes"], { env }).ended;
    expect(code).toBe(0);
  });
});
