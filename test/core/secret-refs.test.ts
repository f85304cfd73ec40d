/** References to secrets: their own form is the schema's, what the configuration declares is checked here. */

import { describe, expect, test } from "vitest";
import { secretRefProblems } from "../../src/core/secret-refs.js";
import type { OpenClawConfig, SecretRef } from "../../src/types.js";
import { makeHome, store } from "../cli/harness.js";

const env = (provider = "default", id = "A_KEY"): SecretRef => ({ source: "env", provider, id });
const declared = (providers: object, defaults?: object): { secrets: object } => ({
  secrets: { providers, ...(defaults ? { defaults } : {}) },
});

describe("secretRefProblems", () => {
  test.each<[string, SecretRef, OpenClawConfig, string[]]>([
    ["env without a declaration", env(), {}, []],
    ["env by the default alias", env("team"), { secrets: { defaults: { env: " team " } } }, []],
    ["env by another alias", env("team"), {}, ["warning secret-provider-missing"]],
    [
      "env by default, where another is the default",
      env(),
      { secrets: { defaults: { env: "team" } } },
      ["warning secret-provider-missing"],
    ],
    [
      "a file without a declaration",
      { source: "file", provider: "default", id: "value" },
      {},
      ["warning secret-provider-missing"],
    ],
    ["a declared file", { source: "file", provider: "vault", id: "/a/b" }, declared({ vault: { source: "file" } }), []],
    [
      "another source",
      { source: "exec", provider: "vault", id: "a" },
      declared({ vault: { source: "file" } }),
      ["error secret-source"],
    ],
    ["allowed", env("team"), declared({ team: { source: "env", allowlist: ["A_KEY"] } }), []],
    [
      "not allowed",
      env("team"),
      declared({ team: { source: "env", allowlist: ["B_KEY"] } }),
      ["error secret-not-allowed"],
    ],
    [
      "an empty list allows nothing",
      env("team"),
      declared({ team: { source: "env", allowlist: [] } }),
      ["error secret-not-allowed"],
    ],
    ["an alias that cannot be one", env("Team!"), {}, ["error secret-alias"]],
    ["a prototype's name", env("constructor"), {}, ["warning secret-provider-missing"]],
    ["a broken section", env("team"), { secrets: 7 }, ["warning secret-provider-missing"]],
  ])("%s", (_name, ref, config, said) => {
    expect(secretRefProblems(ref, config, "it").map(({ severity, code }) => `${severity} ${code}`)).toEqual(said);
  });
});

const setup = (apiKey: object): string => JSON.stringify({ providers: { kilocode: { apiKey } } });

describe("in a setup", () => {
  test.each<[string, object, RegExp]>([
    ["a variable in small letters", { source: "env", provider: "default", id: "a_key" }, /capitals/],
    ["a place that is no pointer", { source: "file", provider: "v", id: "a/b" }, /absolute JSON pointer/],
    ["a bad escape", { source: "file", provider: "v", id: "/a~2" }, /absolute JSON pointer/],
    ["a way out of the command's names", { source: "exec", provider: "v", id: "a/../b" }, /no `\.` or `\.\.`/],
    ["no provider", { source: "env", id: "A" }, /provider/],
    ["one key more", { source: "env", provider: "default", id: "A", extra: 1 }, /extra/],
  ])("%s is refused", async (_name, ref, said) => {
    const home = makeHome({ "clawform.json5": setup(ref) });
    const { code, err } = await home.run(["plan"]);
    expect([code, err.replaceAll(/\s+/g, " ")]).toEqual([65, expect.stringMatching(said)]);
  });

  test("a key takes a reference's place and the other way round, for every agent, and the allow list holds", async () => {
    const home = makeHome({
      ".openclaw/openclaw.json": JSON.stringify({
        agents: { list: [{ id: "main" }, { id: "work" }] },
        secrets: { providers: { team: { source: "env", allowlist: ["OTHER"] } } },
      }),
    });
    const agents = ["--agent", "main", "--agent", "work", "--yes"];
    const stored = (): unknown[] =>
      [store, ".openclaw/agents/work/agent/auth-profiles.json"].map(
        (file) => (JSON.parse(home.read(file)) as { profiles: object }).profiles,
      );
    const credential = { type: "api_key", provider: "kilocode" };
    const both = (secret: object): unknown[] => {
      const profiles = { "kilocode:default": { ...credential, ...secret } };
      return [profiles, profiles];
    };
    const ref = env();
    for (const [apiKey, secret] of [
      [ref, { keyRef: ref }],
      [{ env: "K" }, { key: "test-key-1" }],
      [ref, { keyRef: ref }],
    ] as const) {
      home.write("clawform.json5", setup(apiKey));
      expect(await home.run(["apply", ...agents], { env: { K: "test-key-1" } })).toMatchObject({ code: 0 });
      expect(stored()).toEqual(both(secret));
    }
    home.write("clawform.json5", setup(env("team")));
    const { code, err } = await home.run(["apply", ...agents]);
    expect([code, err.replaceAll(/\s+/g, " ")]).toEqual([
      65,
      expect.stringContaining("secrets.providers.team.allowlist"),
    ]);
    expect(stored()).toEqual(both({ keyRef: ref }));
  });
});
