/** Which auth choice a command line means. */

import { closest } from "../core/nearest.js";
import { normalizeProviderId } from "../ids.js";
import { invalidError, usageError } from "../errors.js";
import type { Card, CardChoice, ElsewhereChoice } from "../types.js";

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
  /** An address or a model of a server of the user's own was given. */
  readonly endpoint?: boolean;
}

/** Every choice of the catalog. Throws `invalidError` when two cards have one of the same id. */
export function allChoices(cards: readonly Card[]): CardAndChoice[] {
  const all = cards.flatMap((card) => card.choices.map((choice) => ({ card, choice })));
  const owners = new Map<string, string>();
  for (const { card, choice } of all) {
    const other = owners.get(choice.id);
    if (other !== undefined)
      throw invalidError("choice-twice", `the auth choice "${choice.id}" is on the cards ${other} and ${card.id}`, {
        hint: "Give the card's choice another id.",
      });
    owners.set(choice.id, card.id);
  }
  return all;
}

/** Key flags that were given and that the choice does not take, in the order of the catalog. */
export function unusedFlags({ choice }: CardAndChoice, flags: readonly string[]): string[] {
  return [...new Set(flags)].filter((flag) => flag !== choice.flag && !(choice.endpoint && flag === customKeyFlag));
}

/** The flag that carries the key of any server of the user's own. */
export const customKeyFlag = "--custom-api-key";

/**
 * The choice that is meant: named, or implied by `--token-provider`, by one provider's flag, or by an address of the
 * user's own. Throws a usage error otherwise, for a choice that is done elsewhere one that says where.
 */
export function chosen(
  { authChoice, tokenProvider, flags, endpoint = false }: ChoiceRequest,
  choices: readonly CardAndChoice[],
  elsewhere: readonly ElsewhereChoice[] = [],
): CardAndChoice {
  const generic =
    authChoice === undefined || authChoice === "token" || (authChoice === "apiKey" && tokenProvider !== undefined);
  if (!generic) return named(authChoice, choices, elsewhere);
  if (tokenProvider !== undefined) return ofProvider(tokenProvider, authChoice === "token", choices);
  const custom = endpoint && choices.some(({ choice }) => choice.endpoint?.rule === "custom");
  const others = flags.filter((flag) => flag !== customKeyFlag);
  const distinct = [...new Set(custom ? [...others, customKeyFlag] : flags)];
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

function named(id: string, choices: readonly CardAndChoice[], elsewhere: readonly ElsewhereChoice[]): CardAndChoice {
  const found =
    choices.find(({ choice }) => choice.id === id) ?? choices.find(({ choice }) => choice.otherIds?.includes(id));
  if (found) return found;
  const other = elsewhere.find((one) => one.id === id);
  if (other) {
    const message = other.why === "login" ? "needs a login that clawform cannot do" : "is no choice any more";
    throw usageError("choice-elsewhere", `"${id}" (${other.label}) ${message}`, { hint: other.instead });
  }
  const near = closest(id, [...choices.map(({ choice }) => choice.id), ...elsewhere.map((one) => one.id)]);
  throw usageError("unknown-choice", `there is no auth choice "${id}"`, {
    hint:
      near.length > 0
        ? `Did you mean ${near.join(" or ")}?`
        : "clawform providers lists the providers with their choices.",
  });
}

/** Where the provider takes a token as well as a key, `--auth-choice token` means the token. */
function ofProvider(provider: string, token: boolean, choices: readonly CardAndChoice[]): CardAndChoice {
  const plain = provider.trim().toLowerCase();
  const of = (id: string): CardAndChoice[] => choices.filter(({ card }) => card.id === id);
  const own = of(normalizeProviderId(provider));
  const found = own.length > 0 ? own : of(plain);
  const byToken = token ? found.find(({ choice }) => choice.credential === "token") : undefined;
  const one = byToken ?? found[0];
  if (one) return one;
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
