/** Which key OpenClaw sends to a provider, and the key itself where it can be read. Reference, credentials 6; measured. */

import { credentialProviderId, normalizeProviderId } from "../ids.js";
import { hasMember, isObject } from "../json.js";
import type { AuthStore, Card, Credential, CredentialType, OpenClawConfig, ProviderBlock } from "../types.js";
import { substitute, type Variables } from "./variables.js";

/** A key and where it comes from. */
export interface ProviderKey {
  readonly source: "profile" | "environment" | "config";
  /** The profile's id, the variable, or the place in the configuration. */
  readonly name: string;
  /** Null when only OpenClaw can read it: a reference to a file or a command, a login. */
  readonly key: string | null;
}

/** Where keys are looked for. */
export interface KeyPlaces {
  /** Raw: `${VAR}` as it stands. */
  readonly config: OpenClawConfig;
  readonly store: AuthStore;
  /** Orders that OpenClaw keeps itself (`auth-state.json`); they beat those of the configuration. */
  readonly order: { readonly [provider: string]: readonly string[] };
  readonly env: Variables;
}

/**
 * The key of a provider: the first stored profile in its order, else the first of its variables that is set, else the one in
 * its block; `auth: "api-key"` puts that one first. Null when there is none.
 */
export function providerKey(provider: string, card: Card | null, places: KeyPlaces): ProviderKey | null {
  const { name, block } = blockOf(places.config, provider);
  const own = block?.apiKey === undefined ? null : configKey(name, block, card, places.env);
  if (block?.["auth"] === "api-key" && own) return own;
  const [profile] = profilesInOrder(provider, places);
  if (profile !== undefined) return profileKey(profile, places);
  const variable = (card?.env ?? []).find((one) => places.env[one]?.trim());
  if (variable !== undefined) return { source: "environment", name: variable, key: places.env[variable]?.trim() ?? "" };
  return own;
}

/** A provider's block, under its own spelling if it stands there, else under another that means the same. */
export function blockOf(
  config: OpenClawConfig,
  provider: string,
): { readonly name: string; readonly block: ProviderBlock | undefined } {
  const blocks = config.models?.providers ?? {};
  const id = normalizeProviderId(provider);
  const name = hasMember(blocks, provider)
    ? provider
    : (Object.keys(blocks).find((one) => normalizeProviderId(one) === id) ?? provider);
  return { name, block: hasMember(blocks, name) ? blocks[name] : undefined };
}

/** The key of one stored profile; null when there is no such profile. */
export function profileKey(id: string, { store, env }: Pick<KeyPlaces, "store" | "env">): ProviderKey | null {
  const profiles = store.profiles ?? {};
  const credential = hasMember(profiles, id) ? profiles[id] : undefined;
  if (!isObject(credential)) return null;
  const { key, keyRef, token, tokenRef } = credential as Credential;
  return { source: "profile", name: id, key: readable(key, env) ?? readable(keyRef ?? token ?? tokenRef, env) };
}

const ranks: { readonly [kind in CredentialType]: number } = { oauth: 0, token: 1, api_key: 2 };

function profilesInOrder(provider: string, { config, store, order }: KeyPlaces): string[] {
  const id = credentialProviderId(provider);
  const means = (name: unknown): boolean => typeof name === "string" && credentialProviderId(name) === id;
  const stored = store.profiles ?? {};
  const named = config.auth?.profiles ?? {};
  const isEligible = (profile: string): boolean => {
    const credential = hasMember(stored, profile) ? stored[profile] : undefined;
    if (!isObject(credential) || !means(credential["provider"]) || !hasSecret(credential)) return false;
    const entry = hasMember(named, profile) ? named[profile] : undefined;
    if (!entry) return true;
    const isLogin = entry.mode === "oauth" && credential["type"] === "token";
    return entry.provider === credential["provider"] && (entry.mode === credential["type"] || isLogin);
  };
  const listed = [order, config.auth?.order ?? {}].map((orders) =>
    Object.entries(orders).flatMap(([name, ids]) => (means(name) && Array.isArray(ids) ? (ids as string[]) : [])),
  );
  const explicit = listed.find((ids) => ids.length > 0);
  if (explicit) return [...new Set(explicit)].filter(isEligible);
  const configured = Object.keys(named).filter((profile) => means(named[profile]?.provider));
  const candidates = configured.some((profile) => hasMember(stored, profile)) ? configured : Object.keys(stored);
  const rank = (profile: string): number => ranks[stored[profile]?.type ?? "api_key"] ?? ranks.api_key;
  return candidates.filter(isEligible).sort((a, b) => rank(a) - rank(b));
}

function hasSecret({ key, keyRef, token, tokenRef, access }: Credential & { access?: unknown }): boolean {
  return [key, keyRef, token, tokenRef, access].some((part) => part !== undefined && part !== "");
}

function configKey(name: string, { apiKey }: ProviderBlock, card: Card | null, env: Variables): ProviderKey | null {
  const place = `models.providers.${name}.apiKey`;
  if (typeof apiKey !== "string") return { source: "config", name: place, key: readable(apiKey, env) };
  const plain = apiKey.trim();
  // The name of one of the provider's variables stands for it.
  if (card?.env.includes(plain)) {
    return env[plain]?.trim() ? { source: "environment", name: plain, key: env[plain].trim() } : null;
  }
  return plain === "" ? null : { source: "config", name: place, key: readable(plain, env) };
}

/** A secret as it is written -> its text; null when it is not for us to read, or its variable is not set. */
function readable(secret: unknown, env: Variables): string | null {
  if (typeof secret === "string") {
    const { value, missing } = substitute(secret.trim(), env);
    return missing.length > 0 || value === "" ? null : (value as string);
  }
  const id = isObject(secret) && secret["source"] === "env" ? secret["id"] : undefined;
  return typeof id === "string" && env[id]?.trim() ? env[id].trim() : null;
}
