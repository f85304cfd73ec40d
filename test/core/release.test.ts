import { describe, expect, test } from "vitest";
import { agentsOf } from "../../src/core/agents.js";
import { isNewerShape, isSince, type Release, releaseOf } from "../../src/core/release.js";
import type { OpenClawConfig } from "../../src/types.js";

describe("releaseOf", () => {
  test.each([
    ["2026.5.6", [2026, 5, 6]],
    [" v2026.8.1-beta.3 ", [2026, 8, 1]],
    ["2026.7.1-2", [2026, 7, 1]],
    ["2026.6.33", [2026, 6, 33]],
    ["2026.10.12", [2026, 10, 12]],
    ["", null],
    ["2026.5", null],
    ["20260.5.6", null],
    ["2026.5.61234", null],
    ["dev", null],
    [7, null],
    [null, null],
  ])("%j is %j", (lastTouchedVersion, release) => {
    expect(releaseOf({ meta: { lastTouchedVersion } })).toEqual(release);
  });

  test.each([[{}], [{ meta: null }], [{ meta: [] }], [{ meta: "2026.5.6" }]])("%j says nothing", (config) => {
    expect(releaseOf(config as OpenClawConfig)).toBe(null);
  });
});

test.each<[Release | null, Release, boolean]>([
  [null, [2026, 6, 5], false],
  [[2026, 6, 5], [2026, 6, 5], true],
  [[2026, 6, 4], [2026, 6, 5], false],
  [[2026, 6, 10], [2026, 6, 5], true],
  [[2026, 10, 1], [2026, 6, 5], true],
  [[2025, 12, 31], [2026, 6, 5], false],
  [[2027, 1, 1], [2026, 6, 5], true],
  [[2026, 5, 99], [2026, 6, 5], false],
])("%j is %j or later: %s", (release, first, expected) => {
  expect(isSince(release, first)).toBe(expected);
});

test.each<[OpenClawConfig, boolean]>([
  [{}, false],
  [{ meta: { lastTouchedVersion: "2026.5.6" } }, false],
  [{ meta: { lastTouchedVersion: "2026.7.2-beta.6" } }, false],
  [{ meta: { lastTouchedVersion: "2026.8.1" } }, true],
  [{ meta: { lastTouchedVersion: "2026.8.1" }, agents: { list: [] } }, false],
  [{ meta: { lastTouchedVersion: "2026.7.2-beta.7" }, agents: { entries: {} } }, true],
  [{ meta: { migrations: {} } }, true],
  [{ agents: { entries: { main: {} } } }, true],
  [{ agents: { list: [{ id: "main" }] } }, false],
  [{ agents: { list: [], entries: {} } }, true],
])("%j has the newer shape: %s", (config, expected) => {
  expect(isNewerShape(config)).toBe(expected);
});

test("the agents of either shape, and where they stand", () => {
  const list = [{ id: "a" }, null, { model: "x/y" }] as never[];
  expect(agentsOf({ agents: { list, entries: { b: { name: "B" }, c: 7 } } })).toEqual([
    { id: "a", entry: { id: "a" }, place: ["agents", "list", "0"] },
    { id: "", entry: { model: "x/y" }, place: ["agents", "list", "2"] },
    { id: "b", entry: { name: "B" }, place: ["agents", "entries", "b"] },
  ]);
  expect(agentsOf({ agents: { list: {} as never, entries: [] } })).toEqual([]);
  expect(agentsOf({})).toEqual([]);
});
