/** The homes that choices are run on: an empty one, and the ways in which a home in use differs from it. */

import type { Credential, OpenClawConfig, ProviderBlock } from "../../src/types.js";
import type { Subject } from "./subjects.js";

/** What stands in a home before. */
export interface Start {
  readonly config?: OpenClawConfig;
  readonly profiles?: { readonly [id: string]: Credential };
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments after the choice's own. */
  readonly args?: readonly string[];
}

const others = { primary: "openai/gpt-5.5", fallbacks: ["mistral/mistral-large-latest", "groq/llama-4"] };

const model = (id: string): NonNullable<ProviderBlock["models"]>[number] => ({
  id,
  name: "My model",
  reasoning: false,
  input: ["text"],
  cost: { input: 1, output: 2, cacheRead: 0, cacheWrite: 0 },
  contextWindow: 64_000,
  maxTokens: 4096,
});

const block = (...ids: string[]): ProviderBlock => ({
  baseUrl: "https://own.example/v1",
  apiKey: "sk-test-block",
  api: "openai-completions",
  headers: { "X-Team": "blue" },
  models: ids.map(model),
});

const withAgents = (byDefault: "main" | "ops"): OpenClawConfig => ({
  agents: {
    defaults: { model: "openai/gpt-5.5" },
    list: [
      { id: "main", ...(byDefault === "main" ? { default: true } : {}) },
      { id: "ops", name: "Operations", ...(byDefault === "ops" ? { default: true } : {}) },
      { id: "work", model: "openai/gpt-5.5" },
    ],
  },
});

/** The default model's id as the block would have it. */
const defaultId = ({ id, defaultModel = "", models = [] }: Subject): string =>
  models.find((one) => one.id === defaultModel || `${id}/${one.id}` === defaultModel)?.id ?? "my-model";

/** By name; null where a choice has nothing that could stand there. */
export const starts: { readonly [name: string]: (subject: Subject) => Start | null } = {
  fresh: () => ({}),
  /** Fallbacks, aliases and settings of models, an image model. */
  models: ({ defaultModel = "openai/gpt-5.5" }) => ({
    config: {
      agents: {
        defaults: {
          model: others,
          imageGenerationModel: { primary: "openai/gpt-image-1" },
          models: {
            "openai/gpt-5.5": { alias: "GPT" },
            [defaultModel]: { alias: "Mine", params: { temperature: 0.5 } },
          },
        },
      },
      channels: { telegram: { enabled: false } },
    },
  }),
  /** A block of the user's own, with headers, address, key and models; another provider's beside it. */
  "own-block": ({ id, choice }) =>
    choice.endpoint
      ? null
      : {
          config: {
            agents: { defaults: { model: others } },
            models: { mode: "merge", providers: { "my-vllm": block("qwen3"), [id]: block("my-model", "my-other") } },
          },
        },
  /** A block that has the default model already; a default model as a string. */
  "default-there": (subject) =>
    subject.models === undefined
      ? null
      : {
          config: {
            agents: { defaults: { model: "openai/gpt-5.5", models: {} } },
            models: { providers: { [subject.id]: block(defaultId(subject)) } },
          },
        },
  /** Profiles and an order of theirs; the choice's own profile among them, with details. */
  profiles: ({ choice: { profiles, credential: type = "api_key" } }) => {
    const [own] = profiles;
    if (own === undefined) return null;
    const { provider } = own;
    const older = `${provider}:old`;
    return {
      config: {
        auth: {
          profiles: {
            [own.id]: { provider, mode: type, email: "me@example.com" },
            [older]: { provider, mode: type },
            "groq:default": { provider: "groq", mode: "api_key" },
          },
          order: { groq: ["groq:default"], [provider]: [older] },
        },
      },
      profiles: {
        [own.id]: { type, provider, ...secret(type, "sk-test-former"), displayName: "Mine" },
        [older]: { type, provider, ...secret(type, "sk-test-older") },
        "groq:default": { type: "api_key", provider: "groq", key: "sk-test-groq" },
      },
    };
  },
  agents: () => ({ config: withAgents("main") }),
  "agents-ops": () => ({ config: withAgents("ops") }),
  "plugin-off": ({ plugin }) =>
    plugin === undefined ? null : { config: { plugins: { entries: { [plugin]: { enabled: false } } } } },
  /** The key as a reference to a variable. */
  ref: ({ env, key, choice: { refVariable } }) => ({
    env: { [refVariable ?? env[0] ?? ""]: key },
    args: ["--secret-input-mode", "ref"],
  }),
};

const secret = (kind: "api_key" | "token", value: string): Partial<Credential> =>
  kind === "token" ? { token: value } : { key: value };
