/** One provider of a setup, with its card if the catalog has one -> steps. */

import { normalizeProviderId } from "../ids.js";
import { formatPointer } from "../pointer.js";
import type { Card, Problem, Setup, SetupProvider, Step } from "../types.js";
import { blockSteps } from "./block-steps.js";
import { credentialSteps, foreignKey, keyForm, type ResolvedKey } from "./credential-steps.js";
import { type ChosenCard, chooseFrom } from "./card.js";
import { placesOf } from "../lookup.js";
import { closest } from "./nearest.js";
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
  const refuse = (
    code: string,
    tokens: string[],
    message: string,
    hint: string,
  ): { steps: Step[]; problems: Problem[] } => ({
    steps: [],
    problems: [
      {
        code,
        severity: "error",
        file: context.file,
        // What onboarding asks for stands in no file.
        pointer: context.file === "" ? "" : formatPointer(["providers", id, ...tokens]),
        message,
        hint,
      },
    ],
  });
  if (!card && declared.baseUrl === undefined && declared.catalog !== false) {
    const near = closest(id, context.catalog);
    return refuse(
      "unknown-provider",
      [],
      `"${id}" is not in the catalog`,
      `${near.length > 0 ? `Did you mean ${near.map((name) => `"${name}"`).join(" or ")}? ` : ""}For a provider of your own give baseUrl, api and models.`,
    );
  }
  const choices = card?.choices ?? [];
  const choice =
    declared.choice === undefined ? (choices[0] ?? null) : choices.find((one) => one.id === declared.choice);
  if (choice === undefined) {
    const known = choices.map((one) => one.id);
    return refuse(
      "unknown-choice",
      ["choice"],
      `provider "${id}" has no auth choice "${declared.choice}"`,
      known.length > 0 ? `It has: ${known.join(", ")}.` : "Leave choice out.",
    );
  }
  const server = card && choice?.endpoint?.rule === "server" && card.models === undefined;
  const served = server ? declaredServer(card, choice, declared, context.keys.has(id)) : card;
  if (served === null) {
    return refuse(
      "missing-models",
      ["models"],
      `provider "${id}" serves models of your own, and none is named`,
      'Give models: [{ id: "…" }] in the setup.',
    );
  }
  const form = keyForm(choice, context.keys.get(id));
  if (form !== null)
    return refuse("key-form", ["apiKey"], `the key of provider "${id}" ${form}`, "Copy it whole, without blanks.");
  const missing = (choice?.parameters ?? []).find(({ name }) => !declared.parameters?.[name]?.trim());
  if (missing) {
    return refuse(
      "missing-parameter",
      ["parameters"],
      `provider "${id}" also needs "${missing.name}" (${missing.label})`,
      `Give parameters: { ${missing.name}: "…" } in the setup, or ${missing.flag}.`,
    );
  }
  const facts = served ? chooseFrom(served, choice) : null;
  const credential = credentialSteps(id, declared, choice, context);
  const resolved = context.keys.get(id);
  const inline = resolved && "inline" in resolved ? resolved.inline : undefined;
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
  return { steps, problems: foreignKey(id, choice, resolved, context.file) };
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
