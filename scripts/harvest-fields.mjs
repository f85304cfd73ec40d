/**
 * Which fields of a card the real program says, and which are written by hand. test/tooling/harvest.test.ts holds the lists
 * against schemas/card.json: every field is in exactly one.
 */

const words = (/** @type {string} */ text) => text.trim().split(/\s+/);

/** Of a card and of each of its choices: measured, written by `npm run harvest`. */
export const harvested = {
  card: words(
    `group plugin env baseUrl api authHeader keyMarker block fill models aliases register defaultModel imageModel`,
  ),
  choice: words(`id flag label hint profiles credential primary unlisted env refVariable
    baseUrl api keep models aliases register defaultModel`),
};

/** Never touched by a harvest. */
export const byHand = {
  card: ["$schema", "label", "thinkingDefault", "choices"],
  choice: ["otherIds", "keyFormat", "endpoint", "probe", "parameters"],
};

/** Facts that a choice may give itself, else its card gives them for all its choices. */
export const shared = harvested.choice.filter((field) => harvested.card.includes(field));

/** Facts that a card alone can give. */
export const ofTheCard = harvested.card.filter((field) => !harvested.choice.includes(field));

/** Facts that a choice alone can give. */
export const ofTheChoice = harvested.choice.filter((field) => !harvested.card.includes(field));
