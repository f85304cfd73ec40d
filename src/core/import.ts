/**
 * The present state -> a setup that declares it, planning which changes nothing. Nothing is taken over that would:
 * every part is tried first.
 */

import { isObject } from "../json.js";
import type { Json, JsonObject, Setup } from "../types.js";
import { acceptEach, type Draft, type ImportGround, type Remark, startDraft } from "./import-draft.js";
import { importProviders } from "./import-providers.js";
import { withoutSecrets } from "./import-secrets.js";
import { slotModels } from "./model-slot.js";
import { chooseFrom } from "./card.js";

/** The setup, and what is to be said about its parts. */
export interface Imported {
  readonly setup: Setup;
  readonly remarks: readonly Remark[];
}

/** Declares the present providers, models, aliases, speech and variables. */
export function importSetup(ground: ImportGround): Imported {
  const draft = startDraft(ground.holds);
  importProviders(draft, ground);
  importModels(draft, ground);
  importAliases(draft, ground);
  importSpeech(draft, ground);
  importRest(draft, ground);
  return { setup: draft.setup(), remarks: draft.remarks };
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
