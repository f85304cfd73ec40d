/** What is compared with the real program: every auth choice of the catalog, with the arguments that a run of it needs. */

import { chooseFrom, type ChosenCard, parseCard } from "../../src/core/card.js";
import { catalogDirectory, listCardIds, readCardText } from "../../src/store/catalog.js";
import type { CardChoice } from "../../src/types.js";
import { choiceArguments } from "./program.js";

/** One choice of one card, its facts laid over the card's. */
export interface Subject extends Omit<ChosenCard, "choice"> {
  readonly choice: CardChoice;
  readonly key: string;
  /** Its flags, the key's first. */
  readonly args: readonly string[];
}

const directory = catalogDirectory();
const all: readonly Subject[] = listCardIds(directory).flatMap((id) => {
  const found = readCardText(directory, id);
  const card = parseCard(id, found?.text ?? "", found?.path ?? id, false);
  return card.choices.map((choice) => subject(chooseFrom(card, choice), choice));
});

function subject(chosen: ChosenCard, choice: CardChoice): Subject {
  const { key, args } = choiceArguments(choice);
  return { ...chosen, choice, key, args };
}

/** The real one refuses to set these up while their server does not answer; recorded with one in servers-2026.5.6.json. */
const asksItsServer = ({ choice: { probe } }: Subject): boolean => probe?.rule === "models" && probe.api !== "openai";

/** All that can be compared without network. */
export const subjects: readonly Subject[] = all.filter((one) => !asksItsServer(one));
