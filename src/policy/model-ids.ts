/** How OpenClaw 2026.5.6 spells model ids, provider by provider (measured on `models list`; runtime.md 1). */

interface Spelling {
  readonly strip?: string;
  readonly aliases?: { readonly [id: string]: string };
  /** Put in front of an id without a slash. */
  readonly prefix?: string;
  /** Put in front of an id without a slash that begins so. */
  readonly prefixFor?: { readonly begins: string; readonly prefix: string };
}

const claude = {
  "opus-4.6": "claude-opus-4-6",
  "opus-4.5": "claude-opus-4-5",
  "sonnet-4.6": "claude-sonnet-4-6",
  "sonnet-4.5": "claude-sonnet-4-5",
};
const gemini = {
  "gemini-3-pro": "gemini-3-pro-preview",
  "gemini-3-flash": "gemini-3-flash-preview",
  "gemini-3.1-pro": "gemini-3.1-pro-preview",
  "gemini-3.1-flash-lite": "gemini-3.1-flash-lite-preview",
  "gemini-3.1-flash": "gemini-3-flash-preview",
  "gemini-3.1-flash-preview": "gemini-3-flash-preview",
};

const spellings: ReadonlyMap<string, Spelling> = new Map<string, Spelling>([
  ["anthropic", { aliases: claude }],
  ["google", { aliases: gemini }],
  ["google-vertex", { aliases: gemini }],
  [
    "xai",
    {
      aliases: {
        "grok-4-fast-reasoning": "grok-4-fast",
        "grok-4-1-fast-reasoning": "grok-4-1-fast",
        "grok-4.20-experimental-beta-0304-reasoning": "grok-4.20-beta-latest-reasoning",
        "grok-4.20-experimental-beta-0304-non-reasoning": "grok-4.20-beta-latest-non-reasoning",
        "grok-4.20-reasoning": "grok-4.20-beta-latest-reasoning",
        "grok-4.20-non-reasoning": "grok-4.20-beta-latest-non-reasoning",
      },
    },
  ],
  ["openrouter", { prefix: "openrouter" }],
  ["nvidia", { prefix: "nvidia" }],
  ["vercel-ai-gateway", { aliases: claude, prefixFor: { begins: "claude-", prefix: "anthropic" } }],
  ["huggingface", { strip: "huggingface/" }],
]);

/** The id OpenClaw uses for a model of a (normalised) provider: prefix stripped, alias replaced, bare ids prefixed. */
export function normalizeModelId(provider: string, id: string): string {
  const rule = spellings.get(provider);
  if (!rule) return id;
  const stripped =
    rule.strip !== undefined && id.toLowerCase().startsWith(rule.strip) ? id.slice(rule.strip.length) : id;
  const aliases = new Map(Object.entries(rule.aliases ?? {}));
  const named = aliases.get(stripped.toLowerCase()) ?? stripped;
  if (named.includes("/")) return named;
  if (rule.prefixFor && named.toLowerCase().startsWith(rule.prefixFor.begins))
    return `${rule.prefixFor.prefix}/${named}`;
  return rule.prefix === undefined ? named : `${rule.prefix}/${named}`;
}

/** A reference as OpenClaw shows it: an id that begins with its provider is not doubled. */
export function refKey(provider: string, id: string): string {
  return id.toLowerCase().startsWith(`${provider.toLowerCase()}/`) ? id : `${provider}/${id}`;
}
