/** The providers of the present state -> those of a setup, each as short as it can be said. */

import { credentialProviderId, normalizeProviderId } from "../ids.js";
import { isObject } from "../json.js";
import type { Card, Credential, Setup, SetupProvider } from "../types.js";
import type { Draft, ImportGround } from "./import-draft.js";
import { declarations, type PresentProvider, profilesOf } from "./import-provider.js";

/** Declares every provider that has a block or a credential, or tells why not. */
export function importProviders(draft: Draft, ground: ImportGround): void {
  const used = new Set<string>();
  for (const provider of presentProviders(ground)) importProvider(provider, draft, used, ground);
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
  const { id, block, profiles, store } = provider;
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
    const what =
      profiles.length > 0
        ? `${profiles.join(", ")} is stored, and a setup would change how it is named in auth.profiles`
        : "named in auth.profiles, and no credential of it is stored";
    draft.remark(["providers", ""], `${id}: ${what}: left as it is`);
    return;
  }
  const { catalog: _, ...rest } = draft.setup().providers?.[id] ?? {};
  const isPlain = provider.card === null && draft.accept(put(rest));
  draft.remark(["providers", id], titleOf(provider, choice !== null));
  if (key) draft.remark(["providers", id, "apiKey"], key.text);
  if (key) used.add(key.profile);
  const leftOut = (profile: string): string =>
    includeSecrets && isSecretive(store.profiles?.[profile]) ? ": it is not included" : "";
  for (const profile of profiles.filter((one) => one !== key?.profile))
    draft.remark(["providers", id, ""], `the credential ${profile} is stored too, and stays${leftOut(profile)}`);
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
    const { keyRef, key, tokenRef, token } = store.profiles?.[profile] ?? {};
    const reference = keyRef ?? tokenRef;
    const given: [unknown, string][] = [
      ...(reference ? [[reference, "a reference that OpenClaw resolves"] as [unknown, string]] : []),
      ...(includeSecrets && typeof key === "string" ? [[key, "the key itself"] as [unknown, string]] : []),
      ...(includeSecrets && typeof token === "string" ? [[token, "the token itself"] as [unknown, string]] : []),
    ];
    const named = given.flatMap(([apiKey, text]) =>
      [{}, { profile }].map((fields) => ({ profile, fields: { ...fields, apiKey } as SetupProvider, text })),
    );
    const stored = { apiKey: { profile } };
    const why = includeSecrets ? notIncluded(store.profiles?.[profile]) : "";
    const text = `stored in auth-profiles.json under this name; it stays there${why}`;
    return [...named, { profile, fields: stored, text }];
  });
}

/** Why a credential that is asked for is not in the setup; blank for one that holds nothing secret. */
function notIncluded(credential: Credential | undefined): string {
  if (!isSecretive(credential)) return "";
  if (credential?.type === "oauth") return ". Not included: it is a login, which OpenClaw renews itself";
  if (credential?.["expires"] !== undefined) return ". Not included: it has an end, for which a setup has no word";
  return ". Not included: a setup would store it in another way";
}

function isSecretive(credential: Credential | undefined): boolean {
  return ["key", "token", "access", "refresh"].some((field) => typeof credential?.[field] === "string");
}
