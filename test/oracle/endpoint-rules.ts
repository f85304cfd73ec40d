/** Rules of deviations.ts for tokens, servers of the user's own and custom providers. */

import { normalizeProviderId } from "../../src/ids.js";
import type { Credential, ModelDefinition, OpenClawConfig, ProviderBlock } from "../../src/types.js";
import { formerBlock, type Rule, type Written } from "./kept.js";
import { over } from "./over.js";
import { type Recording, recordingOf, serverRecordings } from "./recordings.js";

const blocksOf = ({ config }: Written): { [id: string]: ProviderBlock } => config.models?.providers ?? {};

/** The block of another spelling becomes the canonical one, the new fields over it, the new models behind its own. */
export const spellingMoves: Rule = (expected, before) => {
  const blocks = blocksOf(expected);
  for (const [spelling, former] of Object.entries(blocksOf(before))) {
    const id = normalizeProviderId(spelling);
    delete blocks[spelling];
    blocks[id] = over(former, blocks[id]) as ProviderBlock;
  }
};

/** What stood in the block stays where the new one says nothing; models that are there are the user's. */
export const blockKept: Rule = (expected, before, { choice }) => {
  const blocks = blocksOf(expected);
  blocks[choice] = over(formerBlock(before, choice), blocks[choice]) as ProviderBlock;
};

/** Headers and what is known of a model's endpoint stay beside the new ones. */
export const azureKept: Rule = (expected, before) => {
  for (const [id, block] of Object.entries(blocksOf(expected))) {
    const former = formerBlock(before, id);
    block.headers = { ...former?.headers, ...block.headers };
    for (const model of block.models ?? []) {
      const compat = former?.models?.find((one) => one.id === model.id)?.compat;
      if (compat) model.compat = { ...compat, ...model.compat };
    }
  }
};

const renamed = (expected: Written, from: string, to: string): void => {
  expected.config = JSON.parse(JSON.stringify(expected.config).replaceAll(`"${from}`, `"${to}`)) as OpenClawConfig;
};

/** The block that has the address already is the one. */
export const sameAddress: Rule = (expected) => {
  const blocks = blocksOf(expected);
  const [, second = "", third = ""] = Object.keys(blocks);
  delete blocks[second];
  renamed(expected, third, second);
};

/** An id that OpenClaw reads as another provider's gets a number. */
export const freeId: Rule = (expected) => renamed(expected, "z-ai", "z-ai-2");

/** As with a key, but for the key: OpenClaw's own word for a server that needs none. */
export const keyless: Rule = (expected, _before, { choice }) => {
  const { auth: _, ...config } = structuredClone(recordingOf(`fresh ${choice}`).configAfter) as OpenClawConfig;
  Object.assign(config.models?.providers?.[choice] ?? {}, { apiKey: "custom-local" });
  expected.config = config;
  expected.auth = {};
};

const cost = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
const limits = { reasoning: false, input: ["text"], cost, contextWindow: 128_000, maxTokens: 8192 };
const unaskedModels: { readonly [recording: string]: ModelDefinition } = {
  "fresh ollama": { id: "gemma4", name: "gemma4", ...limits, compat: { supportsUsageInStreaming: true } },
  "model ollama": { id: "qwen3", name: "qwen3", ...limits, compat: { supportsUsageInStreaming: true } },
  "fresh lmstudio": { id: "qwen/qwen3.5-9b", name: "qwen/qwen3.5-9b", ...limits, contextTokens: 64_000 },
  "key lmstudio": { id: "qwen/qwen3.5-9b", name: "qwen/qwen3.5-9b", ...limits, contextTokens: 64_000 },
};
const addresses: { readonly [choice: string]: string } = {
  ollama: "http://127.0.0.1:11434",
  lmstudio: "http://localhost:1234/v1",
};

/** As where the server answers, with the one model that is assumed. */
export const unasked: Rule = (expected, _before, { before, choice, args }) => {
  const answered = serverRecordings.find(
    (one) => one.choice === choice && one.before === (args.includes("--lmstudio-api-key") ? "server-key" : "server"),
  ) as Recording;
  const model = unaskedModels[`${before} ${choice}`] as ModelDefinition;
  expected.config = structuredClone(answered.configAfter) as OpenClawConfig;
  const block = blocksOf(expected)[choice] as ProviderBlock;
  block.baseUrl = addresses[choice] as string;
  block.models = [model];
  expected.config.agents = { defaults: { model: { primary: `${choice}/${model.id}` } } };
  expected.auth = structuredClone(answered.authAfter) as Written["auth"];
  const [credential] = Object.values(expected.auth.profiles ?? {}) as [Credential];
  if (credential.key !== "ollama-local" && credential.key !== "lmstudio-local")
    credential.key = args[args.indexOf("--lmstudio-api-key") + 1] as string;
};

/** The reference that was asked for, not the token. */
export const tokenReferenced: Rule = ({ auth }) => {
  const [credential] = Object.values(auth.profiles ?? {}) as [Credential];
  delete credential.token;
  credential.tokenRef = { source: "env", provider: "default", id: "ANTHROPIC_OAUTH_TOKEN" };
};

/** What the provider's own choice writes. */
export const asKilocode: Rule = (expected, _before, { args }) => {
  const { configAfter } = recordingOf("fresh kilocode-api-key");
  expected.config = structuredClone(configAfter) as OpenClawConfig;
  const key = args[args.indexOf("--token") + 1] as string;
  expected.auth = { version: 1, profiles: { "kilocode:default": { type: "api_key", provider: "kilocode", key } } };
};

/** The key is stored and its plugin is on; no model. */
export const mediaKey: Rule = (expected, _before, { choice, args }) => {
  const id = choice.slice(0, choice.indexOf("-"));
  expected.config = {
    plugins: { entries: { [id]: { enabled: true } } },
    auth: { profiles: { [`${id}:default`]: { provider: id, mode: "api_key" } } },
  };
  expected.auth = {
    version: 1,
    profiles: { [`${id}:default`]: { type: "api_key", provider: id, key: args[1] as string } },
  };
};

/** A stored key stays in its profile. */
export const keyNotCopied: Rule = (expected) => {
  for (const block of Object.values(blocksOf(expected))) delete block.apiKey;
};

/** The key of the only block. */
export function blockKeyIs(key: string): Rule {
  return (expected) => {
    for (const block of Object.values(blocksOf(expected))) block.apiKey = key;
  };
}
