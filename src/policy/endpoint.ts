/** Where a request goes: the URL each API makes of a base URL (OpenClaw 2026.5.6, measured). */

import type { Variables } from "../core/variables.js";
import { ownGoogleTransport } from "./body-google.js";
import type { CallModel } from "./nouns.js";

type Path = (base: string, model: CallModel, env: Variables) => string;

const joined =
  (path: string): Path =>
  (base) =>
    `${base}${path}`;

const paths: ReadonlyMap<string, Path> = new Map<string, Path>([
  ["openai-completions", joined("/chat/completions")],
  ["openai-responses", joined("/responses")],
  ["mistral-conversations", joined("/v1/chat/completions")],
  [
    "openai-codex-responses",
    (base) => {
      if (base.endsWith("/codex/responses")) return base;
      return base.endsWith("/codex") ? `${base}/responses` : `${base}/codex/responses`;
    },
  ],
  ["azure-openai-responses", azure],
  ["anthropic-messages", (base) => `${base.replace(/\/v1$/, "")}/v1/messages`],
  ["google-generative-ai", google],
  ["google-vertex", google],
  ["ollama", (base) => `${base.replace(/\/v1$/i, "")}/api/chat`],
  ["bedrock-converse-stream", (base, { id }) => `${base}/model/${encodeURIComponent(id)}/converse-stream`],
]);

/** The URL a model is called at. An unknown API gives its base URL. */
export function endpointOf(model: CallModel, env: Variables): string {
  const base = filled(baseOf(model), env).replace(/\/+$/, "");
  return (paths.get(model.api) ?? joined(""))(base, model, env);
}

/** The base URL as OpenClaw corrects it. */
export function baseOf({ provider, baseUrl, api }: Pick<CallModel, "provider" | "baseUrl" | "api">): string {
  const trimmed = baseUrl.trim();
  if (provider === "openrouter" && /^https:\/\/openrouter\.ai\/(api\/)?v1\/?$/.test(trimmed))
    return "https://openrouter.ai/api/v1";
  if (api === "google-generative-ai" && /^https:\/\/generativelanguage\.googleapis\.com\/?$/.test(trimmed))
    return "https://generativelanguage.googleapis.com/v1beta";
  return trimmed;
}

/** Cloudflare's base URLs name variables. */
function filled(base: string, env: Variables): string {
  return base.replaceAll(/\{([A-Z_][A-Z0-9_]*)\}/g, (written, name: string) => env[name] ?? written);
}

function azure(base: string, _: CallModel, env: Variables): string {
  const resource = env["AZURE_OPENAI_RESOURCE_NAME"]?.trim();
  const own =
    env["AZURE_OPENAI_BASE_URL"]?.trim() ?? (resource ? `https://${resource}.openai.azure.com/openai/v1` : undefined);
  const chosen = (own ?? base).replace(/\/+$/, "");
  const bare = /^https:\/\/[^/]+\.(openai|cognitiveservices)\.azure\.com(\/openai)?$/.test(chosen);
  const version = env["AZURE_OPENAI_API_VERSION"]?.trim() ?? "v1";
  return `${bare ? `${new URL(chosen).origin}/openai/v1` : chosen}/responses?api-version=${version}`;
}

function google(base: string, model: CallModel): string {
  const id = model.id.startsWith("models/") || !ownGoogleTransport(model) ? model.id : `models/${model.id}`;
  const path = id.startsWith("models/") ? id : `models/${id}`;
  return `${base}/${path}:streamGenerateContent?alt=sse`;
}
