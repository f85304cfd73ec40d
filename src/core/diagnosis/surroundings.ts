/** Rules about what a configuration depends on: plugins that are off, variables that are not set. */

import { normalizeProviderId } from "../../ids.js";
import { parsePointer } from "../../pointer.js";
import type { Json } from "../../types.js";
import { checkStep } from "../checks.js";
import { substitute } from "../variables.js";
import { blockOf, modelUses } from "./model-uses.js";
import { providerOf } from "./providers.js";
import { type Diagnosis, rule, type Rule } from "./rule.js";

/** A model without a block of its own comes from its provider's plugin. Only the user switches plugins on. */
const pluginOff: Rule = {
  code: "plugin-off",
  look: ({ config, card }) => {
    const plugins = new Map<string, string>();
    for (const { ref } of modelUses(config)) {
      const provider = providerOf(ref, config);
      const plugin = provider === null || blockOf(provider, config) ? undefined : card(provider)?.plugin;
      if (plugin !== undefined && !plugins.has(plugin)) plugins.set(plugin, ref);
    }
    return [...plugins].flatMap(([plugin, ref]) =>
      checkStep("plugin-entry", { plugin }, { config, auth: {} }).map((problem): Diagnosis => ({
        ...problem,
        code: "plugin-off",
        severity: "warning",
        message: `${problem.message}, and ${ref} comes from it`,
        hint: problem.hint.replace(/, or let --enable-plugin do it\.$/, "."),
      })),
    );
  },
};

const unsetVariable: Rule = rule("variable-unset", ({ config, environment }, found) =>
  substitute(config as Json, environment).missing.map(({ pointer, name }) => {
    const tokens = parsePointer(pointer);
    const needed = tokens[0] === "models" && tokens[1] === "providers";
    return found(
      needed ? "error" : "warning",
      tokens,
      `\${${name}} stays as it is written: the variable ${name} is not set`,
      `Set ${name} where OpenClaw runs, in its .env, or under env.vars.`,
    );
  }),
);

const variableFromConfig: Rule = rule("variable-from-config", ({ config, environment, outside }, found) => {
  const before = substitute(config as Json, outside).missing;
  const still = new Set(
    substitute(config as Json, environment).missing.map(({ pointer, name }) => `${pointer} ${name}`),
  );
  return before
    .filter(({ pointer, name }) => !still.has(`${pointer} ${name}`))
    .map(({ pointer, name }) =>
      found(
        "info",
        parsePointer(pointer),
        `\${${name}} is filled from this file's own env section; releases before 2026.5 leave it empty`,
        `For those, set ${name} outside, or write the key into the provider.`,
      ),
    );
});

/** A variable of the `env` section that a provider's key comes from is exported to everything OpenClaw starts. */
const keyInEnvironment: Rule = rule("key-in-env-section", ({ config, variables }, found) => {
  const { vars, ...direct } = config.env ?? {};
  const known = new Map(
    Object.keys(config.models?.providers ?? {}).flatMap((id) => variables(id).map((name) => [name, id] as const)),
  );
  return [
    ...Object.entries(vars ?? {}).map(([name, value]) => ({ name, value, tokens: ["env", "vars", name] })),
    ...Object.entries(direct).map(([name, value]) => ({ name, value, tokens: ["env", name] })),
  ].flatMap(({ name, value, tokens }) => {
    const provider = known.get(name);
    return provider === undefined || typeof value !== "string" || value.trim() === ""
      ? []
      : [
          found(
            "info",
            tokens,
            `${name} is set for every program OpenClaw starts, and comes before the key of provider "${normalizeProviderId(provider)}" in its block`,
            "A profile in auth-profiles.json is seen by OpenClaw alone: clawform onboard.",
          ),
        ];
  });
});

/** OpenClaw makes both files 0600. */
const openToOthers: Rule = rule("file-mode", ({ modes }, found) =>
  modes
    .filter(({ mode }) => (mode & 0o077) !== 0)
    .map(({ agent, path, mode }) =>
      found(
        "warning",
        { tokens: [], ...(agent === undefined ? {} : { agent }) },
        `others on this machine may ${(mode & 0o022) !== 0 ? "write" : "read"} it: its mode is ${mode.toString(8).padStart(4, "0")}`,
        `chmod 600 ${path}`,
      ),
    ),
);

export const surroundingsRules: readonly Rule[] = [
  pluginOff,
  unsetVariable,
  variableFromConfig,
  keyInEnvironment,
  openToOthers,
];
