/** Where output cannot go: readers that have gone, full disks. What a command does and exits with does not depend on it. */

import { once } from "node:events";
import { closeSync, existsSync, openSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { config, type Home, makeHome, started, store } from "./harness.js";

const setup = '{ providers: { kilocode: { apiKey: { env: "K" } } }, model: { primary: "kilocode/kilo/auto" } }';
const env = { K: "test-key-1234567890" };
const home = (): Home => makeHome({ [config]: "{}", "clawform.json5": setup });
const fleet = (count: number): Home =>
  makeHome({
    "clawform.json5": setup,
    ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`fleet/h${index}/openclaw.json`, "{}"])),
  });

type Stream = "gone" | "full" | "kept";

/** Runs the binary with an output nobody reads, or on a disk that is full. */
async function run(
  at: Home,
  argv: readonly string[],
  { out = "kept", err = "kept" }: { readonly out?: Stream; readonly err?: Stream },
): Promise<{ code: number | null; out: string; err: string }> {
  const full = [out, err].includes("full") ? openSync("/dev/full", "w") : null;
  const streamOf = (kind: Stream): "pipe" | number => (kind === "full" && full !== null ? full : "pipe");
  const child = started(at.dir, argv, env, [streamOf(out), streamOf(err)]);
  if (full !== null) closeSync(full);
  const text = { out: "", err: "" };
  for (const [name, stream, kind] of [["out", child.stdout, out] as const, ["err", child.stderr, err] as const]) {
    if (kind === "gone") stream?.destroy();
    else stream?.setEncoding("utf8").on("data", (more: string) => (text[name] += more));
  }
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...text };
}

describe("a reader of the output that has gone", () => {
  it.each<[string, string[], number]>([
    ["an apply", ["apply", "--yes"], 0],
    ["an apply for machines", ["apply", "--yes", "--json"], 0],
    ["models set", ["models", "set", "a/b", "--yes"], 0],
    ["a plan with changes", ["plan", "--detailed-exitcode"], 2],
    ["a setup that is not there", ["plan", "nosuch.json5", "--json"], 65],
    ["a command line that cannot be read", ["plan", "--nosuch", "--json"], 64],
  ])("changes nothing about %s", async (_, argv, code) => {
    const at = home();
    expect((await run(at, argv, { out: "gone" })).code).toBe(code);
    expect(at.exists(store)).toBe(argv[0] === "apply");
    expect(at.read(config) === "{}").toBe(code !== 0);
    const again = home();
    expect((await run(again, argv, { out: "gone", err: "gone" })).code).toBe(code);
    expect(again.exists(store)).toBe(argv[0] === "apply");
  });

  it("ends a plan of many homes early", async () => {
    expect((await run(fleet(1000), ["plan", "--homes", "fleet/*", "--json"], { out: "gone" })).code).toBe(0);
  });
});

describe.skipIf(!existsSync("/dev/full"))("a full disk under the output", () => {
  it("stops an apply that cannot show what it will do, before it does it", async () => {
    const at = home();
    const { code, err } = await run(at, ["apply", "--yes"], { out: "full" });
    expect(code).toBe(1);
    expect(err).toContain("cannot write to standard output: no space is left on the disk");
    expect(at.exists(store)).toBe(false);
    expect(at.exists(".openclaw/clawform")).toBe(false);
  });

  it("is told of after an apply that shows it only then", async () => {
    const at = home();
    const { code, err } = await run(at, ["apply", "--yes", "--json"], { out: "full" });
    expect(code).toBe(1);
    expect(err.replaceAll(/\s+/g, " ")).toContain(
      "All of it has been written before, and clawform undo takes it back.",
    );
    expect(at.exists(store)).toBe(true);
  });

  it.each([3, 60])("lets what has been begun of %d homes come to its end", async (count) => {
    const at = fleet(count);
    const { code, err } = await run(at, ["apply", "--homes", "fleet/*", "--yes", "--json"], { out: "full" });
    expect(code).toBe(1);
    expect(err).not.toContain("    at ");
    const said = /(\d+) homes: (\d+) applied, (\d+) not begun/.exec(err.replaceAll(/\s+/g, " ")) ?? expect.fail(err);
    const names = readdirSync(at.path("fleet"));
    const written = names.filter((name) => at.exists(`fleet/${name}/agents/main/agent/auth-profiles.json`));
    expect(said.slice(1).map(Number)).toEqual([count, written.length, count - written.length]);
    for (const name of names) expect(at.exists(`fleet/${name}/clawform/lock`), name).toBe(false);
    for (const name of names) expect(at.exists(`fleet/${name}/clawform/journal.json`), name).toBe(false);
  });

  it("does not change what is done where only standard error is full", async () => {
    const at = home();
    expect((await run(at, ["apply", "--yes"], { err: "full" })).code).toBe(0);
    expect(at.exists(store)).toBe(true);
    expect((await run(at, ["plan", "nosuch.json5"], { err: "full" })).code).toBe(65);
  });
});

describe("a reader that is slow", () => {
  it("does not keep Ctrl-C from stopping a run over many homes", async () => {
    const count = 700;
    const at = fleet(count);
    const child = started(at.dir, ["apply", "--homes", "fleet/*", "--yes", "--json"], env);
    let out = "";
    await once(child.stdout, "readable");
    // Nobody reads on, so that what is printed soon has no place; then somebody does.
    const begun = (): number =>
      readdirSync(at.path("fleet")).filter((name) => at.exists(`fleet/${name}/clawform`)).length;
    for (let before = -1, now = 0; before !== now;) {
      before = now;
      await new Promise((resolve) => void setTimeout(resolve, 400));
      now = begun();
    }
    child.kill("SIGINT");
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stderr.resume();
    expect(await once(child, "close")).toEqual([130, null]);
    const { totals } = JSON.parse(out.trimEnd().split("\n").at(-1) ?? "") as { totals: Record<string, number> };
    expect(totals["left"]).toBeGreaterThan(100);
    expect((totals["applied"] ?? 0) + (totals["left"] ?? 0)).toBe(count);
  });
});
