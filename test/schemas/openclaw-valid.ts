/** Configurations OpenClaw 2026.5.6 takes: `openclaw config validate --json`, measured one by one. */

import type { Case } from "./compile.js";
import { defaults, m, p, parsed, ref, tts } from "./openclaw-documents.js";

/** OpenClaw takes them, and so does the schema. */
export const valid: Case[] = [
  ["nothing", {}],
  [
    "empty containers",
    {
      models: { providers: {} },
      agents: { defaults: { models: {} }, list: [] },
      auth: {},
      plugins: {},
      env: {},
      messages: {},
    },
  ],
  [
    "the same model id twice",
    p({
      models: [
        { id: "a", name: "A" },
        { id: "a", name: "B" },
      ],
    }),
  ],
  ["any base URL that is not empty", p({ baseUrl: "notaurl" })],
  ["variables in braces", p({ baseUrl: "${BASE}", apiKey: "${KEY}", headers: { "X-Key": "${KEY}" } })],
  ["empty key", p({ apiKey: "" })],
  [
    "secret references",
    p({
      apiKey: ref,
      headers: {
        a: { source: "file", provider: "vault", id: "/a/b~1c" },
        b: { source: "exec", provider: "v", id: "a/b:c.d" },
      },
    }),
  ],
  ["a whole file as secret", p({ apiKey: { source: "file", provider: "vault", id: "value" } })],
  ["references of a provider that is not set up", p({ apiKey: { ...ref, provider: "nowhere" } })],
  [
    "limits of a block",
    p({
      contextWindow: 1.5,
      contextTokens: 1,
      maxTokens: 0.5,
      timeoutSeconds: 1,
      injectNumCtxForOpenAICompat: true,
      authHeader: false,
      auth: "aws-sdk",
    }),
  ],
  [
    "request settings",
    p({
      request: {
        headers: { a: ref },
        auth: { mode: "provider-default" },
        proxy: { mode: "env-proxy", tls: { ca: "x" } },
        tls: { cert: ref, key: ref, passphrase: ref, serverName: "s", insecureSkipVerify: true },
        allowPrivateNetwork: true,
      },
    }),
  ],
  [
    "request with a token",
    p({
      request: {
        auth: { mode: "authorization-bearer", token: ref },
        proxy: { mode: "explicit-proxy", url: "http://proxy" },
      },
    }),
  ],
  [
    "request with a header",
    p({ request: { auth: { mode: "header", headerName: "api-key", value: "test-key-1", prefix: "Key " } } }),
  ],
  [
    "a model with every field",
    m({
      api: "ollama",
      baseUrl: "x",
      reasoning: true,
      input: ["text", "image", "video", "audio"],
      contextWindow: 1.5,
      contextTokens: 1,
      maxTokens: 1,
      cost: {
        input: -1,
        output: 0,
        cacheRead: 0.1,
        cacheWrite: 1,
        tieredPricing: [
          { input: 1, output: 1, cacheRead: 1, cacheWrite: 1, range: [1] },
          { input: 1, output: 1, cacheRead: 1, cacheWrite: 1, range: [1, 2] },
        ],
      },
      params: { x: [1, { y: null }] },
      headers: { "User-Agent": "u" },
      metadataSource: "models-add",
      compat: {
        supportsStore: true,
        reasoningEffortMap: { low: "lo" },
        maxTokensField: "max_tokens",
        thinkingFormat: "zai",
        supportedReasoningEfforts: ["low"],
        toolSchemaProfile: "",
      },
    }),
  ],
  ["prices switched on", { models: { mode: "replace", pricing: { enabled: true } } }],
  [
    "blank and dotted ids",
    {
      models: {
        providers: {
          "": { baseUrl: "x", models: [] },
          " ": { baseUrl: "x", models: [] },
          "...": { baseUrl: "x", models: [] },
          "z.ai": { baseUrl: "x", models: [] },
        },
      },
    },
  ],
  [
    "prototype names as provider ids",
    parsed(
      '{"models":{"providers":{"__proto__":{"baseUrl":"x","models":[]},"constructor":{"baseUrl":"x","models":[]}}}}',
    ),
  ],
  [
    "references without a slash",
    defaults({ model: "opus", imageGenerationModel: { primary: "", fallbacks: ["", "x"] }, models: { opus: {} } }),
  ],
  ["a slot without a primary", defaults({ model: {}, videoGenerationModel: { fallbacks: [], timeoutMs: 1 } })],
  [
    "the same alias twice, an empty one",
    defaults({
      models: {
        "a/b": { alias: "x", params: { t: 1 }, streaming: false },
        "a/c": { alias: "x" },
        "a/d": { alias: "" },
      },
    }),
  ],
  ["thinking levels beyond high", defaults({ thinkingDefault: "xhigh" })],
  [
    "odd agents",
    {
      agents: {
        list: [
          { id: "" },
          { id: "Main" },
          { id: "main", agentDir: "", model: "x", thinkingDefault: "max" },
          { id: "x", default: true },
          { id: "y", default: true },
        ],
      },
    },
  ],
  ["an order of unknown profiles", { auth: { order: { nowhere: ["a", "b"], empty: [] } } }],
  [
    "profiles",
    {
      auth: {
        profiles: {
          a: { provider: "", mode: "oauth", email: "e", displayName: "d" },
          b: { provider: "x", mode: "token" },
        },
        cooldowns: { failureWindowHours: 1 },
      },
    },
  ],
  [
    "plugins as earlier releases recorded them",
    { plugins: { installs: { notes: { source: "npm", spec: "notes@1" } } } },
  ],
  ["unknown plugins", { plugins: { allow: ["nowhere"], entries: { nowhere: { enabled: true } } } }],
  [
    "a plugin both allowed and denied",
    { plugins: { enabled: true, allow: ["kilocode"], deny: ["kilocode"], bundledDiscovery: "compat" } },
  ],
  [
    "odd variables",
    {
      env: {
        NODE_OPTIONS: "x",
        lower: "y",
        vars: { "a b": "", TEAM: "blue" },
        shellEnv: { enabled: true, timeoutMs: 0 },
      },
    },
  ],
  [
    "speech",
    tts({
      auto: "tagged",
      enabled: true,
      mode: "all",
      provider: "nowhere",
      summaryModel: "x",
      maxTextLength: 1,
      timeoutMs: 1000,
      providers: { openrouter: { apiKey: ref, model: null, x: [1], y: { z: 1 } } },
    }),
  ],
];
