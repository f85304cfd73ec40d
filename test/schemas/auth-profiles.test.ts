import { describe, expect, test } from "vitest";
import { createChecker, inOrder } from "./compile.js";
import type { Case } from "./compile.js";

const check = createChecker("auth-profiles");
const ref = { source: "env", provider: "default", id: "TEST_KEY" };

/** A store with one credential `a`. */
const a = (fields: object): object => ({ version: 1, profiles: { a: { type: "api_key", provider: "p", ...fields } } });

const accepted: Case[] = [
  ["nothing", {}],
  ["an empty store", { version: 1, profiles: {} }],
  ["another version", { version: 7 }],
  ["a key", a({ key: "test-key-1" })],
  ["no key", a({})],
  ["a key in braces", a({ key: "${TEST_KEY}" })],
  ["a reference to a key", a({ keyRef: ref })],
  ["a reference without provider, as older stores have", a({ keyRef: { source: "env", id: "TEST_KEY" } })],
  ["a token", a({ type: "token", token: "test-token-1", expires: 1999999999999 })],
  ["a reference to a token", a({ type: "token", tokenRef: { source: "exec", provider: "vault", id: "a/b" } })],
  ["oauth", a({ type: "oauth", access: "test-access", refresh: "test-refresh", expires: 1, email: "me@example.com" })],
  ["metadata", a({ metadata: { accountId: "x", empty: "" } })],
  ["unknown fields anywhere", { ...a({ zzz: [1], email: 5 }), extra: { a: 1 } }],
  ["order, last good and usage", { order: { p: ["a"] }, lastGood: { p: "a" }, usageStats: { a: { errorCount: 0 } } }],
  [
    "prototype names as profile ids",
    JSON.parse(
      '{"profiles":{"__proto__":{"type":"token","provider":"p"},"constructor":{"type":"token","provider":"p"}}}',
    ),
  ],
];

const refused: Case[] = [
  ["an array", [], " type"],
  ["null", null, " type"],
  ["a version as text", { version: "1" }, "/version type"],
  ["a version with a fraction", { version: 1.5 }, "/version type"],
  ["profiles as a list", { profiles: [] }, "/profiles type"],
  [
    "profiles that are no objects",
    { profiles: { a: "test-key-1", b: null, c: [] } },
    "/profiles/a type",
    "/profiles/b type",
    "/profiles/c type",
  ],
  [
    "a credential without kind and provider",
    { profiles: { a: {} } },
    "/profiles/a required(provider)",
    "/profiles/a required(type)",
  ],
  ["an unknown kind", a({ type: "aws" }), "/profiles/a/type enum"],
  ["a blank provider", a({ provider: " " }), "/profiles/a/provider pattern"],
  ["a provider that is no text", a({ provider: 1 }), "/profiles/a/provider type"],
  ["a key that is a reference", a({ key: ref }), "/profiles/a/key type"],
  [
    "a reference that is text",
    a({ keyRef: "${TEST_KEY}", tokenRef: "x" }),
    "/profiles/a/keyRef type",
    "/profiles/a/tokenRef type",
  ],
  ["a reference with more", a({ keyRef: { ...ref, key: "x" } }), "/profiles/a/keyRef additionalProperties(key)"],
  [
    "an unfinished reference",
    a({ keyRef: { provider: "default" } }),
    "/profiles/a/keyRef required(id)",
    "/profiles/a/keyRef required(source)",
  ],
  ["a reference to a lower-case variable", a({ tokenRef: { ...ref, id: "x" } }), "/profiles/a/tokenRef/id pattern"],
  ["metadata that is no text", a({ metadata: { n: 1 } }), "/profiles/a/metadata/n type"],
  ["metadata as a list", a({ metadata: [] }), "/profiles/a/metadata type"],
  [
    "order, last good and usage that are no objects",
    { order: [], lastGood: "a", usageStats: null },
    "/lastGood type",
    "/order type",
    "/usageStats type",
  ],
];

describe("auth-profiles.json", () => {
  test.each(accepted)("takes %s", (_name, document) => {
    expect(check(document)).toEqual([]);
  });

  test.each(refused)("refuses %s", (_name, document, ...findings) => {
    expect(check(document)).toEqual(inOrder(findings));
  });
});
