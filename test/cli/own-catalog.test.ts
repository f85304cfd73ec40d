/** A provider that nobody knows, as one card file in a directory of its own: every command takes it, without a line of code. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { config, type Home, makeHome, store } from "./harness.js";

const card = {
  label: "Moonbase",
  group: { id: "moonbase", label: "Moonbase", hint: "Made up" },
  env: ["MOONBASE_API_KEY"],
  baseUrl: "https://api.moonbase.example/{region}/v1",
  api: "openai-completions",
  fill: "missing",
  models: [{ id: "luna-1", name: "Luna 1", input: ["text"], contextWindow: 64_000, maxTokens: 4096 }],
  aliases: { "moonbase/luna-1": "Luna" },
  defaultModel: "moonbase/luna-1",
  choices: [
    {
      id: "moonbase-key",
      flag: "--moonbase-key",
      label: "Moonbase key",
      profiles: [{ id: "moonbase:default", provider: "moonbase" }],
      parameters: [{ name: "region", flag: "--moonbase-region", label: "Region" }],
    },
  ],
};

const setup = '{ providers: { moonbase: { apiKey: { env: "MOONBASE_API_KEY" }, parameters: { region: "eu" } } } }';
const env = { CLAWFORM_CATALOG: "cards", MOONBASE_API_KEY: "test-key-1" };
const withCard = (value: object = card): Home =>
  makeHome({ "cards/moonbase.json": JSON.stringify(value), "clawform.json5": setup });

describe("a card in a directory of its own", () => {
  it("is listed and shown beside the built-in ones", async () => {
    const home = withCard();
    const { providers } = JSON.parse((await home.run(["providers", "--json"], { env })).out) as {
      providers: { id: string }[];
    };
    expect(providers.map(({ id }) => id)).toEqual(expect.arrayContaining(["kilocode", "moonbase"]));
    expect((await home.run(["providers"], { env })).out).toContain("Moonbase");
    expect((await home.run(["providers", "moonbase"], { env })).out).toContain("--moonbase-key");
    expect((await home.run(["providers", "moonbase"])).code).toBe(64);
  });

  it("is onboarded by its own flag, which help shows", async () => {
    const home = withCard();
    expect((await home.run(["onboard", "--help"], { env })).out).toContain("--moonbase-region <value>");
    const argv = ["onboard", "--moonbase-key", "test-key-2", "--moonbase-region", "eu", "--yes"];
    expect(await home.run(argv, { env })).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(home.read(config))).toEqual({
      auth: { profiles: { "moonbase:default": { provider: "moonbase", mode: "api_key" } } },
      models: {
        mode: "merge",
        providers: {
          moonbase: { baseUrl: "https://api.moonbase.example/eu/v1", api: card.api, models: card.models },
        },
      },
      agents: { defaults: { models: { "moonbase/luna-1": { alias: "Luna" } }, model: { primary: "moonbase/luna-1" } } },
    });
    expect(home.read(store)).toContain("test-key-2");
    expect((await home.run(argv, { env })).out).toContain("No changes");
  });

  it("is planned, applied and validated from a setup", async () => {
    const home = withCard();
    const plan = await home.run(["plan"], { env });
    expect([plan.code, plan.out]).toEqual([0, expect.stringContaining("https://api.moonbase.example/eu/v1")]);
    expect((await home.run(["apply", "--yes"], { env })).code).toBe(0);
    expect((await home.run(["plan"], { env })).out).toContain("No changes");
    expect(await home.run(["validate"], { env })).toMatchObject({ code: 0 });
    expect((await home.run(["models", "list", "--provider", "moonbase"], { env })).out).toContain("luna-1");
  });

  it("takes the place of a built-in card of its id", async () => {
    const home = makeHome({ "cards/kilocode.json": JSON.stringify({ ...card, label: "Mine", choices: [] }) });
    expect((await home.run(["providers", "kilocode"], { env })).out).toContain("Mine");
  });

  it.each([
    ["an unknown field", { ...card, colour: "grey" }, /moonbase\.json.*colour/s],
    [
      "a choice of another card",
      { ...card, choices: [{ ...card.choices[0], id: "kilocode-api-key" }] },
      /kilocode-api-key/,
    ],
    ["no label", { ...card, label: "" }, /moonbase\.json.*label/s],
  ])("with %s is refused by name", async (_name, value, said) => {
    const { code, err } = await withCard(value).run(["onboard", "--moonbase-key", "x", "--dry-run"], { env });
    expect([code, err]).toEqual([65, expect.stringMatching(said)]);
  });

  it("a directory that is not there is an error", async () => {
    const { code, err } = await makeHome().run(["providers"], { env });
    expect(code).not.toBe(0);
    expect(err).toContain("cards");
  });

  it("--probe finds the address that takes the key, and the default model with its alias goes along", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (part) => (body += String(part)));
      request.on("end", () => {
        const { model } = JSON.parse(body) as { model: string };
        asked.push(`${request.url} ${model} ${request.headers.authorization}`);
        response.writeHead(request.url?.startsWith("/b/") && model === "luna-0" ? 200 : 401).end("{}");
      });
    });
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const candidates = [
      { baseUrl: `${base}/a`, model: "luna-1" },
      { baseUrl: `${base}/b`, model: "luna-1" },
      { baseUrl: `${base}/b`, model: "luna-0" },
    ];
    const [{ parameters: _, ...choice }] = card.choices as [(typeof card.choices)[number]];
    const models = [...card.models, { ...card.models[0], id: "luna-0" }];
    const probing = {
      ...card,
      models,
      baseUrl: `${base}/a`,
      choices: [{ ...choice, keep: ["baseUrl"], probe: { rule: "first", candidates } }],
    };
    const home = withCard(probing);
    const argv = ["onboard", "--moonbase-key", "test-key-3", "--yes"];
    expect(await home.run([...argv, "--probe"], { env })).toMatchObject({ code: 0, err: "" });
    expect(asked).toEqual([
      "/a/chat/completions luna-1 Bearer test-key-3",
      "/b/chat/completions luna-1 Bearer test-key-3",
      "/b/chat/completions luna-0 Bearer test-key-3",
    ]);
    expect(JSON.parse(home.read(config))).toMatchObject({
      models: { providers: { moonbase: { baseUrl: `${base}/b` } } },
      agents: { defaults: { model: { primary: "moonbase/luna-0" }, models: { "moonbase/luna-0": { alias: "Luna" } } } },
    });
    candidates.splice(2);
    const other = withCard({ ...probing, choices: [{ ...choice, probe: { rule: "first", candidates } }] });
    const { out } = await other.run([...argv, "--probe"], { env });
    expect(out).toContain("no address of Moonbase takes this key");
    expect(out).not.toContain("test-key-3");
    expect(other.read(config)).toContain(`"baseUrl": "${base}/a"`);
  });
});
