import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { type HttpOptions, type HttpOutcome, request, shownUrl } from "../../src/net/http.js";
import { thisProcess } from "../../src/host.js";
import { inTurn, json, redirect, startStub, stopStubs, text } from "./stub.js";

afterEach(stopStubs);

const key = "test-key-1";
const withKey = { authorization: `Bearer ${key}`, "x-api-key": key, accept: "application/json" };
const options: HttpOptions = { env: {}, clock: thisProcess, timeoutMs: 20_000 };

const kindOf = (outcome: HttpOutcome): string => (outcome.ok ? String(outcome.answer.status) : outcome.failure.kind);
const answerOf = (outcome: HttpOutcome): Extract<HttpOutcome, { ok: true }>["answer"] => {
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.answer;
};

describe("an answer", () => {
  test("comes with its status, headers in small letters, and text", async () => {
    const stub = await startStub(json({ ok: "ä" }, 200, { "X-Thing": "1" }));
    const answer = answerOf(await request({ url: `${stub.url}/v1/models?x=1`, headers: withKey }, options));
    expect(answer).toMatchObject({
      status: 200,
      text: '{"ok":"ä"}',
      place: `${stub.url}/v1/models`,
      keyWithheld: false,
    });
    expect(answer.headers.get("x-thing")).toBe("1");
    expect(stub.arrived[0]).toMatchObject({ method: "GET", path: "/v1/models?x=1" });
    expect(stub.arrived[0]?.headers).toMatchObject(withKey);
  });

  test("a body is posted", async () => {
    const stub = await startStub(json({}));
    await request(
      { method: "POST", url: stub.url, body: '{"a":1}', headers: { "content-type": "application/json" } },
      options,
    );
    expect(stub.arrived[0]).toMatchObject({ method: "POST", body: '{"a":1}' });
  });

  test.each([400, 401, 402, 403, 404, 418, 501])("status %i is an answer, asked once", async (status) => {
    const stub = await startStub(json({}, status));
    expect(kindOf(await request({ url: stub.url }, options))).toBe(String(status));
    expect(stub.arrived).toHaveLength(1);
  });
});

describe("once more", () => {
  test.each([429, 500, 502, 503, 529])("after %i", async (status) => {
    const stub = await startStub(inTurn(text("busy", status, { "retry-after": "0" }), json({})));
    expect(kindOf(await request({ url: stub.url }, options))).toBe("200");
    expect(stub.arrived).toHaveLength(2);
  });

  test("but not twice", async () => {
    const stub = await startStub(text("busy", 503, { "retry-after": "0" }));
    expect(kindOf(await request({ url: stub.url }, options))).toBe("503");
    expect(stub.arrived).toHaveLength(2);
  });

  test.each([
    ["2", 2000],
    ["Thu, 01 Jan 1970 00:00:05 GMT", 4000],
    ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
    ["soon", 500],
    [undefined, 500],
  ])("Retry-After %s waits %i ms", async (given, expected) => {
    const waited: number[] = [];
    const clock = { now: () => 1000, fromStamp: Date.parse, wait: async (time: number) => void waited.push(time) };
    const stub = await startStub(inTurn(text("", 429, given === undefined ? {} : { "retry-after": given }), json({})));
    expect(kindOf(await request({ url: stub.url }, { ...options, clock }))).toBe("200");
    expect(waited).toEqual([expected]);
  });

  test("a Retry-After beyond the time limit is not waited for", async () => {
    const stub = await startStub(text("", 429, { "retry-after": "3600" }));
    expect(kindOf(await request({ url: stub.url }, options))).toBe("429");
    expect(stub.arrived).toHaveLength(1);
  });
});

describe("redirects", () => {
  test("on the same host keep the key", async () => {
    const stub = await startStub(inTurn(redirect("/there", 308), json({})));
    const answer = answerOf(await request({ url: stub.url, headers: withKey }, options));
    expect(answer.keyWithheld).toBe(false);
    expect(stub.arrived[1]).toMatchObject({ path: "/there", headers: withKey });
  });

  test.each([301, 302, 303, 307, 308])("%i to another host go without it", async (status) => {
    const other = await startStub(json({}));
    const stub = await startStub(redirect(`${other.url}/models`, status));
    const headers = { ...withKey, "X-Own-Secret": key, Cookie: key };
    const answer = answerOf(await request({ url: stub.url, headers }, options));
    expect(answer).toMatchObject({ keyWithheld: true, place: `${other.url}/models` });
    expect(JSON.stringify(other.arrived)).not.toContain(key);
    expect(other.arrived[0]?.headers.accept).toBe("application/json");
  });

  test("the key stays away even when the other host leads back", async () => {
    let home = "";
    const other = await startStub((_, response) => redirect(`${home}/second`)(_, response));
    const stub = await startStub(inTurn(redirect(other.url), json({})));
    home = stub.url;
    await request({ url: stub.url, headers: withKey }, options);
    expect(stub.arrived[1]?.headers.authorization).toBeUndefined();
  });

  test("a POST becomes a GET without body after 302, and stays one after 307", async () => {
    const stub = await startStub(inTurn(redirect("/a", 302), json({}), redirect("/b", 307), json({})));
    const post = {
      method: "POST" as const,
      url: stub.url,
      body: "{}",
      headers: { "content-type": "application/json" },
    };
    await request(post, options);
    await request(post, options);
    expect(stub.arrived.map(({ method, body }) => `${method} ${body}`)).toEqual([
      "POST {}",
      "GET ",
      "POST {}",
      "POST {}",
    ]);
    expect(stub.arrived[1]?.headers["content-type"]).toBeUndefined();
  });

  test.each([
    ["in a circle", "/"],
    ["to a file", "file:///etc/passwd"],
    ["to a user name", "http://user:pass@127.0.0.1/"],
    ["to nonsense", "http://["],
  ])("%s end", async (_, location) => {
    const stub = await startStub(redirect(location));
    expect(kindOf(await request({ url: stub.url, headers: withKey }, options))).toBe("redirect");
    expect(stub.arrived.length).toBeLessThanOrEqual(6);
  });
});

describe("no answer", () => {
  const failing: [string, string, (url: string) => string][] = [
    ["bad-url", "not a URL", () => "api.kilo.ai"],
    ["bad-url", "another scheme", () => "ftp://127.0.0.1/"],
    ["bad-url", "a user name in it", () => `http://user:${key}@127.0.0.1/`],
    ["bad-url", "a port of another service", () => "http://127.0.0.1:25/"],
    ["dns", "an unknown host", () => "http://nowhere.invalid/"],
    ["tls", "http spoken on an https address", (url) => url.replace("http:", "https:")],
  ];
  test.each(failing)("%s: %s", async (kind, _, urlOf) => {
    const stub = await startStub(json({}));
    const outcome = await request({ url: urlOf(stub.url), headers: withKey }, options);
    expect(kindOf(outcome)).toBe(kind);
    expect(JSON.stringify(outcome)).not.toContain(key);
  });

  test("refused: nobody listens", async () => {
    const stub = await startStub(json({}));
    await stub.close();
    expect(kindOf(await request({ url: stub.url }, options))).toBe("refused");
  });

  test("timeout: headers never come", async () => {
    const stub = await startStub(() => undefined);
    const outcome = await request({ url: stub.url, headers: withKey }, { ...options, timeoutMs: 100 });
    expect(outcome).toMatchObject({
      ok: false,
      failure: { kind: "timeout", message: expect.stringContaining("0.1 s") },
    });
  });

  test("timeout: the body never ends", async () => {
    const stub = await startStub((_, response) => void response.writeHead(200).write("["));
    expect(kindOf(await request({ url: stub.url }, { ...options, timeoutMs: 300 }))).toBe("timeout");
  });

  test("truncated: the body breaks off", async () => {
    const stub = await startStub((_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("[1,", () => response.destroy());
    });
    expect(kindOf(await request({ url: stub.url }, options))).toBe("truncated");
  });

  test("truncated: the connection is closed without an answer", async () => {
    const stub = await startStub((_, response) => response.destroy());
    expect(kindOf(await request({ url: stub.url }, options))).toBe("truncated");
  });

  test("too large, and packed small", async () => {
    const bytes = gzipSync(Buffer.alloc(3_000_000, 32));
    const stub = await startStub((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      response.end(bytes);
    });
    expect(bytes.length).toBeLessThan(10_000);
    expect(kindOf(await request({ url: stub.url }, { ...options, maxBytes: 1_000_000 }))).toBe("too-large");
    expect(answerOf(await request({ url: stub.url }, options)).text).toHaveLength(3_000_000);
  });

  test.each([`${key}\nx`, `${key}\u2028`])("bad-header: %j is never quoted", async (bad) => {
    const stub = await startStub(json({}));
    const outcome = await request({ url: stub.url, headers: { authorization: `Bearer ${bad}` } }, options);
    expect(kindOf(outcome)).toBe("bad-header");
    expect(JSON.stringify(outcome)).not.toContain(key);
    expect(stub.arrived).toHaveLength(0);
  });

  test("interrupted: while it waits for the answer, and for the second try", async () => {
    const stop = new AbortController();
    const stub = await startStub(() => stop.abort());
    expect(kindOf(await request({ url: stub.url }, { ...options, signal: stop.signal }))).toBe("interrupted");
    const later = new AbortController();
    const busy = await startStub(text("", 429));
    const wait = async (): Promise<void> => {
      later.abort();
      await new Promise<void>(() => undefined);
    };
    const clock = { ...thisProcess, wait };
    expect(kindOf(await request({ url: busy.url }, { ...options, clock, signal: later.signal }))).toBe("interrupted");
    expect(busy.arrived).toHaveLength(1);
  });
});

describe("proxies", () => {
  test.each(["HTTP_PROXY", "http_proxy"])("%s is asked to lead there", async (name) => {
    const stub = await startStub(json({ through: true }));
    const { url, led, close } = await startProxy();
    try {
      expect(answerOf(await request({ url: stub.url }, { ...options, env: { [name]: url } })).text).toBe(
        '{"through":true}',
      );
      expect(led).toEqual([new URL(stub.url).host]);
      await request({ url: stub.url }, { ...options, env: { [name]: url, NO_PROXY: "127.0.0.1" } });
      expect(led).toHaveLength(1);
    } finally {
      await close();
    }
  });

  test("a proxy that refuses is named", async () => {
    const stub = await startStub(json({}));
    const { url, close } = await startProxy(true);
    try {
      expect(kindOf(await request({ url: stub.url }, { ...options, env: { HTTP_PROXY: url } }))).toBe("proxy");
    } finally {
      await close();
    }
  });
});

test.each([
  [{ HTTP_PROXY: "not a url" }, "proxy", ""],
  [{ HTTP_PROXY: "http://nowhere.invalid:1" }, "dns", "A proxy is set (HTTP_PROXY)"],
])("the proxy %j is told of", async (env, kind, hint) => {
  const outcome = await request({ url: "http://127.0.0.1:1234/" }, { ...options, env });
  expect(outcome).toMatchObject({ ok: false, failure: { kind, hint: expect.stringContaining(hint) } });
});

test("an address is shown without user name, query, or what looks like a key", () => {
  expect(shownUrl("https://user:pass@host.test/v1/models?key=test-key-1#x")).toBe("https://host.test/v1/models");
});

async function startProxy(refuses = false): Promise<{ url: string; led: string[]; close: () => Promise<void> }> {
  const led: string[] = [];
  const proxy: Server = createServer();
  const sockets = new Set<{ destroy: () => void }>();
  proxy.on("connect", (asked, client) => {
    sockets.add(client);
    if (refuses) return client.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    led.push(asked.url ?? "");
    const [host, port] = (asked.url ?? "").split(":");
    const server = connect(Number(port), host, () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      server.pipe(client);
      client.pipe(server);
    });
    for (const socket of [server, client]) socket.on("error", () => socket.destroy());
    return undefined;
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    led,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
