/** What a harvest changes, in words: one line per provider. */

import { isDeepStrictEqual } from "node:util";
import { sameFact } from "./harvest-cards.mjs";
import { harvested } from "./harvest-fields.mjs";

/** @typedef {import("./harvest-cards.mjs").Card} Card */

/**
 * @param {Card} before
 * @param {Card} after
 * @returns {string[]} one for each fact that changed: `api-key: baseUrl a -> b`
 */
export function changesOf(before, after) {
  const choices = new Set([...before.choices, ...after.choices].map(({ id }) => id));
  const of = (/** @type {Card} */ card, /** @type {string} */ id) => card.choices.find((choice) => choice.id === id);
  return [
    ...fieldChanges(before, after, harvested.card),
    ...[...choices].flatMap((id) => {
      const [former, now] = [of(before, id), of(after, id)];
      if (!former) return [`new choice ${id}`];
      if (!now) return [`choice ${id} is gone`];
      return fieldChanges(former, now, harvested.choice).map((change) => `${id}: ${change}`);
    }),
  ];
}

/**
 * @param {{ [field: string]: any }} before
 * @param {{ [field: string]: any }} after
 * @param {readonly string[]} fields
 */
function fieldChanges(before, after, fields) {
  return fields
    .filter((field) => !sameFact(before[field], after[field], field))
    .map((field) => `${field} ${difference(field, before[field], after[field])}`);
}

/**
 * @param {string} field
 * @param {any} before
 * @param {any} after
 * @returns {string}
 */
function difference(field, before, after) {
  if (field === "models") return items(byId(before ?? []), byId(after ?? []));
  if (Array.isArray(before ?? after) && [...(before ?? []), ...(after ?? [])].every((item) => typeof item === "string"))
    return items(byName(before ?? []), byName(after ?? []));
  if (isPlain(before ?? after) && isPlain(after ?? before)) return items(before ?? {}, after ?? {});
  return `${short(before)} -> ${short(after)}`;
}

/**
 * `+added -gone ~changed (field a -> b)`.
 * @param {{ [name: string]: any }} before
 * @param {{ [name: string]: any }} after
 */
function items(before, after) {
  const words = [
    ...Object.keys(after)
      .filter((name) => !Object.hasOwn(before, name))
      .map((name) => `+${name}`),
    ...Object.keys(before)
      .filter((name) => !Object.hasOwn(after, name))
      .map((name) => `-${name}`),
    ...Object.keys(before)
      .filter((name) => Object.hasOwn(after, name) && !isDeepStrictEqual(before[name], after[name]))
      .map((name) => `~${name} (${inside(before[name], after[name])})`),
  ];
  return words.length > 0 ? words.join(" ") : "in another order";
}

/**
 * @param {any} before
 * @param {any} after
 */
function inside(before, after) {
  if (!isPlain(before) || !isPlain(after)) return `${short(before)} -> ${short(after)}`;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => !isDeepStrictEqual(before[name], after[name]))
    .map((name) => `${name} ${short(before[name])} -> ${short(after[name])}`)
    .join(", ");
}

const byId = (/** @type {readonly any[]} */ list) => Object.fromEntries(list.map((item) => [item.id, item]));
const byName = (/** @type {readonly string[]} */ list) => Object.fromEntries(list.map((item) => [item, true]));
const isPlain = (/** @type {unknown} */ value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {unknown} value */
function short(value) {
  return value === undefined ? "none" : typeof value === "string" ? value : JSON.stringify(value);
}
