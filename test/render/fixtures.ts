import type { Json, Plan, Problem } from "../../src/types.js";
import { planOf, pretty } from "./plans.js";

const kilo = "provider kilocode";
const block = {
  baseUrl: "https://api.kilo.ai/api/gateway/",
  api: "openai-completions",
  models: [{ id: "kilo/auto", name: "Kilo Auto" }],
};
const store = (key: string): Json => ({
  version: 1,
  profiles: { "kilocode:default": { type: "api_key", provider: "kilocode", key } },
});
const auth = { file: "auth-profiles.json", document: { kind: "auth", agent: "main" } } as const;

const freshConfig: Json = {
  models: { mode: "merge", providers: { kilocode: block } },
  auth: { profiles: { "kilocode:default": { provider: "kilocode", mode: "api_key" } } },
  plugins: { entries: { kilocode: { enabled: true } } },
  agents: {
    defaults: { models: { "kilocode/kilo/auto": { alias: "Kilo Gateway" } }, model: { primary: "kilocode/kilo/auto" } },
  },
};

/** Nothing there yet: two new files. */
export const fresh: Plan = planOf([
  {
    before: null,
    after: pretty(freshConfig),
    patch: [
      [kilo, { op: "add", path: "/plugins", value: { entries: { kilocode: { enabled: true } } } }],
      [
        kilo,
        {
          op: "add",
          path: "/auth",
          value: { profiles: { "kilocode:default": { provider: "kilocode", mode: "api_key" } } },
        },
      ],
      [kilo, { op: "add", path: "/models", value: { mode: "merge" } }],
      [kilo, { op: "add", path: "/models/providers", value: { kilocode: block } }],
      [
        kilo,
        {
          op: "add",
          path: "/agents",
          value: { defaults: { models: { "kilocode/kilo/auto": { alias: "Kilo Gateway" } } } },
        },
      ],
      [
        "default model kilocode/kilo/auto",
        { op: "add", path: "/agents/defaults/model", value: { primary: "kilocode/kilo/auto" } },
      ],
    ],
  },
  {
    ...auth,
    before: null,
    after: pretty(store("sk-test-fresh-key")),
    patch: [
      [kilo, { op: "add", path: "/version", value: 1 }],
      [kilo, { op: "add", path: "/profiles", value: (store("sk-test-fresh-key") as { profiles: Json }).profiles }],
    ],
  },
]);

const commented = `// our team's gateway; ask Ada before changing ports
{
  gateway: { mode: 'local', port: 18789 }, // loopback only

  models: {
    mode: "merge",
    providers: {
      // the old address went away in spring
      kilocode: {
        baseUrl: "https://old.example/api/", // apiKey: 'sk-test-commented-out'
        apiKey: 'sk-test-in-the-block',
        models: [],
      },
    },
  },

  agents: {
    defaults: {
      thinkingDefault: "low",
      model: { primary: "openai/gpt-5.5", fallbacks: ["openrouter/auto"] },
      models: { "openai/gpt-5.5": { alias: "GPT" } },
    },
  },
}
`;

/** One value of a commented file. */
export const oneValue: Plan = planOf([
  {
    before: commented,
    after: commented.replace("https://old.example/api/", "https://api.kilo.ai/api/gateway/"),
    patch: [
      [kilo, { op: "test", path: "/models/providers/kilocode/baseUrl", value: "https://old.example/api/" }],
      [kilo, { op: "replace", path: "/models/providers/kilocode/baseUrl", value: "https://api.kilo.ai/api/gateway/" }],
    ],
  },
]);

/** Several steps meet in one hunk, others in one further down. */
export const severalSteps: Plan = planOf(
  [
    {
      before: commented,
      after: commented
        .replace("https://old.example/api/", "https://api.kilo.ai/api/gateway/")
        .replace(
          "models: [],",
          'api: "openai-completions",\n        models: [\n          { id: "kilo/auto", name: "Kilo Auto" },\n        ],',
        )
        .replace('"low"', '"high"')
        .replace(
          '"openai/gpt-5.5", fallbacks: ["openrouter/auto"]',
          '"kilocode/kilo/auto", fallbacks: ["openrouter/auto", "openai/gpt-5.5"]',
        )
        .replace(
          '{ "openai/gpt-5.5": { alias: "GPT" } }',
          '{ "openai/gpt-5.5": { alias: "GPT" }, "kilocode/kilo/auto": { alias: "Kilo Gateway" } }',
        ),
      patch: [
        [kilo, { op: "test", path: "/models/providers/kilocode/baseUrl", value: "https://old.example/api/" }],
        [
          kilo,
          { op: "replace", path: "/models/providers/kilocode/baseUrl", value: "https://api.kilo.ai/api/gateway/" },
        ],
        [kilo, { op: "add", path: "/models/providers/kilocode/api", value: "openai-completions" }],
        [
          kilo,
          { op: "add", path: "/models/providers/kilocode/models/0", value: { id: "kilo/auto", name: "Kilo Auto" } },
        ],
        [kilo, { op: "add", path: "/agents/defaults/models/kilocode~1kilo~1auto", value: { alias: "Kilo Gateway" } }],
        [
          "default model kilocode/kilo/auto",
          { op: "replace", path: "/agents/defaults/model/primary", value: "kilocode/kilo/auto" },
        ],
        ["fallbacks", { op: "add", path: "/agents/defaults/model/fallbacks/1", value: "openai/gpt-5.5" }],
        ["thinking default", { op: "replace", path: "/agents/defaults/thinkingDefault", value: "high" }],
      ],
    },
  ],
  [
    {
      code: "primary-replaced",
      severity: "info",
      file: "openclaw.json",
      pointer: "/agents/defaults/model",
      line: 20,
      column: 7,
      message: "the default model was openai/gpt-5.5",
      hint: "It stays a fallback.",
    },
  ],
);

/** A member and a list item go. */
export const removal: Plan = planOf([
  {
    before: commented,
    after: commented.replace("        apiKey: 'sk-test-in-the-block',\n", "").replace('["openrouter/auto"]', "[]"),
    patch: [
      [kilo, { op: "test", path: "/models/providers/kilocode/apiKey", value: "sk-test-in-the-block" }],
      [kilo, { op: "remove", path: "/models/providers/kilocode/apiKey" }],
      ["fallbacks", { op: "test", path: "/agents/defaults/model/fallbacks/0", value: "openrouter/auto" }],
      ["fallbacks", { op: "remove", path: "/agents/defaults/model/fallbacks/0" }],
    ],
  },
]);

/** A block under another spelling is renamed; what was in it is not shown as new. */
export const renamed: Plan = planOf([
  {
    before: commented.replace("kilocode:", "Kilocode:"),
    after: commented,
    patch: [[kilo, { op: "move", from: "/models/providers/Kilocode", path: "/models/providers/kilocode" }]],
  },
]);

/** A stored key is replaced by another. */
export const changedKey: Plan = planOf([
  {
    ...auth,
    before: pretty(store("sk-test-former-key")),
    after: pretty(store("sk-test-next-key")),
    patch: [
      [kilo, { op: "test", path: "/profiles/kilocode:default/key", value: "sk-test-former-key" }],
      [kilo, { op: "replace", path: "/profiles/kilocode:default/key", value: "sk-test-next-key" }],
    ],
  },
]);

const crlf = (text: string): string => text.replaceAll("\n", "\r\n");
const speech = '{\n\t"messages": {\n\t\t"tts": { "provider": "openrouter" }\n\t}\n}';
const spoken = speech.replace('{ "provider": "openrouter" }', '{ "provider": "openrouter", "auto": "always" }');

/** Windows line ends. */
export const windows: Plan = planOf([
  {
    before: crlf(`${speech}\n`),
    after: crlf(`${spoken}\n`),
    patch: [["text to speech", { op: "add", path: "/messages/tts/auto", value: "always" }]],
  },
]);

/** The last line has no end, before and after. */
export const noNewline: Plan = planOf([
  {
    before: speech,
    after: `${spoken.slice(0, -1)},\n\t"env": { "vars": { "TEAM": "blue" } } }`.replace("\t}\n,", "\t},"),
    patch: [
      ["text to speech", { op: "add", path: "/messages/tts/auto", value: "always" }],
      ["environment variables", { op: "add", path: "/env", value: { vars: { TEAM: "blue" } } }],
    ],
  },
]);

/** Wide characters in values, keys, titles and messages; a terminal escape in the file. */
export const wide: Plan = planOf(
  [
    {
      before: '{\n  "名前": "世界 👩‍👩‍👧",\n  "note": "\u001b[31mred\u0007 \u202Etxt"\n}\n',
      after:
        '{\n  "名前": "世界 👩‍👩‍👧",\n  "note": "\u001b[31mred\u0007 \u202Etxt",\n  "agents": { "defaults": { "models": { "qwen/通义": { "alias": "通义千问" } } } }\n}\n',
      patch: [
        [
          "alias 通义千问",
          { op: "add", path: "/agents", value: { defaults: { models: { "qwen/通义": { alias: "通义千问" } } } } },
        ],
      ],
    },
  ],
  [
    {
      code: "alias-taken",
      severity: "warning",
      file: "openclaw.json",
      pointer: "/agents/defaults/models/qwen~1通义/alias",
      line: 4,
      column: 58,
      message: "这个别名已经属于另一个模型 the alias is also that of qwen/通义 \u001b]0;title\u0007",
      hint: "给其中一个另起一个名字。",
    },
  ],
);

const warnings: readonly Problem[] = [
  { code: "include", severity: "info", file: "", pointer: "", message: "nothing was read from the network", hint: "" },
  {
    code: "alias-taken",
    severity: "warning",
    file: "openclaw.json",
    pointer: "/agents/defaults/models/openai~1gpt-5.5/alias",
    line: 21,
    column: 38,
    message: 'the alias "GPT" of kilocode/kilo/auto is also that of openai/gpt-5.5',
    hint: "OpenClaw takes the last one; give one of them another alias.",
  },
  {
    code: "key-in-setup",
    severity: "warning",
    file: "clawform.json5",
    pointer: "/providers/kilocode/apiKey",
    line: 3,
    column: 18,
    message: "the key sk-test-written-out stands in the setup",
    hint: 'Use { env: "KILOCODE_API_KEY" }.',
  },
];

/** Warnings after the summary. */
export const warned: Plan = { ...oneValue, problems: warnings };
