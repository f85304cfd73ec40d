/**
 * One request, its answer or why there is none. Floor 3: the only room that asks the network. What goes wrong is a value,
 * and no key is in it.
 */

import { maskLooks } from "../core/redact.js";
import type { Variables } from "../core/variables.js";
import { failureOf, type HttpFailure, type HttpFailureKind, kindOfError } from "./failure.js";
import { isAskable, isRedirect, isSamePlace, redirected, type Sent } from "./redirect.js";
import { retryDelay } from "./retry.js";

/** What to ask. */
export interface HttpRequest {
  /** GET by default. */
  readonly method?: "GET" | "POST";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The time, and waiting: the porch gives the real ones (`thisProcess`), tests exact ones. */
export interface NetClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The time of a stamp in milliseconds since 1970, NaN when it is none. */
  readonly fromStamp: (stamp: string) => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** The signal that comes when the first of two does. */
export function eitherOf(one: Cancellation | undefined, other: Cancellation): Cancellation {
  return one ? AbortSignal.any([one as AbortSignal, other as AbortSignal]) : other;
}

/** An `AbortSignal`, said so that programs without the types of Node or of a browser can read these. */
export interface Cancellation {
  readonly aborted: boolean;
  readonly addEventListener: (type: "abort", listener: () => void, options?: { readonly once?: boolean }) => void;
}

/** How to ask. */
export interface HttpOptions {
  /** Where HTTP_PROXY, HTTPS_PROXY and NO_PROXY are looked up, in small letters too. */
  readonly env: Variables;
  readonly clock: NetClock;
  /** Time from sending to the last byte of the answer, redirects included, in milliseconds; 5000 by default. */
  readonly timeoutMs?: number;
  /** Size of the answer, unpacked, in bytes; 16 MiB by default. */
  readonly maxBytes?: number;
  /** Ends it early. */
  readonly signal?: Cancellation;
}

/** A whole answer, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  /** Where the answer came from in the end, as it may be shown. */
  readonly place: string;
  /** A redirect led to another host, and the key was not sent there. */
  readonly keyWithheld: boolean;
}

/** An answer, or why there is none. */
export type HttpOutcome =
  | { readonly ok: true; readonly answer: HttpAnswer }
  | { readonly ok: false; readonly failure: HttpFailure };

const maxRedirects = 5;

/**
 * Sends a request and waits for the whole answer; any status is an answer. Asks once more after 429 and 5xx, as late as
 * `Retry-After` says, unless that is later than the time limit. Follows redirects; to another host, or from https to
 * http, without any header that could hold a key. Never throws.
 */
export async function request(asked: HttpRequest, options: HttpOptions): Promise<HttpOutcome> {
  const limits = { timeoutMs: options.timeoutMs ?? 5000, maxBytes: options.maxBytes ?? 16 * 1024 * 1024 };
  const fail = (kind: HttpFailureKind, place: string): HttpOutcome => ({
    ok: false,
    failure: failureOf(kind, place, { ...limits, proxy: url === null ? "" : proxyFor(url, options.env) }),
  });
  const url = URL.canParse(asked.url) ? new URL(asked.url) : null;
  if (!url || !isAskable(url)) return fail("bad-url", "");
  if (!Object.entries(asked.headers ?? {}).every(isSendable)) return fail("bad-header", shownUrl(url.href));
  const sent: Sent = { method: asked.method ?? "GET", url, headers: asked.headers ?? {}, body: asked.body };
  const once = (): Promise<HttpOutcome> => attempt(sent, limits, options, fail);
  const first = await once();
  if (!first.ok) return first;
  const delay = retryDelay(first.answer, options.clock, limits.timeoutMs);
  if (delay === null) return first;
  await Promise.race([options.clock.wait(delay), aborted(options.signal)]);
  if (options.signal?.aborted) return fail("interrupted", shownUrl(url.href));
  return once();
}

async function attempt(
  start: Sent,
  { timeoutMs, maxBytes }: { timeoutMs: number; maxBytes: number },
  { env, signal }: HttpOptions,
  fail: (kind: HttpFailureKind, place: string) => HttpOutcome,
): Promise<HttpOutcome> {
  const { EnvHttpProxyAgent, fetch } = await import("./transport.js");
  const limit = AbortSignal.timeout(timeoutMs);
  const until = signal ? AbortSignal.any([signal as AbortSignal, limit]) : limit;
  const [httpProxy, httpsProxy] = [variable(env, "HTTP_PROXY"), variable(env, "HTTPS_PROXY")];
  if (![httpProxy, httpsProxy].every((proxy) => proxy === "" || URL.canParse(proxy)))
    return fail("proxy", shownUrl(start.url.href));
  const dispatcher = new EnvHttpProxyAgent({
    // Blank, not absent: the agent would look at the process itself.
    httpProxy,
    httpsProxy,
    noProxy: variable(env, "NO_PROXY"),
    connect: { timeout: timeoutMs },
    // One request, one connection: nothing may keep the process alive afterwards.
    pipelining: 0,
  });
  let sent = start;
  try {
    for (let hops = 0; hops <= maxRedirects; hops++) {
      const { method, url, headers, body } = sent;
      const response = await fetch(url, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
        redirect: "manual",
        signal: until,
        dispatcher,
      });
      if (!isRedirect(response.status)) {
        const text = await readAtMost(response.body as AsyncIterable<Uint8Array> | null, maxBytes);
        if (text === null) return fail("too-large", shownUrl(url.href));
        const keyWithheld =
          !isSamePlace(start.url, url) && Object.keys(headers).length < Object.keys(start.headers).length;
        return {
          ok: true,
          answer: {
            status: response.status,
            headers: new Map(response.headers),
            text,
            place: shownUrl(url.href),
            keyWithheld,
          },
        };
      }
      await response.body?.cancel();
      const next = redirected(sent, response.status, response.headers.get("location"));
      if (!next) break;
      sent = next;
    }
    return fail("redirect", shownUrl(start.url.href));
  } catch (error) {
    const kind = signal?.aborted ? "interrupted" : limit.aborted ? "timeout" : kindOfError(error);
    return fail(kind, shownUrl(sent.url.href));
  } finally {
    await dispatcher.destroy();
  }
}

/** A variable in small letters, else in capitals, as every program that knows proxies has it. */
function variable(env: Variables, name: string): string {
  return env[name.toLowerCase()] ?? env[name] ?? "";
}

/** The name of the variable whose proxy leads to a URL, blank without one; undici has HTTP_PROXY serve https as well. */
function proxyFor(url: URL, env: Variables): string {
  const names = url.protocol === "https:" ? ["HTTPS_PROXY", "HTTP_PROXY"] : ["HTTP_PROXY"];
  return names.find((name) => variable(env, name) !== "") ?? "";
}

/** What HTTP can carry (RFC 9110, 5.1 and 5.5; the Fetch standard's byte strings). */
function isSendable([name, value]: [string, string]): boolean {
  return /^[!#$%&'*+\-.^_`|~\w]+$/.test(name) && !/[\0\r\n]|[^\0-\xff]/.test(value);
}

/** The whole text, null when it is larger. */
async function readAtMost(body: AsyncIterable<Uint8Array> | null, maxBytes: number): Promise<string | null> {
  if (!body) return "";
  const decoder = new TextDecoder();
  let size = 0;
  let text = "";
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Resolves when the signal says so; never without one. */
async function aborted(signal: Cancellation | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** An address as it may be shown: no user name, no query, nothing that looks like a key. */
export function shownUrl(address: string): string {
  if (!URL.canParse(address)) return maskLooks(address);
  const { origin, pathname } = new URL(address);
  return maskLooks(`${origin}${pathname}`);
}
