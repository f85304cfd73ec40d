/** Documents, setups and patches of any size. */

/** @typedef {import("../src/index.js").Operation} Operation */
/** @typedef {import("../src/index.js").Setup} Setup */

/** @param {number} count */
export const range = (count) => Array.from({ length: count }, (_, index) => index);

/** @param {number} number */
export const model = (number) => ({ id: `model-${number}`, name: `Model ${number}`, contextWindow: 131072 });

const block = (/** @type {number} */ number, /** @type {number} */ models) => ({
  baseUrl: `https://host-${number}.example.test/v1`,
  api: "openai-completions",
  models: range(models).map(model),
});

/** A configuration of so many providers with so many models each. @param {number} providers @param {number} models */
export const config = (providers, models) => ({
  models: { providers: Object.fromEntries(range(providers).map((of) => [`provider-${of}`, block(of, models)])) },
  agents: {
    defaults: {
      model: { primary: "provider-0/model-0", fallbacks: ["openrouter/auto"] },
      models: Object.fromEntries(range(providers).map((of) => [`provider-${of}/model-0`, { alias: `p${of}` }])),
    },
  },
});

/** One provider, a new default, a fallback more. @type {Setup} */
export const setup = {
  providers: { kilocode: { apiKey: { env: "KILOCODE_API_KEY" } } },
  model: { primary: "kilocode/kilo/auto", fallbacks: { append: ["openrouter/moonshotai/kimi-k2.6"] } },
};

/** A setup of so many providers of one's own. @param {number} count @returns {Setup} */
export const ownProviders = (count) => ({
  providers: Object.fromEntries(
    range(count).map((of) => [`added-${of}`, { ...block(of, 2), apiKey: { env: "KILOCODE_API_KEY" } }]),
  ),
});

/** A setup that declares so many models of one provider. @param {number} count @returns {Setup} */
export const declaredModels = (count) => ({
  providers: { "provider-0": { ...block(0, 0), models: range(count).map(model) } },
});

/** So many levels of objects. @param {number} levels */
export function nested(levels) {
  /** @type {any} */
  let value = { leaf: 1 };
  for (let level = 0; level < levels; level += 1) value = { comment: "x", inner: value };
  return value;
}

/** Adds a member on the last level. @param {number} levels @returns {Operation[]} */
export const deepest = (levels) => [{ op: "add", path: `${"/inner".repeat(levels)}/new`, value: 1 }];

const provider = "/models/providers/provider-";

/** Patches of so many operations on `config(count, 2)`, by what they do. @type {Readonly<Record<string, (of: number) => Operation>>} */
const kinds = {
  "members added": (of) => ({ op: "add", path: `/models/providers/new-${of}`, value: block(of, 1) }),
  "items added": (of) => ({
    op: "add",
    path: `/agents/defaults/model/fallbacks/${of % 3 === 0 ? "-" : 0}`,
    value: `x/${of}`,
  }),
  "values replaced": (of) => ({ op: "replace", path: `${provider}${of}/models/0/name`, value: `New ${of}` }),
  "members removed": (of) => ({ op: "remove", path: `${provider}${of}` }),
  "items removed": (of) => ({ op: "remove", path: `${provider}${of}/models/0` }),
  "members moved": (of) => ({ op: "move", from: `${provider}${of}`, path: `/models/providers/moved-${of}` }),
};

/** Their names, each with the patch of any number of operations. */
export const patches = Object.entries(kinds).map(([name, operation]) => ({
  name,
  patch: (/** @type {number} */ count) => range(count).map(operation),
}));
