/** What is compared with the real program: every auth choice of the catalog, with the arguments that a run of it needs. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chooseFrom, type ChosenCard, parseCard } from "../../src/core/card.js";
import { catalogDirectory, listCardIds, readCardText } from "../../src/store/catalog.js";
import type { CardChoice } from "../../src/types.js";

/** One choice of one card, its facts laid over the card's. */
export interface Subject extends Omit<ChosenCard, "choice"> {
  readonly choice: CardChoice;
  readonly key: string;
  /** Its flags, the key's first. */
  readonly args: readonly string[];
}

/** Where a server would be; nothing listens, and the real program runs without network. */
const address = "http://127.0.0.1:9/v1";

const directory = catalogDirectory();
const all: readonly Subject[] = listCardIds(directory).flatMap((id) => {
  const found = readCardText(directory, id);
  const card = parseCard(id, found?.text ?? "", found?.path ?? id, false);
  return card.choices.map((choice) => subject(chooseFrom(card, choice), choice));
});

function subject(chosen: ChosenCard, choice: CardChoice): Subject {
  const key = `${choice.keyFormat?.prefix ?? "sk-test-"}live-${choice.id}`.padEnd(choice.keyFormat?.minLength ?? 0, "x");
  const server = choice.endpoint ? ["--custom-base-url", address, "--custom-model-id", "test/model-1"] : [];
  const parameters = (choice.parameters ?? []).flatMap(({ name, flag }) => [flag, `test-${name}`]);
  return { ...chosen, choice, key, args: [choice.flag, key, ...parameters, ...server] };
}

/** The real one refuses to set these up while their server does not answer; recorded with one in servers-2026.5.6.json. */
const asksItsServer = ({ choice: { probe } }: Subject): boolean => probe?.rule === "models" && probe.api !== "openai";

/** All that can be compared without network. */
export const subjects: readonly Subject[] = all.filter((one) => !asksItsServer(one));

/** Those that cannot. */
export const withServer: readonly string[] = all.filter(asksItsServer).map(({ choice }) => choice.id);

/** The choices of the release's list, by id. */
export const listed: readonly string[] = readFileSync(
  join(import.meta.dirname, "../fixtures/oracle/choices-2026.5.6.txt"),
  "utf8",
)
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split("\t")[0] ?? "");
