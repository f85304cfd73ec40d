/** Rules about the models a configuration names. What each means at run time: OpenClaw 2026.5.6, measured. */

import { splitModelRef } from "../../ids.js";
import { isObject } from "../../json.js";
import type { OpenClawConfig } from "../../types.js";
import { agentsOf } from "../agents.js";
import { slotModels } from "../model-slot.js";
import { hasCredential, isBuiltIn, providerOf } from "./providers.js";
import { aliases, blockOf, modelIds, modelUses, refsOfModel } from "./model-uses.js";
import { type Diagnosis, rule, type Rule, setting } from "./rule.js";

/** A name without a slash is an alias, a model that one provider alone has, or a model of OpenAI. */
const bareName: Rule = rule("model-bare-name", ({ config }, found) =>
  modelUses(config).flatMap(({ ref, tokens }) => {
    if (ref.includes("/") || ref === "" || aliases(config).has(ref.toLowerCase()) || /^openrouter:/i.test(ref))
      return [];
    const refs = refsOfModel(ref, config);
    const [only] = refs;
    return only !== undefined && refs.length === 1
      ? [
          found(
            "info",
            tokens,
            `"${ref}" names no provider; it is taken for ${only}, the only model of that name here`,
            "Write the whole reference: another provider's model of the same name would change what is meant.",
            setting({ tokens }, only),
          ),
        ]
      : [
          found(
            "warning",
            tokens,
            `"${ref}" names no provider and no alias; OpenClaw takes it for openai/${ref}`,
            "Write provider/model.",
          ),
        ];
  }),
);

/** `openclaw models set fast` with a misspelt alias writes `openai/fast`. */
const aliasAsModel: Rule = rule("alias-as-model", ({ config }, found) =>
  modelUses(config).flatMap(({ ref, tokens }) => {
    const model = /^openai\/([^/]+)$/i.exec(ref)?.[1];
    const [meant] = model === undefined ? [] : (aliases(config).get(model.trim().toLowerCase()) ?? []);
    return meant === undefined || meant === ref
      ? []
      : [
          found(
            "warning",
            tokens,
            `${ref} is no model of OpenAI; "${model}" is the alias of ${meant}`,
            `Name ${meant}.`,
            setting({ tokens }, meant),
          ),
        ];
  }),
);

/** The provider has neither a block nor a built-in catalog: the first message fails with "Unknown model". */
const unknownProvider: Rule = rule("model-unknown-provider", (ground, found) =>
  modelUses(ground.config).flatMap(({ ref, role, tokens }) => {
    const provider = providerOf(ref, ground.config);
    if (provider === null || blockOf(provider, ground.config) || isBuiltIn(provider, ground)) return [];
    return [
      found(
        role === "primary" ? "error" : "warning",
        tokens,
        `nothing defines provider "${provider}" of ${ref}: OpenClaw answers "Unknown model"`,
        `Set the provider up (clawform onboard, or "providers" in a setup), or name another model.`,
      ),
    ];
  }),
);

const missingKey: Rule = rule("model-without-key", (ground, found) =>
  modelUses(ground.config).flatMap(({ ref, role, tokens }) => {
    const provider = providerOf(ref, ground.config);
    if (provider === null || !(blockOf(provider, ground.config) || isBuiltIn(provider, ground))) return [];
    if (hasCredential(provider, ground)) return [];
    const [variable] = ground.variables(provider);
    return [
      found(
        role === "primary" ? "error" : "warning",
        tokens,
        `no key for provider "${provider}" of ${ref}: no profile is stored, ${variable === undefined ? "no variable is set" : `${ground.variables(provider).join(", ")} ${ground.variables(provider).length > 1 ? "are" : "is"} not set`}, its block has none`,
        `Store one: clawform onboard${variable === undefined ? "" : `, or set ${variable}`}.`,
      ),
    ];
  }),
);

/** A provider of the user's own whose list lacks the model: OpenClaw makes the model up, with the first one's limits. */
const notListed: Rule = rule("model-not-listed", (ground, found) =>
  modelUses(ground.config).flatMap(({ ref, tokens }) => {
    const parts = splitModelRef(ref);
    const own = parts && blockOf(parts.provider, ground.config);
    if (!parts || !own || isBuiltIn(own.id, ground)) return [];
    const ids = modelIds(own.block["models"]);
    if (
      ids.length === 0 ||
      ids.some((id) => [parts.model, ref].some((name) => name.toLowerCase() === id.toLowerCase()))
    )
      return [];
    return [
      found(
        "warning",
        tokens,
        `${ref} is not among the models of "${own.id}": ${ids.slice(0, 3).join(", ")}${ids.length > 3 ? ", …" : ""}`,
        "OpenClaw makes it up with the first one's limits. Add it to the list, or name one that is there.",
      ),
    ];
  }),
);

const doubledFallbacks: Rule = rule("fallback-doubled", ({ config }, found) =>
  slots(config).flatMap(({ slot, tokens }): Diagnosis[] => {
    const { primary, fallbacks } = slotModels(slot);
    const kept = fallbacks.filter((ref, index) => ref !== primary && fallbacks.indexOf(ref) === index);
    if (!isObject(slot) || kept.length === fallbacks.length) return [];
    const again = fallbacks.filter((ref, index) => ref === primary || fallbacks.indexOf(ref) !== index);
    const place = [...tokens, "fallbacks"];
    return [
      found(
        "warning",
        place,
        `${[...new Set(again)].join(", ")} ${again.length > 1 ? "are" : "is"} tried before these fallbacks, and only once`,
        "A model needs one place in the chain.",
        setting({ tokens: place }, kept),
      ),
    ];
  }),
);

/** A model of an agent's own, without fallbacks of its own, has none: the default ones are not for it (documented). */
const withoutFallbacks: Rule = rule("agent-without-fallbacks", ({ config }, found) => {
  const { fallbacks } = slotModels(config.agents?.defaults?.model);
  if (fallbacks.length === 0) return [];
  return slots(config)
    .slice(1)
    .flatMap(({ slot, tokens }) =>
      slotModels(slot).primary === undefined || (isObject(slot) && Array.isArray(slot["fallbacks"]))
        ? []
        : [
            found(
              "info",
              tokens,
              "a model of the agent's own without fallbacks: those of agents.defaults.model are not tried for it",
              'Write it as { primary, fallbacks } to give it some, or with "fallbacks: []" if that is meant.',
            ),
          ],
    );
});

const replaceMode: Rule = rule("models-mode-replace", (ground, found) => {
  const { config } = ground;
  if (config.models?.mode !== "replace") return [];
  const hidden = modelUses(config).filter(({ ref }) => {
    const provider = providerOf(ref, config);
    return provider !== null && !blockOf(provider, config) && isBuiltIn(provider, ground);
  });
  if (hidden.length === 0) return [];
  return [
    found(
      "warning",
      ["models", "mode"],
      `with models.mode "replace" only the blocks of this file count; ${hidden.map(({ ref }) => ref).join(", ")} ${hidden.length > 1 ? "come" : "comes"} from a built-in catalog`,
      'Set models.mode to "merge", or give the provider a block of its own.',
    ),
  ];
});

const aliasDoubled: Rule = rule("alias-doubled", ({ config }, found) =>
  [...aliases(config)].flatMap(([alias, refs]) =>
    refs.length < 2
      ? []
      : [
          found(
            "warning",
            ["agents", "defaults", "models", refs.at(-1) ?? "", "alias"],
            `the alias "${alias}" stands on ${refs.join(" and ")}; OpenClaw takes the last`,
            "Give one of them another alias.",
          ),
        ],
  ),
);

export const modelRules: readonly Rule[] = [
  bareName,
  aliasAsModel,
  unknownProvider,
  missingKey,
  notListed,
  doubledFallbacks,
  withoutFallbacks,
  replaceMode,
  aliasDoubled,
];

function slots(config: OpenClawConfig): { slot: unknown; tokens: string[] }[] {
  return [
    { slot: config.agents?.defaults?.model, tokens: ["agents", "defaults", "model"] },
    ...agentsOf(config).map(({ entry, place }) => ({ slot: entry["model"], tokens: [...place, "model"] })),
  ];
}
