import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { locateState } from "../../src/store/locate.js";
import { failure } from "./disk.js";

let home = "";

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "clawform locate-")));
  mkdirSync(join(home, "cwd"));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

interface Case {
  readonly name: string;
  /** `H` stands for the home directory; null removes a variable. */
  readonly env?: Readonly<Record<string, string | null>>;
  /** Paths below the home; a trailing slash makes a directory, `path=text` a file with that text. */
  readonly files?: readonly string[];
  readonly flags?: { readonly config?: string; readonly stateDir?: string };
  readonly config: string;
  readonly state?: string;
}

// Each line but the flags was run on OpenClaw 2026.5.6 (`config file`, and the agent directory `models auth order get` names).
const measured: readonly Case[] = [
  { name: "nothing there", config: "H/.openclaw/openclaw.json" },
  {
    name: "only the legacy home",
    files: [".clawdbot/clawdbot.json"],
    config: "H/.clawdbot/clawdbot.json",
    state: "H/.clawdbot",
  },
  {
    name: "legacy home, both names",
    files: [".clawdbot/clawdbot.json", ".clawdbot/openclaw.json"],
    config: "H/.clawdbot/openclaw.json",
    state: "H/.clawdbot",
  },
  { name: "legacy name in the new home", files: [".openclaw/clawdbot.json"], config: "H/.openclaw/clawdbot.json" },
  {
    name: "empty new home, full legacy home: config and state part",
    files: [".openclaw/", ".clawdbot/clawdbot.json"],
    config: "H/.clawdbot/clawdbot.json",
  },
  {
    name: "the new home is a file",
    files: [".openclaw=x", ".clawdbot/clawdbot.json"],
    config: "H/.clawdbot/clawdbot.json",
  },
  { name: "moltbot is ignored", files: [".moltbot/moltbot.json"], config: "H/.openclaw/openclaw.json" },
  {
    name: "CLAWDBOT variables are ignored",
    env: { CLAWDBOT_CONFIG_PATH: "H/c.json", CLAWDBOT_STATE_DIR: "H/st" },
    files: ["c.json", "st/openclaw.json"],
    config: "H/.openclaw/openclaw.json",
  },
  {
    name: "OPENCLAW_PROFILE alone changes nothing",
    env: { OPENCLAW_PROFILE: "work" },
    files: [".openclaw/openclaw.json", ".openclaw-work/openclaw.json"],
    config: "H/.openclaw/openclaw.json",
  },

  { name: "HOME unset, USERPROFILE set", env: { HOME: null, USERPROFILE: "H" }, config: "H/.openclaw/openclaw.json" },
  { name: "HOME undefined", env: { HOME: "undefined", USERPROFILE: "H" }, config: "H/.openclaw/openclaw.json" },
  {
    name: "HOME relative",
    env: { HOME: "rel" },
    files: ["cwd/rel/.openclaw/openclaw.json"],
    config: "H/cwd/rel/.openclaw/openclaw.json",
    state: "H/cwd/rel/.openclaw",
  },
  { name: "OPENCLAW_HOME undefined", env: { OPENCLAW_HOME: "undefined" }, config: "H/.openclaw/openclaw.json" },
  { name: "OPENCLAW_HOME blank", env: { OPENCLAW_HOME: "   " }, config: "H/.openclaw/openclaw.json" },
  {
    name: "OPENCLAW_HOME with ~ means HOME",
    env: { OPENCLAW_HOME: "~/alt" },
    files: ["alt/.openclaw/openclaw.json", ".openclaw/openclaw.json"],
    config: "H/alt/.openclaw/openclaw.json",
    state: "H/alt/.openclaw",
  },
  {
    name: "OPENCLAW_HOME relative",
    env: { OPENCLAW_HOME: "rel" },
    config: "H/cwd/rel/.openclaw/openclaw.json",
    state: "H/cwd/rel/.openclaw",
  },
  {
    name: "OPENCLAW_HOME ~user is no home",
    env: { OPENCLAW_HOME: "~bob/x" },
    config: "H/cwd/~bob/x/.openclaw/openclaw.json",
    state: "H/cwd/~bob/x/.openclaw",
  },

  {
    name: "CONFIG_PATH alone leaves the state",
    env: { OPENCLAW_CONFIG_PATH: "H/d/c.json" },
    files: ["d/c.json"],
    config: "H/d/c.json",
  },
  { name: "CONFIG_PATH trimmed", env: { OPENCLAW_CONFIG_PATH: "  H/c.json  " }, config: "H/c.json" },
  { name: "CONFIG_PATH relative", env: { OPENCLAW_CONFIG_PATH: "c.json" }, config: "H/cwd/c.json" },
  { name: "CONFIG_PATH ~user is no home", env: { OPENCLAW_CONFIG_PATH: "~bob/c.json" }, config: "H/cwd/~bob/c.json" },
  { name: "CONFIG_PATH null is a name", env: { OPENCLAW_CONFIG_PATH: "null" }, config: "H/cwd/null" },
  { name: "CONFIG_PATH blank", env: { OPENCLAW_CONFIG_PATH: "  " }, config: "H/.openclaw/openclaw.json" },
  {
    name: "CONFIG_PATH with ~ means OPENCLAW_HOME",
    env: { OPENCLAW_HOME: "H/alt", OPENCLAW_CONFIG_PATH: "~/c.json" },
    config: "H/alt/c.json",
    state: "H/alt/.openclaw",
  },

  { name: "STATE_DIR with ~", env: { OPENCLAW_STATE_DIR: "~/st" }, config: "H/st/openclaw.json", state: "H/st" },
  {
    name: "STATE_DIR relative",
    env: { OPENCLAW_STATE_DIR: "st" },
    config: "H/cwd/st/openclaw.json",
    state: "H/cwd/st",
  },
  { name: "STATE_DIR blank", env: { OPENCLAW_STATE_DIR: "  " }, config: "H/.openclaw/openclaw.json" },
  {
    name: "STATE_DIR undefined is a name",
    env: { OPENCLAW_STATE_DIR: "undefined" },
    config: "H/cwd/undefined/openclaw.json",
    state: "H/cwd/undefined",
  },
  {
    name: "STATE_DIR, legacy name in it",
    env: { OPENCLAW_STATE_DIR: "H/st" },
    files: ["st/clawdbot.json"],
    config: "H/st/clawdbot.json",
    state: "H/st",
  },
  {
    name: "STATE_DIR, both names in it",
    env: { OPENCLAW_STATE_DIR: "H/st" },
    files: ["st/clawdbot.json", "st/openclaw.json"],
    config: "H/st/openclaw.json",
    state: "H/st",
  },
  {
    name: "STATE_DIR empty: no way back to the home",
    env: { OPENCLAW_STATE_DIR: "H/st" },
    files: ["st/", ".openclaw/openclaw.json"],
    config: "H/st/openclaw.json",
    state: "H/st",
  },
  {
    name: "STATE_DIR and CONFIG_PATH",
    env: { OPENCLAW_STATE_DIR: "H/st", OPENCLAW_CONFIG_PATH: "H/c.json" },
    files: ["st/openclaw.json", "c.json"],
    config: "H/c.json",
    state: "H/st",
  },

  {
    name: ".env of the state redirects the config",
    files: [".openclaw/.env=OPENCLAW_CONFIG_PATH=H/e.json"],
    config: "H/e.json",
  },
  { name: ".env value with ~", files: [".openclaw/.env=OPENCLAW_CONFIG_PATH=~/e.json"], config: "H/e.json" },
  { name: ".env with a colon", files: [".openclaw/.env=OPENCLAW_CONFIG_PATH: H/e.json"], config: "H/e.json" },
  {
    name: "a blank variable beats .env",
    env: { OPENCLAW_CONFIG_PATH: "" },
    files: [".openclaw/.env=OPENCLAW_CONFIG_PATH=H/e.json"],
    config: "H/.openclaw/openclaw.json",
  },
  {
    name: "a variable beats .env",
    env: { OPENCLAW_CONFIG_PATH: "H/f.json" },
    files: [".openclaw/.env=OPENCLAW_CONFIG_PATH=H/e.json"],
    config: "H/f.json",
  },
  {
    name: ".env moves the state",
    files: [".openclaw/.env=OPENCLAW_STATE_DIR=H/st"],
    config: "H/st/openclaw.json",
    state: "H/st",
  },
  {
    name: ".env moves the home",
    files: [".openclaw/.env=OPENCLAW_HOME=H/alt"],
    config: "H/alt/.openclaw/openclaw.json",
    state: "H/alt/.openclaw",
  },
  {
    name: ".env of a state that .env named",
    files: [".openclaw/.env=OPENCLAW_STATE_DIR=H/st", "st/.env=OPENCLAW_CONFIG_PATH=H/e.json"],
    config: "H/e.json",
    state: "H/st",
  },
  {
    name: ".env in STATE_DIR",
    env: { OPENCLAW_STATE_DIR: "H/st" },
    files: ["st/.env=OPENCLAW_CONFIG_PATH=H/e.json"],
    config: "H/e.json",
    state: "H/st",
  },
  {
    name: ".env in the home is not read with STATE_DIR",
    env: { OPENCLAW_STATE_DIR: "H/st" },
    files: [".openclaw/.env=OPENCLAW_CONFIG_PATH=H/e.json"],
    config: "H/st/openclaw.json",
    state: "H/st",
  },
  {
    name: ".env in the legacy home",
    files: [".clawdbot/clawdbot.json", ".clawdbot/.env=OPENCLAW_CONFIG_PATH=H/e.json"],
    config: "H/e.json",
    state: "H/.clawdbot",
  },
  {
    name: ".env beside CONFIG_PATH",
    env: { OPENCLAW_CONFIG_PATH: "H/d/c.json" },
    files: ["d/c.json", "d/.env=OPENCLAW_STATE_DIR=H/st"],
    config: "H/d/c.json",
    state: "H/st",
  },
  {
    name: ".env beside CONFIG_PATH moves the home",
    env: { OPENCLAW_CONFIG_PATH: "H/d/c.json" },
    files: ["d/.env=OPENCLAW_HOME=H/alt"],
    config: "H/d/c.json",
    state: "H/alt/.openclaw",
  },
  {
    name: ".env of the home with CONFIG_PATH",
    env: { OPENCLAW_CONFIG_PATH: "H/d/c.json" },
    files: [".openclaw/.env=OPENCLAW_STATE_DIR=H/st"],
    config: "H/d/c.json",
    state: "H/st",
  },
  { name: "gateway.env", files: [".config/openclaw/gateway.env=OPENCLAW_CONFIG_PATH=H/e.json"], config: "H/e.json" },
  {
    name: "gateway.env moves the state",
    files: [".config/openclaw/gateway.env=OPENCLAW_STATE_DIR=H/st"],
    config: "H/st/openclaw.json",
    state: "H/st",
  },
  {
    name: "gateway.env is not read with another state",
    env: { OPENCLAW_STATE_DIR: "H/st" },
    files: [".config/openclaw/gateway.env=OPENCLAW_CONFIG_PATH=H/e.json"],
    config: "H/st/openclaw.json",
    state: "H/st",
  },
  {
    name: "gateway.env with the default state given",
    env: { OPENCLAW_STATE_DIR: "H/.openclaw" },
    files: [".config/openclaw/gateway.env=OPENCLAW_CONFIG_PATH=H/e.json"],
    config: "H/e.json",
  },
  {
    name: "gateway.env with a blank state",
    env: { OPENCLAW_STATE_DIR: "" },
    files: [".config/openclaw/gateway.env=OPENCLAW_CONFIG_PATH=H/e.json"],
    config: "H/e.json",
  },
  {
    name: ".env of the working directory is not asked",
    files: ["cwd/.env=OPENCLAW_CONFIG_PATH=H/e.json"],
    config: "H/.openclaw/openclaw.json",
  },
];

const flags: readonly Case[] = [
  { name: "--config", flags: { config: "H/f.json" }, env: { OPENCLAW_CONFIG_PATH: "H/c.json" }, config: "H/f.json" },
  { name: "--config relative", flags: { config: "f.json" }, config: "H/cwd/f.json" },
  { name: "--config with ~", flags: { config: "~/f.json" }, config: "H/f.json" },
  {
    name: "--config leaves STATE_DIR",
    flags: { config: "f.json" },
    env: { OPENCLAW_STATE_DIR: "H/st" },
    config: "H/cwd/f.json",
    state: "H/st",
  },
  {
    name: "--state-dir: the config in it, not OPENCLAW_CONFIG_PATH",
    flags: { stateDir: "H/own" },
    env: { OPENCLAW_CONFIG_PATH: "H/c.json", OPENCLAW_STATE_DIR: "H/st" },
    files: ["c.json", "st/openclaw.json", ".openclaw/openclaw.json"],
    config: "H/own/openclaw.json",
    state: "H/own",
  },
  {
    name: "--state-dir: not what its .env says",
    flags: { stateDir: "H/own" },
    files: ["own/.env=OPENCLAW_CONFIG_PATH=H/e.json"],
    config: "H/own/openclaw.json",
    state: "H/own",
  },
  {
    name: "--state-dir with the legacy name in it",
    flags: { stateDir: "own" },
    files: ["cwd/own/clawdbot.json"],
    config: "H/cwd/own/clawdbot.json",
    state: "H/cwd/own",
  },
  { name: "both flags", flags: { config: "H/f.json", stateDir: "~/own" }, config: "H/f.json", state: "H/own" },
];

function located({ env = {}, files = [], flags: given = {} }: Case): { configPath: string; stateDir: string } {
  const real = (text: string): string => text.replace(/^( *)H(?=\/|$)/, `$1${home}`);
  for (const entry of files) {
    const [path = "", ...text] = entry.split("=");
    const target = join(home, path);
    if (path.endsWith("/")) mkdirSync(target, { recursive: true });
    else {
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text.join("=").replace(/([=:] ?)H\//, `$1${home}/`));
    }
  }
  const variables: Record<string, string | undefined> = { HOME: home };
  for (const [name, value] of Object.entries(env)) variables[name] = value === null ? undefined : real(value);
  const options = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, real(value)]));
  return locateState({ ...options, env: variables, osHome: "/nowhere", cwd: join(home, "cwd") });
}

describe("locateState", () => {
  test.each([...measured, ...flags])("$name", (line) => {
    const { configPath, stateDir } = located(line);
    const short = (path: string): string => path.replace(home, "H");
    expect({ config: short(configPath), state: short(stateDir) }).toEqual({
      config: line.config,
      state: line.state ?? "H/.openclaw",
    });
  });

  test("the system's home comes last, then the working directory", () => {
    const cwd = join(home, "cwd");
    expect(locateState({ env: {}, osHome: home, cwd })).toEqual({
      home,
      stateDir: join(home, ".openclaw"),
      configPath: join(home, ".openclaw", "openclaw.json"),
      dotenv: {},
    });
    expect(locateState({ env: { HOME: " " }, osHome: "", cwd }).home).toBe(cwd);
  });

  test("a link to nowhere is no config, as for OpenClaw", () => {
    mkdirSync(join(home, ".openclaw"));
    symlinkSync("nowhere", join(home, ".openclaw", "openclaw.json"));
    const line = { name: "", files: [".clawdbot/clawdbot.json"], config: "" };
    expect(located(line).configPath).toBe(join(home, ".clawdbot", "clawdbot.json"));
  });

  test("quotes, export, comments, CRLF, a byte order mark and repetition in an env file", () => {
    const env = (text: string): string => {
      rmSync(join(home, ".openclaw"), { recursive: true, force: true });
      const line = { name: "", files: [`.openclaw/.env=${text}`], config: "" };
      return located(line).configPath;
    };
    expect(env(`export OPENCLAW_CONFIG_PATH="/a b.json" # own\r\nB=2\r\n`)).toBe("/a b.json");
    expect(env(`OPENCLAW_CONFIG_PATH='/a#b.json'`)).toBe("/a#b.json");
    expect(env("\uFEFFOPENCLAW_CONFIG_PATH=/a.json # c")).toBe("/a.json");
    expect(env("junk\nOPENCLAW_CONFIG_PATH=/a.json\n  OPENCLAW_CONFIG_PATH = /b.json \n")).toBe("/b.json");
    expect(env("#OPENCLAW_CONFIG_PATH=/a.json\nMY_OPENCLAW_CONFIG_PATH=/b.json")).toBe(
      join(home, ".openclaw/openclaw.json"),
    );
    expect(env("OPENCLAW_CONFIG_PATH=/\0.json")).toBe(join(home, ".openclaw/openclaw.json"));
  });

  test("a blank flag is a usage error: an unset shell variable must not lead to another file", () => {
    const error = failure(() => located({ name: "", flags: { config: " " }, config: "" }));
    expect(error).toMatchObject({ kind: "usage", code: "blank-path", message: "--config is blank" });
    expect(failure(() => located({ name: "", flags: { stateDir: "" }, config: "" })).message).toBe(
      "--state-dir is blank",
    );
  });
});
