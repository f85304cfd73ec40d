/** Measured facts -> cards. Pure: what a harvest does not measure stays as it is, and the same facts change nothing. */

import { isDeepStrictEqual } from "node:util";
import { ofTheCard, ofTheChoice, shared } from "./harvest-fields.mjs";

/** @typedef {import("./harvest-facts.mjs").Facts} Facts */
/** @typedef {{ [field: string]: any, choices: any[] }} Card */
/**
 * @typedef {object} Measured one choice
 * @property {string} id
 * @property {Facts} facts
 * @property {readonly string[]} fields those of the card's fields that were measured; the others stay
 */

/** Whose order says nothing. */
const sets = new Set(["register"]);

/**
 * @param {any} a
 * @param {any} b
 * @param {string} field
 */
export function sameFact(a, b, field) {
  const plain = (/** @type {any} */ value) => (sets.has(field) && Array.isArray(value) ? new Set(value) : value);
  return isDeepStrictEqual(plain(a), plain(b));
}

/**
 * The card with these choices as measured: choices that it lacks are added, `gone` ones taken out.
 * @param {Card} card
 * @param {readonly Measured[]} measured
 * @param {readonly string[]} [gone]
 * @returns {{ card: Card, conflicts: string[] }} `conflicts`: facts that only a card can give, on which its choices differ
 */
export function updateCard(card, measured, gone = []) {
  const result = structuredClone(card);
  result.choices = result.choices.filter(({ id }) => !gone.includes(id));
  for (const { id } of measured) if (!result.choices.some((choice) => choice.id === id)) result.choices.push({ id });
  const of = measured.map((one) => ({ ...one, choice: result.choices.find((choice) => choice.id === one.id) }));
  for (const { choice, facts, fields } of of)
    for (const field of ofTheChoice.filter((name) => fields.includes(name))) put(choice, field, facts[field]);
  const conflicts = ofTheCard.filter((field) => {
    const values = of.filter(({ fields }) => fields.includes(field)).map(({ facts }) => facts[field]);
    if (values.some((value) => !sameFact(value, values[0], field))) return true;
    // Groups of choices that set nothing up say nothing of the block.
    if (values.length > 0) put(result, field, values[0]);
    return false;
  });
  for (const field of shared) putShared(result, of, field);
  return { card: result, conflicts };
}

/**
 * A fact stays where it stands: at the choices that give it themselves, else at the card, where all others share it.
 * @param {Card} card
 * @param {readonly { choice: any, facts: Facts, fields: readonly string[] }[]} of
 * @param {string} field
 */
function putShared(card, of, field) {
  const measured = of.filter(({ fields }) => fields.includes(field));
  const own = measured.filter(({ choice }) => Object.hasOwn(choice, field));
  for (const { choice, facts } of own) put(choice, field, facts[field]);
  const sharers = measured.filter((one) => !own.includes(one) && !sameFact(one.facts[field], card[field], field));
  if (sharers.length === 0) return;
  const [first] = sharers;
  const others = card.choices.filter(
    (choice) => !Object.hasOwn(choice, field) && !sharers.some((one) => one.choice === choice),
  );
  const agree = sharers.every(({ facts }) => sameFact(facts[field], first?.facts[field], field));
  if (agree && others.length === 0) put(card, field, first?.facts[field]);
  else for (const { choice, facts } of sharers) put(choice, field, facts[field]);
}

/**
 * @param {Facts} where
 * @param {string} field
 * @param {any} value
 */
function put(where, field, value) {
  if (sameFact(where[field], value, field)) return;
  if (value === undefined) delete where[field];
  else where[field] = value;
}

/**
 * A new provider's card: its name is its group's until somebody knows a better one.
 * @param {readonly Measured[]} measured
 * @returns {{ card: Card, conflicts: string[] }}
 */
export function newCard(measured) {
  const { group, models } = measured[0]?.facts ?? {};
  const card = { $schema: "../../schemas/card.json", label: group?.label ?? "", choices: [] };
  return updateCard({ ...card, ...(models ? { fill: "missing" } : {}) }, measured);
}

/**
 * Members in the schema's order, so that a written card reads like the others.
 * @param {Card} card
 * @param {{ card: readonly string[], choice: readonly string[] }} order
 * @returns {Card}
 */
export function inOrder(card, order) {
  const sorted = (/** @type {Facts} */ value, /** @type {readonly string[]} */ names) =>
    Object.fromEntries(Object.entries(value).sort(([a], [b]) => names.indexOf(a) - names.indexOf(b)));
  const choices = card.choices.map((choice) => sorted(choice, order.choice));
  return /** @type {Card} */ (sorted({ ...card, choices }, order.card));
}
