/** Where OpenClaw looks for a provider's key: stored profiles, variables, those of the configuration included. */

import { credentialProviderId } from "../ids.js";
import type { AuthStore, CredentialType, OpenClawConfig, SecretRef } from "../types.js";

/** The id and kind of a stored profile. */
export interface ExistingProfile {
  readonly profile: string;
  readonly mode: CredentialType;
  /** What is stored beside the key, such as an account id. */
  readonly metadata: { readonly [name: string]: string };
}

/** The stored profile of a provider that is first in `auth.order`, else its `:default`, else the first; null when it has none with a credential. */
export function existingProfile(provider: string, config: OpenClawConfig, store: AuthStore): ExistingProfile | null {
  const id = credentialProviderId(provider);
  const usable = Object.entries(store.profiles ?? {}).filter(
    ([, credential]) => credentialProviderId(credential.provider) === id && [credential.key, credential.keyRef, credential.token, credential.tokenRef, credential["access"]].some((value) => value !== undefined && value !== ""),
  );
  const ordered = Object.entries(config.auth?.order ?? {}).flatMap(([key, ids]) => (credentialProviderId(key) === id ? ids : []));
  const rank = (profile: string): number => {
    const place = ordered.indexOf(profile);
    if (place >= 0) return place;
    return ordered.length + (profile === `${provider}:default` ? 0 : 1);
  };
  const [best] = usable.sort(([a], [b]) => rank(a) - rank(b));
  return best ? { profile: best[0], mode: best[1].type, metadata: best[1].metadata ?? {} } : null;
}

/** The alias under which OpenClaw's onboarding would reference an environment variable. */
export function envRef(name: string, config: OpenClawConfig): SecretRef {
  const secrets = (config["secrets"] ?? {}) as { defaults?: { env?: string }; providers?: { [alias: string]: { source?: string } } };
  const declared = Object.entries(secrets.providers ?? {}).find(([, entry]) => entry.source === "env")?.[0];
  return { source: "env", provider: secrets.defaults?.env?.trim() || declared || "default", id: name };
}

/**
 * The environment with what the configuration adds to it: `env.vars`, and over it names directly under `env`; a variable
 * of the process that is not blank wins over both. Values that hold `${…}` are not applied (measured on 2026.5.6).
 */
export function configuredEnv(env: Readonly<Record<string, string | undefined>>, config: OpenClawConfig): Record<string, string | undefined> {
  const section: { [name: string]: unknown } = { ...config.env?.vars, ...config.env };
  const added = Object.entries(section).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1].trim() !== "" && !entry[1].includes("${") && !env[entry[0]]?.trim(),
  );
  return { ...env, ...Object.fromEntries(added) };
}
