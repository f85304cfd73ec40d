/**
 * References to secrets against what `secrets` of openclaw.json declares: rules of OpenClaw's resolver (measured and read
 * on 2026.5.6). A reference that the configuration itself rules out is an error; one whose provider is merely not declared
 * is a warning, since the declaration may come from another hand.
 */

import { hasMember, isObject } from "../json.js";
import type { JsonObject, OpenClawConfig, Problem, SecretRef } from "../types.js";
import { problem } from "./problem.js";

const aliasPattern = /^[a-z][a-z0-9_-]{0,63}$/;

/** What is wrong with a reference in this configuration; `label` says whose it is. */
export function secretRefProblems(
  { source, provider, id }: SecretRef,
  config: OpenClawConfig,
  label: string,
): Problem[] {
  if (!aliasPattern.test(provider)) {
    return [
      problem(
        "error",
        "secret-alias",
        ["secrets", "providers"],
        `${label} names the secret provider "${provider}", which cannot be one`,
        "A letter in lower case first, then letters, digits, - and _, 64 characters at most.",
      ),
    ];
  }
  const { providers, defaults } = sectionsOf(config);
  if (!hasMember(providers, provider)) {
    const byDefault = isObject(defaults) && typeof defaults["env"] === "string" ? defaults["env"].trim() : "default";
    if (source === "env" && provider === (byDefault || "default")) return [];
    return [
      problem(
        "warning",
        "secret-provider-missing",
        ["secrets", "providers"],
        `${label} names the secret provider "${provider}", which secrets.providers does not declare`,
        `Declare secrets.providers.${provider} with source "${source}", or OpenClaw finds no key.`,
      ),
    ];
  }
  const declared = providers[provider];
  const declaredSource = isObject(declared) ? declared["source"] : undefined;
  if (declaredSource !== source) {
    return [
      problem(
        "error",
        "secret-source",
        ["secrets", "providers", provider, "source"],
        `${label} takes "${provider}" for a secret provider of source "${source}"; it is declared as ${JSON.stringify(declaredSource)}`,
        "Name a provider of that source, or change the reference's source.",
      ),
    ];
  }
  const allowed = isObject(declared) ? declared["allowlist"] : undefined;
  if (source !== "env" || !Array.isArray(allowed) || allowed.includes(id)) return [];
  return [
    problem(
      "error",
      "secret-not-allowed",
      ["secrets", "providers", provider, "allowlist"],
      `${label} names the variable ${id}, which the secret provider "${provider}" does not allow`,
      `Add ${id} to secrets.providers.${provider}.allowlist.`,
    ),
  ];
}

function sectionsOf(config: OpenClawConfig): { providers: JsonObject; defaults: unknown } {
  const secrets = isObject(config["secrets"]) ? config["secrets"] : {};
  const { providers, defaults } = secrets;
  return { providers: isObject(providers) ? providers : {}, defaults };
}
