/**
 * Rules about Kimi For Coding behind its OpenAI-compatible address, as its page sets it up by hand. The bundled provider
 * `kimi` (Anthropic API) brings its own headers and needs none of this. Measured on OpenClaw 2026.5.6 and taken from the
 * provider's page, as the messages say.
 */

import { isObject } from "../../json.js";
import type { JsonObject, OpenClawConfig } from "../../types.js";
import { type Diagnosis, rule, type Rule, setting } from "./rule.js";

/** What the page gives. Limits in tokens. */
const page = { agent: "KimiCLI/0.77", contextWindow: 262_144, maxTokens: 32_768 } as const;

interface KimiModel {
  readonly provider: JsonObject;
  readonly model: JsonObject;
  readonly tokens: readonly string[];
  readonly name: string;
}

const userAgent: Rule = rule("kimi-user-agent", ({ config }, found) =>
  kimiModels(config).flatMap(({ provider, model, tokens, name }): Diagnosis[] => {
    if (agentIn(model["headers"])) return [];
    const place = [...tokens, "headers"];
    const headers = { ...(isObject(model["headers"]) ? model["headers"] : {}), "User-Agent": page.agent };
    const steps = setting({ tokens: place }, headers);
    return agentIn(provider["headers"])
      ? [
          found(
            "info",
            place,
            `the User-Agent of ${name} stands on the provider; releases before 2026.5 send only that of the model`,
            "Write it into the model as well.",
            steps,
          ),
        ]
      : [
          found(
            "error",
            place,
            `${name} needs a User-Agent of a coding agent; without it Kimi answers 403 "only available for Coding Agents"`,
            `Add headers: { "User-Agent": "${page.agent}" } to the model.`,
            steps,
          ),
        ];
  }),
);

const developerRole: Rule = rule("kimi-developer-role", ({ config }, found) =>
  kimiModels(config).flatMap(({ model, tokens, name }) => {
    const compat = isObject(model["compat"]) ? model["compat"] : {};
    const given = compat["supportsDeveloperRole"];
    if (given === false) return [];
    const steps = setting({ tokens: [...tokens, "compat"] }, { ...compat, supportsDeveloperRole: false });
    return given === true
      ? [
          found(
            "error",
            [...tokens, "compat", "supportsDeveloperRole"],
            `${name} does not know the role "developer"; with it Kimi answers "Message ordering conflict"`,
            "Set it to false. If the message stays, back up and clear the sessions, then restart OpenClaw.",
            steps,
          ),
        ]
      : [
          found(
            "info",
            [...tokens, "compat"],
            `${name} does not say that it lacks the role "developer"; older releases then send it, and Kimi answers "Message ordering conflict"`,
            "2026.5.6 leaves it out for every address of one's own; compat: { supportsDeveloperRole: false } says so for all.",
            steps,
          ),
        ];
  }),
);

const reasoning: Rule = rule("kimi-reasoning", ({ config }, found) =>
  kimiModels(config).flatMap(({ model, tokens, name }) =>
    model["reasoning"] === true
      ? []
      : [
          found(
            "warning",
            [...tokens, "reasoning"],
            `${name} always reasons; without reasoning: true its thoughts come back as messages, a cause of "Message ordering conflict"`,
            "Set reasoning to true.",
            setting({ tokens: [...tokens, "reasoning"] }, true),
          ),
        ],
  ),
);

const limits: Rule = rule("kimi-limits", ({ config }, found) =>
  kimiModels(config).flatMap(({ model, tokens, name }) =>
    (["contextWindow", "maxTokens"] as const).flatMap((limit) => {
      const given = model[limit];
      if (given === page[limit]) return [];
      const less = typeof given === "number" && given < page[limit];
      const what = given === undefined ? "is not given; OpenClaw takes a default" : `is ${JSON.stringify(given)}`;
      return [
        found(
          less || given === undefined ? "info" : "warning",
          [...tokens, limit],
          `${limit} of ${name} ${what}; the provider gives ${page[limit]}`,
          less ? "Fine if it is meant." : "More is refused by the provider.",
          given === undefined ? setting({ tokens: [...tokens, limit] }, page[limit]) : undefined,
        ),
      ];
    }),
  ),
);

export const kimiRules: readonly Rule[] = [userAgent, developerRole, reasoning, limits];

/** Models that reach Kimi's coding plan through its OpenAI-compatible address, whatever the provider is called. */
function kimiModels({ models }: OpenClawConfig): KimiModel[] {
  return Object.entries(models?.providers ?? {}).flatMap(([id, block]) => {
    const provider = block as unknown;
    if (!isObject(provider)) return [];
    const listed = Array.isArray(provider["models"]) ? provider["models"] : [];
    return listed.flatMap((model, index) => {
      if (!isObject(model)) return [];
      const address = model["baseUrl"] ?? provider["baseUrl"];
      const api = model["api"] ?? provider["api"];
      const kimi = typeof address === "string" && /^https?:\/\/api\.kimi\.com\/coding(?:\/|$)/i.test(address.trim());
      if (!kimi || (api !== undefined && api !== "openai-completions")) return [];
      const tokens = ["models", "providers", id, "models", String(index)];
      return [{ provider, model, tokens, name: typeof model["id"] === "string" ? `${id}/${model["id"]}` : id }];
    });
  });
}

function agentIn(headers: unknown): boolean {
  return Object.entries(isObject(headers) ? headers : {}).some(
    ([name, value]) => name.toLowerCase() === "user-agent" && typeof value === "string" && value.trim() !== "",
  );
}
