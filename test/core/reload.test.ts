import { describe, expect, it } from "vitest";
import { reloadProblems } from "../../src/core/reload.js";
import type { OpenClawConfig } from "../../src/types.js";

const said = (before: OpenClawConfig, after: OpenClawConfig): string[] =>
  reloadProblems({ config: before, auth: {} }, { config: after, auth: {} }).map(
    ({ code, message }) => `${code}: ${message}`,
  );

describe("what a running gateway does", () => {
  const there = { gateway: { mode: "local" } };
  it.each<[string, OpenClawConfig, OpenClawConfig, string[]]>([
    ["nothing changes", there, there, []],
    ["there was no configuration", {}, { auth: {} }, []],
    ["credentials alone", there, { ...there }, []],
    [
      "a new provider with its profile",
      there,
      {
        ...there,
        plugins: { entries: { kilocode: { enabled: true } } },
        auth: { profiles: { "kilocode:default": { provider: "kilocode", mode: "api_key" } } },
        models: { mode: "merge", providers: { kilocode: {} } },
        agents: { defaults: { model: { primary: "kilocode/kilo/auto" }, models: { "kilocode/kilo/auto": {} } } },
      },
      [
        "gateway-restart: a running gateway restarts for auth; takes over plugins, models, agents.defaults.model, agents.defaults.models",
      ],
    ],
    [
      "a variable",
      { env: { vars: { A: "1" } } },
      { env: { vars: { A: "2" } } },
      ["gateway-restart: a running gateway restarts for env"],
    ],
    [
      "prices",
      { models: { pricing: { enabled: true } } },
      { models: { pricing: { enabled: false } } },
      ["gateway-restart: a running gateway restarts for models.pricing"],
    ],
    ["a model gone", { models: { mode: "merge" } }, {}, ["gateway-reload: a running gateway takes over models"]],
    [
      "media and speech",
      { agents: { defaults: { imageGenerationModel: "a/b" } } },
      { agents: { defaults: { imageGenerationModel: "c/d" } }, messages: { tts: {} } },
      ["gateway-reload: a running gateway reads agents, messages at the next use"],
    ],
    [
      "one object for another kind of value",
      { agents: { list: [] } },
      { agents: { list: { a: 1 } as never } },
      ["gateway-reload: a running gateway takes over agents.list"],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(said(before, after)).toEqual(expected);
  });
});
