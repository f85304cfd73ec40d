/** Whatever a configuration looks like: planning what was imported from it changes nothing, and no secret is in it. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { importFrom } from "../../src/importing.js";
import { loadCatalog, plan } from "../../src/index.js";
import { deepEqual } from "../../src/json.js";
import { type MemoryDocuments, memoryGround } from "../../src/memory.js";
import { parseText } from "../../src/text/index.js";
import type { Json } from "../../src/types.js";

const surroundings = { env: {}, osHome: "/home/nobody", cwd: "/", readInput: () => "" };
const secret = "sk-test-secret-0123456789";

const cards = [...loadCatalog().values()];
const ids = [
  "kilocode",
  "Kilocode",
  "openrouter",
  "moonshot",
  "zai",
  "z.ai",
  "kimi-code",
  "kimi",
  "minimax",
  "mine",
  "constructor",
];
const id = fc.constantFrom(...ids);
const some = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value> => arbitrary;
const odd = fc.constantFrom<Json>(null, 5, "", " ", [], {}, "${NAME}", {
  source: "env",
  provider: "default",
  id: "X_KEY",
});
const mostly = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 12, arbitrary }, { weight: 1, arbitrary: odd });
const word = fc.constantFrom("a", "b", "é\u202e\u001b[2J", "x/y", "kilo/auto", "line\nbreak", "*/", "'\"");
const record = <Shape extends Record<string, unknown>>(shape: {
  [Key in keyof Shape]: fc.Arbitrary<Shape[Key]>;
}): fc.Arbitrary<unknown> => fc.record(shape, { requiredKeys: [], noNullPrototype: true });

const model = fc.oneof(
  record({
    id: mostly(word),
    name: mostly(word),
    contextWindow: mostly(fc.constantFrom(1000, 0.5)),
    headers: mostly(record({ "User-Agent": some(word), Authorization: fc.constant(`Bearer ${secret}`) })),
    compat: mostly(record({ supportsDeveloperRole: fc.boolean(), inventedHere: fc.boolean() })),
    inventedHere: word,
  }),
  fc.constantFrom(...cards.flatMap(({ models }) => models ?? [])),
);
const card = fc.constantFrom(...cards.filter(({ baseUrl }) => baseUrl !== undefined));
const block = fc.oneof(
  record({
    baseUrl: mostly(fc.constantFrom("http://x.test/v1", "https://api.moonshot.cn/v1", `https://u:${secret}@x.test`)),
    api: mostly(fc.constantFrom("openai-completions", "anthropic-messages")),
    apiKey: mostly(fc.constantFrom(secret, ` ${secret} `, "${KEY}")),
    headers: mostly(record({ "X-Api-Key": fc.constant(secret), "X-Team": some(word) })),
    timeoutSeconds: mostly(fc.constant(30)),
    inventedHere: word,
    models: mostly(fc.array(mostly(model), { maxLength: 3 })),
  }),
  card.map(({ baseUrl, api, models }) => ({ baseUrl, ...(api === undefined ? {} : { api }), models: models ?? [] })),
);
const ref = fc.oneof(
  fc.tuple(id, word).map(([provider, name]) => `${provider}/${name}`),
  word,
  fc.constantFrom(...cards.flatMap(({ defaultModel }) => defaultModel ?? [])),
);
const slot = mostly(
  fc.oneof(
    ref,
    record({
      primary: mostly(ref),
      fallbacks: mostly(fc.array(mostly(ref), { maxLength: 3 })),
      timeoutMs: mostly(fc.constant(5000)),
    }),
  ),
);
const profile = fc.constantFrom(
  "kilocode:default",
  "kilocode:work",
  "moonshot:default",
  "zai:default",
  "mine:default",
  "openrouter:default",
);
const providerOf = (name: string): string => name.split(":")[0] as string;
const configProfiles = fc
  .dictionary(profile, fc.constantFrom("api_key", "oauth"), { noNullPrototype: true })
  .map((entries) =>
    Object.fromEntries(Object.entries(entries).map(([name, mode]) => [name, { provider: providerOf(name), mode }])),
  );
const config = record({
  models: mostly(
    record({
      mode: mostly(fc.constantFrom("merge", "replace")),
      providers: mostly(fc.dictionary(id, mostly(block), { maxKeys: 3, noNullPrototype: true })),
    }),
  ),
  agents: mostly(
    record({
      defaults: mostly(
        record({
          model: slot,
          imageGenerationModel: slot,
          videoGenerationModel: slot,
          models: mostly(
            fc.dictionary(
              ref,
              mostly(record({ alias: mostly(word), params: mostly(fc.constant({ temperature: 1 })) })),
              { maxKeys: 4, noNullPrototype: true },
            ),
          ),
          thinkingDefault: mostly(fc.constantFrom("low", "high", "wild")),
        }),
      ),
    }),
  ),
  auth: mostly(
    record({
      profiles: mostly(configProfiles),
      order: mostly(
        fc.dictionary(id, mostly(fc.array(profile, { maxLength: 3 })), { maxKeys: 2, noNullPrototype: true }),
      ),
    }),
  ),
  plugins: mostly(
    record({
      enabled: fc.boolean(),
      allow: mostly(fc.array(id, { maxLength: 2 })),
      deny: mostly(fc.array(id, { maxLength: 1 })),
      entries: mostly(
        fc.dictionary(id, fc.record({ enabled: fc.boolean() }, { noNullPrototype: true }), {
          maxKeys: 2,
          noNullPrototype: true,
        }),
      ),
    }),
  ),
  messages: mostly(
    record({
      tts: mostly(
        record({
          provider: mostly(id),
          auto: mostly(fc.constantFrom("always", "never")),
          providers: mostly(
            fc.dictionary(id, record({ model: mostly(word), apiKey: fc.constant(secret) }), {
              maxKeys: 2,
              noNullPrototype: true,
            }),
          ),
        }),
      ),
    }),
  ),
  env: mostly(
    record({
      vars: mostly(
        fc.dictionary(fc.constantFrom("TEAM", "X_API_KEY", "bad name"), fc.constantFrom("blue", secret), {
          noNullPrototype: true,
        }),
      ),
    }),
  ),
});
const credential = (name: string): fc.Arbitrary<unknown> =>
  mostly(
    fc.oneof(
      fc.constantFrom(
        { type: "api_key", provider: providerOf(name), key: secret },
        { type: "api_key", provider: providerOf(name), keyRef: { source: "env", provider: "default", id: "X_KEY" } },
        { type: "oauth", provider: providerOf(name), access: secret },
      ),
    ),
  );
const store = fc
  .array(
    profile.chain((name) => credential(name).map((entry) => [name, entry] as const)),
    { maxLength: 4 },
  )
  .map((entries) => ({ version: 1, profiles: Object.fromEntries(entries) }));

test.each([false, true])("with secrets: %s", (includeSecrets) => {
  let said = 0;
  fc.assert(
    fc.property(config, store, (present, auth) => {
      const on = { config: present, auth } as MemoryDocuments;
      const { text, setup } = importFrom(memoryGround(on), surroundings, { includeSecrets });
      expect(deepEqual(parseText(text, "clawform.json5"), setup), "the text says the setup").toBe(true);
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      if (!includeSecrets) expect(text).not.toContain(secret);
      const { changes, problems } = plan(text, { on, env: {} });
      expect(changes.map(({ patch }) => patch)).toEqual([]);
      // What is refused whatever is planned is no fault of the setup's.
      if (Object.keys(setup).length > 0) expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
      said += Object.keys(setup).length;
    }),
    // Each run plans dozens of times.
    { numRuns: Number(process.env["CLAWFORM_RUNS"] ?? 100) },
  );
  expect(said, "and it says something").toBeGreaterThan(100);
});
