/** Where OpenClaw looks for a provider's key: stored profiles, variables, those of the configuration included. */

import { credentialProviderId } from "../ids.js";
import { isObject } from "../json.js";
import type { AuthStore, Card, CardChoice, Credential, CredentialType, OpenClawConfig, SecretRef } from "../types.js";

/** The id and kind of a stored profile. */
export interface ExistingProfile {
  readonly profile: string;
  /** As the store spells it: OpenClaw takes a profile only when the configuration spells its provider alike. */
  readonly provider: string;
  readonly mode: CredentialType;
  /** What is stored beside the key, such as an account id. */
  readonly metadata: { readonly [name: string]: string };
}

/**
 * The stored profile that serves an auth choice: of the choice's provider, with a credential in it; first in `auth.order`,
 * else `:default`, else the first. A profile that is another choice's own does not serve: `stepfun:cn` holds a key that
 * the other region does not know. Null when there is none.
 */
export function existingProfile(
  { choices }: Card,
  { profiles: own }: CardChoice,
  config: OpenClawConfig,
  store: AuthStore,
): ExistingProfile | null {
  const provider = own[0]?.provider ?? "";
  const id = credentialProviderId(provider);
  const elsewhere = new Set(choices.flatMap(({ profiles }) => profiles.map((profile) => profile.id)));
  for (const profile of own) elsewhere.delete(profile.id);
  const usable = Object.entries(store.profiles ?? {}).filter(
    ([profile, credential]) =>
      !elsewhere.has(profile) && isUsable(credential) && credentialProviderId(credential.provider) === id,
  );
  const ordered = Object.entries(config.auth?.order ?? {}).flatMap(([key, ids]) =>
    credentialProviderId(key) === id ? ids : [],
  );
  const rank = (profile: string): number => {
    const place = ordered.indexOf(profile);
    if (place >= 0) return place;
    return ordered.length + (profile === `${provider}:default` ? 0 : 1);
  };
  const [best] = usable.sort(([a], [b]) => rank(a) - rank(b));
  return best
    ? { profile: best[0], provider: best[1].provider, mode: best[1].type, metadata: textsOf(best[1].metadata) }
    : null;
}

/** The members that are text. */
function textsOf(metadata: unknown): { readonly [name: string]: string } {
  const members = Object.entries(isObject(metadata) ? metadata : {});
  return Object.fromEntries(members.filter((pair): pair is [string, string] => typeof pair[1] === "string"));
}

/** OpenClaw passes over entries of no known kind or without a provider. */
export function isUsable(credential: unknown): credential is Credential {
  if (!isObject(credential) || typeof credential["provider"] !== "string") return false;
  return (
    secretFields
      .get(credential["type"])
      ?.some((field) => credential[field] !== undefined && credential[field] !== "") === true
  );
}

const secretFields: ReadonlyMap<unknown, readonly string[]> = new Map([
  ["api_key", ["key", "keyRef"]],
  ["token", ["token", "tokenRef"]],
  ["oauth", ["access", "refresh"]],
]);

/** The alias under which OpenClaw's onboarding would reference an environment variable. */
export function envRef(name: string, config: OpenClawConfig): SecretRef {
  const secrets = isObject(config["secrets"]) ? config["secrets"] : {};
  const { defaults, providers } = secrets;
  const chosen = isObject(defaults) && typeof defaults["env"] === "string" ? defaults["env"].trim() : "";
  const declared = Object.entries(isObject(providers) ? providers : {});
  const [first] = declared.find(([, entry]) => isObject(entry) && entry["source"] === "env") ?? [];
  return { source: "env", provider: chosen || first || "default", id: name };
}
