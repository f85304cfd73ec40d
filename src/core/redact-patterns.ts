/** Secrets known by their looks, wherever they stand: in a comment, in a URL, on a command line. */

import { isMarker } from "./redact-markers.js";
import { looksSecret, type NameKind } from "./redact-names.js";

/** What takes a secret's place everywhere. */
export const mask = "***";

/** A part of a text. Offsets in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Shapes that issuers give their keys; conservative, each with its prefix and the length below which no real one is.
 * A group named `secret` is the part to hide, else it is all of it.
 */
const shapes: readonly RegExp[] = [
  // OpenAI, Anthropic, OpenRouter, Moonshot, DeepSeek and most others: sk-..., sk-ant-..., sk-or-v1-...
  /\bsk-[A-Za-z0-9_-]{10,}/g,
  // GitHub, GitLab, npm
  /\b(?:gh[opusr]_[A-Za-z0-9]{16,}|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_[A-Za-z0-9]{30,})/g,
  // xAI, Groq, Replicate, Hugging Face, Perplexity, NVIDIA, Tavily, Cerebras, Firecrawl
  /\b(?:xai-|gsk_|r8_|hf_|pplx-|nvapi-|tvly-|csk-|fc-)[A-Za-z0-9_-]{20,}/g,
  // Google: API keys, OAuth access tokens. AWS access keys
  /\b(?:AIza[\w-]{30,}|ya29\.[\w-]{20,}|(?:AKIA|ASIA)[A-Z0-9]{16}\b)/g,
  // Slack, Stripe, SendGrid, webhooks
  /\b(?:xox[a-z]-[\w-]{10,}|xapp-[\w-]{10,}|[rs]k_(?:live|test)_[A-Za-z0-9]{10,}|SG\.[\w-]{16,}\.[\w-]{16,}|whsec_[A-Za-z0-9+/=]{16,})/g,
  // Telegram and Discord bots
  /\b\d{8,10}:[A-Za-z0-9_-]{35}(?![\w-])/g,
  /\b[MNO][A-Za-z0-9]{23,25}\.[\w-]{6}\.[\w-]{27,}/g,
  // JSON Web Tokens, private keys in PEM
  /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  // Long bearer tokens; a variable's name is none
  /\bbearer\s+(?<secret>[A-Za-z0-9._~+/=-]{20,})/gi,
  // Webhooks whose path is the password
  /\bhooks\.slack\.com\/(?:services|workflows|triggers)\/(?<secret>[\w/-]{10,})/g,
  /\bdiscord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/\d+\/(?<secret>[\w-]{20,})/g,
];

/** What every shape, URL, option and header line has one of: most strings have none, and are done with here. */
const promising = /[=:@]|sk-|xox|xapp|_live_|_test_|SG\.|eyJ|-----|bearer|slack|[\w-]{20}/i;

/** `user:password@` of a URL, or a long user without a password; greedy, for a password may hold `@` and quotes. */
const userinfo = /:\/\/(?:[^\s/?#@:]*:(?<secret>[^\s/?#]+)|(?<token>[^\s/?#@:]{16,}))@/g;
const parameter = /[?&#;](?<name>[\w.~%-]+)=(?<secret>[^&#;\s]+)/g;
/** The same where a URL may stand in quotes or brackets. */
const parameterInProse = /[?&#;](?<name>[\w.~%-]+)=(?<secret>[^&#;\s"'<>`)\]]+)/g;
/** `--api-key=...`, `NPM_TOKEN=...`, and a header given as a line. */
const option = /^(?<name>--?[A-Za-z][\w.-]*|[A-Za-z_]\w*)=(?<secret>[^]+)$/g;
const headerLine = /^(?<name>(?:proxy-)?authorization|cookie|[a-z]\w*(?:-\w+)+):\s*(?<secret>\S.*)$/gi;
/** `apiKey: "..."` in a comment, or in a text that does not parse: what is quoted counts, else what is long and holds a digit. */
const quoted =
  /(?<![\w$.-])(?<name>[\w$.-]+)["']?\s*[:=]\s*(?<quote>["'`])(?<secret>(?:\\[^]|(?!\k<quote>)[^\\\n])*)\k<quote>/g;
const unquoted = /(?<![\w$.-])(?<name>[\w$.-]+)["']?\s*[:=]\s*(?<secret>(?=[^\s"'`,;]*\d)[^\s"'`,;]{8,})/g;

/** Secrets in a string by their looks alone: issuers' shapes, parts of URLs, options and header lines. Sorted, apart. */
export function secretSpans(text: string): Span[] {
  if (!promising.test(text)) return [];
  return united([
    ...spansByShape(text),
    ...spans(text, parameter, (name) => looksSecret(name, "query")),
    ...spans(text, option, (name) => looksSecret(name, "variable")),
    ...spans(text, headerLine, (name) => looksSecret(name, "header")),
  ]);
}

/** The same in free text such as a comment, where members and variables may be written out. */
export function secretSpansInProse(text: string): Span[] {
  const named = (name: string): boolean => looksSecret(name, kindOfName(name));
  return united([
    ...spansByShape(text),
    ...spansOfParameters(text),
    ...spans(text, quoted, named),
    ...spans(text, unquoted, named),
  ]);
}

function spansByShape(text: string): Span[] {
  return [...shapes, userinfo].flatMap((shape) => spans(text, shape, () => true));
}

function spansOfParameters(text: string): Span[] {
  return spans(text, parameterInProse, (name) => looksSecret(name, "query"));
}

/** `OPENAI_API_KEY` is spelled like a variable, `apiKey` like a member. */
export function kindOfName(name: string): NameKind {
  return /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(name) ? "variable" : "member";
}

/** Free text of ours, such as a message, with what looks like a secret masked. */
export function maskLooks(text: string): string {
  return maskSpans(text, united([...spansByShape(text), ...spansOfParameters(text)]));
}

/** The text with each span replaced by the mask. A span over several lines is masked on each, so that lines keep their numbers. */
export function maskSpans(text: string, found: readonly Span[]): string {
  let masked = "";
  let at = 0;
  for (const { start, end } of found) {
    masked += text.slice(at, start) + maskLines(text.slice(start, end));
    at = end;
  }
  return masked + text.slice(at);
}

/** A mask for every line of a text; line ends, and the backslash that continues a JSON5 string, stay. */
export function maskLines(text: string): string {
  return text.replace(/[^\r\n]+/g, (line, at: number) =>
    line.endsWith("\\") && at + line.length < text.length ? `${mask}\\` : mask,
  );
}

function spans(text: string, pattern: RegExp, wanted: (name: string) => boolean): Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(pattern)) {
    const { name = "", secret = match.groups?.["token"] ?? match[0] } = match.groups ?? {};
    if (secret === "" || !wanted(name) || isMarker(secret, name)) continue;
    const start = match.index + match[0].lastIndexOf(secret);
    found.push({ start, end: start + secret.length });
  }
  return found;
}

function united(found: readonly Span[]): Span[] {
  const sorted = found.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const apart: { start: number; end: number }[] = [];
  for (const span of sorted) {
    const former = apart.at(-1);
    if (former && span.start < former.end) former.end = Math.max(former.end, span.end);
    else apart.push({ ...span });
  }
  return apart;
}
