import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { allValidators } from "../../src/core/validators.js";
import { registry } from "../../transforms/registry.js";

const root = new URL("../../", import.meta.url);
const names = (folder: string, ending: string): string[] =>
  readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .sort();
const registered = [...registry.keys()].sort();

describe("a transform has all four of", () => {
  it("a file in transforms/", () => {
    expect(names("transforms/", ".ts").filter((name) => name !== "registry")).toEqual(registered);
  });
  it("a schema in schemas/transforms/, compiled", () => {
    expect(names("schemas/transforms/", ".json")).toEqual(registered);
    for (const name of registered) expect(allValidators()).toHaveProperty([`transforms/${name}`]);
  });
  it("a test in test/transforms/", () => {
    const tests = names("test/transforms/", ".test.ts");
    for (const name of registered) expect(tests).toContain(name);
  });
  it("a line in the registry (this list is it)", () => {
    expect(registered.length).toBeGreaterThanOrEqual(14);
  });
});

describe("a transform's file", () => {
  it.each(registered)("%s exports one function named after it, in 60 lines at most", (name) => {
    const text = readFileSync(new URL(`transforms/${name}.ts`, root), "utf8");
    const camel = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    expect(text.match(/^export const (\w+)/gm)).toEqual([`export const ${camel}`]);
    expect(text.split("\n").length).toBeLessThanOrEqual(60);
  });
});
