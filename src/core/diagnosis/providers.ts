/** What a provider id leads to: a catalog that OpenClaw brings along, and where its key may be. */

import { credentialProviderId, normalizeProviderId, splitModelRef } from "../../ids.js";
import { isObject } from "../../json.js";
import type { OpenClawConfig } from "../../types.js";
import { isUsable } from "../credential-sources.js";
import { aliases, blockOf } from "./model-uses.js";
import type { Ground } from "./rule.js";

/** Providers whose models OpenClaw 2026.5.6 lists on an empty home, beside those of the cards (measured). */
const catalogs: ReadonlySet<string> = new Set([
  "amazon-bedrock",
  "azure-openai-responses",
  "claude-cli",
  "cloudflare-workers-ai",
  "codex-cli",
  "github-copilot",
  "google-gemini-cli",
  "google-vertex",
  "groq",
  "kimi",
  "minimax-cn",
  "minimax-portal",
  "moonshotai",
  "moonshotai-cn",
  "openai-codex",
  "xiaomi-token-plan-ams",
  "xiaomi-token-plan-cn",
  "xiaomi-token-plan-sgp",
]);

/** Providers whose credentials are not in OpenClaw's files: a cloud's own chain, another program's login, or none at all. */
const keptElsewhere: ReadonlySet<string> = new Set([
  "amazon-bedrock",
  "claude-cli",
  "codex-cli",
  "google-gemini-cli",
  "google-vertex",
  "lmstudio",
  "minimax-portal",
  "ollama",
  "openai-codex",
]);

/** True when OpenClaw knows models of the provider without a block in the configuration. */
export function isBuiltIn(provider: string, { card }: Pick<Ground, "card">): boolean {
  return catalogs.has(normalizeProviderId(provider)) || card(provider)?.plugin !== undefined;
}

/** The provider a reference means, an alias looked up; null for a bare name. */
export function providerOf(ref: string, config: OpenClawConfig): string | null {
  const named = aliases(config).get(ref.trim().toLowerCase())?.at(-1) ?? ref;
  const provider = splitModelRef(named)?.provider;
  if (provider === undefined) return null;
  return blockOf(provider, config)?.id ?? normalizeProviderId(provider);
}

/** Ids of stored profiles that may serve a provider, with the agent that has them. */
export function profilesOf(provider: string, { stores, card }: Pick<Ground, "stores" | "card">): string[] {
  const own = card(provider)?.choices.flatMap(({ profiles }) => profiles.map((profile) => profile.provider)) ?? [];
  const wanted = new Set([provider, ...own].map(credentialProviderId));
  return [...stores.values()].flatMap(({ profiles = {} }) =>
    Object.entries(profiles).flatMap(([id, credential]) =>
      isUsable(credential) && wanted.has(credentialProviderId(credential.provider)) ? [id] : [],
    ),
  );
}

/** The variable of a provider that is set, first preferred. */
export function variableOf(provider: string, { variables, environment }: Ground): string | undefined {
  return variables(provider).find((name) => (environment[name] ?? "").trim() !== "");
}

/** True when OpenClaw finds a key for the provider, needs none, or keeps its keys where they cannot be seen. */
export function hasCredential(provider: string, ground: Ground): boolean {
  const own = blockOf(provider, ground.config)?.block;
  return (
    ground.stores.size === 0 ||
    keptElsewhere.has(normalizeProviderId(provider)) ||
    keyIn(own) ||
    isLocal(own?.["baseUrl"]) ||
    variableOf(provider, ground) !== undefined ||
    profilesOf(provider, ground).length > 0
  );
}

function keyIn(block: { readonly [key: string]: unknown } | undefined): boolean {
  const { apiKey, auth, headers, request } = block ?? {};
  if (isObject(apiKey) || (typeof apiKey === "string" && apiKey.trim() !== "")) return true;
  if (auth === "aws-sdk" || auth === "oauth" || (isObject(request) && isObject(request["auth"]))) return true;
  return Object.keys(isObject(headers) ? headers : {}).some((name) =>
    /^(?:authorization|x-api-key|api-key)$/i.test(name),
  );
}

/** A server on this machine or in the same network asks for no key, or for any: OpenClaw sends one of its own making. */
export function isLocal(baseUrl: unknown): boolean {
  const host = hostOf(baseUrl);
  return (
    host !== null &&
    (/^(?:localhost|127(?:\.\d+){3}|10(?:\.\d+){3}|192\.168(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|169\.254(?:\.\d+){2}|\[(?:::1|f[cd][0-9a-f]{2}:.*|fe80:.*)\])$/.test(
      host,
    ) ||
      /\.(?:local|lan|internal|home\.arpa)$/.test(host) ||
      !/[.:]/.test(host))
  );
}

/** The host of an address, lower case; null when it is none. */
function hostOf(baseUrl: unknown): string | null {
  if (typeof baseUrl !== "string" || !URL.canParse(baseUrl.trim())) return null;
  return new URL(baseUrl.trim()).hostname.toLowerCase();
}
