/** One provider of the present state -> how a setup would declare it. */

import { credentialProviderId } from "../ids.js";
import { deepEqual, hasMember, isObject } from "../json.js";
import type {
  AuthStore,
  Card,
  CardChoice,
  Json,
  JsonObject,
  ModelDefinition,
  OpenClawConfig,
  ProviderBlock,
  SetupProvider,
} from "../types.js";
import { chooseFrom } from "./card.js";
import { withoutSecrets } from "./import-secrets.js";
import { findings } from "./validate.js";

/** A provider as it stands. */
export interface PresentProvider {
  /** As the configuration spells it, else as the card does. */
  readonly id: string;
  readonly block: ProviderBlock | undefined;
  readonly card: Card | null;
  /** Ids of its stored credentials, the one that is used first. */
  readonly profiles: readonly string[];
  readonly store: AuthStore;
}

/** One way to declare it, and what of it a setup cannot repeat. */
export interface Declaration {
  readonly declared: SetupProvider;
  readonly choice: CardChoice | null;
  /** Places left out because they hold a key. */
  readonly secrets: readonly string[];
  /** Places left out because a setup has no word for them. */
  readonly unsaid: readonly string[];
}

/** The ways to declare a provider, the shortest first: by its card, told apart by base URL and profile; then without. */
export function declarations(provider: PresentProvider, includeSecrets: boolean): Declaration[] {
  const { card } = provider;
  const ranked = (card?.choices ?? [])
    .map((choice, index) => ({ choice, rank: fit(provider, choice) - index / 100 }))
    .sort((a, b) => b.rank - a.rank);
  return [
    ...ranked.map(({ choice }) => declare(provider, choice, includeSecrets)),
    declare(provider, null, includeSecrets),
  ];
}

/**
 * The profiles of a provider that are stored: those of its order first, then its default one, then the rest, then those of
 * other providers that its card writes too.
 */
export function profilesOf(id: string, config: OpenClawConfig, store: AuthStore, card: Card | null): string[] {
  const written = new Set((card?.choices ?? []).flatMap(({ profiles }) => profiles.map((profile) => profile.id)));
  const means = (name: unknown): boolean =>
    typeof name === "string" && credentialProviderId(name) === credentialProviderId(id);
  const stored = Object.entries(store.profiles ?? {})
    .filter(([profile, credential]) => isObject(credential) && (means(credential.provider) || written.has(profile)))
    .map(([profile]) => profile);
  const order = Object.entries(config.auth?.order ?? {}).flatMap(([name, ids]) =>
    means(name) && Array.isArray(ids) ? ids : [],
  );
  const rank = (profile: string): number => {
    const place = order.indexOf(profile);
    if (place >= 0) return place;
    return order.length + (profile === `${id}:default` ? 0 : means(store.profiles?.[profile]?.provider) ? 1 : 2);
  };
  return stored.sort((a, b) => rank(a) - rank(b));
}

function fit({ card, block, profiles, store }: PresentProvider, choice: CardChoice): number {
  const { baseUrl } = chooseFrom(card as Card, choice);
  const there = choice.profiles.find(({ id }) => profiles.includes(id));
  const isAlike = there !== undefined && store.profiles?.[there.id]?.type === (choice.credential ?? "api_key");
  return (baseUrl !== undefined && baseUrl === block?.baseUrl ? 2 : 0) + (there ? 1 : 0) + (isAlike ? 0.5 : 0);
}

function declare(
  { id, block = {}, card, store, profiles }: PresentProvider,
  choice: CardChoice | null,
  includeSecrets: boolean,
): Declaration {
  const secrets: string[] = [];
  const unsaid: string[] = [];
  const repeat = (value: Json, ...names: string[]): Json | undefined => {
    const place = ["models", "providers", id, ...names];
    const { value: kept, left } = includeSecrets ? { value, left: [] } : withoutSecrets(value, place);
    secrets.push(...left);
    return kept;
  };
  const facts = card && choice ? chooseFrom(card, choice) : null;
  const parameters = parametersOf(choice, profiles, store);
  const known: JsonObject = {
    ...(facts?.baseUrl === undefined ? {} : { baseUrl: filled(facts.baseUrl, parameters) }),
    ...(facts?.api === undefined ? {} : { api: facts.api }),
    ...(facts?.authHeader === undefined ? {} : { authHeader: facts.authHeader }),
  };
  const fields: JsonObject = {};
  const { models, apiKey, ...rest } = block;
  if (apiKey !== undefined) unsaid.push(`models.providers.${id}.apiKey`);
  for (const [name, value] of Object.entries(rest as JsonObject)) {
    if (deepEqual(value, known[name])) continue;
    const kept = repeat(value, name);
    if (kept === undefined) continue;
    if (isSayable({ [name]: kept })) fields[name] = kept;
    else unsaid.push(`models.providers.${id}.${name}`);
  }
  const list = (Array.isArray(models) ? models : []) as Json[];
  const said = list.flatMap((model, index): ModelDefinition[] => {
    const alike = list.filter((other) => isObject(other) && isObject(model) && other["id"] === model["id"]);
    // What a setup says of a model it says of every one with that id.
    if (alike.some((other) => !deepEqual(other, model))) {
      unsaid.push(`models.providers.${id}.models.${index}`);
      return [];
    }
    if (alike.length > 1 && alike[0] !== model) return [];
    if (facts?.models?.some((one) => deepEqual(one, model))) return [];
    const kept = repeat(model, "models");
    const sayable = isObject(kept) ? sayableModel(kept) : null;
    if (!sayable || !deepEqual(sayable, kept)) unsaid.push(`models.providers.${id}.models.${index}`);
    return sayable ? [sayable] : [];
  });
  const declared: SetupProvider = {
    ...(facts ? {} : { catalog: false as const }),
    ...(choice && choice !== card?.choices[0] ? { choice: choice.id } : {}),
    ...(Object.keys(parameters).length > 0 ? { parameters } : {}),
    ...fields,
    ...(said.length > 0 ? { models: said } : {}),
  };
  return { declared, choice, secrets, unsaid };
}

/** What was asked for beside the key stands beside it. */
function parametersOf(
  choice: CardChoice | null,
  profiles: readonly string[],
  store: AuthStore,
): Record<string, string> {
  const [profile] = profiles;
  const metadata = profile === undefined ? undefined : store.profiles?.[profile]?.metadata;
  const found = (choice?.parameters ?? []).flatMap(({ name }) => {
    const value = isObject(metadata) && hasMember(metadata, name) ? metadata[name] : undefined;
    return typeof value === "string" ? [[name, value] as const] : [];
  });
  return Object.fromEntries(found);
}

function filled(url: string, parameters: Record<string, string>): string {
  return url.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ""));
}

function isSayable(provider: JsonObject): boolean {
  return findings("setup", { providers: { p: provider } }).length === 0;
}

/** The model without the members no model has; null when even its id is none. */
function sayableModel(model: JsonObject): ModelDefinition | null {
  if (isSayable({ models: [model] })) return model as ModelDefinition;
  const { id, ...rest } = model;
  if (id === undefined || !isSayable({ models: [{ id }] })) return null;
  const kept = Object.entries(rest).filter(([name, value]) => isSayable({ models: [{ id, [name]: value }] }));
  return { id, ...Object.fromEntries(kept) } as ModelDefinition;
}
