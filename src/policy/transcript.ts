/** What OpenClaw 2026.5.6 does to a conversation before it sends it (runtime.md 3). */

import { normalizeProviderId } from "../ids.js";
import type { CallModel } from "./nouns.js";

/** Kept thoughts: Claude 4 and later take their own back. */
const keepsThoughts = /(opus-4|sonnet-4|haiku-4|claude-[5-9]|claude-\d\d)/;
const openAIStyle = ["strictToolIds", "googleTurnOrder", "validateGeminiTurns", "validateAnthropicTurns"];
const google = [
  "fullSanitizing",
  "strictToolIds",
  "thoughtSignatures",
  "googleTurnOrder",
  "validateGeminiTurns",
  "syntheticToolResults",
];
const anthropic = [
  "fullSanitizing",
  "strictToolIds",
  "preserveSignatures",
  "validateAnthropicTurns",
  "syntheticToolResults",
];

type Flags = (model: CallModel) => readonly string[];

const dropsThoughts: Flags = ({ id }) =>
  /claude/i.test(id) && !keepsThoughts.test(id.toLowerCase()) ? ["dropThinking"] : [];
const geminiOnly: Flags = ({ id }) => (/gemini/i.test(id) ? ["thoughtSignatures"] : []);
const claudeStyle: Flags = (model) => [...anthropic, ...dropsThoughts(model)];
const gemma4: Flags = ({ id }) => (/gemma-?4/i.test(id) ? ["dropReasoning"] : []);
const byApi: Flags = (model) => {
  if (model.api === "openai-completions") return [...openAIStyle, ...gemma4(model)];
  if (model.api.endsWith("responses")) return ["strictToolIds"];
  if (model.api === "anthropic-messages" || model.api === "bedrock-converse-stream") return claudeStyle(model);
  return model.api.startsWith("google") ? google : [];
};
const openAICompatible: Flags = (model) => {
  if (model.api === "ollama") return openAIStyle;
  return model.api === "openai-completions" || model.api.endsWith("responses") ? byApi(model) : [];
};

interface Owner {
  readonly providers: readonly string[];
  readonly flags: Flags;
}

/** Providers whose plugin has a policy of its own; the others go by the API. */
const owners: readonly Owner[] = [
  { providers: ["openrouter", "kilocode", "opencode", "opencode-go", "deepinfra"], flags: geminiOnly },
  { providers: ["google", "google-vertex", "google-gemini-cli"], flags: () => google },
  {
    providers: ["anthropic", "claude-cli", "anthropic-vertex"],
    flags: (model) => [...anthropic, "nativeToolIds", ...dropsThoughts(model)],
  },
  { providers: ["amazon-bedrock"], flags: claudeStyle },
  {
    providers: ["openai", "openai-codex"],
    flags: ({ api }) => (api === "openai-completions" ? ["strictToolIds"] : []),
  },
  {
    providers: ["minimax", "minimax-portal"],
    flags: (model) => (model.api === "anthropic-messages" ? claudeStyle(model) : openAICompatible(model)),
  },
  { providers: ["arcee", "deepseek", "fireworks", "xai", "zai", "ollama"], flags: openAICompatible },
  {
    providers: ["moonshot"],
    flags: ({ api }) => (api === "openai-completions" ? openAIStyle.filter((flag) => flag !== "strictToolIds") : []),
  },
  { providers: ["mistral"], flags: () => ["nineCharacterToolIds"] },
  { providers: ["github-copilot"], flags: ({ id }) => (/claude/i.test(id) ? ["dropThinking"] : []) },
  { providers: ["kimi"], flags: () => [] },
];

/** The treatments beyond the ones every conversation gets (images checked, tool calls paired with results). */
export function transcriptOf(model: CallModel): readonly string[] {
  const id = normalizeProviderId(model.provider);
  return (owners.find(({ providers }) => providers.includes(id))?.flags ?? byApi)(model);
}
