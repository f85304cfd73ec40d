/**
 * What has to be said before a step runs: refusals that protect the user's own decisions, and effects a diff does not
 * show. Data and small functions, keyed by transform.
 */

import { hasMember } from "../json.js";
import type { Documents, JsonObject, Problem } from "../types.js";
import { namesOf } from "../lookup.js";
import { blockRef, pluginSwitchedOff, profileTaken, refs } from "./checks-access.js";
import { type Check, problem } from "./problem.js";
import type { AuthProfileInput } from "../../transforms/auth-profile.js";
import type { EnvVarsInput } from "../../transforms/env-vars.js";
import type { FallbacksInput } from "../../transforms/fallbacks.js";
import type { ModelAliasInput } from "../../transforms/model-alias.js";
import type { PrimaryModelInput } from "../../transforms/primary-model.js";
import { type ProviderIdInput, spelledId } from "../../transforms/provider-id.js";

/** Problems of running one step on these documents; an error means it must not run. */
export function checkStep(transform: string, input: JsonObject, documents: Documents): Problem[] {
  return checks.get(transform)?.(input, documents) ?? [];
}

/** OpenClaw tells aliases apart without regard to case. */
function aliasOf(entry: { alias?: unknown } | undefined): string | undefined {
  return typeof entry?.alias === "string" ? entry.alias.toLowerCase() : undefined;
}

const aliasTaken: Check<ModelAliasInput> = ({ ref, alias, declared }, { config }) => {
  const models = config.agents?.defaults?.models ?? {};
  if (alias === undefined || (!declared && hasMember(models, ref) && models[ref]?.alias !== undefined)) return [];
  return namesOf(models, aliasOf, alias.toLowerCase())
    .filter((other) => other !== ref)
    .map((other) =>
      problem(
        "warning",
        "alias-taken",
        ["agents", "defaults", "models", other, "alias"],
        `the alias "${alias}" of ${ref} is also that of ${other}`,
        "OpenClaw takes the last one; give one of them another alias.",
      ),
    );
};

const primaryReplaced: Check<PrimaryModelInput> = ({ model }, { config }) => {
  const slot = config.agents?.defaults?.model;
  const former = typeof slot === "object" ? slot.primary : slot;
  if (former === undefined || former.trim() === "" || former === model) return [];
  const kept = typeof slot === "object" && slot.fallbacks?.includes(former);
  const message = `the default model was ${former}`;
  return [
    problem(
      "info",
      "primary-replaced",
      ["agents", "defaults", "model"],
      message,
      kept ? "It stays a fallback." : "To keep it in use, add it to the fallbacks.",
    ),
  ];
};

const fallbackOfItself: Check<FallbacksInput> = (input, { config }) => {
  const name = input.slot ?? "model";
  const slot = config.agents?.defaults?.[name];
  const primary = typeof slot === "object" ? slot.primary : slot;
  const added = [...(input.set ?? []), ...(input.prepend ?? []), ...(input.append ?? [])];
  if (primary === undefined || !added.includes(primary)) return [];
  const message = `the fallback ${primary} is the primary model itself`;
  return [
    problem(
      "warning",
      "fallback-is-primary",
      ["agents", "defaults", name, "fallbacks"],
      message,
      "It is tried only once; take it out of the fallbacks.",
    ),
  ];
};

const spellingsCompete: Check<ProviderIdInput> = ({ provider, places }, { config }) => {
  if (!places.includes("models")) return [];
  const spellings = namesOf(config.models?.providers ?? {}, spelledId, provider);
  if (spellings.length < 2) return [];
  return [
    problem(
      "warning",
      "provider-spellings",
      ["models", "providers"],
      `several blocks mean provider "${provider}": ${spellings.join(", ")}`,
      `clawform writes to "${provider}"; merge the others into it.`,
    ),
  ];
};

const variableHidden: Check<EnvVarsInput> = ({ vars }, { config }) =>
  Object.entries(vars)
    .filter(
      ([name, value]) =>
        name !== "vars" && name !== "shellEnv" && hasMember(config.env ?? {}, name) && config.env?.[name] !== value,
    )
    .map(([name]) =>
      problem(
        "warning",
        "env-hidden",
        ["env", name],
        `env.${name} stands in the file too and wins over env.vars.${name}`,
        `Remove env.${name}.`,
      ),
    );

const checks: ReadonlyMap<string, Check<JsonObject>> = new Map<string, Check<never>>([
  ["plugin-entry", pluginSwitchedOff],
  [
    "auth-profile",
    (input: AuthProfileInput, documents) => [...profileTaken(input, documents), ...refs(input, documents)],
  ],
  ["provider-block", blockRef],
  ["model-alias", aliasTaken],
  ["primary-model", primaryReplaced],
  ["fallbacks", fallbackOfItself],
  ["provider-id", spellingsCompete],
  ["env-vars", variableHidden],
]) as ReadonlyMap<string, unknown> as ReadonlyMap<string, Check<JsonObject>>;
