/** Every transform by name, with the places it may change: one line each. */

import { formatPointer } from "../src/pointer.js";
import type { Documents, JsonObject, Pointer, Transform } from "../src/types.js";
import { authOrder, ordersOf } from "./auth-order.js";
import { authProfile } from "./auth-profile.js";
import { envVars } from "./env-vars.js";
import { fallbacks } from "./fallbacks.js";
import { mediaModel } from "./media-model.js";
import { modelAlias } from "./model-alias.js";
import { modelSettings } from "./model-settings.js";
import { modelsMode } from "./models-mode.js";
import { pluginEntry } from "./plugin-entry.js";
import { primaryModel } from "./primary-model.js";
import { providerBlock } from "./provider-block.js";
import { providerId } from "./provider-id.js";
import { repair } from "./repair.js";
import { textToSpeech } from "./text-to-speech.js";
import { thinkingDefault } from "./thinking-default.js";

/** A transform and the pointers, over `Documents`, at or below which it may change something. */
export interface RegistryEntry {
  readonly transform: Transform<JsonObject>;
  readonly paths: (input: JsonObject) => Pointer[];
  /** Where it looks in these documents, the places it may change among them: of many steps each is shown these alone. */
  readonly reads: (input: JsonObject, documents: Documents) => Pointer[];
}

const block = (input: { provider: string }): Pointer[] => [pointer("config", "models", "providers", input.provider)];
const defaults = (...tokens: string[]): Pointer => pointer("config", "agents", "defaults", ...tokens);

/** All transforms; the name is the file's, and that of its schema under `schemas/transforms/`. */
export const registry: ReadonlyMap<string, RegistryEntry> = new Map([
  entry("provider-id", providerId, ({ places }) =>
    places.map((place) =>
      place === "models" ? pointer("config", "models", "providers") : pointer("config", "auth", "order"),
    ),
  ),
  entry("plugin-entry", pluginEntry, ({ plugin }) => [
    pointer("config", "plugins", "entries", plugin),
    ...["enabled", "allow", "deny"].map((name) => pointer("config", "plugins", name)),
  ]),
  entry("auth-profile", authProfile, ({ profile, credential, agents }) => [
    pointer("config", "auth", "profiles", profile),
    ...(credential
      ? agents.flatMap((agent) => [pointer("auth", agent, "version"), pointer("auth", agent, "profiles", profile)])
      : []),
  ]),
  entry(
    "auth-order",
    authOrder,
    () => [pointer("config", "auth", "order")],
    ({ provider }, { config }) => [
      pointer("config", "auth", "profiles"),
      ...ordersOf(provider, config.auth?.order ?? {}).map((spelling) => pointer("config", "auth", "order", spelling)),
    ],
  ),
  entry("models-mode", modelsMode, () => [pointer("config", "models", "mode")]),
  entry("provider-block", providerBlock, block),
  entry("model-settings", modelSettings, block),
  entry("model-alias", modelAlias, ({ ref }) => [defaults("models", ref)]),
  entry("primary-model", primaryModel, () => [defaults("model")]),
  entry("fallbacks", fallbacks, ({ slot = "model" }) => [defaults(slot)]),
  entry("media-model", mediaModel, ({ slot }) => [defaults(slot)]),
  entry("text-to-speech", textToSpeech, ({ provider }) => [
    pointer("config", "messages", "tts", "auto"),
    pointer("config", "messages", "tts", "provider"),
    pointer("config", "messages", "tts", "providers", provider),
  ]),
  entry("thinking-default", thinkingDefault, () => [defaults("thinkingDefault")]),
  entry("env-vars", envVars, () => [pointer("config", "env", "vars")]),
  entry("repair", repair, ({ agent, set = [], remove = [] }) => {
    const root = agent === undefined ? pointer("config") : pointer("auth", agent);
    return [...set.map((one) => one.pointer), ...remove].map((member) => `${root}${member}`);
  }),
]);

function pointer(...tokens: string[]): Pointer {
  return formatPointer(tokens);
}

/** Inputs have passed their schema when a step is run, which is what makes the cast true. */
function entry<Input>(
  name: string,
  transform: Transform<Input>,
  paths: (input: Input) => Pointer[],
  reads: (input: Input, documents: Documents) => Pointer[] = paths,
): [string, RegistryEntry] {
  return [
    name,
    {
      transform: transform as unknown as Transform<JsonObject>,
      paths: paths as unknown as RegistryEntry["paths"],
      reads: reads as unknown as RegistryEntry["reads"],
    },
  ];
}
