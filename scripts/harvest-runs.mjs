/** The two runs of a choice: on an empty home, and on one in use, by reference, with every variable set. */

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { freshFacts, otherApi, ownBlock, usedFacts } from "./harvest-facts.mjs";
import { harvested } from "./harvest-fields.mjs";
import { providerPart } from "./openclaw-part.mjs";
import { ask, choiceArguments, onboardArguments } from "./openclaw.mjs";

/** @typedef {import("./openclaw.mjs").Program} Program */
/** @typedef {import("./harvest-facts.mjs").Facts} Facts */

/** What only the second run shows. */
const used = ["fill", "keep", "refVariable", "primary"];

/**
 * @param {Program} program
 * @param {{ card: string, choice: Parameters<typeof choiceArguments>[0], env: readonly string[] }} subject
 * @returns {Promise<{ facts: Facts, fields: string[], failures: string[] }>} `fields`: those that could be measured
 */
export async function measure(program, { card, choice, env }) {
  const { key, args, parameters } = choiceArguments(choice);
  const first = await onboard(program, choice.id, args, {}, {});
  if (typeof first === "string") return { facts: {}, fields: [], failures: [first] };
  const fresh = freshFacts(card, first, parameters);
  const fields = [...harvested.card, ...harvested.choice].filter((field) => !used.includes(field));
  const variables = Object.fromEntries(env.map((name) => [name, key]));
  const second = await onboard(
    program,
    choice.id,
    [...args, "--secret-input-mode", "ref"],
    homeInUse(card, fresh),
    variables,
  );
  if (typeof second === "string") return { facts: fresh, fields, failures: [`in ref mode: ${second}`] };
  const { refVariable, ...rest } = usedFacts(card, fresh, second);
  const reference = refVariable === undefined || refVariable === env[0] ? {} : { refVariable };
  // One model says nothing about what happens to the others.
  const more = used.filter((field) => field !== "fill" || rest["fill"] !== undefined);
  return { facts: { ...fresh, ...rest, ...reference }, fields: [...fields, ...more], failures: [] };
}

/**
 * @param {string} card
 * @param {Facts} fresh
 */
function homeInUse(card, { baseUrl, api, models = [], defaultModel = "" }) {
  const agents = { defaults: { model: { primary: ownBlock.model } } };
  if (baseUrl === undefined) return { agents };
  const there = models.find((/** @type {any} */ { id }) => id === defaultModel || `${card}/${id}` === defaultModel);
  const block = { baseUrl: ownBlock.baseUrl, api: otherApi(api), models: there ? [there] : [] };
  return { agents, models: { providers: { [card]: block } } };
}

/**
 * @param {Program} program
 * @param {string} choice
 * @param {readonly string[]} args
 * @param {object} before the configuration
 * @param {{ readonly [name: string]: string }} env
 * @returns {Promise<import("./harvest-facts.mjs").Written | string>} or what it said when it refused
 */
async function onboard(program, choice, args, before, env) {
  const home = mkdtempSync(path.join(tmpdir(), "clawform-harvest-"));
  try {
    const state = path.join(home, ".openclaw");
    const config = path.join(state, "openclaw.json");
    mkdirSync(state);
    if (Object.keys(before).length > 0) writeFileSync(config, JSON.stringify(before));
    const { code, out, err, late } = await ask(program, home, onboardArguments(choice, args), { env });
    if (late) return "it did not end";
    if (code !== 0) return firstLine(`${err}\n${out}`);
    const read = (/** @type {string} */ file) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {});
    const { profiles = {} } = read(path.join(state, "agents/main/agent/auth-profiles.json"));
    return { config: providerPart(read(config), before), profiles };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** @param {string} text */
function firstLine(text) {
  return (
    text
      .split("\n")
      .find((line) => line.trim() !== "")
      ?.trim() ?? "it failed and said nothing"
  );
}
