/** Which auth choice a command line means. */

import { closest } from "../core/nearest.js";
import { normalizeProviderId } from "../ids.js";
import { usageError } from "../errors.js";
import type { Card, CardChoice } from "../types.js";

/** A choice and the card it is on. */
export interface CardAndChoice {
  readonly card: Card;
  readonly choice: CardChoice;
}

/** What the command line says about the choice. */
export interface ChoiceRequest {
  readonly authChoice?: string | undefined;
  readonly tokenProvider?: string | undefined;
  /** Key flags that were given, such as `--kilocode-api-key`. */
  readonly flags: readonly string[];
}

/** Every choice of the catalog. */
export function allChoices(cards: readonly Card[]): CardAndChoice[] {
  return cards.flatMap((card) => card.choices.map((choice) => ({ card, choice })));
}

/** The choice that is meant: named, or implied by `--token-provider` or by one provider's flag. Throws a usage error otherwise. */
export function chosen(
  { authChoice, tokenProvider, flags }: ChoiceRequest,
  choices: readonly CardAndChoice[],
): CardAndChoice {
  const generic =
    authChoice === undefined || authChoice === "token" || (authChoice === "apiKey" && tokenProvider !== undefined);
  if (!generic) return named(authChoice, choices);
  if (tokenProvider !== undefined) return ofProvider(tokenProvider, choices);
  const distinct = [...new Set(flags)];
  if (distinct.length > 1) {
    throw usageError("several-flags", `several providers' keys are given: ${distinct.join(", ")}`, {
      hint: "Give one, or say which with --auth-choice.",
    });
  }
  const [flag] = distinct;
  if (flag !== undefined) return implied(flag, choices);
  throw usageError(
    "no-choice",
    authChoice === "token" ? "--auth-choice token needs --token-provider" : "--auth-choice is missing",
    {
      hint: `One of: ${choices.map(({ choice }) => choice.id).join(", ")}.`,
    },
  );
}

function named(id: string, choices: readonly CardAndChoice[]): CardAndChoice {
  const found = choices.find(({ choice }) => choice.id === id);
  if (found) return found;
  const near = closest(
    id,
    choices.map(({ choice }) => choice.id),
  );
  throw usageError("unknown-choice", `there is no auth choice "${id}"`, {
    hint:
      near.length > 0
        ? `Did you mean ${near.join(" or ")}?`
        : "clawform providers lists the providers with their choices.",
  });
}

function ofProvider(provider: string, choices: readonly CardAndChoice[]): CardAndChoice {
  const id = normalizeProviderId(provider);
  const found =
    choices.find(({ card }) => card.id === id) ?? choices.find(({ card }) => card.id === provider.trim().toLowerCase());
  if (found) return found;
  const near = closest(
    provider,
    choices.map(({ card }) => card.id),
  );
  throw usageError("unknown-provider", `"${provider}" is not in the catalog`, {
    hint: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "clawform providers lists them.",
  });
}

/** A flag that several choices share means the one that is called like it, else the first. */
function implied(flag: string, choices: readonly CardAndChoice[]): CardAndChoice {
  const sharing = choices.filter(({ choice }) => choice.flag === flag);
  return (sharing.find(({ choice }) => `--${choice.id}` === flag) ?? sharing[0]) as CardAndChoice;
}
