/** The headers that distinguish a request: the credential, attribution, and those of the configuration (OpenClaw 2026.5.6, measured). */

import { looksSecret } from "../core/redact-names.js";
import { mask, maskLooks } from "../core/redact.js";
import { normalizeProviderId } from "../ids.js";
import { isObject } from "../json.js";
import type { JsonObject } from "../types.js";
import { thinksAdaptively } from "./body-anthropic.js";
import type { Call } from "./nouns.js";
import { text, texts, truth, word } from "./values.js";

type Headers = { readonly [name: string]: string };

/** The release that is explained: it names itself to OpenAI. */
const release = "2026.5.6";
const openRouterCategories =
  "cli-agent,cloud-agent,programming-app,creative-writing,writing-assistant,general-chat,personal-agent";
const bearer: Headers = { Authorization: `Bearer ${mask}` };

/** How each API carries a key. */
const credentials: ReadonlyMap<string, Headers> = new Map<string, Headers>([
  ["anthropic-messages", { "x-api-key": mask }],
  ["google-generative-ai", { "x-goog-api-key": mask }],
  ["google-vertex", { "x-goog-api-key": mask }],
  ["azure-openai-responses", { "api-key": mask }],
]);

/** Headers in the order they are laid over each other; a later one wins, whatever the case of its name. `keyed`: a key is sent. */
export function headersOf(call: Call, keyed: boolean): Headers {
  const { model } = call;
  return layered([
    keyed ? credentialHeaders(call) : {},
    betas(call),
    sdkAttribution(call),
    openRouter(call),
    visible(model.headers),
    visible(texts(model.request["headers"])),
    keyed && model.authHeader ? bearer : {},
    authOverride(model.request),
    ownAttribution(call),
  ]);
}

function credentialHeaders({ model, oauth }: Call): Headers {
  if (model.provider === "cloudflare-ai-gateway") return { "cf-aig-authorization": `Bearer ${mask}` };
  if (oauth && model.api === "anthropic-messages")
    return { ...bearer, "User-Agent": "claude-cli/2.1.75", "x-app": "cli" };
  return credentials.get(model.api) ?? bearer;
}

/** Anthropic's beta features: interleaved thinking for models that do not think adaptively, and what `params` asks for. */
function betas({ model, params, oauth }: Call): Headers {
  if (model.api !== "anthropic-messages") return {};
  const asked = model.provider === "anthropic" ? askedBetas(params, model.id) : [];
  const base = [
    ...(oauth ? ["claude-code-20250219", "oauth-2025-04-20"] : []),
    ...(asked.length > 0 ? ["fine-grained-tool-streaming-2025-05-14"] : []),
    ...(asked.length > 0 || !thinksAdaptively(model) ? ["interleaved-thinking-2025-05-14"] : []),
  ];
  const all = [...new Set([...base, ...asked])];
  return all.length > 0 ? { "anthropic-beta": all.join(",") } : {};
}

function askedBetas(params: JsonObject, id: string): string[] {
  const named = params["anthropicBeta"];
  const list = (Array.isArray(named) ? named : [named]).flatMap((one) => text(one)?.trim() ?? []);
  const wide = params["context1m"] === true && /^claude-(opus|sonnet)-4/.test(id.toLowerCase());
  return [...list, ...(wide ? ["context-1m-2025-08-07"] : [])];
}

/** The embedded SDK introduces itself to OpenRouter and Cloudflare. */
function sdkAttribution({ model }: Call): Headers {
  if (model.provider === "openrouter" || model.baseUrl.includes("openrouter.ai"))
    return { "HTTP-Referer": "https://pi.dev", "X-OpenRouter-Title": "pi", "X-OpenRouter-Categories": "cli-agent" };
  return model.provider === "cloudflare-ai-gateway" || /(api|gateway\.ai)\.cloudflare\.com/.test(model.baseUrl)
    ? { "User-Agent": "pi-coding-agent" }
    : {};
}

/** OpenRouter's own headers: only where its host is recognised. */
function openRouter({ model, host, params }: Call): Headers {
  if (model.provider !== "openrouter" || (host !== "openrouter" && host !== "default")) return {};
  return {
    "HTTP-Referer": "https://openclaw.ai",
    "X-OpenRouter-Title": "OpenClaw",
    "X-OpenRouter-Categories": openRouterCategories,
    ...responseCache(params),
  };
}

/** OpenRouter's response cache, by `params.responseCache`. Seconds, 1 to 86,400. */
function responseCache(params: JsonObject): Headers {
  const clear = truth(params["responseCacheClear"]) === true;
  const wanted = truth(params["responseCache"]) ?? (clear ? true : undefined);
  if (wanted === undefined) return {};
  if (!wanted) return { "X-OpenRouter-Cache": "false" };
  const seconds = Number.parseFloat(word(params["responseCacheTtlSeconds"]));
  return {
    "X-OpenRouter-Cache": "true",
    ...(Number.isFinite(seconds)
      ? { "X-OpenRouter-Cache-TTL": String(Math.max(1, Math.min(86_400, Math.trunc(seconds)))) }
      : {}),
    ...(clear ? { "X-OpenRouter-Cache-Clear": "true" } : {}),
  };
}

/** Headers that no configuration replaces. */
function ownAttribution({ model, host, env }: Call): Headers {
  if (normalizeProviderId(model.provider) === "kilocode")
    return { "X-KILOCODE-FEATURE": env["KILOCODE_FEATURE"]?.trim() || "openclaw" };
  const home =
    model.provider === "openai" ? "openai-public" : model.provider === "openai-codex" ? "openai-codex" : undefined;
  return home === host ? { originator: "openclaw", version: release, "User-Agent": `openclaw/${release}` } : {};
}

/** `request.auth` of the provider block sends another credential. */
function authOverride(request: JsonObject): Headers {
  const auth = isObject(request["auth"]) ? request["auth"] : {};
  const name = text(auth["headerName"])?.trim();
  if (auth["mode"] === "authorization-bearer" && text(auth["token"])) return bearer;
  return auth["mode"] === "header" && name !== undefined && text(auth["value"])
    ? { [name]: `${text(auth["prefix"])?.trim() ?? ""}${mask}` }
    : {};
}

/** Values that may be secret are masked; the rest is what the configuration says. */
function visible(headers: Headers): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, looksSecret(name, "header") ? mask : maskLooks(value)]),
  );
}

function layered(layers: readonly Headers[]): Headers {
  const found = new Map<string, readonly [string, string]>();
  for (const layer of layers)
    for (const [name, value] of Object.entries(layer)) found.set(name.toLowerCase(), [name, value]);
  return Object.fromEntries(found.values());
}
