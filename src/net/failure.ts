/** Why there was no answer. Words of our own: an error of the network library may quote a header, and so a key. */

/** What went wrong before there was a whole answer. */
export type HttpFailureKind =
  | "bad-url"
  | "bad-header"
  | "dns"
  | "refused"
  | "unreachable"
  | "tls"
  | "proxy"
  | "timeout"
  | "truncated"
  | "too-large"
  | "redirect"
  | "interrupted"
  | "network";

/** No answer: what kind of failure, told without anything secret, and what to do next. */
export interface HttpFailure {
  readonly kind: HttpFailureKind;
  readonly message: string;
  readonly hint: string;
}

const byCode: ReadonlyMap<string, HttpFailureKind> = new Map<string, HttpFailureKind>([
  ["ENOTFOUND", "dns"],
  ["EAI_AGAIN", "dns"],
  ["ENODATA", "dns"],
  ["ECONNREFUSED", "refused"],
  ["EHOSTUNREACH", "unreachable"],
  ["ENETUNREACH", "unreachable"],
  ["EHOSTDOWN", "unreachable"],
  ["EADDRNOTAVAIL", "unreachable"],
  ["ETIMEDOUT", "timeout"],
  ["UND_ERR_CONNECT_TIMEOUT", "timeout"],
  ["UND_ERR_HEADERS_TIMEOUT", "timeout"],
  ["UND_ERR_BODY_TIMEOUT", "timeout"],
  ["ECONNRESET", "truncated"],
  ["EPIPE", "truncated"],
  ["UND_ERR_SOCKET", "truncated"],
  ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", "truncated"],
  ["Z_BUF_ERROR", "truncated"],
  ["Z_DATA_ERROR", "truncated"],
  ["EPROTO", "tls"],
  ["UND_ERR_PRX_TLS", "proxy"],
]);

// OpenSSL's verdicts on a certificate, as Node spells them (node:tls, "X509 certificate error codes").
const certificate = /CERT|^ERR_TLS_|^ERR_SSL_|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|^CRL_|^HOSTNAME_MISMATCH$/;

/** The kind of an error that the transport threw: by the code of the innermost error that has one we know. */
export function kindOfError(error: unknown): HttpFailureKind {
  for (const one of chainOf(error)) {
    const { name, code, message } = one;
    if (name === "TimeoutError") return "timeout";
    if (typeof code === "string") {
      const known = byCode.get(code);
      if (known) return known;
      if (certificate.test(code)) return "tls";
      if (code.startsWith("HPE_")) return "truncated";
    }
    if (typeof message === "string" && /proxy response/i.test(message)) return "proxy";
    if (message === "bad port") return "bad-url";
    if (message === "terminated" && !("cause" in one && one["cause"])) return "truncated";
  }
  return "network";
}

/** An error, its causes, and the errors they bundle: innermost first. */
function chainOf(error: unknown): Record<string, unknown>[] {
  if (typeof error !== "object" || error === null) return [];
  const one = error as Record<string, unknown> & { readonly errors?: unknown };
  const bundled = Array.isArray(one.errors) ? one.errors.flatMap(chainOf) : [];
  return [...chainOf(one["cause"]), ...bundled, one];
}

/** What a failure's words need to know: the limits, and the variable that names a proxy, if there is one. */
export interface FailureFacts {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly proxy: string;
}

// What fails on the way fails at the proxy when there is one.
const onTheWay: ReadonlySet<HttpFailureKind> = new Set([
  "dns",
  "refused",
  "unreachable",
  "timeout",
  "truncated",
  "network",
]);

/** The failure in words; `place` is the address as it may be shown. */
export function failureOf(kind: HttpFailureKind, place: string, facts: FailureFacts): HttpFailure {
  const [message, hint] = words[kind](place, facts);
  const proxied = facts.proxy !== "" && onTheWay.has(kind);
  return {
    kind,
    message,
    hint: proxied ? `${hint} A proxy is set (${facts.proxy}): it may be the proxy that fails.` : hint,
  };
}

type Words = (place: string, facts: FailureFacts) => readonly [string, string];

const words: Readonly<Record<HttpFailureKind, Words>> = {
  "bad-url": () => [
    "the address is no http or https URL, holds a user name, or a port that no client asks (Fetch standard, bad ports)",
    "Give baseUrl as https://host/path; a key belongs into apiKey.",
  ],
  "bad-header": () => [
    "a header holds characters that HTTP cannot carry",
    "Look for line breaks, quotes or unusual letters in the key and in headers.",
  ],
  dns: (place) => [
    `the host of ${place} is not known (DNS)`,
    "Check the spelling of baseUrl, and whether this machine is online.",
  ],
  refused: (place) => [
    `nothing listens at ${place} (connection refused)`,
    "Start the server, or correct host and port in baseUrl.",
  ],
  unreachable: (place) => [
    `${place} cannot be reached from this machine (no route)`,
    "Check the network, a VPN, and whether a proxy has to be set (HTTPS_PROXY).",
  ],
  tls: (place) => [
    `no secure connection to ${place}: its certificate is not trusted, or it does not speak TLS`,
    "For a local server without TLS write http://; for a private certificate authority set NODE_EXTRA_CA_CERTS.",
  ],
  proxy: (place) => [
    `the proxy did not let the request to ${place} through`,
    "Check that HTTPS_PROXY and HTTP_PROXY are URLs and right, or except the host with NO_PROXY.",
  ],
  timeout: (place, { timeoutMs }) => [
    `no whole answer from ${place} within ${timeoutMs / 1000} s`,
    "Try again, or wait longer with --timeout SECONDS.",
  ],
  truncated: (place) => [
    `the connection to ${place} broke off before the answer was whole`,
    "Try again; if it stays, the server or a proxy in between closes connections early.",
  ],
  "too-large": (place, { maxBytes }) => [
    `the answer of ${place} is larger than ${Math.round(maxBytes / 1024 / 1024)} MiB`,
    "Check that baseUrl is the API's address.",
  ],
  redirect: (place) => [
    `${place} redirects too often, or to where nothing can be asked`,
    "Write the final address into baseUrl.",
  ],
  interrupted: () => ["stopped before there was an answer", ""],
  network: (place) => [`the request to ${place} failed on the network`, "Try again."],
};
