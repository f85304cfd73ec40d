/**
 * Looks of secrets, as data. Every pattern comes with what a text must hold for it to match at all, found by plain
 * searches: to compile a pattern takes longer than to search a whole configuration, and most files need none.
 */

import type { NameKind } from "./redact-names.js";

/** One look of a secret. */
export interface Look {
  /** False only for a text in which the pattern matches nowhere; true of a text when it is true of a part of it. */
  readonly needs: (text: string) => boolean;
  /** The pattern, compiled on first use. A group `secret` (or `token`) is the part to hide, else it is all of it. */
  readonly pattern: () => RegExp;
  /** How the group `name` has to sound: one kind of name, a member's or a variable's, or there is none. */
  readonly named: NameKind | "any" | null;
  /** For a pattern that only matches from the start of a text: what follows its name. */
  readonly lead?: string;
}

const has =
  (...words: readonly string[]) =>
  (text: string): boolean =>
    words.some((word) => text.includes(word));

const hasAssignment = has(":", "=");
const hasQuote = has('"', "'", "`");
const hasDigit = has("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

const shape = (needs: Look["needs"], pattern: Look["pattern"]): Look => ({ needs, pattern, named: null });

/** Shapes that issuers give their keys; conservative, each with its prefix and the length below which no real one is. */
const shapes: readonly Look[] = [
  // OpenAI, Anthropic, OpenRouter, Moonshot, DeepSeek and most others: sk-..., sk-ant-..., sk-or-v1-...
  shape(has("sk-"), () => /\bsk-[A-Za-z0-9_-]{10,}/g),
  // GitHub, GitLab, npm
  shape(
    has("gho_", "ghp_", "ghs_", "ghu_", "ghr_", "github_pat_", "glpat-", "npm_"),
    () => /\b(?:gh[opusr]_[A-Za-z0-9]{16,}|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_[A-Za-z0-9]{30,})/g,
  ),
  // xAI, Groq, Replicate, Hugging Face, Perplexity, NVIDIA, Tavily, Cerebras, Firecrawl
  shape(
    has("xai-", "gsk_", "r8_", "hf_", "pplx-", "nvapi-", "tvly-", "csk-", "fc-"),
    () => /\b(?:xai-|gsk_|r8_|hf_|pplx-|nvapi-|tvly-|csk-|fc-)[A-Za-z0-9_-]{20,}/g,
  ),
  // Google: API keys, OAuth access tokens. AWS access keys
  shape(
    has("AIza", "ya29.", "AKIA", "ASIA"),
    () => /\b(?:AIza[\w-]{30,}|ya29\.[\w-]{20,}|(?:AKIA|ASIA)[A-Z0-9]{16}\b)/g,
  ),
  // Slack, Stripe, SendGrid, webhooks
  shape(
    has("xox", "xapp-", "k_live_", "k_test_", "SG.", "whsec_"),
    () =>
      /\b(?:xox[a-z]-[\w-]{10,}|xapp-[\w-]{10,}|[rs]k_(?:live|test)_[A-Za-z0-9]{10,}|SG\.[\w-]{16,}\.[\w-]{16,}|whsec_[A-Za-z0-9+/=]{16,})/g,
  ),
  // Telegram and Discord bots
  shape(hasLongNumberAndColon, () => /\b\d{8,10}:[A-Za-z0-9_-]{35}(?![\w-])/g),
  shape(hasDotsAroundSix, () => /\b[MNO][A-Za-z0-9]{23,25}\.[\w-]{6}\.[\w-]{27,}/g),
  // JSON Web Tokens, private keys in PEM
  shape(has("eyJ"), () => /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,}/g),
  shape(has("-----BEGIN "), () => /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g),
  // Long bearer tokens; a variable's name is none
  shape(
    (text) => text.toLowerCase().includes("bearer"),
    () => /\bbearer\s+(?<secret>[A-Za-z0-9._~+/=-]{20,})/gi,
  ),
  // Webhooks whose path is the password
  shape(has("hooks.slack.com/"), () => /\bhooks\.slack\.com\/(?:services|workflows|triggers)\/(?<secret>[\w/-]{10,})/g),
  shape(has("/webhooks/"), () => /\bdiscord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/\d+\/(?<secret>[\w-]{20,})/g),
  // `user:password@` of a URL, or a long user without a password; greedy, for a password may hold `@` and quotes
  shape(
    (text) => text.includes("://") && text.includes("@"),
    () => /:\/\/(?:[^\s/?#@:]*:(?<secret>[^\s/?#]+)|(?<token>[^\s/?#@:]{16,}))@/g,
  ),
];

/** Looks of a string in a document besides: parameters of a URL, options of a command line, a header given as a line. */
const partsOfValues: readonly Look[] = [
  { needs: has("="), pattern: () => /[?&#;](?<name>[\w.~%-]+)=(?<secret>[^&#;\s]+)/g, named: "query" },
  // `--api-key=...`, `NPM_TOKEN=...`
  {
    needs: has("="),
    pattern: () => /^(?<name>--?[A-Za-z][\w.-]*|[A-Za-z_]\w*)=(?<secret>[^]+)$/g,
    named: "variable",
    lead: "=",
  },
  {
    needs: has(":"),
    pattern: () => /^(?<name>(?:proxy-)?authorization|cookie|[a-z]\w*(?:-\w+)+):\s*(?<secret>\S.*)$/gi,
    named: "header",
    lead: ":",
  },
];

/** Looks in a message besides: parameters of a URL that may stand in quotes or brackets. */
const partsOfMessages: readonly Look[] = [
  { needs: has("="), pattern: () => /[?&#;](?<name>[\w.~%-]+)=(?<secret>[^&#;\s"'<>`)\]]+)/g, named: "query" },
];

/** Looks in a comment besides, or in a text that does not parse: members and variables may be written out. */
const partsOfProse: readonly Look[] = [
  ...partsOfMessages,
  // `apiKey: "..."`: what is quoted counts, else what is long and holds a digit
  {
    needs: (text) => hasAssignment(text) && hasQuote(text),
    pattern: () =>
      /(?<![\w$.-])(?<name>[\w$.-]+)["']?\s*[:=]\s*(?<quote>["'`])(?<secret>(?:\\[^]|(?!\k<quote>)[^\\\n])*)\k<quote>/g,
    named: "any",
  },
  {
    needs: (text) => hasAssignment(text) && hasDigit(text),
    pattern: () => /(?<![\w$.-])(?<name>[\w$.-]+)["']?\s*[:=]\s*(?<secret>(?=[^\s"'`,;]*\d)[^\s"'`,;]{8,})/g,
    named: "any",
  },
];

/** Every look of a string in a document. */
export const valueLooks: readonly Look[] = [...shapes, ...partsOfValues];
/** Every look in a message. */
export const messageLooks: readonly Look[] = [...shapes, ...partsOfMessages];
/** Every look in a comment, or in a text that does not parse. */
export const proseLooks: readonly Look[] = [...shapes, ...partsOfProse];

/** The looks that the strings and the comments of a text may have at all: what it has not, no part of it has. */
export interface Looks {
  readonly values: readonly Look[];
  readonly prose: readonly Look[];
}

/** Those of a text. */
export function looksIn(text: string): Looks {
  const may = ({ needs }: Look): boolean => needs(text);
  const here = shapes.filter(may);
  return { values: [...here, ...partsOfValues.filter(may)], prose: [...here, ...partsOfProse.filter(may)] };
}

/** Eight digits and a colon. */
function hasLongNumberAndColon(text: string): boolean {
  for (let at = text.indexOf(":", 8); at >= 0; at = text.indexOf(":", at + 1)) {
    let first = at;
    while (isDigit(text.charCodeAt(first - 1))) first--;
    if (at - first >= 8) return true;
  }
  return false;
}

/** Two dots with six characters between them. */
function hasDotsAroundSix(text: string): boolean {
  for (let at = text.indexOf(".", 24); at >= 0; at = text.indexOf(".", at + 1)) {
    if (text.charCodeAt(at + 7) === 46) return true;
  }
  return false;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
