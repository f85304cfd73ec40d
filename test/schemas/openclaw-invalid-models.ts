/** Models and provider blocks OpenClaw 2026.5.6 refuses (measured), and what the schema finds in them. */

import type { Case } from "./compile.js";
import { m, p, ref } from "./openclaw-documents.js";

/** OpenClaw refuses them, and so does the schema: models and provider blocks. */
export const invalidModels: Case[] = [
  ["an array", [], " type"],
  ["models as an array", { models: [] }, "/models type"],
  ["unknown key of models", { models: { foo: 1 } }, "/models additionalProperties(foo)"],
  ["unknown mode", { models: { mode: "append" } }, "/models/mode enum"],
  [
    "unknown key of pricing",
    { models: { pricing: { enabled: true, x: 1 } } },
    "/models/pricing additionalProperties(x)",
  ],
  [
    "ids that are no folder name",
    {
      models: {
        providers: Object.fromEntries(
          ["a/b", "a\\b", "a:b", ".", " .. "].map((id) => [id, { baseUrl: "x", models: [] }]),
        ),
      },
    },
    ...["a/b", "a\\b", "a:b", ".", " .. "].map((id) => `/models/providers pattern(${id})`),
  ],
  ["a null block", { models: { providers: { p: null } } }, "/models/providers/p type"],
  [
    "a block without base URL and models",
    { models: { providers: { openai: {} } } },
    "/models/providers/openai required(baseUrl)",
    "/models/providers/openai required(models)",
  ],
  ["an empty base URL", p({ baseUrl: "" }), "/models/providers/p/baseUrl pattern"],
  ["unknown key of a block", p({ base_url: "x" }), "/models/providers/p additionalProperties(base_url)"],
  ["unknown API", p({ api: "openai" }), "/models/providers/p/api enum"],
  ["unknown kind of authentication", p({ auth: "key" }), "/models/providers/p/auth enum"],
  [
    "limits of zero",
    p({ contextWindow: 0, contextTokens: 0, maxTokens: -1, timeoutSeconds: 0.5 }),
    "/models/providers/p/contextTokens exclusiveMinimum",
    "/models/providers/p/contextWindow exclusiveMinimum",
    "/models/providers/p/maxTokens exclusiveMinimum",
    "/models/providers/p/timeoutSeconds type",
  ],
  ["a number as key", p({ apiKey: 5 }), "/models/providers/p/apiKey type"],
  [
    "a setup file's key",
    p({ apiKey: { env: "A" } }),
    "/models/providers/p/apiKey additionalProperties(env)",
    "/models/providers/p/apiKey required(id)",
    "/models/providers/p/apiKey required(provider)",
    "/models/providers/p/apiKey required(source)",
  ],
  [
    "a reference without provider",
    p({ apiKey: { source: "env", id: "A" } }),
    "/models/providers/p/apiKey required(provider)",
  ],
  [
    "a reference to a lower-case variable",
    p({ apiKey: { ...ref, id: "key" } }),
    "/models/providers/p/apiKey/id pattern",
  ],
  [
    "a reference with an odd alias",
    p({ apiKey: { ...ref, provider: "Default" } }),
    "/models/providers/p/apiKey/provider pattern",
  ],
  [
    "a reference into a file, no pointer",
    p({ apiKey: { source: "file", provider: "v", id: "notpointer" } }),
    "/models/providers/p/apiKey/id pattern",
  ],
  [
    "a reference into a file, bad escape",
    p({ apiKey: { source: "file", provider: "v", id: "/a~2" } }),
    "/models/providers/p/apiKey/id pattern",
  ],
  [
    "a reference to a command, climbing",
    p({ apiKey: { source: "exec", provider: "v", id: "a/../b" } }),
    "/models/providers/p/apiKey/id pattern",
  ],
  ["a number as header", p({ headers: { a: 1 } }), "/models/providers/p/headers/a type"],
  [
    "a header with a token",
    p({ request: { auth: { mode: "header", headerName: "x", value: "v", token: "t" } } }),
    "/models/providers/p/request/auth additionalProperties(token)",
  ],
  [
    "a bearer without token",
    p({ request: { auth: { mode: "authorization-bearer" } } }),
    "/models/providers/p/request/auth required(token)",
  ],
  [
    "a proxy without URL",
    p({ request: { proxy: { mode: "explicit-proxy" } } }),
    "/models/providers/p/request/proxy required(url)",
  ],
  [
    "authentication without and of an unknown mode",
    p({ request: { auth: {}, proxy: { mode: "socks" } } }),
    "/models/providers/p/request/auth required(mode)",
    "/models/providers/p/request/proxy/mode enum",
  ],
  ["models by id", p({ models: { a: {} } }), "/models/providers/p/models type"],
  ["a model without name", p({ models: [{ id: "a" }] }), "/models/providers/p/models/0 required(name)"],
  [
    "a model without id, a null one",
    p({ models: [{ name: "a" }, null] }),
    "/models/providers/p/models/0 required(id)",
    "/models/providers/p/models/1 type",
  ],
  [
    "empty id and name",
    m({ id: "", name: "" }),
    "/models/providers/p/models/0/id pattern",
    "/models/providers/p/models/0/name pattern",
  ],
  [
    "unknown key of a model",
    m({ contextLength: 1 }),
    "/models/providers/p/models/0 additionalProperties(contextLength)",
  ],
  ["unknown input", m({ input: ["pdf"] }), "/models/providers/p/models/0/input/0 enum"],
  [
    "limits of a model",
    m({ contextWindow: 0, contextTokens: 1.5, maxTokens: "1" }),
    "/models/providers/p/models/0/contextTokens type",
    "/models/providers/p/models/0/contextWindow exclusiveMinimum",
    "/models/providers/p/models/0/maxTokens type",
  ],
  ["a limit beyond counting", m({ contextTokens: 1e300 }), "/models/providers/p/models/0/contextTokens maximum"],
  ["an infinite price", m({ cost: { input: Infinity } }), "/models/providers/p/models/0/cost/input type"],
  [
    "price ranges",
    m({
      cost: {
        tieredPricing: [
          { input: 1, output: 1, cacheRead: 1, cacheWrite: 1, range: [] },
          { input: 1, output: 1, cacheRead: 1, cacheWrite: 1, range: [1, 2, 3] },
          {},
        ],
      },
    }),
    "/models/providers/p/models/0/cost/tieredPricing/0/range minItems",
    "/models/providers/p/models/0/cost/tieredPricing/1/range maxItems",
    ...["input", "output", "cacheRead", "cacheWrite", "range"].map(
      (key) => `/models/providers/p/models/0/cost/tieredPricing/2 required(${key})`,
    ),
  ],
  ["a model header that is a reference", m({ headers: { a: ref } }), "/models/providers/p/models/0/headers/a type"],
  [
    "unknown compat key, empty effort",
    m({ compat: { openRouterRouting: {}, reasoningEffortMap: { low: "" } } }),
    "/models/providers/p/models/0/compat additionalProperties(openRouterRouting)",
    "/models/providers/p/models/0/compat/reasoningEffortMap/low minLength",
  ],
  ["another origin", m({ metadataSource: "me" }), "/models/providers/p/models/0/metadataSource const"],
  [
    "prices of their own",
    m({
      cost: { reasoning: 1, tieredPricing: [{ input: 1, output: 1, cacheRead: 1, cacheWrite: 1, range: [1], x: 1 }] },
    }),
    "/models/providers/p/models/0/cost additionalProperties(reasoning)",
    "/models/providers/p/models/0/cost/tieredPricing/0 additionalProperties(x)",
  ],
  ["no time at all", p({ timeoutSeconds: 0 }), "/models/providers/p/timeoutSeconds exclusiveMinimum"],
  ["time beyond counting", p({ timeoutSeconds: 1e300 }), "/models/providers/p/timeoutSeconds maximum"],
  [
    "unknown compat words, empty ones",
    m({
      compat: {
        maxTokensField: "n",
        thinkingFormat: "x",
        visibleReasoningDetailTypes: [""],
        supportedReasoningEfforts: [""],
        unsupportedToolSchemaKeywords: [""],
        reasoningEffortMap: { "": "x" },
      },
    }),
    "/models/providers/p/models/0/compat/maxTokensField enum",
    "/models/providers/p/models/0/compat/reasoningEffortMap minLength()",
    "/models/providers/p/models/0/compat/supportedReasoningEfforts/0 minLength",
    "/models/providers/p/models/0/compat/thinkingFormat enum",
    "/models/providers/p/models/0/compat/unsupportedToolSchemaKeywords/0 minLength",
    "/models/providers/p/models/0/compat/visibleReasoningDetailTypes/0 minLength",
  ],
];
