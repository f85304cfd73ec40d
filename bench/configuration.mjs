/** Configurations of any size, the same ones every time: providers with models, aliases and fallbacks, and comments on them. */

/** JSON5 has bare keys and trailing commas, JSON with comments neither. @typedef {"JSON5" | "JSON with comments"} Spelling */

const provider = {
  baseUrl: "https://llm.example.test/v1",
  api: "openai-completions",
  models: [{ id: "large", name: "Large", reasoning: true, input: ["text"], contextWindow: 262144, maxTokens: 32768 }],
};
const primary = "added/large";
const fallback = "provider-0/model-0";

/** The edit as a patch. @type {readonly import("../src/index.js").Operation[]} */
export const operations = [
  { op: "add", path: "/models/providers/added", value: provider },
  { op: "replace", path: "/agents/defaults/model/primary", value: primary },
  { op: "add", path: "/agents/defaults/model/fallbacks/-", value: fallback },
];

/** The same edit on a value, in place, so that what a library hangs on its objects stays. @param {any} config */
export function edit(config) {
  config.models.providers.added = structuredClone(provider);
  config.agents.defaults.model.primary = primary;
  config.agents.defaults.model.fallbacks.push(fallback);
  return config;
}

/**
 * The text of a configuration of about `bytes` bytes. Every comment in it has a number of its own.
 * @param {number} bytes
 * @param {Spelling} spelling
 */
export function configuration(bytes, spelling) {
  const strict = spelling !== "JSON5";
  let notes = 0;
  const note = (/** @type {string} */ text) => `// note ${notes++}: ${text}`;
  const end = strict ? "" : ",";
  const spell = (/** @type {string} */ text) => (strict ? text.replace(/([{,] |^ *)([a-zA-Z]+):/gm, '$1"$2":') : text);
  const model = (/** @type {number} */ of, /** @type {number} */ number) => `
          {
            id: "model-${number}",${number % 3 === 0 ? ` ${note("the others fall back to it")}` : ""}
            name: "Model ${number} of provider ${of}",
            reasoning: ${number % 2 === 0},
            input: ["text"${number % 2 === 0 ? ', "image"' : ""}],
            cost: { input: ${(of % 7) * 0.25}, output: ${number * 1.5}, cacheRead: 0.1, cacheWrite: 0 },
            contextWindow: ${131072 * (1 + (number % 3))},
            maxTokens: 32768${end}
          }`;
  const block = (/** @type {number} */ of) => {
    const models = Array.from({ length: 1 + (of % 6) }, (_, number) => model(of, number));
    return `
      ${note(`rack ${of % 12}, ask before moving it`)}
      "provider-${of}": {
        baseUrl: "https://host-${of}.example.test/v1", /* note ${notes++}: no slash at the end */
        api: "openai-completions",
        apiKey: "\${PROVIDER_${of}_KEY}",
        headers: { "X-Team": "blue" },${of % 4 === 0 ? `\n        ${note("cheap first")}` : ""}
        models: [${models.join(",")}${end}
        ]${end}
      }`;
  };
  const head = `${note("edited by hand and by the onboarding")}
{
  logging: { level: "info", redactSensitive: "tools" },

  ${note("models")}
  models: {
    mode: "merge",
    providers: {`;
  const tail = (/** @type {readonly string[]} */ aliases) => `${end}
    }${end}
  },

  agents: {
    defaults: {
      model: {
        primary: "provider-0/model-0", ${note("changed often")}
        ${note("tried in this order")}
        fallbacks: [
          "openrouter/auto",
          "rack/slow"${end} ${note("free, slow")}
        ]${end}
      },
      models: {${aliases.join(",")}${end}
      }${end}
    },
    list: [{ id: "main", identity: { name: "Molty", emoji: "🦞" } }]${end}
  }${end}
}
${note("the end")}
`;
  /** @type {string[]} */
  const blocks = [];
  /** @type {string[]} */
  const aliases = [];
  for (let length = 0; length === 0 || head.length + 700 + length < bytes;) {
    const of = blocks.length;
    blocks.push(block(of));
    aliases.push(`\n        "provider-${of}/model-0": { alias: "p${of}" }`);
    length += spell(`${blocks.at(-1)}${aliases.at(-1)},,`).length;
  }
  return spell(head + blocks.join(",") + tail(aliases));
}
