/** Which choices a harvest runs, and which a person has to place. Pure. */

/** @typedef {import("./harvest-cards.mjs").Card} Card */
/** @typedef {import("./harvest-facts.mjs").Facts} Facts */
/** @typedef {import("./harvest-manifests.mjs").Offer} Offer */
/** @typedef {{ card: string, choice: any, env: readonly string[], offer: Offer | undefined }} Subject */

/**
 * Every choice that takes a key: those of the cards that are still offered, then new ones under their provider's card.
 * @param {ReadonlyMap<string, Card>} cards
 * @param {ReadonlyMap<string, Offer>} offers
 * @returns {Subject[]}
 */
export function subjectsOf(cards, offers) {
  const known = [...cards].flatMap(([card, { choices, env }]) =>
    choices.flatMap((choice) => {
      const offer = offers.get(choice.id);
      return offer ? [{ card, choice, env: choice.env ?? env, offer }] : [];
    }),
  );
  const fresh = [...offers.values()]
    .filter(({ id, flag }) => flag !== undefined && !known.some(({ choice }) => choice.id === id))
    .map((offer) => ({ card: offer.provider, choice: { id: offer.id, flag: offer.flag }, env: offer.env, offer }));
  return [...known, ...fresh];
}

/** What a manifest says, even by leaving it out; a run says the rest. */
const ofTheManifest = ["id", "flag", "label", "hint", "env", "group"];

/**
 * What is known of a choice now: the manifest's word and the runs', but for what is written by hand.
 * @param {{ id: string, endpoint?: unknown }} choice
 * @param {Facts} offered
 * @param {{ facts: Facts, fields: readonly string[] }} ran
 * @param {readonly string[]} byHand
 * @returns {import("./harvest-cards.mjs").Measured}
 */
export function measuredOf({ id, endpoint }, offered, { facts, fields }, byHand) {
  // A server of the user's own takes its key by `--custom-api-key`, whatever the manifest says.
  const without = [...byHand, ...(endpoint ? ["flag"] : [])];
  const known = new Set([...Object.keys(offered), "hint", ...fields.filter((name) => !ofTheManifest.includes(name))]);
  return { id, facts: { ...facts, ...offered }, fields: [...known].filter((name) => !without.includes(name)) };
}

/** Words of `--auth-choice` that are no way to set a provider up. */
const noProvider = new Set(["skip", "token"]);

/**
 * Choices without a place: neither in a card nor in `_elsewhere.json`, or there and offered no more.
 * @param {string} help what `onboard --help` said
 * @param {ReadonlyMap<string, Offer>} offers
 * @param {ReadonlyMap<string, Card>} cards
 * @param {readonly { id: string, why: string }[]} elsewhere
 * @returns {string[]}
 */
export function unplaced(help, offers, cards, elsewhere) {
  const named = /--auth-choice <choice>\s+Auth: (\S+)/.exec(help)?.[1]?.split("|") ?? [];
  const there = new Set([
    ...elsewhere.map(({ id }) => id),
    ...[...cards.values()].flatMap(({ choices }) => choices.flatMap(({ id, otherIds = [] }) => [id, ...otherIds])),
  ]);
  const offered = new Set([...offers.keys(), ...named]);
  const isNew = (/** @type {string} */ id) =>
    !there.has(id) && !noProvider.has(id) && offers.get(id)?.flag === undefined;
  return [
    ...[...offered]
      .filter(isNew)
      .map((id) => `${id}: in no card and not in _elsewhere.json; it has no key flag: by hand`),
    ...elsewhere
      .filter(({ id, why }) => why === "login" && !offered.has(id))
      .map(({ id }) => `${id}: in _elsewhere.json, but the release does not offer it any more`),
  ];
}
