/** Rules about provider blocks: their ids and addresses. */

import { normalizeProviderId } from "../../ids.js";
import { isObject } from "../../json.js";
import type { OpenClawConfig } from "../../types.js";
import { hasCredential, isLocal } from "./providers.js";
import { type Diagnosis, rule, type Rule, setting } from "./rule.js";

/** Ends of a path that OpenClaw adds itself. */
const endpoint = /\/(?:chat\/completions|completions|responses|messages|embeddings)\/*$/;

const withoutScheme: Rule = rule("base-url-scheme", ({ config }, found) =>
  addresses(config).flatMap(({ tokens, baseUrl }) => {
    const url = baseUrl.trim();
    if (url === "" || /^https?:\/\/[^/]/i.test(url) || url.includes("${")) return [];
    const guess = /^[\w.-]+(?::\d+)?(?:\/|$)/.test(url) ? `https://${url}` : undefined;
    return [
      found(
        "error",
        tokens,
        `"${url}" is no address OpenClaw can call: it has to begin with https:// or http://`,
        guess === undefined
          ? "Write the whole address."
          : `Write ${isLocal(`http://${url}`) ? `http://${url}` : guess}.`,
      ),
    ];
  }),
);

const wholeEndpoint: Rule = rule("base-url-endpoint", ({ config }, found) =>
  addresses(config).flatMap(({ tokens, baseUrl }) =>
    endpoint.test(baseUrl.trim())
      ? [
          found(
            "error",
            tokens,
            `${baseUrl} is the address of one call; OpenClaw adds ${endpoint.exec(baseUrl.trim())?.[0] ?? ""} itself`,
            "Write the part in front of it.",
            setting({ tokens }, baseUrl.trim().replace(endpoint, "")),
          ),
        ]
      : [],
  ),
);

const slashes: Rule = rule("base-url-slashes", ({ config }, found) =>
  addresses(config).flatMap(({ tokens, baseUrl }) => {
    const tidy = baseUrl.trim().replace(/(?<!:)\/{2,}/g, "/");
    return tidy === baseUrl.trim() || endpoint.test(baseUrl.trim())
      ? []
      : [
          found(
            "warning",
            tokens,
            `${baseUrl} has a doubled slash, which many servers answer with 404`,
            `Write ${tidy}.`,
            setting({ tokens }, tidy),
          ),
        ];
  }),
);

/** With the Anthropic API OpenClaw calls `<baseUrl>/v1/messages` (measured). */
const doubledVersion: Rule = rule("base-url-version", ({ config }, found) =>
  addresses(config).flatMap(({ tokens, baseUrl, api }) =>
    api === "anthropic-messages" && /\/v1\/*$/.test(baseUrl.trim())
      ? [
          found(
            "warning",
            tokens,
            `with api anthropic-messages OpenClaw adds /v1/messages itself: ${baseUrl.trim().replace(/\/+$/, "")}/v1/messages is called`,
            "Leave /v1 out.",
            setting({ tokens }, baseUrl.trim().replace(/\/v1\/*$/, "")),
          ),
        ]
      : [],
  ),
);

const plainHttp: Rule = rule("http-public-host", (ground, found) =>
  addresses(ground.config).flatMap(({ id, tokens, baseUrl }) =>
    /^http:/i.test(baseUrl.trim()) && !isLocal(baseUrl) && hasCredential(id, ground)
      ? [found("warning", tokens, `the key goes to ${baseUrl} unencrypted`, "Use https://.")]
      : [],
  ),
);

/** A card's own id is right as it is, whatever it folds to (`kimi-code`). */
const spelling: Rule = rule("provider-spelling", ({ config, card }, found) =>
  Object.entries(config.models?.providers ?? {}).flatMap(([id]): Diagnosis[] => {
    const normal = normalizeProviderId(id);
    if (id === normal || card(id)?.id === id) return [];
    const others = Object.keys(config.models?.providers ?? {}).filter((name) => normalizeProviderId(name) === normal);
    const alone = others.length === 1;
    return [
      found(
        alone ? "info" : "warning",
        ["models", "providers", id],
        alone
          ? `"${id}" is read as "${normal}"`
          : `${others.map((name) => `"${name}"`).join(" and ")} are read as one provider, "${normal}"; which block counts is chance`,
        alone ? `Name the block "${normal}".` : "Merge them into one.",
        alone
          ? [
              {
                transform: "provider-id",
                title: `spelling of ${normal}`,
                input: { provider: normal, places: ["models"] },
              },
            ]
          : undefined,
      ),
    ];
  }),
);

export const addressRules: readonly Rule[] = [
  withoutScheme,
  wholeEndpoint,
  slashes,
  doubledVersion,
  plainHttp,
  spelling,
];

function addresses({ models }: OpenClawConfig): { id: string; tokens: string[]; baseUrl: string; api: unknown }[] {
  return Object.entries(models?.providers ?? {}).flatMap(([id, block]) =>
    isObject(block) && typeof block["baseUrl"] === "string"
      ? [{ id, tokens: ["models", "providers", id, "baseUrl"], baseUrl: block["baseUrl"], api: block["api"] }]
      : [],
  );
}
