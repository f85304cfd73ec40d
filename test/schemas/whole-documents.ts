/** Documents that use every key the schemas know, and the places in them where anything goes. */

import { ref } from "./openclaw-documents.js";

const tls = {
  ca: "pem",
  cert: ref,
  key: ref,
  passphrase: "test-passphrase",
  serverName: "s",
  insecureSkipVerify: false,
};

const compat = {
  supportsStore: true,
  supportsPromptCacheKey: true,
  supportsDeveloperRole: false,
  supportsReasoningEffort: true,
  supportsUsageInStreaming: true,
  supportsTools: true,
  supportsStrictMode: true,
  requiresStringContent: false,
  visibleReasoningDetailTypes: ["a"],
  supportedReasoningEfforts: ["low"],
  reasoningEffortMap: { low: "lo" },
  maxTokensField: "max_tokens",
  thinkingFormat: "openai",
  requiresToolResultName: false,
  requiresAssistantAfterToolResult: false,
  requiresThinkingAsText: false,
  toolSchemaProfile: "a",
  unsupportedToolSchemaKeywords: ["pattern"],
  nativeWebSearchTool: false,
  toolCallArgumentsEncoding: "a",
  requiresMistralToolIds: false,
  requiresOpenAiAnthropicToolPayload: false,
};

const model = {
  id: "a",
  name: "A",
  api: "openai-completions",
  baseUrl: "https://llm.example/v1",
  reasoning: true,
  input: ["text"],
  cost: {
    input: 1,
    output: 1,
    cacheRead: 1,
    cacheWrite: 1,
    tieredPricing: [{ input: 1, output: 1, cacheRead: 1, cacheWrite: 1, range: [0, 1] }],
  },
  contextWindow: 1,
  contextTokens: 1,
  maxTokens: 1,
  params: { free: 1 },
  headers: { "User-Agent": "u" },
  compat,
  metadataSource: "models-add",
};

const block = {
  baseUrl: "https://llm.example/v1",
  auth: "api-key",
  api: "openai-completions",
  contextWindow: 1,
  contextTokens: 1,
  maxTokens: 1,
  timeoutSeconds: 1,
  injectNumCtxForOpenAICompat: true,
  params: { free: 1 },
  headers: { "X-A": "b", "X-B": ref },
  authHeader: true,
  request: {
    headers: { "X-A": ref },
    auth: { mode: "header", headerName: "api-key", value: ref, prefix: "Key " },
    proxy: { mode: "explicit-proxy", url: "http://proxy.example", tls },
    tls,
    allowPrivateNetwork: true,
  },
  models: [model],
};

/** The other forms a request's authentication and proxy take. */
const otherRequest = { auth: { mode: "authorization-bearer", token: ref }, proxy: { mode: "env-proxy", tls } };

const slot = { primary: "p/a", fallbacks: ["p/b"], timeoutMs: 1 };

/** An `openclaw.json` with every key clawform's schema knows but `$include`. */
export const wholeConfig: object = {
  $schema: "s",
  models: {
    mode: "merge",
    providers: { p: { ...block, apiKey: ref }, q: { baseUrl: "x", models: [], request: otherRequest } },
    pricing: { enabled: true },
  },
  agents: {
    defaults: {
      model: slot,
      imageGenerationModel: slot,
      videoGenerationModel: slot,
      models: { "p/a": { alias: "a", params: { free: 1 }, streaming: true } },
      thinkingDefault: "low",
    },
    list: [{ id: "main", agentDir: "d" }],
  },
  auth: {
    profiles: { "p:default": { provider: "p", mode: "api_key", email: "e", displayName: "d" } },
    order: { p: ["p:default"] },
    cooldowns: { free: 1 },
  },
  plugins: {
    enabled: true,
    allow: ["p"],
    deny: ["q"],
    entries: { p: { enabled: true, hooks: { free: 1 }, subagent: { free: 1 }, config: { free: 1 } } },
    load: { free: 1 },
    slots: { free: 1 },
    bundledDiscovery: "compat",
    installs: { free: 1 },
  },
  env: { DIRECT: "a", vars: { TEAM: "blue" }, shellEnv: { enabled: true, timeoutMs: 1 } },
  messages: {
    tts: {
      auto: "always",
      enabled: true,
      mode: "final",
      provider: "p",
      persona: "a",
      personas: { free: 1 },
      summaryModel: "a",
      modelOverrides: { free: 1 },
      providers: { p: { apiKey: ref, free: 1 } },
      prefsPath: "a",
      maxTextLength: 1,
      timeoutMs: 1000,
    },
  },
};

const edits = { append: ["p/b"], prepend: ["p/c"], remove: ["p/d"] };

/** A setup with every key its schema knows. */
export const wholeSetup: object = {
  $schema: "s",
  agents: ["main"],
  providers: {
    p: {
      ...block,
      catalog: false,
      choice: "p-api-key",
      profile: "p:default",
      apiKey: { env: "TEST_KEY" },
      parameters: { accountId: "a" },
    },
    q: { apiKey: { file: "/run/secrets/q" }, request: otherRequest },
    r: { apiKey: { stdin: true } },
    s: { apiKey: ref },
  },
  model: { primary: "p/a", fallbacks: edits, timeoutMs: 1, register: false },
  aliases: { "p/a": "a" },
  imageModel: { primary: "p/a", fallbacks: { set: ["p/b"] }, timeoutMs: 1 },
  videoModel: { primary: "p/a", fallbacks: ["p/b"], timeoutMs: 1 },
  tts: { provider: "p", auto: "always", model: "a", voice: "a", responseFormat: "mp3", apiKey: ref },
  thinkingDefault: "low",
  env: { vars: { TEAM: "blue" } },
};
