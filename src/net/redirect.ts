/** Where a redirect leads, and what may be carried along. */

/** What is sent. */
export interface Sent {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

const followed: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Everything else may hold a key, under whatever name a provider wants it. */
const harmless: ReadonlySet<string> = new Set(["accept", "content-type", "user-agent"]);

/** True for a status that `Location` goes with. */
export function isRedirect(status: number): boolean {
  return followed.has(status);
}

/**
 * The request a redirect asks for: GET after 303, and after 301 and 302 for a POST (Fetch standard, HTTP-redirect fetch).
 * To another host or port, or from https to http, no header goes along that could hold a key. Null when it leads nowhere.
 */
export function redirected(sent: Sent, status: number, location: string | null): Sent | null {
  if (location === null || !URL.canParse(location, sent.url.href)) return null;
  const url = new URL(location, sent.url);
  if (!isAskable(url)) return null;
  const becomesGet = status === 303 || (sent.method === "POST" && (status === 301 || status === 302));
  const kept = Object.entries(sent.headers).filter(
    ([name]) =>
      (isSamePlace(sent.url, url) || harmless.has(name.toLowerCase())) &&
      !(becomesGet && name.toLowerCase() === "content-type"),
  );
  return {
    method: becomesGet ? "GET" : sent.method,
    url,
    headers: Object.fromEntries(kept),
    body: becomesGet ? undefined : sent.body,
  };
}

/** True for an address that a request can be sent to: http or https, no user name in it (`fetch` refuses one). */
export function isAskable(url: URL): boolean {
  return (url.protocol === "https:" || url.protocol === "http:") && url.username === "" && url.password === "";
}

/** The same server, the upgrade from http to https included; a key sent there is where it was meant for. */
export function isSamePlace(from: URL, to: URL): boolean {
  if (from.origin === to.origin) return true;
  const isUpgrade = from.protocol === "http:" && to.protocol === "https:";
  return isUpgrade && from.hostname === to.hostname && from.port === to.port;
}
