import { readFileSync } from "node:fs";
import fc from "fast-check";
import JSON5 from "json5";
import { describe, expect, test } from "vitest";
import { createChecker, inOrder } from "./compile.js";
import type { Case } from "./compile.js";
import { open, stricter } from "./openclaw-differences.js";
import { invalidElsewhere } from "./openclaw-invalid-elsewhere.js";
import { invalidModels } from "./openclaw-invalid-models.js";
import { invalidRequests } from "./openclaw-invalid-requests.js";
import { valid } from "./openclaw-valid.js";
import { words } from "./openclaw-words.js";

interface Recording {
  readonly before: string;
  readonly choice: string;
  readonly configBefore: string | null;
  readonly configAfter: unknown;
  readonly authBefore: unknown;
  readonly authAfter: unknown;
}

const recordings = JSON.parse(
  readFileSync(new URL("../fixtures/oracle/onboard-2026.5.6.json", import.meta.url), "utf8"),
) as Recording[];

const check = createChecker("openclaw");
const checkCredentials = createChecker("auth-profiles");
const include = { $include: "./part.json5" };

/** Parts kept in other files: nothing is asked of them, what stands beside them is still read. */
const included: Case[] = [
  ["the root", include],
  [
    "every container",
    { models: include, agents: include, auth: include, plugins: include, env: include, messages: include },
  ],
  ["several files", { agents: { $include: ["./a.json5", "./b.json5"] }, env: { $include: ["./a.json5"] } }],
  [
    "maps",
    {
      models: { providers: include },
      agents: { defaults: { models: include } },
      auth: { profiles: include, order: include },
      plugins: { entries: include },
      env: { vars: include },
      messages: { tts: { providers: include } },
    },
  ],
  [
    "lists",
    {
      models: { providers: { p: { baseUrl: "x", models: include } } },
      agents: { list: include },
      auth: { order: { p: include } },
      plugins: { allow: include },
    },
  ],
  [
    "entries",
    {
      models: { providers: { p: include, q: { baseUrl: "x", models: [include] } } },
      agents: { defaults: { model: include, models: { "a/b": include } }, list: [include] },
      auth: { profiles: { a: include } },
      plugins: { entries: { a: include } },
    },
  ],
  ["beside a wrong key", { models: { ...include, foo: 1 } }, "/models additionalProperties(foo)"],
  ["beside a wrong type", { agents: { ...include, defaults: 5 } }, "/agents/defaults type"],
  ["by a number", { models: { $include: 5 } }, "/models/$include type"],
  ["by a list of numbers", { models: { $include: [5] } }, "/models/$include/0 type"],
];

describe("openclaw.json", () => {
  test.each([...valid, ...words])("takes, as OpenClaw does: %s", (_name, document) => {
    expect(check(document)).toEqual([]);
  });

  test.each([...invalidModels, ...invalidRequests, ...invalidElsewhere])(
    "refuses, as OpenClaw does: %s",
    (_name, document, ...findings) => {
      expect(findings).not.toEqual([]);
      expect(check(document)).toEqual(inOrder(findings));
    },
  );

  test.each(stricter)("refuses, though OpenClaw does not: %s", (_name, document, ...findings) => {
    expect(check(document)).toEqual(inOrder(findings));
  });

  test.each(open)("leaves to OpenClaw: %s", (_name, document) => {
    expect(check(document)).toEqual([]);
  });

  test.each(included)("included: %s", (_name, document, ...findings) => {
    expect(check(document)).toEqual(inOrder(findings));
  });

  test("leaves alone whatever else a configuration holds", () => {
    const known = new Set(["$schema", "$include", "models", "agents", "auth", "plugins", "env", "messages"]);
    const foreign = fc.dictionary(
      fc.string().filter((key) => !known.has(key)),
      fc.jsonValue(),
    );
    const inside = new Set(["$include", "defaults", "list", "tts"]);
    const beside = fc.dictionary(
      fc.string().filter((key) => !inside.has(key)),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(foreign, beside, (root, rest) => {
        expect(check({ ...root, agents: rest, messages: rest })).toEqual([]);
      }),
    );
  });
});

describe("the recordings", () => {
  test("are the 23 of the real program", () => {
    expect(recordings).toHaveLength(23);
  });

  test.each(recordings.map((recording) => [`${recording.before}, ${recording.choice}`, recording] as const))(
    "%s: configuration and credentials are valid before and after",
    (_name, { configBefore, configAfter, authBefore, authAfter }) => {
      if (configBefore !== null) expect(check(JSON5.parse(configBefore))).toEqual([]);
      if (authBefore !== null) expect(checkCredentials(authBefore)).toEqual([]);
      expect(check(configAfter)).toEqual([]);
      expect(checkCredentials(authAfter)).toEqual([]);
    },
  );
});
