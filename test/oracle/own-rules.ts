/** The rules of deviations.ts: each makes what clawform should have written out of what the real one wrote. */

import { normalizeProviderId } from "../../src/ids.js";
import type { Credential, OpenClawConfig, ProviderBlock } from "../../src/types.js";
import { formerBlock, type Rule, type Written } from "./kept.js";
import { over } from "./over.js";
import { recordingOf } from "./recordings.js";

/** Both blocks stay; what the real one wrote goes into the canonical one. */
export const canonicalStays: Rule = ({ config }, before) => {
  const blocks = config.models?.providers ?? {};
  const former = before.config.models?.providers ?? {};
  const [[spelling, first] = ["", {}]] = Object.entries(former);
  const id = normalizeProviderId(spelling);
  const { baseUrl, api, models = [] } = blocks[id] as ProviderBlock;
  const own = former[id] as ProviderBlock;
  const added = models.filter((model) => !first.models?.some((other) => other.id === model.id));
  blocks[spelling] = first;
  blocks[id] = { ...own, baseUrl: baseUrl as string, api: api as string, models: [...(own.models ?? []), ...added] };
};

/** The address the user has, under whatever spelling, stays. */
export const addressStays: Rule = ({ config }, before, { choice }) => {
  const id = choice.slice(0, choice.indexOf("-"));
  const block = config.models?.providers?.[id] as ProviderBlock;
  block.baseUrl = formerBlock(before, id)?.baseUrl as string;
};

/** The block of the other spelling becomes the canonical one, the new fields over it, the new models behind its own. */
export const minimaxMoves: Rule = ({ config }, before) => {
  const blocks = config.models?.providers ?? {};
  const { MiniMax: former, minimax: { models = [], ...fields } = {} } = { ...blocks };
  delete blocks["MiniMax"];
  blocks["minimax"] = {
    ...former,
    ...fields,
    models: [...(before.config.models?.providers?.["MiniMax"]?.models ?? []), ...models],
  };
};

/** The block's key stays, trimmed. */
export const minimaxKeyStays: Rule = ({ config }, before) => {
  const former = formerBlock(before, "minimax")?.apiKey;
  const block = config.models?.providers?.["minimax"] as ProviderBlock;
  if (typeof former === "string") block.apiKey = former.trim();
};

/** What a model had before wins, its alias too. */
export const aliasStays: Rule = ({ config }, before) => {
  for (const [ref, entry] of Object.entries(config.agents?.defaults?.models ?? {}))
    Object.assign(entry, before.config.agents?.defaults?.models?.[ref]);
};

/** The one profile in the store is what the configuration names, none of the choice's ids. */
export const ownIdNamed: Rule = ({ config }, { config: { auth }, auth: { profiles = {} } }) => {
  const [[id, { provider, type }]] = Object.entries(profiles) as [[string, Credential]];
  config.auth = {
    ...config.auth,
    profiles: { ...auth?.profiles, [id]: { ...auth?.profiles?.[id], provider, mode: type } },
  };
};

/** What an earlier release recorded of plugins stays. */
export const installsStay: Rule = ({ config }, before) => {
  const installs = before.config.plugins?.["installs"];
  if (installs !== undefined) config.plugins = { ...config.plugins, installs };
};

/** The stored credentials stay as they were. */
export const storeStays: Rule = (expected, before) => void (expected.auth = before.auth);

/** The real one refused: what the choice writes into an empty home, over what was there. */
export const asInEmptyHome: Rule = (expected, before, { choice }) => {
  const fresh = recordingOf(`fresh ${choice}`);
  expected.config = over(before.config, fresh.configAfter) as OpenClawConfig;
  expected.auth = over(before.auth, fresh.authAfter) as Written["auth"];
};

/** What the real one stored for its default agent goes to main. */
export const mainGetsKey: Rule = (expected, before, recording) => {
  const [[path, { profiles }]] = Object.entries(recording.filesAfter ?? {}) as unknown as [
    [string, Required<Written["auth"]>],
  ];
  const there = { ...before.auth.profiles, ...(before.files[path] as Written["auth"] | undefined)?.profiles };
  const added = Object.entries(profiles).filter(([id]) => !Object.hasOwn(there, id));
  expected.auth = { version: 1, ...before.auth, profiles: { ...before.auth.profiles, ...Object.fromEntries(added) } };
  expected.files = before.files;
};

/** What main holds is not added to the other agent's file. */
export const notCopied: Rule = ({ files }, before, recording) => {
  for (const path of Object.keys(recording.filesAfter ?? {})) {
    const { profiles } = files[path] as Required<Written["auth"]>;
    const own = (before.files[path] as Written["auth"] | undefined)?.profiles ?? {};
    for (const id of Object.keys(before.auth.profiles ?? {})) if (!Object.hasOwn(own, id)) delete profiles[id];
  }
};

/** One rule after the other. */
export function inTurn(...rules: Rule[]): Rule {
  return (expected, before, recording) => rules.forEach((rule) => rule(expected, before, recording));
}

/** The key of the only profile that was written. */
export function keyIs(key: string): Rule {
  return ({ auth }) => {
    for (const credential of Object.values(auth.profiles ?? {})) credential.key = key;
  };
}

/** Where `models` is an included file, the block goes there; the rest of what the real one writes on a fresh home stays here. */
export const includedModels: Rule = (written, before) => {
  const { models, ...rest } = structuredClone(recordingOf("fresh kilocode-api-key").configAfter) as OpenClawConfig;
  const { providers } = before.files["models.json5"] as { providers: object };
  written.config = { ...before.config, ...rest };
  written.files["models.json5"] = { providers: { ...providers, ...models?.providers }, mode: "merge" };
};

/** Where the default model stands in an included base, it is changed there; what is new goes into the root file. */
export const includedBase: Rule = (written, before) => {
  const { agents, ...rest } = structuredClone(recordingOf("fresh openrouter-api-key").configAfter) as OpenClawConfig;
  const { model, models } = agents?.defaults ?? {};
  written.config = {
    ...before.config,
    ...rest,
    agents: { defaults: { ...before.config.agents?.defaults, models: models ?? {} } },
  };
  written.files["base.json5"] = { agents: { defaults: { model } } };
};

/** Where `agents` comes from an included base, the default model is changed there. */
export const includedCustom: Rule = (written, before) => {
  const fresh = structuredClone(recordingOf("no-key custom-api-key").configAfter) as OpenClawConfig;
  const { agents, ...rest } = fresh;
  const { model, models } = agents?.defaults ?? {};
  written.config = {
    ...before.config,
    ...rest,
    agents: { defaults: { ...before.config.agents?.defaults, models: models ?? {} } },
  };
  written.files["base.json5"] = { agents: { defaults: { model } } };
};
