/** For every rule: what trips it, what comes close and does not, and what mending leaves. */

import type { OpenClawConfig } from "../../src/types.js";
import type { Patient } from "./harness.js";

/** One rule's cases. */
export interface Case {
  readonly code: string;
  readonly ill: Patient;
  readonly severity: "error" | "warning" | "info";
  /** Where. */
  readonly pointer: string;
  readonly well: readonly Patient[];
  /** Pointers that mending changes; null: only the user can decide. */
  readonly mended: readonly string[] | null;
}

const kilo = { type: "api_key", provider: "kilocode", key: "test-key-kilo" } as const;
const named = { provider: "kilocode", mode: "api_key" } as const;
/** A set-up nothing is wrong with. */
const healthy: Patient = {
  config: {
    agents: { defaults: { model: { primary: "kilocode/kilo/auto", fallbacks: ["own/b"] } } },
    models: {
      providers: {
        own: {
          baseUrl: "http://127.0.0.1:8000/v1",
          api: "openai-completions",
          models: [
            { id: "a", name: "A" },
            { id: "b", name: "B" },
          ],
        },
      },
    },
    auth: { profiles: { "kilocode:default": named } },
  },
  profiles: { "kilocode:default": kilo },
};

type Part = { [key: string]: unknown };
const merge = (base: Part, part: Part): Part => {
  const merged: Part = { ...base };
  for (const [key, value] of Object.entries(part)) {
    const old = merged[key];
    const both = [old, value].every((one) => typeof one === "object" && one !== null && !Array.isArray(one));
    merged[key] = both ? merge(old as Part, value as Part) : value;
  }
  return merged;
};

/** The healthy one with something else. */
const but = (part: OpenClawConfig | Part, rest: Patient = {}): Patient => ({
  ...healthy,
  ...rest,
  config: merge(healthy.config as Part, part),
});
const primary = (ref: string, rest?: Patient): Patient =>
  but({ agents: { defaults: { model: { primary: ref } } } }, rest);
const block = (fields: Part, id = "p"): Part => ({
  models: {
    providers: {
      [id]: {
        baseUrl: "https://api.example.test/v1",
        api: "openai-completions",
        models: [{ id: "m", name: "M" }],
        ...fields,
      },
    },
  },
});
const kimi = (model: Part, provider: Part = {}): Patient =>
  but(
    block(
      {
        baseUrl: "https://api.kimi.com/coding/v1",
        ...provider,
        models: [
          {
            id: "kimi-for-coding",
            name: "Kimi For Coding",
            reasoning: true,
            input: ["text"],
            contextWindow: 262144,
            maxTokens: 32768,
            headers: { "User-Agent": "KimiCLI/0.77" },
            compat: { supportsDeveloperRole: false },
            ...model,
          },
        ],
      },
      "kimi-code",
    ),
  );
const at = (...tokens: string[]): string => tokens.map((token) => `/${token.replaceAll("/", "~1")}`).join("");
const model = at("agents", "defaults", "model");
const provider = (id: string, ...rest: string[]): string => at("models", "providers", id, ...rest);

export const cases: readonly Case[] = [
  {
    code: "model-bare-name",
    ill: primary("gpt-5.5", { env: { OPENAI_API_KEY: "test-key-o" } }),
    severity: "warning",
    pointer: `${model}/primary`,
    well: [primary("openai/gpt-5.5", { env: { OPENAI_API_KEY: "test-key-o" } }), primary("openrouter:auto")],
    mended: null,
  },
  {
    code: "model-bare-name",
    ill: primary("a"),
    severity: "info",
    pointer: `${model}/primary`,
    well: [
      primary("own/a"),
      but({ agents: { defaults: { model: { primary: "fast" }, models: { "own/a": { alias: "Fast" } } } } }),
    ],
    mended: [`${model}/primary`],
  },
  {
    code: "alias-as-model",
    ill: but({ agents: { defaults: { model: { primary: "openai/fast" }, models: { "own/a": { alias: "Fast" } } } } }),
    severity: "warning",
    pointer: `${model}/primary`,
    well: [but({ agents: { defaults: { models: { "own/a": { alias: "Fast" } } } } })],
    mended: [`${model}/primary`],
  },
  {
    code: "model-unknown-provider",
    ill: primary("nobody/m"),
    severity: "error",
    pointer: `${model}/primary`,
    well: [primary("own/a"), primary("groq/x", { env: { GROQ_API_KEY: "test-key-g" } })],
    mended: null,
  },
  {
    code: "model-unknown-provider",
    ill: but({ agents: { list: [{ id: "ops", model: { primary: "own/a", fallbacks: ["nobody/m"] } }] } }),
    severity: "warning",
    pointer: at("agents", "list", "0", "model", "fallbacks", "0"),
    well: [but({ agents: { list: [{ id: "ops", model: { primary: "own/a", fallbacks: ["own/b"] } }] } })],
    mended: null,
  },
  {
    code: "model-without-key",
    ill: primary("openrouter/auto"),
    severity: "error",
    pointer: `${model}/primary`,
    well: [
      primary("openrouter/auto", { env: { OPENROUTER_API_KEY: "test-key-or" } }),
      but({
        agents: { defaults: { model: { primary: "openrouter/auto" } } },
        env: { vars: { OPENROUTER_API_KEY: "test-key-or" } },
      }),
      primary("openrouter/auto", {
        profiles: {
          "kilocode:default": kilo,
          "openrouter:x": {
            type: "api_key",
            provider: "openrouter",
            keyRef: { source: "env", provider: "default", id: "K" },
          },
        },
      }),
      primary("amazon-bedrock/claude"),
    ],
    mended: null,
  },
  {
    code: "model-not-listed",
    ill: primary("own/c"),
    severity: "warning",
    pointer: `${model}/primary`,
    well: [primary("own/A"), primary("kilocode/anything/at-all")],
    mended: null,
  },
  {
    code: "fallback-doubled",
    ill: but({ agents: { defaults: { model: { fallbacks: ["own/b", "kilocode/kilo/auto", "own/a", "own/b"] } } } }),
    severity: "warning",
    pointer: `${model}/fallbacks`,
    well: [but({ agents: { defaults: { model: { fallbacks: ["own/b", "own/a"] } } } })],
    mended: [`${model}/fallbacks`],
  },
  {
    code: "agent-without-fallbacks",
    ill: but({ agents: { list: [{ id: "ops", model: "own/a" }] } }),
    severity: "info",
    pointer: at("agents", "list", "0", "model"),
    well: [but({ agents: { list: [{ id: "ops", model: { primary: "own/a", fallbacks: [] } }, { id: "x" }] } })],
    mended: null,
  },
  {
    code: "models-mode-replace",
    ill: but({ models: { mode: "replace" } }),
    severity: "warning",
    pointer: "/models/mode",
    well: [
      but({ models: { mode: "merge" } }),
      but({ models: { mode: "replace" }, agents: { defaults: { model: { primary: "own/a" } } } }),
    ],
    mended: null,
  },
  {
    code: "alias-doubled",
    ill: but({ agents: { defaults: { models: { "own/a": { alias: "Fast" }, "own/b": { alias: "fast" } } } } }),
    severity: "warning",
    pointer: at("agents", "defaults", "models", "own/b", "alias"),
    well: [but({ agents: { defaults: { models: { "own/a": { alias: "Fast" }, "own/b": { alias: "faster" } } } } })],
    mended: null,
  },
  {
    code: "base-url-scheme",
    ill: but(block({ baseUrl: "api.example.test/v1" })),
    severity: "error",
    pointer: provider("p", "baseUrl"),
    well: [but(block({})), but(block({ baseUrl: "${WHERE}" }), { env: { WHERE: "https://api.example.test/v1" } })],
    mended: null,
  },
  {
    code: "base-url-endpoint",
    ill: but(block({ baseUrl: "https://api.example.test/v1/chat/completions" })),
    severity: "error",
    pointer: provider("p", "baseUrl"),
    well: [but(block({ baseUrl: "https://chat.example.test/completions/v1" }))],
    mended: [provider("p", "baseUrl")],
  },
  {
    code: "base-url-slashes",
    ill: but(block({ baseUrl: "https://api.example.test//v1//" })),
    severity: "warning",
    pointer: provider("p", "baseUrl"),
    well: [but(block({ baseUrl: "https://api.example.test/v1/" }))],
    mended: [provider("p", "baseUrl")],
  },
  {
    code: "base-url-version",
    ill: but(block({ baseUrl: "https://api.example.test/v1", api: "anthropic-messages" })),
    severity: "warning",
    pointer: provider("p", "baseUrl"),
    well: [but(block({ baseUrl: "https://api.example.test/anthropic", api: "anthropic-messages" }))],
    mended: [provider("p", "baseUrl")],
  },
  {
    code: "http-public-host",
    ill: but(block({ baseUrl: "http://api.example.test/v1", apiKey: "${KEY}" }), { env: { KEY: "test-key-h" } }),
    severity: "warning",
    pointer: provider("p", "baseUrl"),
    well: [
      but(block({ baseUrl: "http://192.168.1.7:8000/v1", apiKey: "${KEY}" }), { env: { KEY: "test-key-h" } }),
      but(block({ baseUrl: "http://api.example.test/v1" })),
    ],
    mended: null,
  },
  {
    code: "provider-spelling",
    ill: but(block({ headers: { "X-Own": "1" } }, "Kilocode")),
    severity: "info",
    pointer: provider("Kilocode"),
    well: [but(block({}, "kilocode")), kimi({})],
    mended: [provider("Kilocode"), provider("kilocode")],
  },
  {
    code: "provider-spelling",
    ill: but(merge(block({}, "z.ai"), block({}, "zai"))),
    severity: "warning",
    pointer: provider("z.ai"),
    well: [but(block({}, "zai"))],
    mended: null,
  },
  {
    code: "plaintext-key",
    ill: but(block({ apiKey: "test-key-plain" })),
    severity: "warning",
    pointer: provider("p", "apiKey"),
    well: [but(block({ apiKey: "${KEY}" }), { env: { KEY: "test-key-v" } }), but(block({ apiKey: "VLLM_API_KEY" }))],
    mended: null,
  },
  {
    code: "masked-key",
    ill: but({}, { profiles: { "kilocode:default": { ...kilo, key: "test…c9d0" } } }),
    severity: "error",
    pointer: "/profiles/kilocode:default/key",
    well: [healthy],
    mended: null,
  },
  ...["***", "[redacted]", "sk-...", "<your key>", "YOUR_API_KEY_HERE", "your-api-key", "xxxxxxxx"].map(
    (apiKey): Case => ({
      code: "masked-key",
      ill: but(block({ apiKey })),
      severity: "error",
      pointer: provider("p", "apiKey"),
      well: [],
      mended: null,
    }),
  ),
  {
    code: "untidy-key",
    ill: but({}, { profiles: { "kilocode:default": { ...kilo, key: ' export KILOCODE_API_KEY="test-key-kilo";\n' } } }),
    severity: "error",
    pointer: "/profiles/kilocode:default/key",
    well: [healthy],
    mended: ["/profiles/kilocode:default/key"],
  },
  {
    code: "key-hidden",
    ill: but(block({ apiKey: "${OWN}" }, "kimi-code"), { env: { OWN: "test-key-1", KIMI_API_KEY: "test-key-2" } }),
    severity: "warning",
    pointer: provider("kimi-code", "apiKey"),
    well: [
      but(block({ apiKey: "${OWN}" }, "kimi-code"), { env: { OWN: "test-key-1", KIMI_API_KEY: "test-key-1" } }),
      but(block({ apiKey: "${OWN}" }, "kimi-code"), { env: { OWN: "test-key-1" } }),
    ],
    mended: null,
  },
  {
    code: "key-hidden",
    ill: but(block({ apiKey: "${OWN}" }, "kilocode"), { env: { OWN: "test-key-1" } }),
    severity: "warning",
    pointer: provider("kilocode", "apiKey"),
    well: [],
    mended: null,
  },
  {
    code: "profile-not-stored",
    ill: but({ auth: { profiles: { "openrouter:default": { provider: "openrouter", mode: "api_key" } } } }),
    severity: "warning",
    pointer: "/auth/profiles/openrouter:default",
    well: [
      but(
        {
          agents: { list: [{ id: "ops" }] },
          auth: { profiles: { "openrouter:default": { provider: "openrouter", mode: "api_key" } } },
        },
        { agents: { ops: { "openrouter:default": { type: "api_key", provider: "openrouter", key: "test-key-or" } } } },
      ),
    ],
    mended: null,
  },
  {
    code: "profile-provider",
    ill: but({}, { profiles: { "kilocode:default": { ...kilo, provider: "openrouter" } } }),
    severity: "warning",
    pointer: "/auth/profiles/kilocode:default",
    well: [but({}, { profiles: { "kilocode:default": { ...kilo, provider: "Kilocode" } } })],
    mended: null,
  },
  {
    code: "profile-mode",
    ill: but({}, { profiles: { "kilocode:default": { type: "token", provider: "kilocode", token: "test-key-t" } } }),
    severity: "warning",
    pointer: "/auth/profiles/kilocode:default",
    well: [
      but(
        { auth: { profiles: { "kilocode:default": { provider: "kilocode", mode: "oauth" } } } },
        { profiles: { "kilocode:default": { type: "token", provider: "kilocode", token: "test-key-t" } } },
      ),
    ],
    mended: ["/auth/profiles/kilocode:default/mode"],
  },
  {
    code: "profile-not-configured",
    ill: but({}, { profiles: { "kilocode:default": kilo, "kilocode:second": kilo } }),
    severity: "info",
    pointer: "/profiles/kilocode:second",
    well: [
      but(
        {},
        {
          profiles: {
            "kilocode:default": kilo,
            "openrouter:x": { type: "api_key", provider: "openrouter", key: "test-key-or" },
          },
        },
      ),
    ],
    mended: null,
  },
  {
    code: "order-unknown",
    ill: but({ auth: { order: { kilocode: ["kilocode:gone", "kilocode:default"] } } }),
    severity: "warning",
    pointer: "/auth/order/kilocode",
    well: [but({ auth: { order: { kilocode: ["kilocode:default"] } } })],
    mended: ["/auth/order/kilocode"],
  },
  {
    code: "order-shadowed",
    ill: but(
      { auth: { order: { kilocode: ["kilocode:default"] } } },
      { order: { kilocode: ["kilocode:b", "kilocode:default"] } },
    ),
    severity: "warning",
    pointer: "/auth/order/kilocode",
    well: [
      but({ auth: { order: { kilocode: ["kilocode:default"] } } }, { order: { kilocode: ["kilocode:default"] } }),
      but({ auth: { order: { kilocode: ["kilocode:default"] } } }, { order: { openrouter: ["x"] } }),
    ],
    mended: null,
  },
  {
    code: "plugin-off",
    ill: but({ plugins: { deny: ["kilocode"] } }),
    severity: "warning",
    pointer: "/plugins/deny",
    well: [but({ plugins: { deny: ["openrouter"] } }), but({ plugins: { entries: { kilocode: { enabled: true } } } })],
    mended: null,
  },
  {
    code: "variable-unset",
    ill: but(block({ apiKey: "${NOWHERE}" })),
    severity: "error",
    pointer: provider("p", "apiKey"),
    well: [
      but(block({ apiKey: "${SOMEWHERE}" }), { env: { SOMEWHERE: "test-key-s" } }),
      but(block({ apiKey: "$${NOWHERE}" })),
    ],
    mended: null,
  },
  {
    code: "variable-from-config",
    ill: but({ ...block({ apiKey: "${MINE}" }), env: { vars: { MINE: "test-key-m" } } }),
    severity: "info",
    pointer: provider("p", "apiKey"),
    well: [
      but({ ...block({ apiKey: "${MINE}" }), env: { vars: { MINE: "test-key-m" } } }, { env: { MINE: "test-key-e" } }),
    ],
    mended: null,
  },
  {
    code: "key-in-env-section",
    ill: but({ ...block({}, "kilocode"), env: { vars: { KILOCODE_API_KEY: "test-key-k" } } }),
    severity: "info",
    pointer: "/env/vars/KILOCODE_API_KEY",
    well: [but({ ...block({}, "kilocode"), env: { vars: { TEAM: "blue" } } })],
    mended: null,
  },
  {
    code: "file-mode",
    ill: { ...healthy, mode: 0o644 },
    severity: "warning",
    pointer: "",
    well: [{ ...healthy, mode: 0o400 }],
    mended: null,
  },
  {
    code: "kimi-user-agent",
    ill: kimi({ headers: { "X-Own": "1" } }),
    severity: "error",
    pointer: provider("kimi-code", "models", "0", "headers"),
    well: [kimi({}), kimi({ headers: { "user-agent": "claude-code/1.0.0" } })],
    mended: [provider("kimi-code", "models", "0", "headers", "User-Agent")],
  },
  {
    code: "kimi-user-agent",
    ill: kimi({ headers: {} }, { headers: { "User-Agent": "KimiCLI/0.77" } }),
    severity: "info",
    pointer: provider("kimi-code", "models", "0", "headers"),
    well: [],
    mended: [provider("kimi-code", "models", "0", "headers", "User-Agent")],
  },
  {
    code: "kimi-developer-role",
    ill: kimi({ compat: { supportsTools: true } }),
    severity: "info",
    pointer: provider("kimi-code", "models", "0", "compat"),
    well: [kimi({})],
    mended: [provider("kimi-code", "models", "0", "compat", "supportsDeveloperRole")],
  },
  {
    code: "kimi-developer-role",
    ill: kimi({ compat: { supportsDeveloperRole: true } }),
    severity: "error",
    pointer: provider("kimi-code", "models", "0", "compat", "supportsDeveloperRole"),
    well: [],
    mended: [provider("kimi-code", "models", "0", "compat", "supportsDeveloperRole")],
  },
  {
    code: "kimi-reasoning",
    ill: kimi({ reasoning: false }),
    severity: "warning",
    pointer: provider("kimi-code", "models", "0", "reasoning"),
    well: [kimi({})],
    mended: [provider("kimi-code", "models", "0", "reasoning")],
  },
  {
    code: "kimi-limits",
    ill: kimi({ maxTokens: 1_000_000 }),
    severity: "warning",
    pointer: provider("kimi-code", "models", "0", "maxTokens"),
    well: [kimi({})],
    mended: null,
  },
];
