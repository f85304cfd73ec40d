/** `clawform verify` against servers on the loopback. */

import { afterEach, describe, expect, test } from "vitest";
import type { Verification } from "../../src/verification.js";
import { type Answer, inTurn, json, redirect, startStub, stopStubs, text } from "../net/stub.js";
import { config, type Home, makeHome, store } from "./harness.js";

afterEach(stopStubs);

const key = "test-key-from-env-1";
const env = { KILOCODE_API_KEY: key };

function homeOf(url: string, api = "openai-completions", model: object = {}, block: object = {}): Home {
  const models = [{ id: "m/one", name: "One", ...model }];
  return makeHome({
    [config]: JSON.stringify({
      models: { providers: { kilocode: { baseUrl: url, api, models, ...block } } },
      agents: { defaults: { model: { primary: "kilocode/m/one" } } },
    }),
  });
}

const said = (content: string, more: object = {}): Answer =>
  json({ choices: [{ message: { role: "assistant", content, ...more } }] });
const events = (...values: unknown[]): Answer =>
  text([...values.map((value) => `data: ${JSON.stringify(value)}\n\n`), "data: [DONE]\n\n"].join(""), 200, {
    "content-type": "text/event-stream",
  });

async function verified(
  home: Home,
  ...argv: string[]
): Promise<{ code: number; first: Verification; results: Verification[] }> {
  const { code, out, err } = await home.run(["verify", "--json", ...argv], { env });
  expect(err).toBe("");
  expect(out).not.toContain(key);
  const { format, ok, results } = JSON.parse(out) as { format: number; ok: boolean; results: Verification[] };
  expect([format, ok]).toEqual([1, code === 0]);
  return { code, first: results[0] as Verification, results };
}

describe("what is sent", () => {
  test("is what explain tells, with the key and one message", async () => {
    const stub = await startStub(said("OK"));
    const home = homeOf(
      `${stub.url}/api/gateway/`,
      "openai-completions",
      { maxTokens: 500, headers: { "User-Agent": "KimiCLI/0.77" } },
      { headers: { "X-Team-Token": "test-team-secret" } },
    );
    const { code, first } = await verified(home);
    expect(code).toBe(0);
    expect(first).toMatchObject({
      ref: "kilocode/m/one",
      ok: true,
      code: "answered",
      status: 200,
      credential: { source: "environment", name: "KILOCODE_API_KEY" },
    });
    const { out } = await home.run(["explain", "--json"], { env });
    const explained = JSON.parse(out) as { url: string; body: object };
    const [sent] = stub.arrived;
    expect(`${stub.url}${sent?.path}`).toBe(explained.url);
    expect(sent?.method).toBe("POST");
    expect(sent?.headers).toMatchObject({
      authorization: `Bearer ${key}`,
      "user-agent": "KimiCLI/0.77",
      "x-kilocode-feature": "openclaw",
      "x-team-token": "test-team-secret",
    });
    expect(JSON.parse(sent?.body ?? "")).toEqual({
      ...explained.body,
      stream: true,
      messages: [{ role: "user", content: "Reply with the word OK." }],
    });
  });

  test("a stored profile's key before the variable's", async () => {
    const stub = await startStub(said("OK"));
    const home = homeOf(stub.url);
    home.write(
      store,
      JSON.stringify({
        profiles: { "kilocode:default": { type: "api_key", provider: "kilocode", key: "test-stored-key" } },
      }),
    );
    await verified(home);
    expect(stub.arrived[0]?.headers.authorization).toBe("Bearer test-stored-key");
  });

  const forms: [string, string, object, string][] = [
    ["anthropic-messages", "/v1/messages", { type: "message", content: [{ type: "text", text: "OK" }] }, "x-api-key"],
    [
      "openai-responses",
      "/responses",
      { object: "response", output: [{ type: "message", content: [{ type: "output_text", text: "OK" }] }] },
      "authorization",
    ],
    ["google-generative-ai", "/models/", { candidates: [{ content: { parts: [{ text: "OK" }] } }] }, "x-goog-api-key"],
    ["ollama", "/api/chat", { message: { role: "assistant", content: "OK" }, done: true }, "authorization"],
  ];
  test.each(forms)("%s", async (api, path, answer, header) => {
    const stub = await startStub(json(answer));
    const home = makeHome({
      [config]: JSON.stringify({
        models: { providers: { mine: { baseUrl: stub.url, api, apiKey: "${OWN}", models: [{ id: "m", name: "M" }] } } },
      }),
    });
    const { code, out, err } = await home.run(["verify", "mine/m", "--json"], { env: { OWN: key } });
    expect([code, err]).toEqual([0, ""]);
    expect(stub.arrived[0]?.path).toContain(path);
    expect(stub.arrived[0]?.headers[header]).toContain(key);
    expect(out).not.toContain(key);
  });

  test("a server in the own network without a key", async () => {
    const stub = await startStub(said("OK"));
    const home = makeHome({
      [config]: JSON.stringify({
        models: {
          providers: { mine: { baseUrl: stub.url, api: "openai-completions", models: [{ id: "m", name: "M" }] } },
        },
      }),
    });
    expect((await home.run(["verify", "mine/m"])).code).toBe(0);
  });
});

describe("what is not sent", () => {
  test("without a key for a provider elsewhere", async () => {
    const { code, out } = await makeHome().run(["verify", "openrouter/auto", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      results: [{ code: "no-key", status: null, hint: expect.stringContaining("OPENROUTER_API_KEY") }],
    });
  });

  test("with a key only OpenClaw can read", async () => {
    const stub = await startStub(said("OK"));
    const home = homeOf(
      stub.url,
      "openai-completions",
      {},
      { apiKey: { source: "exec", provider: "vault", id: "kilo" } },
    );
    const { code, out } = await home.run(["verify", "--json"]);
    expect([code, stub.arrived.length]).toEqual([1, 0]);
    expect(JSON.parse(out)).toMatchObject({ results: [{ code: "key-unread" }] });
  });

  test("to a model OpenClaw does not know", async () => {
    const { code, out } = await makeHome().run(["verify", "nobody/nothing", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ results: [{ code: "unknown-model" }] });
  });
});

describe("good answers", () => {
  const delta = (more: object): object => ({ choices: [{ delta: more }] });
  const rows: [string, Answer, string][] = [
    ["a document", said("OK"), "answered"],
    ["a stream", events(delta({ role: "assistant" }), delta({ content: "O" }), delta({ content: "K" })), "answered"],
    ["reasoning_content alone", said("", { reasoning_content: "hm" }), "answered-reasoning"],
    [
      "reasoning_content in a stream",
      events(delta({ reasoning_content: "h" }), delta({ reasoning_content: "m" })),
      "answered-reasoning",
    ],
    ["content in parts", json({ choices: [{ message: { content: [{ type: "text", text: "OK" }] } }] }), "answered"],
    ["after one refusal", inTurn(text("", 503, { "retry-after": "0" }), said("OK")), "answered"],
  ];
  test.each(rows)("%s", async (_, answer, expected) => {
    const stub = await startStub(answer);
    const { code, first } = await verified(homeOf(stub.url));
    expect([code, first.code, first.hint, first.said]).toEqual([0, expected, "", ""]);
  });
});

describe("failures say why and what to do", () => {
  const error = (message: string, status: number): Answer => json({ error: { message, code: status } }, status);
  const rows: [string, Answer, string, string][] = [
    ["401", error(`Incorrect API key provided: ${key}`, 401), "unauthorized", "clawform explain"],
    ["402", error("Insufficient credits", 402), "no-credit", "Top it up"],
    ["403", error("Not allowed", 403), "forbidden", "permissions"],
    [
      "403 of Kimi",
      error("Kimi For Coding is currently only available for Coding Agents such as …", 403),
      "coding-agents-only",
      "KimiCLI/0.77",
    ],
    [
      "404, a model",
      error("The model `m/one` does not exist", 404),
      "no-such-model",
      "clawform models list --provider kilocode",
    ],
    ["404, an address", text("404 page not found", 404), "no-such-address", "/v1"],
    ["400, roles", error("roles must alternate", 400), "refused", "supportsDeveloperRole"],
    ["429", text("", 429, { "retry-after": "77777" }), "rate-limited", "77777 s"],
    ["500, twice", text("oops", 500, { "retry-after": "0" }), "provider-down", "later"],
    ["503, twice", text("", 503, { "retry-after": "0" }), "overloaded", "later"],
    ["a web page", text("<html>welcome", 200, { "content-type": "text/html" }), "html", "/v1"],
    ["a web page of status 404", text("<!DOCTYPE html>", 404, { "content-type": "text/html" }), "html", "/v1"],
    ["no JSON", text("hello"), "not-json", "baseUrl"],
    ["half a document", text('{"choices":[{"mess'), "not-json", "Try again".toLowerCase()],
    ["an empty answer", said(""), "empty-answer", "another model"],
    [
      "nothing before the limit",
      json({ choices: [{ message: { content: "" }, finish_reason: "length" }] }),
      "cut-short",
      "maxTokens",
    ],
    [
      "another API's form",
      json({ type: "message", content: [{ type: "text", text: "OK" }] }),
      "wrong-api",
      '"api": "anthropic-messages"',
    ],
    ["JSON of another kind", json({ hello: "world" }), "wrong-api", "openai-completions"],
    ["an error inside a good answer", json({ error: { message: "No credits left" } }), "provider-error", "credit"],
    ["a circle", redirect("/x", 307), "redirect", "baseUrl"],
    ["a broken line", (_, response) => void response.destroy(), "truncated", "Try again"],
    ["silence", () => undefined, "timeout", "--timeout"],
  ];
  test.each(rows)("%s", async (name, answer, expected, hint) => {
    const stub = await startStub(answer);
    const { code, first } = await verified(homeOf(stub.url), ...(name === "silence" ? ["--timeout", "0.3"] : []));
    expect([code, first.code]).toEqual([1, expected]);
    expect(first.hint).toContain(hint);
    expect(first.message).not.toBe("");
  });

  test("nobody listens, no such host, no TLS", async () => {
    const stub = await startStub(said("OK"));
    await stub.close();
    expect((await verified(homeOf(stub.url))).first.code).toBe("refused");
    expect((await verified(homeOf("http://nowhere.invalid"))).first.code).toBe("dns");
    const plain = await startStub(said("OK"));
    expect((await verified(homeOf(plain.url.replace("http:", "https:")))).first.code).toBe("tls");
  });

  test("the key goes to no other host, and that is said", async () => {
    const other = await startStub(json({ error: { message: "who" } }, 401));
    const stub = await startStub(redirect(`${other.url}/v1`, 307));
    const { first } = await verified(homeOf(stub.url));
    expect(first.code).toBe("redirected");
    expect(JSON.stringify(other.arrived.map(({ headers }) => headers))).not.toContain(key);
  });

  test("the provider's words are repeated, made harmless and without keys", async () => {
    const hostile = `bad\u001b[2J\u009b31m\u202e key ${key} and sk-test-${"a1".repeat(12)} ${"long ".repeat(200)}`;
    const stub = await startStub(json({ error: { message: hostile } }, 401));
    const home = homeOf(stub.url);
    const { first } = await verified(home);
    expect(first.said).toContain("bad");
    expect(first.said.length).toBeLessThanOrEqual(300);
    expect(first.said).not.toContain("a1a1a1a1");
    const { out, err } = await home.run(["verify"], { env });
    expect(out).toContain("It says: bad\\x1b[2J\\x9b31m\\u202e key *** and");
    expect(out + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(out + err).not.toContain(key);
  });
});

describe("--all", () => {
  test("asks primary and fallbacks side by side, and fails when one does", async () => {
    let waiting = 0;
    let most = 0;
    const stub = await startStub((request, response) => {
      waiting += 1;
      most = Math.max(most, waiting);
      setTimeout(() => {
        waiting -= 1;
        (request.body.includes('"two"') ? json({ error: { message: "no such model" } }, 404) : said("OK"))(
          request,
          response,
        );
      }, 300);
    });
    const home = makeHome({
      [config]: JSON.stringify({
        models: {
          providers: {
            mine: {
              baseUrl: stub.url,
              api: "openai-completions",
              models: ["one", "two", "three"].map((id) => ({ id, name: id })),
            },
          },
        },
        agents: { defaults: { model: { primary: "mine/one", fallbacks: ["mine/two", "mine/three"] } } },
      }),
    });
    const { code, results } = await verified(home, "--all");
    expect(code).toBe(1);
    expect(results.map((result) => [result.ref, result.code])).toEqual([
      ["mine/one", "answered"],
      ["mine/two", "no-such-model"],
      ["mine/three", "answered"],
    ]);
    expect(most).toBe(3);
    expect((await verified(home)).code).toBe(0);
    const { out } = await home.run(["verify", "--all"]);
    expect(out).toMatch(/^ok: mine\/one: it answers \(\d+\.\d s\)\nfailed: mine\/two: mine has no model two \(404\)\n/);
  });
});

describe("the built binary", () => {
  test("answers", async () => {
    const stub = await startStub(said("OK"));
    const { code, out, err } = await homeOf(stub.url).process(["verify"], { env });
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^ok: kilocode\/m\/one: it answers/);
    expect(stub.arrived).toHaveLength(1);
  });

  test("fails, with no key in any output", async () => {
    const stub = await startStub(json({ error: { message: `bad ${key}` } }, 401));
    const { code, out, err } = await homeOf(stub.url).process(["verify"], { env });
    expect([code, err]).toEqual([1, ""]);
    expect(out.replaceAll(/\s+/g, " ")).toContain("does not accept the key (401; environment KILOCODE_API_KEY)");
    expect(out + err).not.toContain(key);
  });
});
