/** Differences from the real onboarding that a comparison of values does not show; COMPATIBILITY.md lists them by these ids. */

import { chmodSync, lstatSync, mkdirSync, readlinkSync, statSync, symlinkSync } from "node:fs";
import { afterEach, expect, it, vi } from "vitest";
import { config, type Home, makeHome, type Result, type RunOptions, store } from "../cli/harness.js";

const key = "sk-test-0123456789abcdef";
const kilocode = ["onboard", "--auth-choice", "kilocode-api-key", "--kilocode-api-key", key, "--yes"];
const stored = (home: Home): unknown => JSON.parse(home.read(store));

async function applied(home: Home, argv: readonly string[], options?: RunOptions): Promise<Result> {
  const result = await home.run(argv, options);
  expect(result).toMatchObject({ code: 0, err: "" });
  expect(result.out).not.toContain(key);
  return result;
}

afterEach(() => void vi.unstubAllGlobals());

it("B1: comments, layout, quotes and numbers stay as they are spelled", async () => {
  const lines = [
    "// kept",
    "{",
    "\t'agents': { /* two */ list: [ { id: 'main', heartbeat: 0x10, } ], }, // three",
    "\tcron: { maxConcurrentRuns: +2., },",
    "}",
    "// end",
  ];
  const home = makeHome({ [config]: lines.join("\r\n") });
  await applied(home, kilocode);
  const text = home.read(config);
  for (const kept of [
    "// kept",
    "/* two */ list: [ { id: 'main', heartbeat: 0x10, } ]",
    "// three",
    "\tcron: { maxConcurrentRuns: +2., },",
    "// end",
  ])
    expect(text).toContain(kept);
  expect(text.replaceAll("\r\n", "")).not.toContain("\n");
  expect(text.endsWith("// end")).toBe(true);
});

it("B2: a symbolic link stays one", async () => {
  const home = makeHome({ "dotfiles/openclaw.json": "{}\n" });
  mkdirSync(home.path(".openclaw"));
  symlinkSync("../dotfiles/openclaw.json", home.path(config));
  await applied(home, kilocode);
  expect(readlinkSync(home.path(config))).toBe("../dotfiles/openclaw.json");
  expect(lstatSync(home.path("dotfiles/openclaw.json")).isFile()).toBe(true);
  expect(home.read("dotfiles/openclaw.json")).toContain("kilocode/kilo/auto");
});

it("B3: a file keeps its mode, a new one is for its owner alone", async () => {
  const home = makeHome({ [config]: "{}\n" });
  chmodSync(home.path(config), 0o640);
  await applied(home, kilocode);
  const mode = (file: string): string => (statSync(home.path(file)).mode & 0o777).toString(8);
  expect([mode(config), mode(store)]).toEqual(["640", "600"]);
});

it("B4: an auth-profiles.json that is no JSON is refused with its place, and stays", async () => {
  const text = `{"version": 1,\n "profiles": {"x:a": {"key": "sk-test-unterminated}}`;
  const home = makeHome({ [store]: text });
  const { code, out, err } = await home.run(kilocode);
  expect(code).toBe(65);
  expect(err).toMatch(/auth-profiles\.json:2:\d+/);
  expect(out + err).not.toContain("sk-test-unterminated");
  expect([home.read(store), home.exists(config)]).toEqual([text, false]);
});

it("B5: a flat auth-profiles.json of old keeps what stands in it", async () => {
  const flat = { openrouter: { apiKey: "sk-test-flat" } };
  const home = makeHome({ [store]: JSON.stringify(flat) });
  await applied(home, kilocode);
  expect(stored(home)).toEqual({
    ...flat,
    version: 1,
    profiles: { "kilocode:default": { type: "api_key", provider: "kilocode", key } },
  });
});

it("B6: --openrouter-api-key alone sets up OpenRouter", async () => {
  const home = makeHome();
  await applied(home, ["onboard", "--openrouter-api-key", key, "--yes"]);
  expect(home.read(config)).toContain('"primary": "openrouter/auto"');
  expect(home.read(config)).not.toContain("arcee");
});

it("B7: Z.AI is not asked with the key", async () => {
  const asked = vi.fn(() => Promise.reject(new Error("no network")));
  vi.stubGlobal("fetch", asked);
  const home = makeHome();
  await applied(home, ["onboard", "--auth-choice", "zai-coding-cn", "--zai-api-key", key, "--yes"]);
  expect(home.read(config)).toContain('"baseUrl": "https://open.bigmodel.cn/api/coding/paas/v4"');
  expect(asked).not.toHaveBeenCalled();
});

it("B8: on a terminal a flag is taken, and so is ref mode", async () => {
  const terminal = { console: { inIsTerminal: true, outIsTerminal: true } };
  const flag = makeHome();
  await applied(flag, kilocode, terminal);
  expect(stored(flag)).toMatchObject({ profiles: { "kilocode:default": { key } } });
  const ref = makeHome();
  const keyRef = { source: "env", provider: "default", id: "KILOCODE_API_KEY" };
  await applied(ref, ["onboard", "--auth-choice", "kilocode-api-key", "--secret-input-mode", "ref", "--yes"], {
    ...terminal,
    env: { KILOCODE_API_KEY: key },
  });
  expect(stored(ref)).toEqual({
    version: 1,
    profiles: { "kilocode:default": { type: "api_key", provider: "kilocode", keyRef } },
  });
});
