/** What the real OpenClaw 2026.5.6 wrote, replayed through `clawform onboard`. */

import { readdirSync } from "node:fs";
import { basename } from "node:path";
import JSON5 from "json5";
import { describe, expect, it } from "vitest";
import { config, type Home, makeHome, type Result, store } from "../cli/harness.js";
import type { Problem } from "../../src/types.js";
import { defaultAgents } from "./deviations.js";
import { expectedOf, fileValue } from "./expected.js";
import type { Written } from "./kept.js";
import { inState, nameOf, type Recording, recordingOf, recordings } from "./recordings.js";
import { isKeyFlag, keysOf, problemsOf } from "./said.js";

const state = ".openclaw";
const credentialFiles = new Set(["auth-profiles.json", "auth-state.json", "auth.json"]);

/** The recording's own place, and a home in which its files stand. */
function arrange(original: Recording): { recording: Recording; home: Home } {
  const home = makeHome();
  const recording = inState(original, home.path(state));
  const { configBefore, authBefore, files = {} } = recording;
  if (configBefore !== null) home.write(config, configBefore);
  if (authBefore !== null) home.write(store, JSON.stringify(authBefore));
  for (const [path, content] of Object.entries(files))
    home.write(`${state}/${path}`, typeof content === "string" ? content : JSON.stringify(content));
  return { recording, home };
}

/** All that is there now: configuration, main's credentials, the recording's further files and every other credential file. */
function present(home: Home, { files = {} }: Recording): Written {
  const paths = home.exists(state) ? (readdirSync(home.path(state), { recursive: true }) as string[]) : [];
  const others = paths.filter(
    (path) => Object.hasOwn(files, path) || (credentialFiles.has(basename(path)) && `${state}/${path}` !== store),
  );
  return {
    config: home.exists(config) ? (JSON5.parse(home.read(config)) as Written["config"]) : {},
    auth: home.exists(store) ? (JSON.parse(home.read(store)) as Written["auth"]) : {},
    files: Object.fromEntries(others.map((path) => [path, fileValue(path, home.read(`${state}/${path}`))])),
  };
}

/** Replays a recording, for the agent that is named or as it was recorded. */
async function replay(original: Recording, agent?: string): Promise<void> {
  const { recording, home } = arrange(original);
  const expected = expectedOf(recording, agent !== undefined);
  const argv = [
    "onboard",
    ...(recording.implied ? [] : ["--auth-choice", recording.choice]),
    ...recording.args,
    ...(agent === undefined ? [] : ["--agent", agent]),
  ];
  const run = async (...more: string[]): Promise<Result> => {
    const result = await home.run([...argv, ...more], { env: recording.env ?? {} });
    for (const key of keysOf(recording)) expect(result.out + result.err, "no key in any output").not.toContain(key);
    return result;
  };

  const dry = await run("--dry-run");
  expect(present(home, recording), "a dry run writes nothing").toEqual(expected.before);
  const { code, out, err } = await run("--yes", "--json");
  expect(present(home, recording)).toEqual(expected.written);
  if (expected.refused !== undefined) {
    expect(Math.min(dry.code, code)).toBeGreaterThanOrEqual(64);
    expect(err.replaceAll(/\s+/g, " ")).toContain(expected.refused);
    return;
  }
  expect([dry.code, code, dry.err, err]).toEqual([0, 0, "", ""]);
  const { problems } = JSON.parse(out) as { problems: Problem[] };
  expect(problems.map(({ severity, code: said, pointer }) => `${severity} ${said} ${pointer}`.trim()).sort()).toEqual(
    problemsOf(recording, expected),
  );
  for (const { severity, message } of problems)
    expect(dry.out.replaceAll(/\s+/g, " ")).toContain(`${severity}: ${message}`);
  for (const [comment] of (recording.configBefore ?? "").matchAll(/(?<=^|\s)\/\/ .*$/gm))
    expect(home.read(config)).toContain(comment);
  expect((await run("--yes")).out, "a second run has nothing to do").toContain("No changes");
}

describe("onboard", () => {
  it.each(recordings.map((recording) => [nameOf(recording), recording] as const))("%s", (_name, recording) =>
    replay(recording),
  );
});

describe("onboard --agent, where the real one wrote for another agent than main", () => {
  it.each(Object.entries(defaultAgents))("%s: %s", (name, agent) => replay(recordingOf(name), agent));
});

it("looks for a key wherever a recording has one", () => {
  const given = recordings.filter(({ args, env }) => args.some(isKeyFlag) || env !== undefined);
  const without = given.filter((recording) => keysOf(recording).length === 0).map(nameOf);
  expect(without).toEqual([
    ...["env-key-blank", "var-as-key", "blank-flag"].map((before) => `${before} kilocode-api-key`),
    "blank-flag custom-api-key",
  ]);
});
