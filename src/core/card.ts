/** A catalog card's text -> Card. */

import { invalidError } from "../errors.js";
import { isObject } from "../json.js";
import { parseText } from "../text/index.js";
import type { Card, CardChoice, ElsewhereChoice, OpenClawConfig, Setup } from "../types.js";
import { slotModels } from "./model-slot.js";
import { findings } from "./validate.js";

/**
 * Reads one card; its id is its file's name. Throws `invalidError` naming the file and the first finding. A card that came
 * with clawform is `trusted`: it was checked when clawform was, and every start would pay for doing it again.
 */
export function parseCard(id: string, text: string, file: string, trusted: boolean): Card {
  const value = parseText(text, file);
  const [first] = trusted ? [] : findings("card", value);
  if (!isObject(value) || first) {
    throw invalidError("card", first ? first.message : "a card is an object", {
      file,
      pointer: first?.pointer ?? "",
      hint: first?.hint ?? "",
    });
  }
  const { $schema: _, ...fields } = value;
  return { ...(fields as unknown as Omit<Card, "id">), id };
}

/** Reads the list of choices that are done elsewhere. Throws `invalidError` naming the file. */
export function parseElsewhere(text: string, file: string, trusted: boolean): readonly ElsewhereChoice[] {
  const value = parseText(text, file);
  const [first] = trusted ? [] : findings("elsewhere", value);
  if (!isObject(value) || first) {
    throw invalidError("elsewhere", first?.message ?? "it is an object", { file, pointer: first?.pointer ?? "" });
  }
  return value["choices"] as unknown as ElsewhereChoice[];
}

/** A card with one of its choices' own facts laid over it. */
export interface ChosenCard extends Omit<Card, "choices"> {
  readonly choice: CardChoice | null;
}

/** Lays a choice's facts over its card: what the choice does not say comes from the card. */
export function chooseFrom(card: Card, choice: CardChoice | null): ChosenCard {
  const { choices: _, ...facts } = card;
  if (!choice) return { ...facts, choice };
  const { baseUrl, api, models, aliases, register, defaultModel, env } = choice;
  const own = { baseUrl, api, models, aliases, register, defaultModel, env };
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  return { ...facts, ...given, choice };
}

/** The setup `onboard` stands for: one provider by one choice, its default model made the primary unless the choice leaves yours. */
export function onboardSetup(
  card: Card,
  choice: CardChoice,
  provider: NonNullable<Setup["providers"]>[string],
  config: OpenClawConfig,
): Setup {
  const { defaultModel } = chooseFrom(card, choice);
  const present = slotModels(config.agents?.defaults?.model).primary?.trim() ?? "";
  const leave = choice.primary === "unset" && present !== "";
  return {
    providers: { [card.id]: { ...provider, choice: choice.id } },
    ...(defaultModel === undefined || leave ? {} : { model: { primary: defaultModel } }),
  };
}
