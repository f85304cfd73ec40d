/** The scripts of `npm run harvest`, which have no types of their own, as the tests use them. */

// @ts-expect-error a build script, without types
import * as cards from "../../scripts/harvest-cards.mjs";
// @ts-expect-error a build script, without types
import * as changes from "../../scripts/harvest-changes.mjs";
// @ts-expect-error a build script, without types
import * as facts from "../../scripts/harvest-facts.mjs";
// @ts-expect-error a build script, without types
import * as fields from "../../scripts/harvest-fields.mjs";
// @ts-expect-error a build script, without types
import * as manifests from "../../scripts/harvest-manifests.mjs";
// @ts-expect-error a build script, without types
import * as subjects from "../../scripts/harvest-subjects.mjs";

export type Facts = { [field: string]: unknown };
export type CardFile = Facts & { label?: string; env?: string[]; choices: (Facts & { id: string })[] };
export interface Measured {
  id: string;
  facts: Facts;
  fields: readonly string[];
}
export interface Offer {
  id: string;
  provider: string;
  label: string;
  hint?: string;
  group: { id: string; label: string; hint?: string };
  flag?: string;
  env: readonly string[];
}
type Fields = { readonly card: readonly string[]; readonly choice: readonly string[] };
type Updated = { card: CardFile; conflicts: string[] };

export const harvested: Fields = fields.harvested;
export const byHand: Fields = fields.byHand;
export const updateCard: (card: CardFile, measured: readonly Measured[], gone?: readonly string[]) => Updated =
  cards.updateCard;
export const newCard: (measured: readonly Measured[]) => Updated = cards.newCard;
export const sameFact: (a: unknown, b: unknown, field: string) => boolean = cards.sameFact;
export const inOrder: (card: CardFile, order: Fields) => CardFile = cards.inOrder;
export const changesOf: (before: CardFile, after: CardFile) => string[] = changes.changesOf;
export const freshFacts: (card: string, written: object, parameters: object) => Facts = facts.freshFacts;
export const usedFacts: (card: string, fresh: Facts, written: object) => Facts = facts.usedFacts;
export const offeredFacts: (offer: Offer) => Facts = facts.offeredFacts;
export const offersOf: (manifests: readonly object[]) => Map<string, Offer> = manifests.offersOf;
export const subjectsOf: (
  cards: ReadonlyMap<string, CardFile>,
  offers: ReadonlyMap<string, Offer>,
) => { card: string; choice: Facts; env: readonly string[]; offer: Offer }[] = subjects.subjectsOf;
export const measuredOf: (
  choice: { id: string; endpoint?: object },
  offered: Facts,
  ran: { facts: Facts; fields: readonly string[] },
  byHand: readonly string[],
) => Measured = subjects.measuredOf;
export const unplaced: (
  help: string,
  offers: ReadonlyMap<string, Offer>,
  cards: ReadonlyMap<string, CardFile>,
  elsewhere: readonly { id: string; why: string }[],
) => string[] = subjects.unplaced;
