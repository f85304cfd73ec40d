/** Places of OpenClaw's documents in words. */

import { isObject } from "../json.js";
import type { Json, Step } from "../types.js";

/** Tokens of a place, the value that comes there (undefined: it goes), the step -> phrases; null: ask the next rule. */
type Rule = (tokens: readonly string[], value: Json | undefined, step: Step) => string[] | null;

/** More of one kind than this are counted instead of named. */
const named = 3;

const fields: { readonly [field: string]: string } = {
  baseUrl: "base URL",
  api: "API",
  apiKey: "API key",
  auth: "auth mode",
  authHeader: "authorization header",
  contextWindow: "context window",
  maxTokens: "token limit",
  compat: "compatibility flags",
  input: "inputs",
  params: "parameters",
  key: "key",
  keyRef: "key reference",
  tokenRef: "token reference",
  timeoutMs: "timeout",
};

/** Sections of which nothing is to be said but what stands in them. */
const sections: ReadonlySet<string> = new Set([
  "",
  "models",
  "models/providers",
  "agents",
  "agents/defaults",
  "agents/defaults/models",
  "auth",
  "auth/profiles",
  "auth/order",
  "plugins",
  "plugins/entries",
  "env",
  "env/vars",
  "messages",
  "messages/tts",
  "messages/tts/providers",
  "profiles",
]);

/** Maps whose members are sections too, whatever a provider is called. */
const providerMaps: ReadonlySet<string> = new Set(["models/providers", "messages/tts/providers"]);

/** A place in words a person would use, for any place. A section that comes as a whole is told by what it holds. */
export function phrases(tokens: readonly string[], value: Json | undefined, step: Step): string[] {
  if (isObject(value) && Object.keys(value).length > 0 && isSection(tokens)) {
    return shortened(Object.entries(value).flatMap(([name, member]) => phrases([...tokens, name], member, step)));
  }
  const root = tokens[0] ?? "";
  for (const rule of Object.hasOwn(rules, root) ? (rules[root] as readonly Rule[]) : []) {
    const found = rule(tokens, value, step);
    if (found) return found;
  }
  return [words(tokens)];
}

function isSection(tokens: readonly string[]): boolean {
  if (sections.has(tokens.join("/"))) return true;
  const last = tokens.at(-1) ?? "";
  const holder = tokens.slice(0, -1).join("/");
  if (holder === "agents/defaults") return isModelSlot(last);
  return providerMaps.has(holder) && last !== "" && !last.includes("/");
}

/** `model`, `imageGenerationModel`, ... */
function isModelSlot(name: string): boolean {
  return name === "model" || (name.endsWith("Model") && /^\w+Model$/.test(name));
}

const providerBlock: Rule = ([root, section, id, field, ...rest], value, step) => {
  if (root !== "models" || section !== "providers" || id === undefined) return null;
  const of = step.title.includes(id) ? "" : ` of ${id}`;
  if (field === undefined) return [`provider block${of}`];
  if (field === "headers" && rest.length > 0) return [`header ${rest[0]}${of}`];
  if (field !== "models") return [`${fieldName(field)}${of}`];
  const [index, setting, ...below] = rest;
  if (index === undefined) return Array.isArray(value) ? modelNames(value, of) : [`models${of}`];
  if (setting === undefined) return modelNames(value === undefined ? [] : [value], of);
  const model = step.input["model"];
  const name = setting === "headers" && below.length > 0 ? `header ${below[0]}` : fieldName(setting);
  return [`${name} of ${typeof model === "string" ? model : `a model${of}`}`];
};

function modelNames(models: readonly Json[], of: string): string[] {
  const ids = models.flatMap((model) => (isObject(model) && typeof model["id"] === "string" ? [model["id"]] : []));
  if (ids.length === 0) return models.length === 0 && of === "" ? ["models"] : [`models${of}`];
  return ids.length > named ? [`${ids.length} models${of}`] : ids.map((id) => `model ${id}${of}`);
}

const modelsMode: Rule = ([root, field, ...rest]) =>
  root === "models" && field === "mode" && rest.length === 0 ? ["models mode"] : null;

const defaults: Rule = ([root, section, slot, field, ...rest], value) => {
  if (root !== "agents" || section !== "defaults" || slot === undefined) return null;
  if (slot === "models" && field !== undefined) return modelEntry(field, rest, value);
  if (!isModelSlot(slot)) return [words([slot, ...(field === undefined ? [] : [field]), ...rest])];
  const name = slot === "model" ? "default model" : words([slot]);
  if (field === undefined || field === "primary") return [name];
  if (field === "fallbacks") return [slot === "model" ? "fallbacks" : `fallbacks of ${name}`];
  return [`${fieldName(field)} of ${name}`];
};

function modelEntry(ref: string, [field, ...rest]: readonly string[], value: Json | undefined): string[] {
  const alias = field === "alias" ? value : field === undefined && isObject(value) ? value["alias"] : undefined;
  if (typeof alias === "string") return [`alias ${alias}`];
  if (field === undefined) return [`model entry ${ref}`];
  return [`${rest.length === 0 ? fieldName(field) : words([field, ...rest])} of ${ref}`];
}

const profiles: Rule = (tokens, value) => {
  const [section, id, field] = tokens[0] === "auth" ? tokens.slice(1) : tokens;
  if (section === "order") return ["order of profiles"];
  if (section !== "profiles") return tokens.length === 1 && section === "version" ? ["store version"] : null;
  if (id === undefined) return ["profiles"];
  return field === undefined || value === undefined || tokens[0] === "auth"
    ? [`profile ${id}`]
    : [`${fieldName(field)} of profile ${id}`];
};

const plugins: Rule = ([root, section, id]) => {
  if (root !== "plugins") return null;
  if (section === "entries" && id !== undefined) return [`plugin ${id}`];
  const lists: { readonly [section: string]: string } = {
    allow: "allowed plugins",
    deny: "denied plugins",
    enabled: "plugins switched on",
  };
  return section === undefined ? ["plugins"] : [lists[section] ?? words([root, section])];
};

const variables: Rule = ([root, section, name]) => {
  if (root !== "env" || section === undefined || section === "shellEnv") return null;
  return section === "vars" ? [name === undefined ? "variables" : `variable ${name}`] : [`variable ${section}`];
};

const speech: Rule = ([root, section, field, provider, ...rest]) => {
  if (root !== "messages" || section !== "tts" || field === undefined) return null;
  if (field !== "providers") return [field === "auto" ? "automatic speech" : `speech ${fieldName(field)}`];
  return [
    rest.length === 0
      ? `speech settings${provider === undefined ? "" : ` of ${provider}`}`
      : `speech ${rest.map(fieldName).join(" ")}`,
  ];
};

/** By the first token; asked in this order. */
const rules: { readonly [root: string]: readonly Rule[] } = {
  models: [providerBlock, modelsMode],
  agents: [defaults],
  auth: [profiles],
  order: [profiles],
  profiles: [profiles],
  version: [profiles],
  plugins: [plugins],
  env: [variables],
  messages: [speech],
};

function fieldName(field: string): string {
  return Object.hasOwn(fields, field) ? (fields[field] as string) : words([field]);
}

/** Any tokens: `gateway/auth/token` -> gateway auth token. What is an id rather than a name is left as it is. */
function words(tokens: readonly string[]): string {
  const said = tokens.map((token) =>
    isCamelCase(token) ? token.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) : token,
  );
  return said.join(" ").trim() || "the document";
}

function isCamelCase(token: string): boolean {
  return token !== token.toLowerCase() && /^[a-z]+(?:[A-Z][a-z0-9]*)+$/.test(token);
}

/** Phrases that name one of many. */
const kinds = ["alias ", "variable ", "plugin ", "profile ", "model entry ", "header "];
const plural: { readonly [kind: string]: string } = { "alias ": "aliases", "model entry ": "model entries" };

/** Runs of one kind (`alias a`, `alias b`, ...) that are too long to read become a count. */
function shortened(all: readonly string[]): string[] {
  const byKind = new Map<string, string[]>();
  for (const phrase of new Set(all)) {
    const kind = kinds.find((start) => phrase.startsWith(start)) ?? phrase;
    byKind.set(kind, [...(byKind.get(kind) ?? []), phrase]);
  }
  return [...byKind].flatMap(([kind, found]) =>
    found.length > named ? [`${found.length} ${plural[kind] ?? `${kind.trim()}s`}`] : found,
  );
}
