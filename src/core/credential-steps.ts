/** A provider's credential, once somebody has looked -> steps, and what there is to say about it. */

import type {
  CardChoice,
  CredentialType,
  JsonObject,
  Problem,
  SecretInput,
  SecretRef,
  SetupProvider,
  Step,
} from "../types.js";
import { formatPointer } from "../pointer.js";
import { foreignOwner } from "./key-owners.js";
import { step } from "./step.js";

/**
 * A provider's credential once somebody has looked: a key (a token may have an end, in milliseconds since 1970), a
 * reference, one that stands in the block itself, or a profile that is there already.
 */
export type ResolvedKey =
  | { readonly key: string; readonly expires?: number }
  | { readonly keyRef: SecretRef; readonly expires?: number }
  | { readonly inline: SecretInput }
  | { readonly profile: string; readonly provider: string; readonly mode: CredentialType };

/** Credentials by the setup's provider id, and the agents that get them. */
export interface CredentialContext {
  readonly keys: ReadonlyMap<string, ResolvedKey>;
  readonly agents: readonly string[];
}

/** The steps that store a credential and name it. */
export function credentialSteps(
  id: string,
  declared: SetupProvider,
  choice: CardChoice | null,
  { keys, agents }: CredentialContext,
): Step[] {
  const placeholder = choice?.endpoint?.placeholderKey;
  const resolved = keys.get(id) ?? (placeholder === undefined ? undefined : { key: placeholder });
  if (!resolved || "inline" in resolved) return [];
  const gap = !keys.has(id);
  const title = `provider ${id}`;
  if ("profile" in resolved) {
    if (choice?.profiles.some(({ id: own, storeOnly }) => storeOnly === true && own === resolved.profile)) return [];
    const { profile, provider, mode } = resolved;
    return [
      step("auth-profile", title, { profile, provider, mode, agents: [...agents] }),
      step("auth-order", title, { profile, provider }),
    ];
  }
  const profiles = choice?.profiles ?? [{ id: `${id}:default`, provider: id }];
  const metadata = Object.fromEntries(
    (choice?.parameters ?? []).map(({ name }) => [name, declared.parameters?.[name]?.trim() ?? ""]),
  );
  const mode = choice?.credential ?? "api_key";
  const given = choice?.keyFormat && "key" in resolved ? { ...resolved, key: withoutBlanks(resolved.key) } : resolved;
  const secret = mode === "token" ? tokenOf(given) : keyOf(given);
  return profiles.flatMap(({ id: profileId, provider, storeOnly }, index) => {
    const profile = index === 0 ? (declared.profile ?? profileId) : profileId;
    const credential: JsonObject = {
      type: mode,
      provider,
      ...secret,
      ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
    };
    const options = { ...(storeOnly ? { storeOnly } : {}), ...(gap ? { gap } : {}) };
    return [
      step("auth-profile", title, { profile, provider, mode, credential, agents: [...agents], ...options }),
      ...(storeOnly ? [] : [step("auth-order", title, { profile, provider })]),
    ];
  });
}

type Given = Extract<ResolvedKey, { key: string } | { keyRef: SecretRef }>;

function keyOf(given: Given): JsonObject {
  return "key" in given ? { key: given.key } : { keyRef: { ...given.keyRef } };
}

function tokenOf(given: Given): JsonObject {
  const end = given.expires === undefined ? {} : { expires: given.expires };
  return "key" in given ? { token: given.key, ...end } : { tokenRef: { ...given.keyRef }, ...end };
}

/** A key that visibly belongs to somebody else; providers of the user's own take any. */
export function foreignKey(
  id: string,
  choice: CardChoice | null,
  resolved: ResolvedKey | undefined,
  file: string,
): Problem[] {
  const profile = choice?.endpoint ? undefined : choice?.profiles[0];
  if (!profile || !resolved || !("key" in resolved)) return [];
  const owner = foreignOwner(resolved.key, profile.provider);
  if (owner === null) return [];
  return [
    {
      code: "foreign-key",
      severity: "warning",
      file,
      pointer: file === "" ? "" : formatPointer(["providers", id, "apiKey"]),
      message: `the key for ${id} begins as one of ${owner} does`,
      hint: `Check that it is a key for ${id}.`,
    },
  ];
}

/** What is wrong with how a key looks; null when nothing is. */
export function keyForm(choice: CardChoice | null, resolved: ResolvedKey | undefined): string | null {
  const form = choice?.keyFormat;
  if (!form || !resolved || !("key" in resolved)) return null;
  const key = withoutBlanks(resolved.key);
  if (!key.startsWith(form.prefix)) return `is no ${choice.label}: those begin otherwise`;
  return key.length < form.minLength ? `is cut off: ${form.minLength} characters are the least` : null;
}

/** A key that was wrapped over several lines. */
function withoutBlanks(key: string): string {
  return key.replace(/\s+/g, "");
}
