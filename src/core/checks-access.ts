/** What has to be said before a step about access runs: plugins, profiles and the references of credentials. */

import { credentialProviderId } from "../ids.js";
import { hasMember, isObject } from "../json.js";
import type { Problem, SecretRef } from "../types.js";
import { type Check, problem } from "./problem.js";
import { secretRefProblems } from "./secret-refs.js";
import type { AuthProfileInput } from "../../transforms/auth-profile.js";
import type { PluginEntryInput } from "../../transforms/plugin-entry.js";
import type { ProviderBlockInput } from "../../transforms/provider-block.js";

/** A plugin that the user has switched off, denied or not allowed stays so. */
export const pluginSwitchedOff: Check<PluginEntryInput> = ({ plugin, force }, { config: { plugins = {} } }) => {
  if (force) return [];
  const refusal = (code: string, tokens: string[], message: string, change: string): Problem =>
    problem("error", code, ["plugins", ...tokens], message, `${change}, or let --enable-plugin do it.`);
  const found: Problem[] = [];
  if (plugins.enabled === false) {
    found.push(refusal("plugins-disabled", ["enabled"], "plugins are switched off", "Set plugins.enabled to true"));
  }
  if (hasMember(plugins.entries ?? {}, plugin) && plugins.entries?.[plugin]?.enabled === false) {
    found.push(
      refusal(
        "plugin-disabled",
        ["entries", plugin, "enabled"],
        `the plugin "${plugin}" is switched off`,
        `Set plugins.entries.${plugin}.enabled to true`,
      ),
    );
  }
  if (plugins.deny?.includes(plugin)) {
    found.push(
      refusal(
        "plugin-denied",
        ["deny"],
        `the plugin "${plugin}" is on the deny list`,
        `Take "${plugin}" out of plugins.deny`,
      ),
    );
  }
  if (plugins.allow?.length && !plugins.allow.includes(plugin)) {
    found.push(
      refusal(
        "plugin-not-allowed",
        ["allow"],
        `the plugin "${plugin}" is not on the allow list`,
        `Add "${plugin}" to plugins.allow`,
      ),
    );
  }
  return found;
};

/** A profile that is another provider's, or of another kind, is not overwritten. */
export const profileTaken: Check<AuthProfileInput> = (
  { profile, provider, mode, credential, agents },
  { config, auth },
) => {
  const profiles = config.auth?.profiles ?? {};
  const found: Problem[] = [];
  const entry = hasMember(profiles, profile) ? profiles[profile] : undefined;
  if (entry && isAnother(entry.provider, provider)) {
    found.push(
      problem(
        "error",
        "profile-taken",
        ["auth", "profiles", profile],
        `the profile "${profile}" belongs to provider "${entry.provider}"`,
        'Choose another name with "profile" in the setup.',
      ),
    );
  }
  for (const agent of credential ? agents : []) {
    const stored = auth[agent]?.profiles ?? {};
    const present = hasMember(stored, profile) ? stored[profile] : undefined;
    if (!present) continue;
    const file = { kind: "auth", agent } as const;
    if (isAnother(present.provider, provider)) {
      found.push(
        problem(
          "error",
          "profile-taken",
          ["profiles", profile],
          `the stored profile "${profile}" belongs to provider "${present.provider}"`,
          'Choose another name with "profile" in the setup.',
          file,
        ),
      );
    } else if (present.type !== mode) {
      found.push(
        problem(
          "error",
          "profile-kind",
          ["profiles", profile],
          `the stored profile "${profile}" is of kind ${present.type}; a ${mode === "token" ? "token" : "key"} would take its place`,
          'Choose another name with "profile" in the setup, or remove the stored one.',
          file,
        ),
      );
    }
  }
  return found;
};

/** References of a profile's credential that lead nowhere. */
export const refs: Check<AuthProfileInput> = ({ profile, credential }, { config }) =>
  [credential?.keyRef, credential?.tokenRef].flatMap((ref) =>
    ref ? secretRefProblems(ref, config, `the profile "${profile}"`) : [],
  );

/** A reference in a provider's block that leads nowhere. */
export const blockRef: Check<ProviderBlockInput> = ({ provider, fields: { apiKey } }, { config }) =>
  isObject(apiKey) ? secretRefProblems(apiKey as unknown as SecretRef, config, `the provider "${provider}"`) : [];

/** A broken entry that names no provider is nobody's. */
function isAnother(held: unknown, provider: string): boolean {
  return typeof held === "string" && credentialProviderId(held) !== credentialProviderId(provider);
}
