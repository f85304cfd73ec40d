/** A worked example: how a team checks its setup file. The README shows the same. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { plan } from "../../src/index.js";
import { matchers, serializer } from "../../src/vitest.js";

expect.extend(matchers);
expect.addSnapshotSerializer(serializer);

const setup = readFileSync(new URL("team.json5", import.meta.url), "utf8");
const env = { KILOCODE_API_KEY: "test-key-of-nobody" };
const config = '{ agents: { defaults: { model: { primary: "openai/gpt-5.5", fallbacks: ["openrouter/auto"] } } } }';

test("a colleague's fallbacks stay", () => {
  expect(setup).toPlan({
    on: { config },
    env,
    gives: {
      config: { agents: { defaults: { model: { primary: "kilocode/kilo/auto", fallbacks: ["openrouter/auto"] } } } },
    },
    problems: ["primary-replaced", "gateway-restart"],
  });
});

test("a machine that has it all needs nothing", () => {
  const [first, second] = plan(setup, { on: { config }, env }).changes;
  expect(setup).toPlanNothing({ on: { config: first?.after?.text ?? "", auth: second?.after?.text ?? "" }, env });
});

test("it does what it did", () => {
  expect(plan(setup, { on: { config }, env })).toMatchInlineSnapshot(`
    openclaw.json
      add /plugins {"entries":{"kilocode":{"enabled":true}}}
      add /auth {"profiles":{"kilocode:default":{"mode":"api_key","provider":"kilocode"}}}
      add /models {"mode":"merge"}
      add /models/providers {
        "kilocode": {
          "api": "openai-completions",
          "baseUrl": "https://api.kilo.ai/api/gateway/",
          "models": [
            {
              "contextWindow": 1000000,
              "cost": {
                "cacheRead": 0,
                "cacheWrite": 0,
                "input": 0,
                "output": 0
              },
              "id": "kilo/auto",
              "input": [
                "text",
                "image"
              ],
              "maxTokens": 128000,
              "name": "Kilo Auto",
              "reasoning": true
            }
          ]
        }
      }
      add /agents/defaults/models {"kilocode/kilo/auto":{"alias":"Kilo Gateway"}}
      replace /agents/defaults/model/primary "kilocode/kilo/auto"
    auth-profiles.json (new)
      add /version 1
      add /profiles {"kilocode:default":{"key":"***","provider":"kilocode","type":"api_key"}}
    info primary-replaced: the default model was openai/gpt-5.5
    info gateway-restart: a running gateway restarts for auth; takes over agents.defaults.model, agents.defaults.models, plugins, models
  `);
});
