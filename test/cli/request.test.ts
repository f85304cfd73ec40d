/** What SETUP may be, and where it comes from, through the built binary. */

import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { binaryPath, config, makeHome } from "./harness.js";

const setup = '{ providers: { kilocode: { apiKey: { env: "K" } } }, model: { primary: "kilocode/kilo/auto" } }';
const env = { K: "test-key-1234567890" };
const large = " ".repeat(16 * 1024 * 1024);

describe("size", () => {
  it("a saved plan may have more than 16 MiB: it holds every file twice", () => {
    const at = makeHome({ "clawform.json5": setup });
    at.binary(["plan", "--out", "team.plan"], { env });
    at.write("team.plan", `${at.read("team.plan")}${large}`);
    expect(at.binary(["apply", "team.plan", "--yes"])).toMatchObject({ code: 0, err: "" });
    expect(at.read(config)).toContain("kilocode/kilo/auto");
  });

  it("a setup may not, from a file or standard input", () => {
    const at = makeHome({ "clawform.json5": `${setup}${large}` });
    for (const [argv, input, name] of [
      [["plan"], "", "clawform.json5"],
      [["plan", "-"], `${setup}${large}`, "standard input"],
    ] as const) {
      const { code, err } = at.binary(argv, { env, input });
      expect(code).toBe(65);
      expect(err.replaceAll(/\s+/g, " ")).toContain(`${name} is larger than 16 MiB`);
    }
  });
});

describe("standard input", () => {
  it("is read to its end, however long the writer takes", () => {
    const at = makeHome();
    const script = '(printf "{ thinkingDefault:"; sleep 0.3; printf " \\"low\\" }") | "$1" "$2" plan -';
    const out = execFileSync("sh", ["-c", script, "sh", process.execPath, binaryPath], {
      encoding: "utf8",
      cwd: at.dir,
      env: { PATH: process.env["PATH"], HOME: at.dir },
    });
    expect(out).toContain('"thinkingDefault": "low"');
  });

  it("that is no text is refused without quoting it", () => {
    const input = Buffer.from("test-key-é", "latin1") as unknown as string;
    const at = makeHome({ "clawform.json5": "{ providers: { kilocode: { apiKey: { stdin: true } } } }" });
    const { code, out, err } = at.binary(["apply", "--yes"], { input });
    expect(code).toBe(65);
    expect(err).toContain("UTF-8");
    expect(out + err).not.toContain("test-key");
  });
});

it("~ in an agent's own directory is OpenClaw's home", () => {
  const list = '{ agents: { list: [{ id: "work", agentDir: "~/own" }] } }';
  const at = makeHome({ "clawform.json5": setup, "oc/.openclaw/openclaw.json": list });
  const more = { ...env, OPENCLAW_HOME: at.path("oc") };
  expect(at.binary(["apply", "--yes", "--agent", "work"], { env: more }).code).toBe(0);
  expect(at.exists("oc/own/auth-profiles.json")).toBe(true);
  expect(at.exists("own")).toBe(false);
});
