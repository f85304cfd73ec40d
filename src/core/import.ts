/**
 * The present state -> a setup that declares it, planning which changes nothing. Nothing is taken over that would:
 * every part is tried first.
 */

import { credentialProviderId, normalizeProviderId } from "../ids.js";
import { isObject } from "../json.js";
import type { AuthStore, Card, Json, JsonObject, OpenClawConfig, Setup, SetupProvider } from "../types.js";
import { acceptEach, type Draft, type Remark, startDraft } from "./import-draft.js";
import { declarations, type PresentProvider, profilesOf } from "./import-provider.js";
import { withoutSecrets } from "./import-secrets.js";
import { slotModels } from "./model-slot.js";
import { chooseFrom } from "./card.js";

/** What there is, and a way to try a setup on it. */
export interface ImportGround {
  readonly config: OpenClawConfig;
  readonly store: AuthStore;
  readonly cards: readonly Card[];
  /** True when planning the setup on this state changes nothing and is not refused. */
  readonly holds: (setup: Setup) => boolean;
  readonly includeSecrets: boolean;
}

/** The setup, and what is to be said about its parts. */
export interface Imported {
  readonly setup: Setup;
  readonly remarks: readonly Remark[];
}

/** Declares the present providers, models, aliases, speech and variables. */
export function importSetup(ground: ImportGround): Imported {
  const draft = startDraft(ground.holds);
  const used = new Set<string>();
  for (const provider of presentProviders(ground)) importProvider(provider, draft, used, ground);
  importModels(draft, ground);
  importAliases(draft, ground);
  importSpeech(draft, ground);
  importRest(draft, ground);
  return { setup: draft.setup(), remarks: draft.remarks };
}

/** Those with a block, in its order, then those with a stored or named credential alone. */
function presentProviders({ config, store, cards }: ImportGround): PresentProvider[] {
  const blocks = config.models?.providers ?? {};
  const cardOf = (id: string): Card | null =>
    cards.find((card) => card.id === id) ?? cards.find((card) => card.id === normalizeProviderId(id)) ?? null;
  const seen = new Set(Object.keys(blocks).map(credentialProviderId));
  const credentials = [...Object.values(config.auth?.profiles ?? {}), ...Object.values(store.profiles ?? {})];
  const others = credentials.flatMap((one: unknown) => {
    const provider = isObject(one) && typeof one["provider"] === "string" ? one["provider"].trim() : "";
    if (provider === "" || seen.has(credentialProviderId(provider))) return [];
    seen.add(credentialProviderId(provider));
    return [cardOf(provider)?.id ?? provider];
  });
  return [...Object.keys(blocks), ...others].map((id) => ({
    id,
    block: isObject(blocks[id]) ? blocks[id] : undefined,
    card: cardOf(id),
    profiles: profilesOf(id, config, store, cardOf(id)),
    store,
  }));
}

function importProvider(
  provider: PresentProvider,
  draft: Draft,
  used: Set<string>,
  { includeSecrets }: ImportGround,
): void {
  const { id, block, profiles } = provider;
  // A credential that another provider's block uses has been told of there.
  if (!block && profiles.length > 0 && profiles.every((profile) => used.has(profile))) return;
  const before = draft.setup();
  const put =
    (fields: SetupProvider) =>
    (setup: Setup): Setup => ({ ...setup, providers: { ...setup.providers, [id]: fields } });
  const taken = declarations(provider, includeSecrets).find(({ declared }) => draft.accept(put(declared)));
  if (!taken) {
    const isPadded = typeof block?.apiKey === "string" && block.apiKey !== block.apiKey.trim();
    const why = isPadded
      ? "the key in its block has blanks around it"
      : "a setup could not declare it without changing it";
    draft.remark(["providers", id], `${id}: left as it is; ${why}`);
    return;
  }
  const { declared, choice, secrets, unsaid } = taken;
  const key = keySources(provider, includeSecrets).find(({ fields }) => draft.accept(put({ ...declared, ...fields })));
  if (!block && !choice && !key) {
    draft.accept(() => before);
    draft.remark(["providers", ""], `${id}: named in auth.profiles, and no credential of it is stored: left as it is`);
    return;
  }
  const { catalog: _, ...rest } = draft.setup().providers?.[id] ?? {};
  const isPlain = provider.card === null && draft.accept(put(rest));
  draft.remark(["providers", id], titleOf(provider, choice !== null));
  if (key) draft.remark(["providers", id, "apiKey"], key.text);
  if (key) used.add(key.profile);
  for (const profile of profiles.filter((one) => one !== key?.profile))
    draft.remark(["providers", id, ""], `the credential ${profile} is stored too, and stays`);
  for (const place of secrets) draft.remark(["providers", id, ""], `${place} holds a key: it stays there`);
  for (const place of unsaid)
    draft.remark(["providers", id, ""], `${place} stays as it is: a setup has no word for it`);
  if (!choice && !isPlain) draft.remark(["providers", id, "catalog"], "nothing of the catalog's is added");
  if (!choice) return;
  if (declared.choice !== undefined)
    draft.remark(["providers", id, "choice"], `${choice.label}, told by its address or its profile`);
  const fields = Object.keys(declared).filter((name) => !["choice", "models", "parameters"].includes(name));
  for (const field of fields) draft.remark(["providers", id, field], "not as in the catalog");
  if (declared.models) draft.remark(["providers", id, "models"], "beyond the catalog's, or changed");
}

function titleOf({ id, card, block }: PresentProvider, byCard: boolean): string {
  if (card && byCard) return `${card.label}, as the catalog has it${block ? "" : "; no block of its own"}`;
  if (card) return block ? `${card.label}, but not as the catalog has it: said in full` : card.label;
  return `${id}, not in the catalog`;
}

interface KeySourceFound {
  readonly profile: string;
  readonly fields: SetupProvider;
  readonly text: string;
}

/** Ways to say where the key is: a reference to be stored again anywhere, the key itself if asked for, or that it is stored. */
function keySources({ profiles, store }: PresentProvider, includeSecrets: boolean): KeySourceFound[] {
  return profiles.flatMap((profile): KeySourceFound[] => {
    const { keyRef, key } = store.profiles?.[profile] ?? {};
    const given: [unknown, string][] = [
      ...(keyRef ? [[keyRef, "a reference that OpenClaw resolves"] as [unknown, string]] : []),
      ...(includeSecrets && typeof key === "string" ? [[key, "the key itself"] as [unknown, string]] : []),
    ];
    const named = given.flatMap(([apiKey, text]) =>
      [{}, { profile }].map((fields) => ({ profile, fields: { ...fields, apiKey } as SetupProvider, text })),
    );
    const stored = { apiKey: { profile } };
    return [
      ...named,
      { profile, fields: stored, text: "stored in auth-profiles.json under this name; it stays there" },
    ];
  });
}

function importModels(draft: Draft, { config }: ImportGround): void {
  const defaults = config.agents?.defaults ?? {};
  const put =
    (place: "model" | "imageModel" | "videoModel", more: object) =>
    (setup: Setup): Setup => ({ ...setup, [place]: { ...setup[place], ...more } });
  const places = [
    ["model", "model", "the default model, and what stands in for it"],
    ["imageModel", "imageGenerationModel", "makes images"],
    ["videoModel", "videoGenerationModel", "makes videos"],
  ] as const;
  for (const [place, slot, about] of places) {
    const present = defaults[slot];
    const { primary, fallbacks } = slotModels(present);
    if (primary !== undefined) {
      const plain = draft.accept(put(place, { primary }));
      const found = plain || (place === "model" && draft.accept(put(place, { primary, register: false })));
      if (!found) draft.remark([place], `${slot} stays ${primary}: a setup would spell it otherwise`);
      if (found && !plain) draft.remark([place, "register"], "it is not in the list of models that can be picked");
    }
    if (isObject(present) && Array.isArray(present["fallbacks"])) {
      if (!draft.accept(put(place, { fallbacks: [...fallbacks] })))
        draft.remark([place], `the fallbacks of ${slot} stay as they are`);
    }
    if (place !== "model" && isObject(present) && typeof present["timeoutMs"] === "number")
      draft.accept(put(place, { timeoutMs: present["timeoutMs"] }));
    if (draft.setup()[place]) draft.remark([place], about);
  }
}

function importAliases(draft: Draft, { config, cards }: ImportGround): void {
  const entries = Object.entries(config.agents?.defaults?.models ?? {});
  const byCatalog = new Map(
    Object.entries(draft.setup().providers ?? {}).flatMap(([id, { catalog, choice: chosen }]) => {
      const card = cards.find((one) => one.id === id);
      if (!card || catalog === false) return [];
      const choice = card.choices.find((one) => one.id === chosen) ?? card.choices[0] ?? null;
      return Object.entries(chooseFrom(card, choice).aliases ?? {});
    }),
  );
  const aliases = entries.flatMap(([ref, entry]) =>
    typeof entry?.alias === "string" && byCatalog.get(ref) !== entry.alias ? [[ref, entry.alias] as const] : [],
  );
  const left = acceptEach(draft, aliases, (setup, more) => ({
    ...setup,
    aliases: { ...setup.aliases, ...Object.fromEntries(more) },
  }));
  if (draft.setup().aliases) draft.remark(["aliases"], "short names; those of the catalog need not be said");
  for (const ref of left) draft.remark(["aliases"], `the alias of ${ref} stays as it is`);
  const settings = entries.filter(
    ([, entry]) => isObject(entry) && Object.keys(entry).some((name) => name !== "alias"),
  );
  if (settings.length > 0) {
    const refs = settings.map(([ref]) => ref).join(", ");
    draft.remark(["aliases"], `settings of ${refs} in agents.defaults.models stay there: a setup has no word for them`);
  }
}

function importSpeech(draft: Draft, { config, includeSecrets }: ImportGround): void {
  const tts: unknown = config.messages?.tts;
  if (!isObject(tts) || typeof tts["provider"] !== "string") return;
  const { provider, auto, providers } = tts;
  const own: Json | undefined = isObject(providers) ? providers[provider] : undefined;
  const place = ["messages", "tts", "providers", provider];
  const { value, left } = includeSecrets ? { value: own, left: [] } : withoutSecrets(own ?? {}, place);
  const settings = isObject(value) ? value : {};
  const said = [{ ...settings, provider, ...(auto === undefined ? {} : { auto }) }, { provider }] as JsonObject[];
  const found = said.some((one) =>
    draft.accept((setup) => ({ ...setup, tts: one as unknown as NonNullable<Setup["tts"]> })),
  );
  draft.remark(["tts"], found ? "how answers are spoken" : "messages.tts stays as it is");
  for (const one of left) draft.remark(["tts", ""], `${one} holds a key: it stays there`);
}

function importRest(draft: Draft, { config, includeSecrets }: ImportGround): void {
  const level = config.agents?.defaults?.thinkingDefault;
  if (level !== undefined && draft.accept((setup) => ({ ...setup, thinkingDefault: level })))
    draft.remark(["thinkingDefault"], "how much models think when nobody says otherwise");
  const vars = isObject(config.env?.vars) ? config.env.vars : {};
  const { value, left } = includeSecrets ? { value: vars, left: [] } : withoutSecrets(vars, ["env", "vars"]);
  const entries = Object.entries(isObject(value) ? value : {});
  const others = acceptEach(draft, entries, (setup, more) => ({
    ...setup,
    env: { vars: { ...setup.env?.vars, ...(Object.fromEntries(more) as Record<string, string>) } },
  }));
  if (draft.setup().env) draft.remark(["env"], "variables OpenClaw sets where they are missing");
  for (const name of left) draft.remark(["env"], `${name} holds a key: it stays there`);
  for (const name of others) draft.remark(["env"], `env.vars.${name} stays as it is`);
}
