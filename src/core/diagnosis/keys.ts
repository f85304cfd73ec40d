/** Rules about keys: where they stand, what they look like, which of several wins. Never quotes one. */

import { isObject } from "../../json.js";
import type { AuthStore, Json, OpenClawConfig } from "../../types.js";
import { cleanKey, isMasked } from "../key.js";
import { isMarker } from "../redact-markers.js";
import { substitute } from "../variables.js";
import { profilesOf, variableOf } from "./providers.js";
import { type Ground, type Place, rule, type Rule, setting } from "./rule.js";

/** A place that holds a key as text. */
interface KeyPlace {
  readonly place: Place;
  readonly text: string;
  /** Whose key it is, in words. */
  readonly of: string;
}

const plaintext: Rule = rule("plaintext-key", ({ config }, found) =>
  configKeys(config).flatMap(({ place, text, of }) =>
    isMarker(text, "apiKey") || text.includes("${") || isMasked(text)
      ? []
      : [
          found(
            "warning",
            place,
            `the key of ${of} stands in the configuration itself`,
            'Keep it in auth-profiles.json (clawform onboard), or name it: { source: "env", provider: "default", id: "NAME" }.',
          ),
        ],
  ),
);

const masked: Rule = rule("masked-key", (ground, found) =>
  keysOf(ground).flatMap(({ place, text, of }) =>
    isMasked(text)
      ? [
          found(
            "error",
            place,
            `the key of ${of} is a mask or a placeholder, not a key`,
            "It was copied from an output or a page. Store the real one: clawform onboard.",
          ),
        ]
      : [],
  ),
);

const untidy: Rule = rule("untidy-key", (ground, found) =>
  keysOf(ground).flatMap(({ place, text, of }) => {
    const { key, removed } = cleanKey(text);
    if (key === "" || key === text || isMarker(text, "apiKey") || text.includes("${") || isMasked(text)) return [];
    return [
      found(
        removed.length > 0 ? "error" : "warning",
        place,
        `the key of ${of} is stored with ${removed.length > 0 ? removed.join(" and ") : "blanks around it"}`,
        removed.length > 0 ? "Providers refuse it like that." : "OpenClaw trims it; other programs may not.",
        setting(place, key),
      ),
    ];
  }),
);

/** A profile, then a variable, then the block's own key: the first one wins, also when it is the wrong one (measured). */
const hidden: Rule = rule("key-hidden", (ground, found) =>
  blocks(ground.config).flatMap(({ id, tokens, apiKey }) => {
    if (typeof apiKey !== "string" || apiKey.trim() === "" || namesVariable(apiKey)) return [];
    const own = substitute(apiKey, ground.environment).value;
    const [profile] = profilesOf(id, ground);
    const variable = variableOf(id, ground);
    if (profile === undefined && (variable === undefined || ground.environment[variable]?.trim() === own)) return [];
    const [winner, hint] =
      profile === undefined
        ? [`the variable ${variable}`, `Unset ${variable}, or remove this key.`]
        : [`the stored profile "${profile}"`, "Remove this key, or the profile."];
    return [found("warning", tokens, `this key is not used: ${winner} comes before it`, hint)];
  }),
);

export const keyRules: readonly Rule[] = [plaintext, masked, untidy, hidden];

function keysOf({ config, stores }: Ground): KeyPlace[] {
  return [...configKeys(config), ...[...stores].flatMap(([agent, store]) => storedKeys(agent, store))];
}

function configKeys(config: OpenClawConfig): KeyPlace[] {
  const speech = config.messages?.tts?.providers ?? {};
  return [
    ...blocks(config).map(({ id, tokens, apiKey }) => ({ tokens, text: apiKey, of: `provider ${id}` })),
    ...Object.entries(speech).map(([id, entry]) => ({
      tokens: ["messages", "tts", "providers", id, "apiKey"],
      text: isObject(entry) ? entry["apiKey"] : undefined,
      of: `speech provider ${id}`,
    })),
  ].flatMap(({ tokens, text, of }) =>
    typeof text === "string" && text !== "" ? [{ place: { tokens }, text, of }] : [],
  );
}

function storedKeys(agent: string, { profiles = {} }: AuthStore): KeyPlace[] {
  return Object.entries(profiles).flatMap(([id, credential]) =>
    (["key", "token"] as const).flatMap((name) => {
      const text: Json | undefined = isObject(credential) ? credential[name] : undefined;
      if (typeof text !== "string" || text === "") return [];
      return [{ place: { tokens: ["profiles", id, name], agent }, text, of: `profile ${id}` }];
    }),
  );
}

function blocks({ models }: OpenClawConfig): { id: string; tokens: string[]; apiKey: unknown }[] {
  return Object.entries(models?.providers ?? {}).flatMap(([id, block]) =>
    isObject(block) ? [{ id, tokens: ["models", "providers", id, "apiKey"], apiKey: block["apiKey"] }] : [],
  );
}

/** The name of a variable in a key's place means the variable, and a local server's marker no key at all. */
function namesVariable(apiKey: string): boolean {
  return !apiKey.includes("${") && isMarker(apiKey, "apiKey");
}
