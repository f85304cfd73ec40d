import { describe, expect, it } from "vitest";
import { surroundingsOf } from "../src/host.js";
import { planner } from "../src/replanning.js";
import { openWorkspace } from "../src/workspace.js";
import { config, type Home, makeHome, store } from "./cli/harness.js";

const key = { key: "test-key-1234567890" };
const request = {
  setup: { providers: { kilocode: {} }, model: { primary: "kilocode/kilo/auto" } },
  file: "clawform.json5",
  keys: new Map([["kilocode", key]]),
};
const before = '// mine\n{ agents: { defaults: { model: "openai/gpt-5.5" } } }\n';

function planning(at: Home) {
  const around = surroundingsOf({ env: { HOME: at.dir }, cwd: at.dir });
  const stateDir = at.path(".openclaw");
  const opened = { count: 0 };
  const make = planner(request, (read) => {
    opened.count += 1;
    return openWorkspace({ stateDir }, around, read);
  });
  // What a plan made from nothing says.
  const anew = () => planner(request, (read) => openWorkspace({ stateDir }, around, read))();
  return { make, anew, opened };
}

describe("planning again", () => {
  it("looks at the files and gives the same plan when nothing has changed", () => {
    const { make, opened } = planning(makeHome({ [config]: before, [store]: "{}" }));
    const plan = make();
    expect(plan.changes).toHaveLength(2);
    expect(make()).toBe(plan);
    expect(opened.count).toBe(2);
  });

  it.each<[string, (at: Home) => unknown]>([
    ["the configuration", (at) => at.write(config, before.replace("mine", "theirs"))],
    ["the credential store", (at) => at.write(store, '{ "version": 1, "profiles": {}, "usageStats": {} }')],
    ["a file that is included", (at) => at.write(".openclaw/more.json5", '{ logging: { level: "debug" } }')],
    ["what tells of a newer store", (at) => at.write(".openclaw/agents/main/agent/openclaw-agent.sqlite", "x")],
    ["an apply that was interrupted", (at) => at.write(".openclaw/clawform/journal.json", "")],
    ["a variable of the configuration's own", (at) => at.write(".openclaw/.env", "OPENCLAW_CONFIG_PATH=/nowhere\n")],
  ])("plans anew when %s has changed", (_, change) => {
    const at = makeHome({
      [config]: before.replace("{ agents", '{ $include: "./more.json5", agents'),
      [store]: "{}",
      ".openclaw/more.json5": "{}",
    });
    const { make, anew } = planning(at);
    make();
    change(at);
    const second = make();
    expect(second).toEqual(anew());
    expect(make()).toBe(second);
  });

  it("throws for a file that cannot be read any more, and plans again when it can", () => {
    const at = makeHome({ [config]: before });
    const { make } = planning(at);
    const plan = make();
    at.write(config, "{ oops");
    expect(() => make()).toThrow(/expected/);
    at.write(config, before);
    expect(make()).toEqual(plan);
  });
});
