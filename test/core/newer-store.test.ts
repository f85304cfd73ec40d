import { expect, test } from "vitest";
import { newerShapeProblems } from "../../src/core/newer-config.js";
import { type Keeper, mixedStoreProblem, newerStoreProblems, storesCredentials } from "../../src/core/newer-store.js";
import type { JsonObject, Step } from "../../src/types.js";

const step = (transform: string, input: JsonObject): Step => ({ transform, title: "title", input });
const credential = { type: "api_key", provider: "kilocode", key: "sk-test-1" };
const profile = (more: JsonObject = {}): Step =>
  step("auth-profile", { profile: "kilocode:default", provider: "kilocode", agents: ["main"], credential, ...more });
const keeper = (kind: Keeper["kind"], file: string | null = null): Keeper => ({ kind, evidence: "/state/db", file });
const label = (agent: string): string => `${agent}'s store`;

test("a credential for a file is no problem, and a step without one is none anywhere", () => {
  const { credential: _, ...named } = profile().input;
  expect(newerStoreProblems([profile()], () => keeper("file"), label)).toEqual([]);
  expect(newerStoreProblems([step("auth-profile", named)], () => keeper("database"), label)).toEqual([]);
  expect([storesCredentials([profile()]), storesCredentials([step("auth-profile", named)])]).toEqual([true, false]);
});

test("a credential for a database: an error per agent that gives the command, each agent looked at once", () => {
  const asked: string[] = [];
  const steps = [profile({ agents: ["main", "work"] }), profile({ agents: ["main"], profile: "kilocode:two" })];
  const found = newerStoreProblems(steps, (agent) => (asked.push(agent), keeper("database")), label);
  expect(asked).toEqual(["main", "work"]);
  expect(found.map(({ code, severity, file }) => [code, severity, file])).toEqual([
    ["newer-store", "error", "main's store"],
    ["newer-store", "error", "work's store"],
    ["newer-store", "error", "main's store"],
  ]);
  expect(found[1]?.hint).toContain(
    "openclaw models auth --agent work paste-api-key --provider kilocode --profile-id kilocode:default",
  );
  expect(found[2]?.hint).toContain("--profile-id kilocode:two ");
  expect(found[0]?.message).toContain("/state/db");
  expect(JSON.stringify(found)).not.toContain("sk-test");
});

test("one agent of two: only its credential is refused", () => {
  const keeperOf = (agent: string): Keeper => keeper(agent === "main" ? "file" : "database");
  expect(newerStoreProblems([profile({ agents: ["main", "work"] })], keeperOf, label)).toHaveLength(1);
});

test("a reference is mapped by secrets configure; names that a shell would take apart are quoted", () => {
  const keyRef = { type: "api_key", provider: "x", keyRef: { source: "env", provider: "default", id: "X" } };
  const [first] = newerStoreProblems([profile({ credential: keyRef })], () => keeper("database"), label);
  expect(first?.hint).toContain("openclaw secrets configure --agent main.");
  const odd = profile({ profile: "it's; rm:x", provider: "a b" });
  const [second] = newerStoreProblems([odd], () => keeper("unclear"), label);
  expect(second?.hint).toContain(String.raw`--provider 'a b' --profile-id 'it'\''s; rm:x'`);
  expect(second?.message).toContain("cannot be told");
  expect(second?.hint).toContain("--store file");
});

test.each<[Keeper, string | undefined]>([
  [keeper("database", "/a/auth-profiles.json"), "mixed-stores"],
  [keeper("database"), undefined],
  [keeper("file", "/a/auth-profiles.json"), undefined],
  [keeper("unclear", "/a/auth-profiles.json"), undefined],
])("%j: %s", (found, code) => {
  expect(mixedStoreProblem(found, "auth-profiles.json")?.code).toBe(code);
});

test.each<[Step, string[]]>([
  [step("media-model", { slot: "imageGenerationModel" }), ["/agents/defaults/imageGenerationModel"]],
  [step("media-model", { slot: "videoGenerationModel" }), ["/agents/defaults/videoGenerationModel"]],
  [step("text-to-speech", { provider: "openrouter" }), ["/messages/tts"]],
  [
    step("provider-block", { provider: "a/b", fields: { baseUrl: "x", contextWindow: 1, contextTokens: 2 } }),
    ["/models/providers/a~1b/contextWindow", "/models/providers/a~1b/contextTokens"],
  ],
  [step("provider-block", { provider: "a", fields: { baseUrl: "x" } }), []],
  [step("provider-block", { provider: "a", fields: null }), []],
  [step("model-alias", { ref: "a/b", alias: "A" }), []],
])("on the newer shape %j is refused at %j", (given, pointers) => {
  const found = newerShapeProblems({ agents: { entries: {} } }, "openclaw.json", [given]);
  expect(found.map(({ pointer }) => pointer)).toEqual(pointers);
  for (const problem of found)
    expect(problem).toMatchObject({ code: "newer-config", severity: "error", file: "openclaw.json" });
  expect(newerShapeProblems({ agents: { list: [] } }, "openclaw.json", [given])).toEqual([]);
});
