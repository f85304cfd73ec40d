/** One provider of a setup, with its card if the catalog has one -> steps. */

import { normalizeProviderId } from "../ids.js";
import { formatPointer } from "../pointer.js";
import type {
  Card,
  CardChoice,
  CredentialType,
  JsonObject,
  Problem,
  SecretRef,
  Setup,
  SetupProvider,
  Step,
} from "../types.js";
import { blockSteps } from "./block-steps.js";
import { type ChosenCard, chooseFrom } from "./card.js";
import { closest } from "./nearest.js";
import { step } from "./step.js";

/** A provider's credential once somebody has looked: a key, a reference, or a profile that is there already. */
export type ResolvedKey =
  | { readonly key: string }
  | { readonly keyRef: SecretRef }
  | { readonly profile: string; readonly provider: string; readonly mode: CredentialType };

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
        pointer: formatPointer(["providers", id, ...tokens]),
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
  const missing = (choice?.parameters ?? []).find(({ name }) => !declared.parameters?.[name]?.trim());
  if (missing) {
    return refuse(
      "missing-parameter",
      ["parameters"],
      `provider "${id}" also needs "${missing.name}" (${missing.label})`,
      `Give parameters: { ${missing.name}: "…" } in the setup, or ${missing.flag}.`,
    );
  }
  const facts = card ? chooseFrom(card, choice) : null;
  const credential = credentialSteps(id, declared, choice, context);
  const isNew = !context.configured.some((one) => normalizeProviderId(one) === normalizeProviderId(id));
  const block = blockSteps(id, declared, facts, isNew || context.onboarding);
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
  return { steps, problems: [] };
}

function credentialSteps(
  id: string,
  declared: SetupProvider,
  choice: CardChoice | null,
  { keys, agents }: ProviderContext,
): Step[] {
  const resolved = keys.get(id);
  if (!resolved) return [];
  const title = `provider ${id}`;
  if ("profile" in resolved) {
    const { profile, provider, mode } = resolved;
    return [
      step("auth-profile", title, { profile, provider, mode, agents: [...agents] }),
      step("auth-order", title, { profile, provider }),
    ];
  }
  const profiles = choice?.profiles ?? [{ id: `${id}:default`, provider: id }];
  const metadata = Object.fromEntries(
    (choice?.parameters ?? []).map(({ name }) => [name, declared.parameters?.[name]?.trim() ?? ""]),
  );
  return profiles.flatMap(({ id: profileId, provider }, index) => {
    const profile = index === 0 ? (declared.profile ?? profileId) : profileId;
    const credential: JsonObject = {
      type: "api_key",
      provider,
      ...("key" in resolved ? { key: resolved.key } : { keyRef: { ...resolved.keyRef } }),
      ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
    };
    return [
      step("auth-profile", title, { profile, provider, mode: "api_key", credential, agents: [...agents] }),
      step("auth-order", title, { profile, provider }),
    ];
  });
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
