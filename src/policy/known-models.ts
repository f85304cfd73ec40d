/** Models OpenClaw 2026.5.6 knows without a configuration: its SDK's catalog and its plugins' own. Data: known-models.json. */

import { hasMember } from "../json.js";
import type { Compat } from "./nouns.js";
import table from "./known-models.json" with { type: "json" };

/** What is built in about one model. Limits in tokens. */
export interface KnownModel {
  readonly api: string;
  readonly baseUrl: string;
  readonly contextWindow: number;
  readonly maxTokens: number;
  readonly reasoning: boolean;
  readonly image: boolean;
  /** OpenClaw's own catalog says that it reasons: what the default thinking level is read from. */
  readonly listedReasoning: boolean;
  /** False for a model that a plugin lists and no call finds without a configuration. */
  readonly callable: boolean;
  readonly levels: { readonly [level: string]: string | null };
  readonly compat: Compat;
  readonly headers: { readonly [name: string]: string };
  readonly authHeader: boolean;
}

/**
 * `[context window, output limit, flags, more]`; flags: r reasons, i sees images, c a plugin's list says it reasons,
 * m in a plugin's list only: the model can be picked, yet a call finds it only when it is configured.
 */
type Row = readonly [number, number, string, RowExtra?];
interface RowExtra {
  readonly api?: string;
  readonly baseUrl?: string;
  readonly levels?: { readonly [level: string]: string | null };
  readonly compat?: Compat;
  readonly headers?: { readonly [name: string]: string };
}
interface KnownProvider {
  readonly api: string;
  readonly baseUrl: string;
  readonly headers?: { readonly [name: string]: string };
  readonly authHeader?: boolean;
  readonly models: { readonly [id: string]: Row };
}

const providers = table as unknown as { readonly [id: string]: KnownProvider };

/** The provider's own API and base URL; null for one that OpenClaw knows nothing about. */
export function knownProvider(id: string): { readonly api: string; readonly baseUrl: string } | null {
  return hasMember(providers, id) ? (providers[id] ?? null) : null;
}

/** What is built in about a model; null when nothing is. */
export function knownModel(provider: string, id: string): KnownModel | null {
  const known = hasMember(providers, provider) ? providers[provider] : undefined;
  const row = known && hasMember(known.models, id) ? known.models[id] : undefined;
  if (!known || !row) return null;
  const [contextWindow, maxTokens, flags, extra = {}] = row;
  return {
    api: extra.api ?? known.api,
    baseUrl: extra.baseUrl ?? known.baseUrl,
    contextWindow,
    maxTokens,
    reasoning: flags.includes("r"),
    image: flags.includes("i"),
    listedReasoning: flags.includes("c"),
    callable: !flags.includes("m"),
    levels: extra.levels ?? {},
    compat: extra.compat ?? {},
    headers: { ...known.headers, ...extra.headers },
    authHeader: known.authHeader ?? false,
  };
}
