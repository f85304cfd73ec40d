/** What two runs of one choice wrote -> the facts of its card. Pure. */

/** @typedef {{ [field: string]: any }} Facts */
/** @typedef {{ config: any, profiles: { [id: string]: any } }} Written */
/** @typedef {import("./harvest-manifests.mjs").Offer} Offer */

/** The block that stands in the second run's home before: what is kept of it is a fact. */
export const ownBlock = { baseUrl: "https://own.example/v1", model: "own-provider/own-model" };

/** An API that is not the one the choice writes. */
export const otherApi = (/** @type {string} */ api) =>
  api === "openai-completions" ? "anthropic-messages" : "openai-completions";

/**
 * What the manifest says.
 * @param {Offer} offer
 * @returns {Facts}
 */
export function offeredFacts({ id, flag, label, hint, env, group }) {
  return compact({ id, flag, label, hint, env: env.length > 0 ? env : undefined, group });
}

/**
 * What the choice wrote into an empty home.
 * @param {string} card id of the card, which is the provider
 * @param {Written} written
 * @param {{ readonly [name: string]: string }} parameters values given beside the key, to be found again in the address
 * @returns {Facts}
 */
export function freshFacts(card, { config, profiles }, parameters) {
  const defaults = config.agents?.defaults ?? {};
  const entries = Object.entries(defaults.models ?? {});
  const primary = typeof defaults.model === "string" ? defaults.model : defaults.model?.primary;
  const { baseUrl, api, authHeader, apiKey, models, ...block } = config.models?.providers?.[card] ?? {};
  const named = config.auth?.profiles ?? {};
  const kinds = new Set(Object.values(profiles).map(({ type }) => type));
  const aliases = Object.fromEntries(
    entries.flatMap(([ref, { alias }]) => (alias === undefined ? [] : [[ref, alias]])),
  );
  const register = entries.filter(([ref, { alias }]) => alias === undefined && ref !== primary).map(([ref]) => ref);
  return compact({
    plugin: Object.keys(config.plugins?.entries ?? {})[0],
    profiles: Object.entries(profiles)
      .map(([id, { provider }]) => compact({ id, provider, storeOnly: named[id] ? undefined : true }))
      .sort((a, b) => Number(b["provider"] === card) - Number(a["provider"] === card)),
    credential: kinds.has("token") ? "token" : undefined,
    baseUrl: baseUrl === undefined ? undefined : templated(baseUrl, parameters),
    api,
    authHeader,
    keyMarker: apiKey,
    block: Object.keys(block).length > 0 ? block : undefined,
    models,
    aliases: Object.keys(aliases).length > 0 ? aliases : undefined,
    register: register.length > 0 ? register : undefined,
    defaultModel: primary,
    unlisted: primary !== undefined && defaults.models?.[primary] === undefined ? true : undefined,
    imageModel: defaults.imageGenerationModel?.primary,
  });
}

/**
 * What the choice kept of a home in use: its block has an address, a protocol and the default model of its own.
 * @param {string} card
 * @param {Facts} fresh
 * @param {Written} written by a run in ref mode, every variable set
 * @returns {Facts}
 */
export function usedFacts(card, fresh, { config, profiles }) {
  const block = config.models?.providers?.[card] ?? {};
  const kept = [
    ...(block.baseUrl === ownBlock.baseUrl ? ["baseUrl"] : []),
    ...(block.api === otherApi(fresh.api) ? ["api"] : []),
  ];
  const reference = Object.values(profiles).map(({ keyRef, tokenRef }) => (keyRef ?? tokenRef)?.id)[0];
  const several = (fresh.models?.length ?? 0) > 1;
  const model = config.agents?.defaults?.model;
  return compact({
    fill: several ? (block.models?.length > 1 ? "missing" : "default") : undefined,
    keep: fresh.baseUrl !== undefined && kept.length > 0 ? kept : undefined,
    refVariable: reference,
    primary: fresh.defaultModel !== undefined && (model?.primary ?? model) === ownBlock.model ? "unset" : undefined,
  });
}

/**
 * @param {string} url
 * @param {{ readonly [name: string]: string }} parameters
 */
function templated(url, parameters) {
  return Object.entries(parameters).reduce((text, [name, value]) => text.replaceAll(value, `{${name}}`), url);
}

/**
 * @param {Facts} facts
 * @returns {Facts} without the members that are undefined
 */
function compact(facts) {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
