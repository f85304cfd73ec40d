import { describe, expect, it } from "vitest";
import { rules } from "../../src/core/diagnosis/diagnose.js";
import type { AuthStore, OpenClawConfig } from "../../src/types.js";
import { recordings } from "../oracle/recordings.js";
import { cure, findingsOf } from "./harness.js";
import { cases } from "./patients.js";

describe("every rule of the doctor", () => {
  it("has a code of its own and a case here", () => {
    const codes = rules.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !cases.some((one) => one.code === code))).toEqual([]);
  });

  it.each(cases.map((one, index) => [`${one.code} ${index}`, one] as const))("%s is found where it is", (_, one) => {
    const { found, plan, left } = cure(one.ill);
    const own = found.filter(({ code }) => code === one.code);
    expect(found.map(({ code }) => code)).toContain(one.code);
    expect(own.map(({ severity, pointer }) => ({ severity, pointer }))).toContainEqual({
      severity: one.severity,
      pointer: one.pointer,
    });
    for (const { message, hint } of own) {
      expect(hint, "says what to do").not.toBe("");
      expect(message + hint, "quotes no key").not.toMatch(/test-key|test…/);
    }
    if (one.mended === null) {
      expect(own.every(({ steps }) => steps === undefined)).toBe(true);
      return;
    }
    expect(plan.problems.filter(({ severity }) => severity === "error")).toEqual([]);
    const touched = plan.changes.flatMap(({ patch }) => patch.map(({ operation }) => operation));
    for (const operation of touched.filter(({ op }) => op !== "test")) {
      const place = operation.path;
      expect(
        one.mended.some((pointer) => place === pointer || place.startsWith(`${pointer}/`)),
        `${place} is minimal`,
      ).toBe(true);
    }
    expect(left.map(({ code }) => code)).not.toContain(one.code);
  });

  it.each(
    cases.flatMap(({ code, well }) => well.map((patient, index) => [`${code} (${index})`, code, patient] as const)),
  )("%s is not found where it is not", (_, code, patient) => {
    expect(findingsOf(patient).filter((one) => one.code === code)).toEqual([]);
  });
});

describe("what the real program wrote on a fresh home", () => {
  const fresh = recordings.filter(
    ({ before, configAfter, exit }) => before === "fresh" && configAfter !== null && exit === undefined,
  );
  it.each(fresh.map((recording) => [recording.choice, recording] as const))("%s is healthy", (_, recording) => {
    const profiles = (recording.authAfter as AuthStore | null)?.profiles;
    const found = findingsOf({
      config: recording.configAfter as OpenClawConfig,
      ...(profiles ? { profiles } : {}),
      env: { ...recording.env },
    });
    // Of a custom provider the real program writes the key into the configuration itself.
    const own = recording.choice === "custom-api-key" ? ["plaintext-key"] : [];
    expect(found.map(({ code }) => code)).toEqual(own);
  });
});
