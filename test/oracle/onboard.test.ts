/** What the real OpenClaw 2026.5.6 wrote, replayed through `clawform onboard`. */

import { describe, expect, it } from "vitest";
import { config, type Result } from "../cli/harness.js";
import type { Problem } from "../../src/types.js";
import { defaultAgents } from "./deviations.js";
import { expectedOf } from "./expected.js";
import { arrange, present } from "./home.js";
import { nameOf, type Recording, recordingOf, recordings } from "./recordings.js";
import { isKeyFlag, keysOf, problemsOf } from "./said.js";

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
  // What a running gateway does is no matter of the recording: test/core/reload.test.ts.
  const said = problems.filter(({ code: name }) => !name.startsWith("gateway-"));
  expect(said.map(({ severity, code: name, pointer }) => `${severity} ${name} ${pointer}`.trim()).sort()).toEqual(
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
