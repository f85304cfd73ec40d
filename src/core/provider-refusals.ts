/** Why a provider of a setup makes no steps. */

import { formatPointer } from "../pointer.js";
import type { Card, CardChoice, Problem, SetupProvider } from "../types.js";
import { keyForm, type ResolvedKey } from "./credential-steps.js";
import { closest } from "./nearest.js";

/** A provider of a setup, and what the catalog has for it. */
export interface AskedProvider {
  readonly id: string;
  readonly declared: SetupProvider;
  readonly card: Card | undefined;
  /** Null: there is none to choose from. Undefined: there is none of the name that is declared. */
  readonly choice: CardChoice | null | undefined;
  /** The card with the models it is to serve; null: they are the user's own, and none is named. */
  readonly served: Card | null | undefined;
  readonly key: ResolvedKey | undefined;
  /** Ids of every card. */
  readonly catalog: readonly string[];
}

interface Refusal {
  readonly code: string;
  /** Where in the provider. */
  readonly tokens: readonly string[];
  readonly message: string;
  readonly hint: string;
}

// The order tells which one is told: what depends on another comes after it.
const checks: readonly ((asked: AskedProvider) => Refusal | null)[] = [
  unknownProvider,
  unknownChoice,
  missingModels,
  badKey,
  missingParameter,
];

/** The first thing that keeps a provider from being written, as an error in the setup `file`; null when nothing does. */
export function providerRefusal(asked: AskedProvider, file: string): Problem | null {
  for (const check of checks) {
    const refusal = check(asked);
    if (refusal === null) continue;
    const { code, tokens, message, hint } = refusal;
    // What onboarding asks for stands in no file.
    const pointer = file === "" ? "" : formatPointer(["providers", asked.id, ...tokens]);
    return { code, severity: "error", file, pointer, message, hint };
  }
  return null;
}

function unknownProvider({ id, declared, card, catalog }: AskedProvider): Refusal | null {
  if (card || declared.baseUrl !== undefined || declared.catalog === false) return null;
  const near = closest(id, catalog).map((name) => `"${name}"`);
  const meant = near.length > 0 ? `Did you mean ${near.join(" or ")}? ` : "";
  return {
    code: "unknown-provider",
    tokens: [],
    message: `"${id}" is not in the catalog`,
    hint: `${meant}For a provider of your own give baseUrl, api and models.`,
  };
}

function unknownChoice({ id, declared, card, choice }: AskedProvider): Refusal | null {
  if (choice !== undefined) return null;
  const known = (card?.choices ?? []).map((one) => one.id);
  return {
    code: "unknown-choice",
    tokens: ["choice"],
    message: `provider "${id}" has no auth choice "${declared.choice}"`,
    hint: known.length > 0 ? `It has: ${known.join(", ")}.` : "Leave choice out.",
  };
}

function missingModels({ id, served }: AskedProvider): Refusal | null {
  if (served !== null) return null;
  return {
    code: "missing-models",
    tokens: ["models"],
    message: `provider "${id}" serves models of your own, and none is named`,
    hint: 'Give models: [{ id: "…" }] in the setup.',
  };
}

function badKey({ id, choice, key }: AskedProvider): Refusal | null {
  const form = keyForm(choice ?? null, key);
  if (form === null) return null;
  return {
    code: "key-form",
    tokens: ["apiKey"],
    message: `the key of provider "${id}" ${form}`,
    hint: "Copy it whole, without blanks.",
  };
}

function missingParameter({ id, declared, choice }: AskedProvider): Refusal | null {
  const missing = choice?.parameters?.find(({ name }) => !declared.parameters?.[name]?.trim());
  if (!missing) return null;
  return {
    code: "missing-parameter",
    tokens: ["parameters"],
    message: `provider "${id}" also needs "${missing.name}" (${missing.label})`,
    hint: `Give parameters: { ${missing.name}: "…" } in the setup, or ${missing.flag}.`,
  };
}
