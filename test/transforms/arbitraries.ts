/** Random but valid documents and step inputs, with what real files have: foreign keys, odd ids, both forms of a model. */

import fc, { type Arbitrary } from "fast-check";
import type { Documents, JsonObject } from "../../src/types.js";

const word = fc.constantFrom("a", "B", "x y", "ü", "a~b", "constructor", "toString", "1");
const providerId = fc.constantFrom(
  "kilocode",
  "Kilocode",
  "KILOCODE",
  "openrouter",
  "z.ai",
  "zai",
  "kimi",
  "kimi-code",
  "my vllm",
  "toString",
  "~",
);
const modelId = fc.constantFrom("kilo/auto", "auto", "glm-5.1", "a~b/c", "kimi-code", "x:free");
const ref = fc.tuple(providerId, modelId).map(([provider, model]) => `${provider}/${model}`);
const profileId = fc
  .tuple(providerId, fc.constantFrom("default", "work", "me@example.com"))
  .map(([provider, name]) => `${provider}:${name}`);
const mode = fc.constantFrom("api_key" as const, "oauth" as const, "token" as const);
const foreign = fc.dictionary(
  fc.constantFrom("x-own", "authz", "é/~", "toJSON"),
  fc.oneof(fc.string({ maxLength: 3 }), fc.integer(), fc.constant(null), fc.constant({ deep: [1, {}] })),
  { maxKeys: 2 },
);

/** An object with any of these members, and foreign ones where `open`. */
function some(members: { [key: string]: Arbitrary<unknown> }, open = true): Arbitrary<JsonObject> {
  const known = fc.record(members, { requiredKeys: [] });
  return (open ? fc.tuple(foreign, known).map(([own, rest]) => ({ ...own, ...rest })) : known) as Arbitrary<JsonObject>;
}

const secretRef = fc.constant({ source: "env", provider: "default", id: "SOME_KEY" });
const model = fc
  .tuple(
    modelId,
    some(
      {
        contextWindow: fc.integer({ min: 1, max: 9e6 }),
        reasoning: fc.boolean(),
        headers: fc.constant({ "X-A": "b" }),
      },
      false,
    ),
  )
  .map(([id, rest]) => ({ id, name: id, ...rest }));
const models = fc.uniqueArray(model, { selector: ({ id }) => id, maxLength: 3 });
const block = fc
  .tuple(
    models,
    some(
      {
        api: fc.constantFrom("openai-completions", "anthropic-messages"),
        apiKey: fc.oneof(fc.constantFrom("test-key", "  test-key ", "${KEY}"), secretRef),
        headers: fc.constant({ "X-Team": "blue" }),
      },
      false,
    ),
  )
  .map(([list, rest]) => ({ baseUrl: "https://own.example/v1", ...rest, models: list }));
const slot = fc.oneof(
  ref,
  some(
    { primary: ref, fallbacks: fc.array(ref, { maxLength: 3 }), timeoutMs: fc.integer({ min: 1, max: 1e6 }) },
    false,
  ),
);
const configProfile = fc
  .tuple(providerId, mode, some({ email: fc.constant("me@example.com"), displayName: word }, false))
  .map(([provider, kind, rest]) => ({ provider, mode: kind, ...rest }));

const config = some({
  models: some(
    {
      mode: fc.constantFrom("merge", "replace"),
      pricing: fc.constant({ enabled: false }),
      providers: fc.dictionary(providerId, block, { maxKeys: 3 }),
    },
    false,
  ),
  agents: some({
    defaults: some({
      model: slot,
      imageGenerationModel: slot,
      videoGenerationModel: slot,
      thinkingDefault: fc.constantFrom("off", "low", "high"),
      models: fc.dictionary(
        ref,
        some({ alias: word, params: fc.constant({ temperature: 0.3 }), streaming: fc.boolean() }, false),
        { maxKeys: 3 },
      ),
    }),
    list: fc.array(
      fc.tuple(fc.constantFrom("main", "work"), some({ model: slot })).map(([id, rest]) => ({ ...rest, id })),
      { maxLength: 2 },
    ),
  }),
  auth: some({
    profiles: fc.dictionary(profileId, configProfile, { maxKeys: 3 }),
    order: fc.dictionary(providerId, fc.uniqueArray(profileId, { maxLength: 3 }), { maxKeys: 2 }),
  }),
  plugins: some({
    enabled: fc.boolean(),
    allow: fc.array(providerId, { maxLength: 2 }),
    deny: fc.array(providerId, { maxLength: 2 }),
    entries: fc.dictionary(providerId, some({ enabled: fc.boolean(), config: fc.constant({ a: 1 }) }, false), {
      maxKeys: 2,
    }),
  }),
  env: some(
    { vars: fc.dictionary(fc.constantFrom("TEAM", "KILOCODE_API_KEY"), word, { maxKeys: 2 }), DIRECT: word },
    false,
  ),
  messages: some({
    tts: some(
      {
        auto: fc.constantFrom("off", "always"),
        provider: word,
        providers: fc.dictionary(providerId, some({ voice: word, model: word }), { maxKeys: 2 }),
      },
      false,
    ),
  }),
  channels: fc.constant({ own: { token: "${T}" } }),
});

const credential = fc.oneof(
  some({ email: fc.constant("me@example.com"), metadata: fc.constant({ team: "t" }) }).map((rest) => ({
    ...rest,
    type: "api_key",
    provider: "kilocode",
    key: "test-old",
  })),
  some({}).map((rest) => ({
    ...rest,
    type: "oauth",
    provider: "anthropic",
    access: "test-a",
    refresh: "test-r",
    expires: 1,
  })),
);
const store = some({
  version: fc.constantFrom(1, 7),
  profiles: fc.dictionary(profileId, credential, { maxKeys: 3 }),
  order: fc.constant({ kilocode: ["kilocode:b"] }),
  usageStats: fc.constant({ "kilocode:b": { lastUsed: 1 } }),
});

/** Valid documents. */
export const documents: Arbitrary<Documents> = fc
  .tuple(config, fc.dictionary(fc.constantFrom("main", "work"), store, { maxKeys: 2 }))
  .map(([value, auth]) => ({ config: value, auth }));

const refs = fc.array(ref, { maxLength: 3 });
const agents = fc.uniqueArray(fc.constantFrom("main", "work", "ops"), { minLength: 1, maxLength: 2 });
const fields = some(
  {
    baseUrl: fc.constant("https://card.example/"),
    api: fc.constant("openai-completions"),
    headers: fc.constant({ "X-B": "c" }),
  },
  false,
);
const complete = fields.map((given) => ({ baseUrl: "https://card.example/", ...given }));

/** Valid inputs of every transform, by name. */
export const inputs: { readonly [name: string]: Arbitrary<JsonObject> } = {
  "provider-id": fc.record({
    provider: fc.constantFrom("kilocode", "zai", "kimi", "qwen"),
    places: fc.subarray(["models", "auth"]),
  }),
  "plugin-entry": fc.record({ plugin: providerId, force: fc.boolean() }),
  "auth-profile": fc.record(
    {
      profile: profileId,
      provider: providerId,
      mode: fc.constant("api_key"),
      agents,
      credential: fc.constantFrom(
        { type: "api_key", provider: "kilocode", key: "test-new" },
        {
          type: "api_key",
          provider: "kilocode",
          keyRef: { source: "env", provider: "default", id: "K" },
          metadata: { accountId: "1" },
        },
        { type: "token", provider: "kilocode", token: "test-token", expires: 7 },
        { type: "token", provider: "kilocode", tokenRef: { source: "env", provider: "default", id: "K" } },
      ),
      storeOnly: fc.boolean(),
      gap: fc.boolean(),
    },
    { requiredKeys: ["profile", "provider", "mode", "agents"] },
  ),
  "auth-order": fc.record({ profile: profileId, provider: providerId }),
  "models-mode": fc.record({ mode: fc.constantFrom("merge", "replace") }),
  "provider-block": fc.record(
    {
      provider: providerId,
      fields: complete,
      defaults: fields,
      models,
      unlessModel: modelId,
      keyMarker: fc.constant("K_KEY"),
    },
    { requiredKeys: ["provider", "fields"] },
  ),
  "model-settings": fc.record({
    provider: providerId,
    model: modelId,
    settings: some(
      {
        contextWindow: fc.integer({ min: 1, max: 9e6 }),
        headers: fc.constant({ "User-Agent": "KimiCLI/0.77" }),
        compat: fc.constant({ supportsDeveloperRole: false }),
      },
      false,
    ),
  }),
  "model-alias": fc.record(
    { ref, alias: word, declared: fc.boolean(), params: fc.constant({ thinking: "medium" }) },
    { requiredKeys: ["ref"] },
  ),
  "primary-model": fc.record({ model: ref }),
  fallbacks: fc
    .record(
      { slot: fc.constantFrom("model", "imageGenerationModel"), set: refs, append: refs, prepend: refs, remove: refs },
      { requiredKeys: [] },
    )
    .filter((input) => Object.keys(input).some((key) => key !== "slot")),
  "media-model": fc.record(
    {
      slot: fc.constantFrom("imageGenerationModel", "videoGenerationModel"),
      primary: ref,
      timeoutMs: fc.integer({ min: 1, max: 1e6 }),
      declared: fc.boolean(),
    },
    { requiredKeys: ["slot", "primary"] },
  ),
  "text-to-speech": fc.record(
    {
      provider: providerId,
      auto: fc.constantFrom("always", "off"),
      settings: some({ model: word, voice: word }, false),
    },
    { requiredKeys: ["provider", "settings"] },
  ),
  "thinking-default": fc.record(
    { level: fc.constantFrom("off", "low", "high"), declared: fc.boolean() },
    { requiredKeys: ["level"] },
  ),
  "env-vars": fc.record({ vars: fc.dictionary(fc.constantFrom("TEAM", "A_B"), word, { minKeys: 1, maxKeys: 2 }) }),
  repair: fc.oneof(
    fc.record(
      {
        set: fc.array(
          fc.constantFrom(
            { pointer: "/agents/defaults/model/fallbacks", value: ["kilocode/kilo/auto"] },
            { pointer: "/models/providers/kilocode/baseUrl", value: "https://repaired.example/v1" },
            { pointer: "/env/vars/TEAM", value: "blue" },
          ),
          { maxLength: 2 },
        ),
        remove: fc.subarray([
          "/auth/order/kilocode",
          "/agents/defaults/models/kilocode~1kilo~1auto",
          "/nowhere/at/all",
        ]),
      },
      { requiredKeys: [] },
    ),
    fc.record({
      agent: fc.constantFrom("main", "ops"),
      set: fc.constant([{ pointer: "/profiles/kilocode:default/key", value: "test-clean" }]),
    }),
  ) as Arbitrary<JsonObject>,
};
