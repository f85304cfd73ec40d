/** Words OpenClaw 2026.5.6 takes where it takes only some: `openclaw config validate --json`, measured one by one. */

import type { Case } from "./compile.js";
import { defaults, m, p, profile, tts } from "./openclaw-documents.js";

/** Every word OpenClaw takes where it takes only some. */
export const words: Case[] = [
  ...[
    "openai-completions",
    "openai-responses",
    "openai-codex-responses",
    "anthropic-messages",
    "google-generative-ai",
    "github-copilot",
    "bedrock-converse-stream",
    "ollama",
    "azure-openai-responses",
  ].map((api): Case => [`API ${api}`, p({ api })]),
  ...["api-key", "aws-sdk", "oauth", "token"].map((auth): Case => [`authentication ${auth}`, p({ auth })]),
  ...["merge", "replace"].map((mode): Case => [`mode ${mode}`, { models: { mode } }]),
  ...["off", "minimal", "low", "medium", "high", "xhigh", "adaptive", "max"].map((level): Case => [
    `thinking level ${level}`,
    defaults({ thinkingDefault: level }),
  ]),
  ...["api_key", "oauth", "token"].map((mode): Case => [`profile of kind ${mode}`, profile({ mode })]),
  ...["max_completion_tokens", "max_tokens"].map((field): Case => [
    `output limit as ${field}`,
    m({ compat: { maxTokensField: field } }),
  ]),
  ...["openai", "openrouter", "deepseek", "zai"].map((format): Case => [
    `thinking as of ${format}`,
    m({ compat: { thinkingFormat: format } }),
  ]),
  ...["off", "always", "inbound", "tagged"].map((auto): Case => [`speech ${auto}`, tts({ auto })]),
  ...["final", "all"].map((mode): Case => [`speech of ${mode}`, tts({ mode })]),
  ...["compat", "allowlist"].map((bundledDiscovery): Case => [
    `plugins by ${bundledDiscovery}`,
    { plugins: { bundledDiscovery } },
  ]),
];
