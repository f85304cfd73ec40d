import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { environmentOf, substitute } from "../../src/core/variables.js";
import { readEnvFile } from "../../src/store/env-file.js";
import { nodeFiles } from "../../src/store/files.js";
import { locateState } from "../../src/store/locate.js";
import { rows } from "../core/variable-rows.js";
import { put, temporary } from "./disk.js";

/** As dotenv 17 reads them: 60,000 random texts gave the same. */
const grammar: [text: string, variables: { readonly [name: string]: string }][] = [
  ["A=1\nB=2", { A: "1", B: "2" }],
  ["A=1\rB=2\r\nC=3", { A: "1", B: "2", C: "3" }],
  ["  export\tA = 1 ", { A: "1" }],
  ["A: 1\nB:2", { A: "1" }],
  ["A=1\nA=2", { A: "2" }],
  ["A=\nB= # none", { A: "", B: "" }],
  ["A=a b # c", { A: "a b" }],
  ["A=a#b", { A: "a" }],
  ["# A=1\n#A=1", {}],
  ['A=\'a # b\'\nB="a # b" # c\nC=`it\'s "so"`', { A: "a # b", B: "a # b", C: 'it\'s "so"' }],
  ["A='a\nb'\nB=\"c\r\nd\"", { A: "a\nb", B: "c\nd" }],
  [String.raw`A="a\nb\rc\td"`, { A: "a\nb\rc\\td" }],
  [String.raw`A='a\nb'`, { A: String.raw`a\nb` }],
  [String.raw`A="a\"b"`, { A: String.raw`a\"b` }],
  ['A="open\nB=1', { A: '"open', B: "1" }],
  ['A="a" b', { A: '"a" b' }],
  ["A='a' 'b'", { A: "a' 'b" }],
  ["a-b=1\na.b=2\n1A=3\n_A=4\né=5", { _A: "4" }],
  ["A\n=1", { A: "1" }],
  ["no assignment\nA=${B}$C", { A: "${B}$C" }],
  ["\uFEFFA=1", { A: "1" }],
  ["__proto__=1\nA=1", { ["__proto__"]: "1", A: "1" }],
  ["", {}],
];

describe("readEnvFile", () => {
  test.each(grammar)("%j", (text, variables) => {
    expect(readEnvFile(put(temporary(), ".env", text), nodeFiles)).toEqual(variables);
  });

  test("a missing file, a directory, and bytes that are no text are empty", () => {
    const home = temporary();
    expect(readEnvFile(join(home, ".env"), nodeFiles)).toEqual({});
    expect(readEnvFile(home, nodeFiles)).toEqual({});
    expect(readEnvFile(put(home, ".env", Buffer.from([0x41, 0x3d, 0xff])), nodeFiles)).toEqual({});
  });
});

describe("what ${VAR} is read as, also by the real OpenClaw", () => {
  test.each(rows)("$name", ({ process = {}, dotenv, gateway, env, text, read }) => {
    const home = temporary();
    put(home, ".openclaw/openclaw.json", "{}");
    if (dotenv !== undefined) put(home, ".openclaw/.env", dotenv);
    if (gateway !== undefined) put(home, ".config/openclaw/gateway.env", gateway);
    const state = locateState({ env: { HOME: home, ...process }, osHome: home, cwd: home });
    expect(substitute(text, environmentOf({ process, dotenv: state.dotenv, section: env })).value).toBe(read);
  });
});

describe("which env files count", () => {
  const layout = (): string => {
    const home = temporary();
    put(home, ".openclaw/.env", "A=state\nB=state");
    put(home, "other/.env", "A=other");
    put(home, "other/openclaw.json", "{}");
    put(home, ".config/openclaw/gateway.env", "A=gateway\nC=gateway");
    return home;
  };
  const dotenv = (
    home: string,
    env: { readonly [name: string]: string },
    flags: { stateDir?: string; config?: string } = {},
  ): unknown => locateState({ env: { HOME: home, ...env }, osHome: home, cwd: home, ...flags }).dotenv;

  test("the state directory's, then gateway.env", () => {
    const home = layout();
    expect(dotenv(home, {})).toEqual({ A: "state", B: "state", C: "gateway" });
    expect(dotenv(home, { OPENCLAW_STATE_DIR: join(home, ".openclaw") })).toEqual({
      A: "state",
      B: "state",
      C: "gateway",
    });
  });

  test("another state directory's own, and no gateway.env", () => {
    const home = layout();
    expect(dotenv(home, { OPENCLAW_STATE_DIR: join(home, "other") })).toEqual({ A: "other" });
    expect(dotenv(home, {}, { stateDir: join(home, "other") })).toEqual({ A: "other" });
  });

  test("of a configuration elsewhere the one beside it, after the home's", () => {
    const home = layout();
    expect(dotenv(home, { OPENCLAW_CONFIG_PATH: join(home, "other/openclaw.json") })).toEqual({
      A: "state",
      B: "state",
      C: "gateway",
    });
  });

  test("a home that .env sets moves no files", () => {
    const home = layout();
    put(home, ".openclaw/.env", `HOME=${home}/other\nUSERPROFILE=${home}/other`);
    expect(locateState({ env: {}, osHome: home, cwd: home }).home).toBe(home);
  });
});
