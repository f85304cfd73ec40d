import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { renderPlan } from "../../src/render/plan.js";
import type { Plan } from "../../src/types.js";
import {
  changedKey,
  fresh,
  noNewline,
  oneValue,
  removal,
  renamed,
  severalSteps,
  warned,
  wide,
  windows,
} from "./fixtures.js";

const plans: readonly { readonly name: string; readonly plan: Plan; readonly width?: number }[] = [
  { name: "fresh", plan: fresh },
  { name: "one-value", plan: oneValue },
  { name: "several-steps", plan: severalSteps },
  { name: "removal", plan: removal },
  { name: "renamed", plan: renamed },
  { name: "changed-key", plan: changedKey },
  { name: "crlf", plan: windows },
  { name: "no-newline", plan: noNewline },
  { name: "wide", plan: wide },
  { name: "warned", plan: warned },
  { name: "narrow", plan: { ...severalSteps, problems: warned.problems }, width: 32 },
  { name: "narrow-wide", plan: wide, width: 24 },
];

describe("a rendered plan", () => {
  it.each([...plans])("$name looks as it did", async ({ name, plan, width = 80 }) => {
    const plain = renderPlan(plan, { color: false, width, showSecrets: false });
    const coloured = renderPlan(plan, { color: true, width, showSecrets: false });
    expect(stripVTControlCharacters(coloured)).toBe(plain);
    expect(plain + coloured).not.toContain("sk-test");
    await expect(plain).toMatchFileSnapshot(`golden/${name}.txt`);
    await expect(coloured).toMatchFileSnapshot(`golden/${name}.ansi`);
  });
});
