/** What an installed release offers: the auth choices in its plugins' manifests, which are data files. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** @typedef {import("./openclaw.mjs").Program} Program */
/**
 * @typedef {object} Offer one auth choice
 * @property {string} id
 * @property {string} provider
 * @property {string} label
 * @property {string} [hint]
 * @property {{ id: string, label: string, hint?: string }} group
 * @property {string} [flag] of the key; none where there is a login instead
 * @property {readonly string[]} env variables of the provider's key
 */

/**
 * Every choice of every bundled plugin, by id.
 * @param {Program} program
 * @returns {Map<string, Offer>}
 */
export function readOffers({ root }) {
  const folder = path.join(root, "dist/extensions");
  const manifests = readdirSync(folder)
    .map((name) => path.join(folder, name, "openclaw.plugin.json"))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, "utf8")));
  return offersOf(manifests);
}

/**
 * @param {readonly any[]} manifests
 * @returns {Map<string, Offer>}
 */
export function offersOf(manifests) {
  const offers = manifests.flatMap((manifest) =>
    (manifest.providerAuthChoices ?? []).map((/** @type {any} */ choice) => [choice.choiceId, offer(manifest, choice)]),
  );
  return new Map(offers);
}

/**
 * @param {any} manifest
 * @param {any} choice
 * @returns {Offer}
 */
function offer(manifest, { provider, choiceId, choiceLabel, choiceHint, groupId, groupLabel, groupHint, cliFlag }) {
  const inSetup = (manifest.setup?.providers ?? []).find((/** @type {any} */ one) => one.id === provider);
  const group = { id: groupId ?? provider, label: groupLabel ?? choiceLabel };
  return {
    id: choiceId,
    provider,
    label: choiceLabel,
    ...(choiceHint ? { hint: choiceHint } : {}),
    group: groupHint ? { ...group, hint: groupHint } : group,
    ...(cliFlag ? { flag: cliFlag } : {}),
    env: manifest.providerAuthEnvVars?.[provider] ?? inSetup?.envVars ?? [],
  };
}
