/** Why a provider of a setup makes no steps: what is said, where, and in which order it is asked. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { ResolvedKey } from "../../src/core/credential-steps.js";
import { providerSteps } from "../../src/core/provider-steps.js";
import type { Card, Problem, SetupProvider } from "../../src/types.js";

function cardOf(id: string): Card {
  return { id, ...(JSON.parse(readFileSync(`transforms/catalog/${id}.json`, "utf8")) as Omit<Card, "id">) };
}

interface Asked {
  readonly declared?: SetupProvider;
  readonly card?: Card;
  readonly key?: ResolvedKey;
  readonly file?: string;
}

function ask(id: string, { declared = {}, card, key, file = "clawform.json5" }: Asked): Problem[] {
  const context = {
    file,
    catalog: ["kilocode", "vllm"],
    keys: new Map(key === undefined ? [] : [[id, key]]),
    agents: ["main"],
    enablePlugin: false,
    onboarding: false,
    configured: [],
  };
  const { steps, problems } = providerSteps(id, declared, card, {}, context);
  if (problems.some(({ severity }) => severity === "error")) expect(steps).toEqual([]);
  else expect(steps).not.toEqual([]);
  return problems;
}

const [cloudflare, anthropic, vllm] = ["cloudflare-ai-gateway", "anthropic", "vllm"].map(cardOf) as [Card, Card, Card];
const token = (key: string): Asked => ({ card: anthropic, declared: { choice: "setup-token" }, key: { key } });

test.each<[id: string, asked: Asked, pointer: string, code: string, message: string, hint: string]>([
  [
    "kilocod",
    {},
    "/providers/kilocod",
    "unknown-provider",
    '"kilocod" is not in the catalog',
    'Did you mean "kilocode"? For a provider of your own give baseUrl, api and models.',
  ],
  [
    "something/else",
    {},
    "/providers/something~1else",
    "unknown-provider",
    '"something/else" is not in the catalog',
    "For a provider of your own give baseUrl, api and models.",
  ],
  [
    "own",
    { declared: { baseUrl: "http://h/v1", choice: "x" } },
    "/providers/own/choice",
    "unknown-choice",
    'provider "own" has no auth choice "x"',
    "Leave choice out.",
  ],
  [
    "vllm",
    { card: vllm, declared: { choice: "x" } },
    "/providers/vllm/choice",
    "unknown-choice",
    'provider "vllm" has no auth choice "x"',
    "It has: vllm.",
  ],
  [
    "vllm",
    { card: vllm },
    "/providers/vllm/models",
    "missing-models",
    'provider "vllm" serves models of your own, and none is named',
    'Give models: [{ id: "…" }] in the setup.',
  ],
  [
    "anthropic",
    token("sk-ant-api03-test"),
    "/providers/anthropic/apiKey",
    "key-form",
    'the key of provider "anthropic" is no Anthropic setup-token: those begin otherwise',
    "Copy it whole, without blanks.",
  ],
  [
    "anthropic",
    token("sk-ant-oat01-test"),
    "/providers/anthropic/apiKey",
    "key-form",
    'the key of provider "anthropic" is cut off: 80 characters are the least',
    "Copy it whole, without blanks.",
  ],
  [
    "cloudflare-ai-gateway",
    { card: cloudflare, declared: { parameters: { accountId: "a", gatewayId: " " } }, key: { key: "test-key" } },
    "/providers/cloudflare-ai-gateway/parameters",
    "missing-parameter",
    'provider "cloudflare-ai-gateway" also needs "gatewayId" (Cloudflare AI Gateway ID)',
    'Give parameters: { gatewayId: "…" } in the setup, or --cloudflare-ai-gateway-gateway-id.',
  ],
])("%s, refused %#", (id, asked, pointer, code, message, hint) => {
  const problem = { code, severity: "error", message, hint };
  expect(ask(id, asked)).toEqual([{ ...problem, file: "clawform.json5", pointer }]);
  // What onboarding asks for stands in no file.
  expect(ask(id, { ...asked, file: "" })).toEqual([{ ...problem, file: "", pointer: "" }]);
});

test("a choice that is not known is told before whatever hangs on it", () => {
  const codes = (asked: Asked): string[] => ask("cloudflare-ai-gateway", asked).map(({ code }) => code);
  expect(codes({ card: cloudflare, declared: { choice: "x" } })).toEqual(["unknown-choice"]);
  expect(codes({ card: cloudflare })).toEqual(["missing-parameter"]);
});

test.each<[id: string, asked: Asked]>([
  ["vllm", { card: vllm, declared: { models: [{ id: "m" }] } }],
  ["anthropic", token(`sk-ant-oat01-${"t".repeat(40)}\n${"t".repeat(40)}`)],
  ["cloudflare-ai-gateway", { card: cloudflare, declared: { parameters: { accountId: "a", gatewayId: "g" } } }],
  ["own", { declared: { baseUrl: "http://h/v1", api: "openai-completions", models: [{ id: "m" }] } }],
])("%s, taken %#", (id, asked) => {
  expect(ask(id, asked)).toEqual([]);
});
