/** What one `doctor --fix` leaves when there are several things to mend. */

import { describe, expect, it } from "vitest";
import { repairs } from "../../src/core/diagnosis/repairs.js";
import type { Ground } from "../../src/core/diagnosis/rule.js";
import { parseText } from "../../src/text/index.js";
import type { OpenClawConfig } from "../../src/types.js";
import { cure, type Patient } from "./harness.js";

/** What is hurt: a configuration with one provider, whose block stands under `id`. */
interface Body {
  id: string;
  primary: string;
  fallbacks: string[];
  baseUrl: string;
  api: string;
  apiKey: string;
  mode: string;
  order: string[];
  model: { [field: string]: unknown };
  key: string;
}

const sound = (): Body => ({
  id: "kimi",
  primary: "kilocode/kilo/auto",
  fallbacks: ["own/a", "own/b"],
  baseUrl: "https://api.kimi.com/coding/v1",
  api: "openai-completions",
  apiKey: "${KIMI}",
  mode: "api_key",
  order: ["kilocode:default"],
  model: {
    reasoning: true,
    contextWindow: 262_144,
    maxTokens: 32_768,
    headers: { "User-Agent": "KimiCLI/0.77" },
    compat: { supportsDeveloperRole: false },
  },
  key: "test-key-kilo",
});

const wounds: Readonly<Record<string, (body: Body) => void>> = {
  spelling: (body) => (body.id = "Kimi-Code"),
  endpoint: (body) => (body.baseUrl = body.baseUrl.replace(/\/*$/, "/chat/completions")),
  slashes: (body) => (body.baseUrl = body.baseUrl.replace("/coding", "//coding")),
  version: (body) => (body.api = "anthropic-messages"),
  "key in the block": (body) => (body.apiKey = " test-key-block "),
  "stored key": (body) => (body.key = 'export KILOCODE_API_KEY="test-key-kilo"'),
  "kind of profile": (body) => (body.mode = "token"),
  order: (body) => body.order.push("kilocode:gone"),
  "bare fallback": (body) => (body.fallbacks = ["own/a", "b", ...body.fallbacks.slice(2)]),
  "alias as fallback": (body) => body.fallbacks.push("openai/quick"),
  "doubled fallback": (body) => body.fallbacks.push("kilocode/kilo/auto", "own/a"),
  "bare primary": (body) => (body.primary = "a"),
  "user agent": ({ model }) => delete model["headers"],
  "developer role": ({ model }) => (model["compat"] = { supportsDeveloperRole: true }),
  reasoning: ({ model }) => delete model["reasoning"],
  limits: ({ model }) => {
    delete model["contextWindow"];
    delete model["maxTokens"];
  },
};

function patient(...names: string[]): Patient {
  const body = sound();
  for (const name of names) wounds[name]?.(body);
  const { id, primary, fallbacks, baseUrl, api, apiKey, mode, order, model, key } = body;
  const own = { baseUrl: "http://127.0.0.1:8000/v1", api: "openai-completions" };
  return {
    env: { KIMI: "test-key-kimi" },
    profiles: { "kilocode:default": { type: "api_key", provider: "kilocode", key } },
    config: `{
  agents: { defaults: {
    model: { primary: ${JSON.stringify(primary)}, fallbacks: ${JSON.stringify(fallbacks)} },
    models: { "own/b": { alias: "quick" } },
  } },
  models: { providers: {
    own: ${JSON.stringify({ ...own, models: ["a", "b"].map((one) => ({ id: one, name: one })) })},
    // Kimi's own
    ${JSON.stringify(id)}: {
      baseUrl: ${JSON.stringify(baseUrl)}, // where
      api: ${JSON.stringify(api)},
      apiKey: ${JSON.stringify(apiKey)},
      models: [${JSON.stringify({ id: "kimi-for-coding", name: "Kimi", ...model })}], // which
    },
  } },
  auth: {
    profiles: { "kilocode:default": { provider: "kilocode", mode: ${JSON.stringify(mode)} } },
    order: { kilocode: ${JSON.stringify(order)} },
  },
}
`,
  };
}

const names = Object.keys(wounds);
const pairs = names.flatMap((one, index) => names.slice(index + 1).map((other) => [one, other] as const));

/** Mends once; what a second time would do is nothing, and each thing was mended in one step. */
function mended(ill: Patient): OpenClawConfig {
  const { found, plan, left } = cure(ill);
  expect(found.some(({ steps }) => steps !== undefined)).toBe(true);
  expect(plan.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(left.filter(({ steps }) => steps !== undefined)).toEqual([]);
  const text = plan.changes.find(({ document }) => document.kind === "config")?.after?.text ?? (ill.config as string);
  for (const comment of ["// Kimi's own", "// where", "// which"]) expect(text).toContain(comment);
  return parseText(text) as OpenClawConfig;
}

describe("doctor --fix, once", () => {
  it("has nothing to do for the one that is sound", () => {
    expect(cure(patient()).found.filter(({ steps }) => steps !== undefined)).toEqual([]);
  });

  it.each(names)("mends: %s", (name) => void mended(patient(name)));

  it.each(pairs)("mends both: %s, %s", (one, other) => void mended(patient(one, other)));

  it("mends all there is", () => {
    const { agents, models } = mended(patient(...names.filter((name) => name !== "version")));
    expect(agents?.defaults?.model).toEqual({ primary: "own/a", fallbacks: ["own/b", "kilocode/kilo/auto"] });
    expect(Object.keys(models?.providers ?? {})).toEqual(["own", "kimi"]);
    expect(models?.providers?.["kimi"]).toEqual({
      baseUrl: "https://api.kimi.com/coding/v1",
      api: "openai-completions",
      apiKey: "test-key-block",
      models: [{ id: "kimi-for-coding", name: "Kimi", ...sound().model }],
    });
  });

  it("mends many blocks at once", () => {
    const block = { api: "anthropic-messages", models: [{ id: "m", name: "M" }] };
    const ids = Array.from({ length: 80 }, (_, index) => `Own-${index}`);
    const config = {
      models: {
        providers: Object.fromEntries(
          ids.map((id) => [id, { ...block, baseUrl: `https://${id}.example//v1/messages` }]),
        ),
      },
    };
    const { plan, left } = cure({ config });
    expect(left.filter(({ steps }) => steps !== undefined)).toEqual([]);
    const after = parseText(plan.changes[0]?.after?.text ?? "") as OpenClawConfig;
    const wanted = ids.map((id) => [id.toLowerCase(), { ...block, baseUrl: `https://${id}.example` }]);
    expect(after.models?.providers).toEqual(Object.fromEntries(wanted));
  });

  it("mends many items of one list", () => {
    const ids = Array.from({ length: 80 }, (_, index) => `m${index}`);
    const own = { baseUrl: "http://127.0.0.1:8000/v1", models: ids.map((id) => ({ id, name: id })) };
    const model = { primary: "own/m0", fallbacks: ids.slice(1) };
    const { plan, left } = cure({ config: { agents: { defaults: { model } }, models: { providers: { own } } } });
    expect(left.filter(({ steps }) => steps !== undefined)).toEqual([]);
    const after = parseText(plan.changes[0]?.after?.text ?? "") as OpenClawConfig;
    const fallbacks = ids.slice(1).map((id) => `own/${id}`);
    expect(after.agents?.defaults?.model).toEqual({ primary: "own/m0", fallbacks });
  });

  it("of one kind, mends that kind alone", () => {
    const { models } = JSON.parse(
      JSON.stringify(parseText(patient("endpoint", "slashes", "spelling").config as string)),
    ) as OpenClawConfig;
    const config = { models: models ?? {} };
    const ground: Ground = {
      config,
      stores: new Map(),
      orders: new Map(),
      environment: {},
      outside: {},
      modes: [],
      card: () => null,
      variables: () => [],
    };
    expect(repairs(ground, "base-url-slashes")).toEqual([]);
    expect(repairs(ground, "base-url-endpoint").map(({ input }) => input)).toEqual([
      { set: [{ pointer: "/models/providers/Kimi-Code/baseUrl", value: "https://api.kimi.com//coding/v1" }] },
    ]);
  });
});
