/** `models list --provider` and `models discover` against servers on the loopback. */

import { type ChildProcess, spawn } from "node:child_process";
import JSON5 from "json5";
import { afterEach, describe, expect, test } from "vitest";
import { discoverModels } from "../../src/index.js";
import { type Answer, inTurn, json, redirect, startStub, stopStubs, text } from "../net/stub.js";
import { binaryPath, config, type Home, makeHome, store } from "./harness.js";

afterEach(stopStubs);

const key = "test-key-from-env-1";
const env = { KILOCODE_API_KEY: key };
const claude = {
  id: "anthropic/claude-sonnet-4",
  name: "Claude Sonnet 4",
  context_length: 200_000,
  pricing: { prompt: "0.000003", completion: "0.000015" },
};
const gpt = { id: "openai/gpt-5.5", context_length: 400_000, pricing: {} };
const good = json({ data: [claude, gpt] });

function homeOf(url: string, extra: object = {}): Home {
  const block = { baseUrl: url, api: "openai-completions", models: [], ...extra };
  return makeHome({
    [config]: `// mine\n${JSON.stringify({ models: { mode: "merge", providers: { kilocode: block } } }, null, 2)}\n`,
  });
}
interface Listed {
  models: { ref: string; name: string; tags: string[]; cost: unknown }[];
  discovery: { url: string; source: string; key: unknown };
  problems: { code: string; message: string; hint: string }[];
}
const listed = async (home: Home, ...more: string[]): Promise<Listed> => {
  const { out, err, code } = await home.run(["models", "list", "--provider", "kilocode", "--json", ...more], { env });
  expect([code, err]).toEqual([0, ""]);
  expect(out).not.toContain(key);
  return JSON.parse(out) as Listed;
};

describe("models list --provider", () => {
  test("asks with the key, lists what is discovered ahead of the catalog, each once", async () => {
    const stub = await startStub(json({ data: [claude, { id: "kilo/auto", name: "Theirs", pricing: {} }, gpt] }));
    const { models, discovery } = await listed(homeOf(`${stub.url}/api/gateway/`));
    expect(stub.arrived).toMatchObject([
      {
        method: "GET",
        path: "/api/gateway/models",
        headers: { authorization: `Bearer ${key}`, accept: "application/json" },
      },
    ]);
    expect(models.map(({ ref, name, tags }) => [ref, name, ...tags])).toEqual([
      ["kilocode/anthropic/claude-sonnet-4", "Claude Sonnet 4", "discovered"],
      ["kilocode/kilo/auto", "Theirs", "discovered", "catalog"],
      ["kilocode/openai/gpt-5.5", "openai/gpt-5.5", "discovered"],
    ]);
    expect(models[0]?.cost).toEqual({ input: 3, output: 15 });
    expect(discovery).toEqual({
      provider: "kilocode",
      url: `${stub.url}/api/gateway/models`,
      source: "endpoint",
      key: { source: "environment", name: "KILOCODE_API_KEY" },
    });
  });

  test("a table shows prices", async () => {
    const stub = await startStub(good);
    const { out } = await homeOf(stub.url).run(["models", "list", "--provider", "kilocode"], {
      env,
      console: { width: 160 },
    });
    expect(out).toContain("$/M in/out");
    expect(out).toMatch(/claude-sonnet-4 .* 195k .* 3\/15 .* discovered/);
    expect(out.indexOf("gpt-5.5")).toBeLessThan(out.indexOf("kilo/auto"));
  });

  test("without --provider, and with --offline, nobody is asked", async () => {
    const stub = await startStub(good);
    const home = homeOf(stub.url);
    await home.run(["models", "list"], { env });
    const { out } = await home.run(["models", "list", "--provider", "kilocode", "--offline", "--json"], { env });
    expect(JSON.parse(out)).toMatchObject({ count: 1 });
    expect(stub.arrived).toHaveLength(0);
  });

  test("--no-auth sends neither key nor configured headers", async () => {
    const stub = await startStub(good);
    await listed(homeOf(stub.url, { headers: { "X-Secret": key } }), "--no-auth");
    expect(JSON.stringify(stub.arrived)).not.toContain(key);
  });

  const failing: [string, Answer, string][] = [
    ["401", json({ error: { message: `bad key ${key}` } }, 401), "discovery-status"],
    ["403", text("no", 403), "discovery-status"],
    ["429, twice", text("busy", 429, { "retry-after": "0" }), "discovery-status"],
    ["500, twice", text("oops", 500, { "retry-after": "0" }), "discovery-status"],
    [
      "a web page",
      text("<!doctype html><title>\u001b[2JLogin</title>", 200, { "content-type": "text/html" }),
      "discovery-html",
    ],
    ["half an answer", text('{"data":[{"id":"a/'), "discovery-not-json"],
    ["something else", json({ models: {} }), "discovery-no-models"],
    ["an empty list", json({ data: [] }), "discovery-no-models"],
    ["a circle", redirect("/"), "discovery-redirect"],
    ["silence", () => undefined, "discovery-timeout"],
    ["a huge one", (_, response) => void response.end(Buffer.alloc(17 * 1024 * 1024, 32)), "discovery-too-large"],
    ["a broken line", (_, response) => void response.destroy(), "discovery-truncated"],
  ];
  test.each(failing)("%s: the catalog is listed, with a warning", async (name, answer, code) => {
    const stub = await startStub(answer);
    const { models, problems, discovery } = await listed(
      homeOf(stub.url),
      ...(name === "silence" ? ["--timeout", "0.2"] : []),
    );
    expect(models.map(({ ref }) => ref)).toEqual(["kilocode/kilo/auto"]);
    expect(discovery.source).toBe("catalog");
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(problems[0]?.hint).toContain("The catalog's models are listed instead.");
  });

  test("a redirect to another host gets no key, and the warning says why it was refused", async () => {
    const other = await startStub(text("who are you", 401));
    const stub = await startStub(redirect(`${other.url}/models`));
    const { problems } = await listed(homeOf(stub.url));
    expect(JSON.stringify(other.arrived)).not.toContain(key);
    expect(problems[0]?.hint).toContain("redirect led to another host");
  });

  test("hostile names reach no terminal, and are whole in JSON", async () => {
    const hostile = "evil\u001b[2J\u009b31m\u202e\u0007\nname";
    const stub = await startStub(json({ data: [{ id: `x/${hostile}`, name: hostile, pricing: {} }] }));
    const home = homeOf(stub.url);
    const { out, err } = await home.run(["models", "list", "--provider", "kilocode"], { env });
    expect(out + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    const asJson = await home.run(["models", "list", "--provider", "kilocode", "--json"], { env });
    expect(asJson.out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect((JSON.parse(asJson.out) as Listed).models[0]?.name).toBe(hostile);
  });

  test("a name that quotes the key back", async () => {
    const stub = await startStub(
      json({
        data: [
          { id: "a", name: `yours is ${key}`, pricing: {} },
          { id: key, pricing: {} },
        ],
      }),
    );
    const { out, err } = await homeOf(stub.url).run(["models", "list", "--provider", "kilocode"], { env });
    expect(out + err).not.toContain(key);
    await listed(homeOf(stub.url));
  });

  test("a slow answer is told of on a terminal, not for long, and not in the output", async () => {
    const stub = await startStub((request, response) => void setTimeout(() => good(request, response), 1200));
    const { out, err } = await homeOf(stub.url).run(["models", "list", "--provider", "kilocode", "--timeout", "60"], {
      env,
      console: { errIsTerminal: true },
    });
    expect(err).toContain("Asking kilocode for its models … 1 s");
    expect(err.endsWith("\r\u001b[K")).toBe(true);
    expect(out).not.toContain("Asking");
  });

  test("the time limit is a number of seconds", async () => {
    const { code } = await makeHome().run(["models", "list", "--provider", "x", "--timeout", "0"]);
    expect(code).toBe(64);
  });
});

describe("whose key", () => {
  const profile = (id: string, secret: string): object => ({
    [id]: { type: "api_key", provider: "kilocode", key: secret },
  });
  const rows: [
    string,
    { config?: object; auth?: object; setup?: object; env?: Record<string, string> },
    string | undefined,
  ][] = [
    ["nobody's", {}, undefined],
    ["the block's", { config: { apiKey: "test-block" } }, "test-block"],
    ["the block's variable", { config: { apiKey: "${OWN}" }, env: { OWN: "test-own" } }, "test-own"],
    ["a variable before the block", { config: { apiKey: "test-block" }, env }, key],
    ["a variable named in the block", { config: { apiKey: "KILOCODE_API_KEY" }, env }, key],
    ["a profile before the variable", { auth: profile("kilocode:default", "test-profile"), env }, "test-profile"],
    [
      "the block's first, where it says so",
      { config: { auth: "api-key", apiKey: "test-block" }, auth: profile("kilocode:default", "test-profile") },
      "test-block",
    ],
    [
      "a profile's reference",
      {
        auth: {
          "kilocode:default": {
            type: "api_key",
            provider: "kilocode",
            keyRef: { source: "env", provider: "default", id: "OWN" },
          },
        },
        env: { OWN: "test-ref" },
      },
      "test-ref",
    ],
    [
      "the setup's first",
      {
        setup: { apiKey: { env: "MINE" } },
        auth: profile("kilocode:default", "test-profile"),
        env: { MINE: "test-mine" },
      },
      "test-mine",
    ],
    [
      "the setup's stored profile",
      {
        setup: { apiKey: { profile: "kilocode:b" } },
        auth: { ...profile("kilocode:a", "test-a"), ...profile("kilocode:b", "test-b") },
      },
      "test-b",
    ],
  ];
  test.each(rows)("%s", async (_, given, expected) => {
    const stub = await startStub(good);
    const home = homeOf(stub.url, given.config);
    if (given.auth) home.write(store, JSON.stringify({ version: 1, profiles: given.auth }));
    if (given.setup) home.write("clawform.json5", JSON.stringify({ providers: { kilocode: given.setup } }));
    const { out, err } = await home.run(["models", "list", "--provider", "kilocode", "--json"], {
      env: given.env ?? {},
    });
    expect(stub.arrived[0]?.headers.authorization).toBe(expected === undefined ? undefined : `Bearer ${expected}`);
    expect(out + err).not.toContain(expected ?? "Bearer");
  });

  test("orders: OpenClaw's own beats the configuration's", async () => {
    const stub = await startStub(good);
    const home = makeHome({
      [config]: JSON.stringify({
        models: { providers: { kilocode: { baseUrl: stub.url, models: [] } } },
        auth: { order: { kilocode: ["kilocode:b", "kilocode:a"] } },
      }),
      [store]: JSON.stringify({
        profiles: { ...profile("kilocode:a", "test-key-a"), ...profile("kilocode:b", "test-key-b") },
      }),
    });
    await home.run(["models", "list", "--provider", "kilocode"]);
    home.write(".openclaw/agents/main/agent/auth-state.json", JSON.stringify({ order: { kilocode: ["kilocode:a"] } }));
    await home.run(["models", "list", "--provider", "kilocode"]);
    home.write(".openclaw/agents/main/agent/auth-state.json", "{ broken");
    await home.run(["models", "list", "--provider", "kilocode"]);
    expect(stub.arrived.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer test-key-b",
      "Bearer test-key-a",
      "Bearer test-key-b",
    ]);
  });

  test("a reference only OpenClaw can read is said, and not sent", async () => {
    const stub = await startStub(good);
    const home = homeOf(stub.url, { apiKey: { source: "exec", provider: "vault", id: "kilo" } });
    const { out } = await home.run(["models", "list", "--provider", "kilocode", "--json"]);
    expect((JSON.parse(out) as Listed).problems.map(({ code }) => code)).toEqual(["key-unread"]);
    expect(stub.arrived[0]?.headers.authorization).toBeUndefined();
  });

  test("a setup's variable that is not set is said, and the next key taken", async () => {
    const stub = await startStub(good);
    const home = homeOf(stub.url);
    home.write("other.json5", '{ providers: { kilocode: { apiKey: { env: "NOT_SET" } } } }');
    const { problems } = await listed(home, "--setup", "other.json5");
    expect(problems.map(({ code }) => code)).toEqual(["unset-variable"]);
    expect(stub.arrived[0]?.headers.authorization).toBe(`Bearer ${key}`);
  });
});

test("a provider with nowhere to ask", async () => {
  const { out } = await makeHome().run(["models", "list", "--provider", "anthropic", "--json"]);
  expect((JSON.parse(out) as Listed).problems.map(({ code }) => code)).toEqual(["no-endpoint"]);
});

test("a provider of one's own whose protocol has no list is not said to bring its models", async () => {
  const own = { baseUrl: "http://127.0.0.1:1/anthropic", api: "anthropic-messages" };
  const models = [{ id: "small", name: "Small", contextWindow: 500, maxTokens: 2048 }];
  const home = makeHome({ [config]: JSON.stringify({ models: { providers: { own: { ...own, models } } } }) });
  const { out, err } = await home.run(["models", "list", "--provider", "own"]);
  expect(err).toContain("With api anthropic-messages only the models of its own block are known");
  expect(err).not.toContain("brings its models");
  expect(out).toMatch(/ 500 +2k/);
});

test("ollama is asked for each model", async () => {
  const stub = await startStub((request, response) => {
    if (request.path === "/api/tags") return json({ models: [{ name: "a:1" }, { name: "b:2" }] })(request, response);
    const shown = { model_info: { "x.context_length": 4096 }, capabilities: ["vision"] };
    return request.body.includes("a:1") ? json(shown)(request, response) : text("", 404)(request, response);
  });
  const home = makeHome({
    [config]: JSON.stringify({ models: { providers: { ollama: { baseUrl: `${stub.url}/v1`, models: [] } } } }),
  });
  const { out } = await home.run(["models", "list", "--provider", "ollama", "--json"]);
  expect((JSON.parse(out) as Listed).problems, "it needs no key").toEqual([]);
  expect((JSON.parse(out) as Listed).models).toMatchObject([
    { ref: "ollama/a:1", contextWindow: 4096, input: ["text", "image"] },
    { ref: "ollama/b:2", contextWindow: 128_000, input: ["text"] },
    { ref: "ollama/gemma4", tags: ["catalog"] },
  ]);
});

interface Written {
  models: { providers: Record<string, { baseUrl: string; api?: string; models: { id: string; name: string }[] }> };
}
const written = (home: Home): Written => JSON5.parse(home.read(config));

describe("models discover", () => {
  const discover = ["models", "discover", "--provider", "kilocode"];

  test("shows the plan and writes nothing; --write does, once", async () => {
    const stub = await startStub(good);
    const home = homeOf(stub.url);
    const before = home.read(config);
    const shown = await home.run(discover, { env });
    expect(shown).toMatchObject({ code: 0, err: "" });
    expect(shown.out).toContain("claude-sonnet-4");
    expect(home.read(config)).toBe(before);
    expect((await home.run([...discover, "--write", "--dry-run"], { env })).code).toBe(0);
    expect(home.read(config)).toBe(before);
    expect((await home.run([...discover, "--write", "--yes"], { env })).out).toContain("Applied");
    expect(home.read(config)).toContain("// mine");
    expect(written(home).models.providers["kilocode"]?.models.map(({ id }) => id)).toEqual([
      "anthropic/claude-sonnet-4",
      "openai/gpt-5.5",
    ]);
    expect((await home.run([...discover, "--write", "--yes"], { env })).out).toContain("No changes");
  });

  test("a model of the user's stays as it is; the filter chooses", async () => {
    const stub = await startStub(good);
    const mine = { id: "anthropic/claude-sonnet-4", name: "Mine", contextWindow: 1000 };
    const home = homeOf(stub.url, { models: [mine] });
    await home.run([...discover, "--write", "--yes", "--filter", "anthropic/*"], { env });
    expect(written(home).models.providers["kilocode"]?.models).toEqual([mine]);
    await home.run([...discover, "--write", "--yes", "--filter", "*gpt*"], { env });
    expect(written(home).models.providers["kilocode"]?.models.map(({ id }) => id)).toEqual([mine.id, "openai/gpt-5.5"]);
  });

  test("nothing fits: invalid; no list: failed; nothing is written", async () => {
    const stub = await startStub(inTurn(good, json({}, 401)));
    const home = homeOf(stub.url);
    const before = home.read(config);
    expect(await home.run([...discover, "--write", "--yes", "--filter", "x*"], { env })).toMatchObject({ code: 65 });
    const failed = await home.run([...discover, "--write", "--yes"], { env });
    expect(failed.code).toBe(1);
    expect(failed.err).toContain("answered with status 401");
    expect(failed.err).not.toContain("catalog's models");
    expect(home.read(config)).toBe(before);
  });

  test("a provider that is not there yet gets a block that works by itself", async () => {
    const stub = await startStub(json({ data: [{ id: "qwen3" }] }));
    const home = makeHome({
      "clawform.json5": JSON.stringify({
        providers: { mine: { baseUrl: `${stub.url}/v1`, api: "openai-completions" } },
      }),
    });
    expect(await home.run(["models", "discover", "--provider", "mine", "--write", "--yes"])).toMatchObject({ code: 0 });
    expect(written(home).models.providers["mine"]).toMatchObject({
      baseUrl: `${stub.url}/v1`,
      api: "openai-completions",
      models: [{ id: "qwen3" }],
    });
  });

  test("a new block of a card has the card's models behind the discovered ones", async () => {
    const stub = await startStub(good);
    const home = makeHome({ "clawform.json5": JSON.stringify({ providers: { kilocode: { baseUrl: stub.url } } }) });
    await home.run([...discover, "--write", "--yes", "--filter", "anthropic/*"], { env });
    expect(written(home).models.providers["kilocode"]?.models.map(({ id }) => id)).toEqual([
      "anthropic/claude-sonnet-4",
      "kilo/auto",
    ]);
  });

  test("--json is a plan's", async () => {
    const stub = await startStub(good);
    const { out } = await homeOf(stub.url).run([...discover, "--json"], { env });
    expect(JSON.parse(out)).toMatchObject({ format: 1, changed: true, applied: false });
  });
});

describe("the built binary", () => {
  test("lists, with no key in any output", async () => {
    const stub = await startStub(good);
    const { code, out, err } = await homeOf(stub.url).process(["models", "list", "--provider", "kilocode"], { env });
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("claude-sonnet-4");
    expect(out).not.toContain(key);
  });

  test("falls back", async () => {
    const stub = await startStub(json({ error: key }, 403));
    const { code, out, err } = await homeOf(stub.url).process(["models", "list", "--provider", "kilocode"], { env });
    expect(code).toBe(0);
    expect(out).toContain("kilo/auto");
    expect(err).toContain("status 403");
    expect(out + err).not.toContain(key);
  });

  test("writes", async () => {
    const stub = await startStub(good);
    const home = homeOf(stub.url);
    const { code, out, err } = await home.process(
      ["models", "discover", "--provider", "kilocode", "--write", "--yes"],
      { env },
    );
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("Applied");
    expect(written(home).models.providers["kilocode"]?.models).toHaveLength(2);
  });
});

test("ollama has one time limit for all it is asked, and the rest is assumed", async () => {
  const tags = json({ models: Array.from({ length: 60 }, (_, index) => ({ name: `m:${index}` })) });
  const told = json({ model_info: { "llama.context_length": 4096 }, capabilities: ["completion"] });
  const stub = await startStub((request, response) => {
    if (request.path === "/api/tags") tags(request, response);
    else if (request.body.includes('"m:0"')) told(request, response);
  });
  const home = makeHome({
    [config]: JSON.stringify({ models: { providers: { ollama: { baseUrl: stub.url, models: [] } } } }),
  });
  const start = performance.now();
  const { code, out } = await home.run(["models", "list", "--provider", "ollama", "--json", "--timeout", "1"]);
  expect(performance.now() - start).toBeLessThan(2500);
  expect(stub.arrived.filter(({ path }) => path === "/api/show")).toHaveLength(8);
  const { models, problems } = JSON.parse(out) as Listed;
  expect(code).toBe(0);
  expect(models.filter(({ tags: all }) => all.includes("discovered"))).toHaveLength(60);
  expect(models.find(({ ref }) => ref === "ollama/m:0")).toMatchObject({ contextWindow: 4096 });
  expect(problems).toMatchObject([{ code: "models-untold" }]);
  expect(problems[0]?.message).toContain("59 of its models");
});

test("Ctrl-C ends the question: exit 130, nothing in the output", async () => {
  let child: ChildProcess | undefined;
  const stub = await startStub(() => child?.kill("SIGINT"));
  const home = homeOf(stub.url);
  const done = await new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    const printed = { out: "", err: "" };
    const argv = [binaryPath, "models", "list", "--provider", "kilocode", "--timeout", "600"];
    const started = spawn(process.execPath, argv, { cwd: home.dir, env: { HOME: home.dir, ...env } });
    child = started;
    started.stdout.on("data", (text: Buffer) => (printed.out += text.toString()));
    started.stderr.on("data", (text: Buffer) => (printed.err += text.toString()));
    started.on("close", (code) => resolve({ code, ...printed }));
  });
  expect(done).toMatchObject({ code: 130, out: "" });
  expect(done.err).toContain("stopped by Ctrl-C");
});

test("the library asks too", async () => {
  const stub = await startStub(good);
  const home = homeOf(stub.url);
  const found = await discoverModels("kilocode", { stateDir: home.path(".openclaw"), env });
  expect(found.discovered?.map(({ id }) => id)).toEqual(["anthropic/claude-sonnet-4", "openai/gpt-5.5"]);
  expect(found.models.map(({ id }) => id)).toEqual(["anthropic/claude-sonnet-4", "openai/gpt-5.5", "kilo/auto"]);
  expect(JSON.stringify(found)).not.toContain(key);
});
