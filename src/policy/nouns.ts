/** The nouns of the policy room: what is known about a run of OpenClaw, and what it will then do. */

import type { AuthStore, Json, JsonObject, OpenClawConfig } from "../types.js";
import type { Variables } from "../core/variables.js";

/** Everything a request depends on, as values: nothing here is looked up anywhere. */
export interface Situation {
  /** The configuration with its includes, `${VAR}` not yet replaced. */
  readonly config: OpenClawConfig;
  /** OpenClaw's environment: `core/variables`, `environmentOf`. */
  readonly env?: Variables;
  /** The agent's credential store, the main one's profiles underneath. */
  readonly auth?: AuthStore;
  /** `order` and `usageStats` of `auth-state.json`. */
  readonly authState?: AuthState;
  /** Whether `<state>/plugins/installs.json` exists: without it OpenClaw knows no host (runtime.md 4). True by default. */
  readonly registry?: boolean;
  /** `main` by default. */
  readonly agent?: string;
  /** The thinking level asked for, as a person spells it. */
  readonly thinking?: string;
  /** Milliseconds since 1970, for cooldowns; 0 by default: every cooldown lasts. */
  readonly now?: number;
}

/** What `auth-state.json` holds. */
export interface AuthState {
  readonly order?: { readonly [provider: string]: readonly string[] };
  readonly usageStats?: { readonly [profile: string]: ProfileUsage };
}

/** How a profile fared. Times in milliseconds since 1970. */
export interface ProfileUsage {
  readonly lastUsed?: number;
  readonly cooldownUntil?: number;
  readonly disabledUntil?: number;
}

/** A provider and one of its models, spelled as OpenClaw will spell them. */
export interface ModelRef {
  readonly provider: string;
  readonly model: string;
  /** The profile after an `@`, if any. */
  readonly profile?: string;
}

/** A model as OpenClaw will call it. Limits in tokens. */
export interface CallModel {
  readonly provider: string;
  readonly id: string;
  readonly api: string;
  readonly baseUrl: string;
  readonly reasoning: boolean;
  readonly image: boolean;
  readonly contextWindow: number;
  readonly maxTokens: number;
  readonly headers: { readonly [name: string]: string };
  readonly authHeader: boolean;
  readonly compat: Compat;
  readonly params: JsonObject;
  /** How the SDK spells a level for this model; null: it cannot. */
  readonly levels: { readonly [level: string]: string | null };
  /** `request.headers` and `request.auth` of the provider block. */
  readonly request: JsonObject;
  /** Where the definition came from. */
  readonly origin: "config" | "sdk" | "openrouter" | "synthesised";
}

/** Peculiarities of an OpenAI-style server, those the request's body depends on. */
export interface Compat {
  readonly supportsStore?: boolean;
  readonly supportsPromptCacheKey?: boolean;
  readonly supportsDeveloperRole?: boolean;
  readonly supportsReasoningEffort?: boolean;
  readonly supportsUsageInStreaming?: boolean;
  readonly supportsStrictMode?: boolean;
  readonly supportsTools?: boolean;
  readonly requiresStringContent?: boolean;
  readonly maxTokensField?: "max_completion_tokens" | "max_tokens";
  readonly thinkingFormat?: string;
  readonly supportedReasoningEfforts?: readonly string[];
  readonly zaiToolStream?: boolean;
}

/** A thinking level: off minimal low medium high xhigh adaptive max. */
export type ThinkingLevel = "off" | "minimal" | "low" | "medium" | "high" | "xhigh" | "adaptive" | "max";

/** One request in the making: what the shapers of the body look at. */
export interface Call {
  readonly model: CallModel;
  /** Undefined where OpenClaw keeps the level from a shaper. */
  readonly level: ThinkingLevel;
  /** Merged `params` of the configuration. */
  readonly params: JsonObject;
  readonly host: HostClass;
  readonly env: Variables;
  /** An Anthropic OAuth token is sent as a Bearer token, with headers of its own. */
  readonly oauth: boolean;
}

/** What OpenClaw takes a base URL's host for (runtime.md 4). */
export type HostClass = string;

/** A request's body in the making. */
export type Body = { [field: string]: Json };

/** Where a key may come from, and why it is taken or not. Never holds the key. */
export interface Candidate {
  readonly source: "profile" | "environment" | "config" | "none";
  /** Profile id, variable or JSON pointer. */
  readonly name: string;
  readonly chosen: boolean;
  readonly reason: string;
}

/** The credential of a request. */
export interface CredentialChoice {
  readonly source: Candidate["source"];
  readonly name: string;
  readonly candidates: readonly Candidate[];
}

/** Something worth knowing, with where it is known from. */
export interface Note {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly message: string;
  /** `measured`, `page: <provider>`, or a place in OpenClaw's configuration. */
  readonly source: string;
}

/** What OpenClaw does with the prompt cache. */
export interface CachePolicy {
  /** Whether `contextPruning.mode: "cache-ttl"` works for the model. */
  readonly ttlEligible: boolean;
  /** Retention in force; null: none is asked for. */
  readonly retention: "none" | "short" | "long" | null;
  /** `5m`, `1h`; null without markers. */
  readonly ttl: string | null;
  readonly rule: string;
}

/** The keys of a request, and why it has them. */
export interface Thinking {
  readonly level: ThinkingLevel;
  readonly rule: string;
  readonly supported: readonly ThinkingLevel[];
}

/** One model and the request OpenClaw would send. The secret is masked. */
export interface RequestExplanation {
  readonly ref: string;
  readonly provider: string;
  readonly model: string;
  readonly api: string;
  readonly method: string;
  readonly url: string;
  readonly credential: CredentialChoice;
  readonly headers: { readonly [name: string]: string };
  readonly body: { readonly [field: string]: Json };
  readonly cacheMarkers: readonly string[];
  readonly cache: CachePolicy;
  readonly thinking: Thinking;
  readonly transcript: readonly string[];
  readonly limits: { readonly contextWindow: number; readonly maxTokens: number };
  readonly notes: readonly Note[];
}

/** A capability beside chat: which model serves it and where its key is looked for, in that order. */
export interface MediaExplanation {
  readonly kind: "tts" | "image" | "video";
  readonly model: string;
  readonly keyOrder: readonly string[];
  readonly notes: readonly Note[];
}

/** `explain --json`. */
export interface Explanation extends RequestExplanation {
  readonly format: 1;
  /** What the person typed; `""` for the default model. */
  readonly asked: string;
  readonly fallbacks: readonly RequestExplanation[];
  readonly media: readonly MediaExplanation[];
}
