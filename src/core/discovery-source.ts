/** Where a provider's models are asked for, and in which shape they come. As OpenClaw 2026.5.6 has it (reference, runtime 7). */

import { normalizeProviderId } from "../ids.js";
import type { Card, ProviderBlock } from "../types.js";

/** The forms in which lists of models come; `models-from.ts` reads each. */
export type DiscoveryShape =
  | "kilo"
  | "openrouter"
  | "openai"
  | "lmstudio"
  | "ollama"
  | "huggingface"
  | "venice"
  | "vercel"
  | "chutes";

/** How one provider's endpoint is found. */
interface Source {
  readonly shape: DiscoveryShape;
  /** Where it is when neither the configuration nor the card says. */
  readonly baseUrl?: string;
  /** What of a base URL's end is not the server's root. */
  readonly without?: RegExp;
  readonly path: string;
}

const ends = /\/+$/;

const sources: ReadonlyMap<string, Source> = new Map<string, Source>([
  ["kilocode", { shape: "kilo", path: "/models" }],
  ["openrouter", { shape: "openrouter", baseUrl: "https://openrouter.ai/api/v1", path: "/models" }],
  ["vllm", { shape: "openai", baseUrl: "http://127.0.0.1:8000/v1", path: "/models" }],
  ["sglang", { shape: "openai", baseUrl: "http://127.0.0.1:30000/v1", path: "/models" }],
  [
    "lmstudio",
    { shape: "lmstudio", baseUrl: "http://localhost:1234/v1", without: /(?:\/api)?\/v1$/, path: "/api/v1/models" },
  ],
  ["ollama", { shape: "ollama", baseUrl: "http://127.0.0.1:11434", without: /\/v1$/, path: "/api/tags" }],
  ["huggingface", { shape: "huggingface", path: "/models" }],
  ["venice", { shape: "venice", path: "/models" }],
  [
    "vercel-ai-gateway",
    { shape: "vercel", baseUrl: "https://ai-gateway.vercel.sh", without: /\/v1$/, path: "/v1/models" },
  ],
  ["chutes", { shape: "chutes", path: "/models" }],
]);

/** Any other provider that speaks OpenAI's language has OpenAI's list of models. */
const asOpenAi: Source = { shape: "openai", path: "/models" };

/** An endpoint to ask. */
export interface DiscoveryEndpoint {
  readonly url: string;
  readonly shape: DiscoveryShape;
  /** The base URL it was made of. */
  readonly baseUrl: string;
}

/**
 * The endpoint that lists a provider's models: at the block's base URL, else the card's, else the provider's own. Null when
 * nobody says where it is, or its API has no list that OpenClaw asks for. `block` is the provider's, variables resolved.
 */
export function discoveryEndpoint(
  provider: string,
  block: ProviderBlock | undefined,
  card: Card | null,
): DiscoveryEndpoint | null {
  const api = block?.api ?? card?.api;
  const speaksOpenAi = api === undefined || api.startsWith("openai-");
  const source = sources.get(normalizeProviderId(provider)) ?? (speaksOpenAi ? asOpenAi : undefined);
  const own = typeof block?.baseUrl === "string" ? block.baseUrl.trim() : "";
  const baseUrl = own || (card?.baseUrl ?? source?.baseUrl);
  if (!source || baseUrl === undefined) return null;
  const root = baseUrl.replace(ends, "").replace(source.without ?? /$^/, "");
  return { url: `${root.replace(ends, "")}${source.path}`, shape: source.shape, baseUrl };
}
