import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reread } from "../../src/text/reread.js";
import { samples } from "./support/json5-samples.js";
import { scraps } from "./support/json5-scraps.js";
import { json5Text } from "./support/json5-text.js";
import { verdict } from "./support/quiet-json5.js";
import { runs } from "./support/runs.js";

const { configuration } = (await import(new URL("../../bench/configuration.mjs", import.meta.url).href)) as {
  configuration: (bytes: number, spelling: string) => string;
};

/** It may give up, it must not read anything json5 does not. */
const neverLaxer = (text: string): void => {
  const value = reread(text);
  if (value === undefined) return;
  const theirs = verdict(text);
  if (!isDeepStrictEqual({ value }, theirs)) expect.fail(`${JSON.stringify(text)} is read as ${JSON.stringify(value)}`);
};

describe("reread", () => {
  it.each(samples)("reads %j as json5 does, or not at all", neverLaxer);

  it("reads any JSON5 as json5 does, or not at all", () => {
    fc.assert(
      fc.property(json5Text, ({ text }) => neverLaxer(text)),
      runs(1000),
    );
  });

  it("reads no damaged text that json5 refuses", () => {
    const damage = fc.tuple(fc.nat(), fc.nat({ max: 4 }), fc.constantFrom("", ...scraps));
    const whole = fc.oneof(
      json5Text.map(({ text }) => text),
      fc.json().map((text) => text.replaceAll(/"(\w+)":/g, "$1: ").replaceAll(/([}\]])/g, ",$1")),
      fc.constant(configuration(1000, "JSON5")),
    );
    fc.assert(
      fc.property(whole, fc.array(damage, { minLength: 1, maxLength: 3 }), (text, damages) => {
        let broken = text;
        for (const [at, length, put] of damages) {
          const offset = at % (broken.length + 1);
          broken = broken.slice(0, offset) + put + broken.slice(offset + length);
        }
        neverLaxer(broken);
      }),
      runs(3000),
    );
  });

  it("makes nothing of scraps that json5 refuses", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...scraps), { maxLength: 12 }), (parts) => neverLaxer(parts.join(""))),
      runs(5000),
    );
  });

  it.each([
    "[,]",
    "{,}",
    "[1,,]",
    "{a:1,,b:2}",
    "1,",
    ",1",
    "{a-b: 1}",
    "{1a: 1}",
    "[a: 1]",
    "tr/**/ue",
    "1/**/2",
    "/* x",
    "{a 'b'}",
  ])("does not read %j", (text) => expect(reread(text)).toBeUndefined());

  it("reads configurations by itself, large ones too", () => {
    for (const bytes of [1000, 100_000]) {
      const text = configuration(bytes, "JSON5");
      expect(reread(text)).toEqual((verdict(text) as { value: unknown }).value);
    }
    expect(reread("\ufeff{ 'a': [1, -0, 'x y',], // b\n __proto__: null, /* c */ }")).toEqual(
      JSON.parse('{"a": [1, -0, "x y"], "__proto__": null}'),
    );
  });
});
