/** Rules about auth profiles: what the configuration says of them against what is stored. */

import { credentialProviderId } from "../../ids.js";
import { hasMember } from "../../json.js";
import type { AuthStore, Credential } from "../../types.js";
import { type Diagnosis, type Files, type Ground, rule, type Rule, setting } from "./rule.js";

const notStored: Rule<Files> = rule("profile-not-stored", (ground, found) =>
  visible(ground).flatMap(({ id, tokens }) =>
    credentialsOf(id, ground).length > 0 || ground.broken?.has(id)
      ? []
      : [
          found(
            "warning",
            tokens,
            `the profile "${id}" has no credential in any agent's store`,
            "Store its key (clawform onboard), or remove the profile.",
          ),
        ],
  ),
);

const otherProvider: Rule<Files> = rule("profile-provider", (ground, found) =>
  configured(ground).flatMap(({ id, provider, tokens }) => {
    const [other] = credentialsOf(id, ground).filter(
      (credential) => credentialProviderId(credential.provider) !== credentialProviderId(provider),
    );
    return other === undefined
      ? []
      : [
          found(
            "warning",
            tokens,
            `the profile "${id}" is of provider "${provider}" here and of "${other.provider}" in the store`,
            "OpenClaw will not use it. Let both name the same provider.",
          ),
        ];
  }),
);

const otherKind: Rule<Files> = rule("profile-mode", (ground, found) =>
  configured(ground).flatMap(({ id, provider, mode, tokens }): Diagnosis[] => {
    const stored = credentialsOf(id, ground).filter(
      (credential) => credentialProviderId(credential.provider) === credentialProviderId(provider),
    );
    const [other] = stored.filter(({ type }) => type !== mode && !(mode === "oauth" && type === "token"));
    if (other === undefined) return [];
    const alone = stored.every(({ type }) => type === other.type);
    return [
      found(
        "warning",
        tokens,
        `the profile "${id}" is of kind ${mode} here and ${other.type} in the store`,
        "OpenClaw will not use it.",
        alone ? setting({ tokens: [...tokens, "mode"] }, other.type) : undefined,
      ),
    ];
  }),
);

/** With profiles of a provider in the configuration OpenClaw looks at no others of that provider. */
const notConfigured: Rule = rule("profile-not-configured", (ground, found) => {
  const named = configured(ground);
  return [...ground.stores].flatMap(([agent, { profiles = {} }]) =>
    Object.entries(profiles).flatMap(([id, credential]) => {
      const provider = credentialProviderId(credential?.provider ?? "");
      const siblings = named.filter((profile) => credentialProviderId(profile.provider) === provider);
      const ordered = orders(ground, provider).some(({ ids }) => ids.includes(id));
      const inUse = siblings.some((profile) => credentialsOf(profile.id, ground).length > 0);
      return siblings.length === 0 || !inUse || ordered || siblings.some((profile) => profile.id === id)
        ? []
        : [
            found(
              "info",
              { tokens: ["profiles", id], agent },
              `the stored profile "${id}" is never used: auth.profiles names only ${siblings.map((profile) => profile.id).join(", ")} for its provider`,
              "Name it in auth.profiles too, or remove it.",
            ),
          ];
    }),
  );
});

const unknownInOrder: Rule<Files> = rule("order-unknown", (ground, found) =>
  Object.entries(ground.config.auth?.order ?? {}).flatMap(([provider, ids]) => {
    if (!Array.isArray(ids) || ground.stores.size === 0) return [];
    const known = ids.filter(
      (id) =>
        credentialsOf(id, ground).length > 0 ||
        ground.broken?.has(id) ||
        configured(ground).some((one) => one.id === id),
    );
    if (known.length === ids.length) return [];
    const tokens = ["auth", "order", provider];
    const unknown = ids.filter((id) => !known.includes(id));
    return [
      found(
        "warning",
        tokens,
        `the order of ${provider} names ${unknown.map((id) => `"${id}"`).join(" and ")}, which ${unknown.length > 1 ? "are" : "is"} no profile`,
        "Take it out of the order.",
        setting({ tokens }, known),
      ),
    ];
  }),
);

const shadowedOrder: Rule = rule("order-shadowed", (ground, found) =>
  Object.entries(ground.config.auth?.order ?? {}).flatMap(([provider, ids]) =>
    orders(ground, credentialProviderId(provider))
      .filter((stored) => stored.ids.join("\n") !== (Array.isArray(ids) ? ids.join("\n") : ""))
      .map(({ agent, ids: stored }) =>
        found(
          "warning",
          ["auth", "order", provider],
          `for agent ${agent} the order in auth-state.json, ${stored.join(", ")}, wins over this one`,
          `openclaw models auth order clear --provider ${provider} --agent ${agent} removes it.`,
        ),
      ),
  ),
);

/** Where configuration and stores contradict each other: `validate` asks these too. */
export const contradictions: readonly Rule<Files>[] = [notStored, otherProvider, otherKind, unknownInOrder];

export const profileRules: readonly Rule[] = [...contradictions, notConfigured, shadowedOrder];

/** The configured profiles, none where no store can be read: then nobody knows what is in it. */
function visible(ground: Files): ReturnType<typeof configured> {
  return ground.stores.size === 0 ? [] : configured(ground);
}

function configured({ config }: Files): { id: string; provider: string; mode: string; tokens: string[] }[] {
  return Object.entries(config.auth?.profiles ?? {}).flatMap(([id, profile]) =>
    typeof profile?.provider === "string"
      ? [{ id, provider: profile.provider, mode: profile.mode, tokens: ["auth", "profiles", id] }]
      : [],
  );
}

/** What the agents' stores hold under a profile id. */
function credentialsOf(id: string, { stores }: Files): Credential[] {
  return [...stores.values()].flatMap(({ profiles = {} }: AuthStore) => {
    const credential = hasMember(profiles, id) ? profiles[id] : undefined;
    return credential && typeof credential.provider === "string" ? [credential] : [];
  });
}

function orders({ orders: stored }: Ground, provider: string): { agent: string; ids: readonly string[] }[] {
  return [...stored].flatMap(([agent, order]) =>
    Object.entries(order).flatMap(([name, ids]) =>
      credentialProviderId(name) === provider && Array.isArray(ids) ? [{ agent, ids: ids as readonly string[] }] : [],
    ),
  );
}
