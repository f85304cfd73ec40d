/** The request that `explain` describes, with a key and one short message in it. Pure. */

import { mask } from "../core/redact.js";
import { isObject } from "../json.js";
import type { JsonObject } from "../types.js";
import type { RequestExplanation } from "../policy/nouns.js";
import type { HttpRequest } from "./http.js";

/** What is asked. */
const question = "Reply with the word OK.";

type Messages = () => JsonObject;
const chat: Messages = () => ({ messages: [{ role: "user", content: question }], stream: true });
const responses: Messages = () => ({
  input: [{ role: "user", content: [{ type: "input_text", text: question }] }],
  stream: true,
});
const google: Messages = () => ({ contents: [{ role: "user", parts: [{ text: question }] }] });

/** How each API takes a message. */
const messages: ReadonlyMap<string, Messages> = new Map([
  ["openai-completions", chat],
  ["mistral-conversations", chat],
  ["anthropic-messages", chat],
  ["ollama", chat],
  ["openai-responses", responses],
  ["azure-openai-responses", responses],
  ["google-generative-ai", google],
]);

/**
 * The request; null for an API whose requests clawform cannot make, as they are signed or need a login. `own` are the headers
 * of the configuration, names in small letters: what `explain` masks is theirs, else the key.
 */
export function chatRequest(
  { api, url, headers, body }: RequestExplanation,
  key: string | null,
  own: Readonly<Record<string, string>>,
): HttpRequest | null {
  const message = messages.get(api);
  if (!message) return null;
  const shown = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const sent = shown.flatMap(([name, value]) => {
    if (!value.includes(mask)) return [[name, value] as const];
    const secret = own[name] ?? (key === null ? undefined : value.replaceAll(mask, () => key));
    return secret === undefined ? [] : [[name, secret] as const];
  });
  return {
    method: "POST",
    url,
    headers: {
      accept: "application/json, text/event-stream",
      "content-type": "application/json",
      ...(api === "anthropic-messages" ? { "anthropic-version": "2023-06-01" } : {}),
      ...Object.fromEntries(sent),
    },
    body: JSON.stringify({ ...body, ...message() }),
  };
}

/** The headers a provider block, its `request` and a model of it state as text; names in small letters, the later one wins. */
export function configuredHeaders(block: JsonObject, model: string): Record<string, string> {
  const list = Array.isArray(block["models"]) ? block["models"] : [];
  const definition = list.find((one) => isObject(one) && one["id"] === model);
  const request = isObject(block["request"]) ? block["request"] : {};
  const auth = isObject(request["auth"]) ? request["auth"] : {};
  const override: JsonObject =
    auth["mode"] === "authorization-bearer" && typeof auth["token"] === "string"
      ? { authorization: `Bearer ${auth["token"]}` }
      : typeof auth["headerName"] === "string" && typeof auth["value"] === "string"
        ? { [auth["headerName"]]: `${typeof auth["prefix"] === "string" ? auth["prefix"] : ""}${auth["value"]}` }
        : {};
  const layers = [block["headers"], isObject(definition) ? definition["headers"] : {}, request["headers"], override];
  const entries = layers.flatMap((layer) => Object.entries(isObject(layer) ? layer : {}));
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (typeof value === "string" ? [[name.toLowerCase(), value] as const] : [])),
  );
}
