import { describe, expect, it } from "vitest";
import type { OpenClawConfig } from "../../src/types.js";
import { codes, run } from "./harness.js";

const input = { plugin: "kilocode" };
const off: [string, NonNullable<OpenClawConfig["plugins"]>, string][] = [
  ["the plugin is switched off", { entries: { kilocode: { enabled: false, config: { a: 1 } } } }, "plugin-disabled"],
  ["all plugins are off", { enabled: false }, "plugins-disabled"],
  ["it is on the deny list", { deny: ["other", "kilocode"] }, "plugin-denied"],
  ["it is not on the allow list", { allow: ["other"] }, "plugin-not-allowed"],
];

describe("plugin-entry", () => {
  it("enables the plugin and keeps its other settings", () => {
    const plugins = { load: ["x"], entries: { kilocode: { config: { a: 1 } }, other: { enabled: false } } };
    expect(run("plugin-entry", input, { config: { plugins } }).config.plugins).toEqual({
      ...plugins,
      entries: { kilocode: { config: { a: 1 }, enabled: true }, other: { enabled: false } },
    });
  });
  it.each(off)("is never silent when %s: an error, and nothing switched", (_name, plugins, code) => {
    expect(codes("plugin-entry", input, { config: { plugins } })).toEqual([`error ${code}`]);
    expect(run("plugin-entry", input, { config: { plugins } }).config.plugins?.entries?.["kilocode"]?.enabled).toBe(
      code !== "plugin-disabled",
    );
  });
  it.each(off)("does it with force when %s", (_name, plugins) => {
    expect(codes("plugin-entry", { ...input, force: true }, { config: { plugins } })).toEqual([]);
    const after = run("plugin-entry", { ...input, force: true }, { config: { plugins } });
    expect(codes("plugin-entry", input, { config: after.config })).toEqual([]);
  });
  it("an empty allow list allows everything", () => {
    expect(codes("plugin-entry", input, { config: { plugins: { allow: [] } } })).toEqual([]);
    expect(
      run("plugin-entry", { ...input, force: true }, { config: { plugins: { allow: [] } } }).config.plugins?.allow,
    ).toEqual([]);
  });
});
