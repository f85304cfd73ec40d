/** One provider of a setup, with its card if the catalog has one -> steps. */

import { normalizeProviderId } from "../ids.js";
import { placesOf } from "../lookup.js";
import type { Card, CardChoice, Problem, Setup, SetupProvider, Step } from "../types.js";
import { blockSteps } from "./block-steps.js";
import { credentialSteps, foreignKey, type ResolvedKey } from "./credential-steps.js";
import { type ChosenCard, chooseFrom } from "./card.js";
import { providerRefusal } from "./provider-refusals.js";
import { declaredServer } from "./server-endpoint.js";
import { step } from "./step.js";

/** What turns one provider into steps. */
export interface ProviderContext {
  /** Label of the setup in problems. */
  readonly file: string;
  /** Ids of every card, for suggestions. */
  readonly catalog: readonly string[];
  /** Credentials by the setup's provider id; none: the credential is left alone. */
  readonly keys: ReadonlyMap<string, ResolvedKey>;
  readonly agents: readonly string[];
  readonly enablePlugin: boolean;
  /** True when the setup is what `onboard` stands for: card suggestions beyond the provider itself are written too. */
  readonly onboarding: boolean;
  /** Provider ids that have a block in the configuration, as they are spelled. */
  readonly configured: readonly string[];
}

/** The steps of one provider; `id` is the id it is written under. */
export function providerSteps(
  id: string,
  declared: SetupProvider,
  card: Card | undefined,
  setup: Setup,
  context: ProviderContext,
): { steps: Step[]; problems: Problem[] } {
  const key = context.keys.get(id);
  const declaredChoice = choiceOf(card, declared);
  const choice = declaredChoice ?? null;
  const served = servedCard(card, choice, declared, key !== undefined);
  const asked = { id, declared, card, choice: declaredChoice, served, key, catalog: context.catalog };
  const refusal = providerRefusal(asked, context.file);
  if (refusal) return { steps: [], problems: [refusal] };
  const facts = served ? chooseFrom(served, choice) : null;
  const credential = credentialSteps(id, declared, choice, context);
  const inline = key && "inline" in key ? key.inline : undefined;
  const isNew = placesOf(context.configured, normalizeProviderId, normalizeProviderId(id)).length === 0;
  const block = blockSteps(id, declared, facts, { statesMode: isNew || context.onboarding, inline });
  const places = [...(block.length > 0 ? ["models"] : []), ...(credential.length > 0 ? ["auth"] : [])];
  const steps = [
    ...(facts && places.length > 0 && normalizeProviderId(id) === id
      ? [step("provider-id", `provider ${id}`, { provider: id, places })]
      : []),
    ...(facts?.plugin === undefined
      ? []
      : [
          step("plugin-entry", `provider ${id}`, {
            plugin: facts.plugin,
            ...(context.enablePlugin ? { force: true } : {}),
          }),
        ]),
    ...credential,
    ...block,
    ...suggestionSteps(id, facts, setup, context),
  ];
  return { steps, problems: foreignKey(id, choice, key, context.file) };
}

/** The choice that is declared, else the card's first; null when it has none, undefined when it has none of that name. */
function choiceOf(card: Card | undefined, { choice }: SetupProvider): CardChoice | null | undefined {
  const choices = card?.choices ?? [];
  return choice === undefined ? (choices[0] ?? null) : choices.find(({ id }) => id === choice);
}

/** The card with the models it is to serve, when they are the user's own; null when none is named. */
function servedCard(
  card: Card | undefined,
  choice: CardChoice | null,
  declared: SetupProvider,
  keyed: boolean,
): Card | null | undefined {
  const own = card && choice?.endpoint?.rule === "server" && card.models === undefined;
  return own ? declaredServer(card, choice, declared, keyed) : card;
}

function suggestionSteps(id: string, facts: ChosenCard | null, setup: Setup, { onboarding }: ProviderContext): Step[] {
  if (!facts) return [];
  const title = `provider ${id}`;
  const aliases = Object.entries(facts.aliases ?? {})
    .filter(([ref]) => setup.aliases?.[ref] === undefined)
    .map(([ref, alias]) => step("model-alias", title, { ref, alias }));
  const registered = (facts.register ?? []).map((ref) => step("model-alias", title, { ref }));
  return [
    ...aliases,
    ...registered,
    ...(onboarding && facts.imageModel !== undefined
      ? [step("media-model", title, { slot: "imageGenerationModel", primary: facts.imageModel, declared: false })]
      : []),
    ...(facts.thinkingDefault === undefined || setup.thinkingDefault !== undefined
      ? []
      : [step("thinking-default", title, { level: facts.thinkingDefault, declared: false })]),
  ];
}
