/** Which key a request carries: every place OpenClaw 2026.5.6 looks, in its order, and why one wins (credentials.md 6, measured). */

import { hasMember, isObject } from "../json.js";
import { formatPointer } from "../pointer.js";
import type { Json } from "../types.js";
import { credentialVariables, isKeyVariable } from "./credential-variables.js";
import { isPrivateBase } from "./hosts.js";
import { blockOf } from "./model.js";
import type { Candidate, CredentialChoice, ModelRef, Situation } from "./nouns.js";
import { rankedProfiles } from "./profiles.js";
import { text } from "./values.js";

/** A choice, and what a request's shape takes from a key. */
export interface ChosenCredential extends CredentialChoice {
  /** What is sent is an Anthropic OAuth token. */
  readonly oauth: boolean;
  /** False when nothing is sent: there is no key, or none is needed. */
  readonly sent: boolean;
}

interface Place {
  readonly source: Candidate["source"];
  readonly name: string;
  /** Null: usable. */
  readonly problem: string | null;
  readonly rule: string;
  readonly secret?: unknown;
  /** The server needs no key. */
  readonly keyless?: boolean;
}

/** Values OpenClaw takes for "no key needed". */
const markers: ReadonlySet<string> = new Set(["ollama-local", "custom-local", "lmstudio-local", "secretref-managed"]);

/** The credential for a model. `situation.config` is raw: what refers to a variable is told apart from what is a key. */
export function credentialOf(situation: Situation, ref: ModelRef): ChosenCredential {
  const profiles = profilePlaces(situation, ref);
  const variables = variablePlaces(situation, ref);
  const block = blockOf(situation.config, ref.provider);
  const own = block ? configPlaces(block.key, block.block, situation) : [];
  const first = block?.block["auth"] === "api-key" && own.some(({ problem }) => problem === null);
  const places = first ? [...own, ...profiles, ...variables] : [...profiles, ...variables, ...own];
  const winner = places.find(({ problem }) => problem === null);
  const candidates = places.map((place): Candidate => ({
    source: place.source,
    name: place.name,
    chosen: place === winner,
    reason: reasonOf(place, winner, first),
  }));
  return {
    source: winner?.source ?? "none",
    name: winner?.name ?? "",
    candidates,
    sent: winner !== undefined && winner.keyless !== true,
    oauth: typeof winner?.secret === "string" && winner.secret.includes("sk-ant-oat"),
  };
}

function reasonOf(place: Place, winner: Place | undefined, configFirst: boolean): string {
  if (place.problem !== null) return place.problem;
  if (place === winner) {
    return place.source === "config" && configFirst ? 'auth: "api-key" puts the block\'s own key first' : place.rule;
  }
  if (winner?.source === place.source) return `${winner.name} comes before it`;
  return configFirst
    ? "the block's own key comes first"
    : `${order(winner?.source)} come before ${order(place.source)}`;
}

function order(source: Candidate["source"] | undefined): string {
  if (source === "profile") return "stored profiles";
  return source === "environment" ? "variables" : "keys in the configuration";
}

function profilePlaces(situation: Situation, { provider, profile }: ModelRef): Place[] {
  const ranked = rankedProfiles(situation, provider);
  const wanted = profile === undefined ? [] : ranked.filter(({ id }) => id === profile);
  return [...wanted, ...ranked.filter((one) => !wanted.includes(one))].map(({ id, credential, problem, rule }) => ({
    source: "profile",
    name: id,
    problem,
    rule: id === profile ? "asked for with @" : `stored profiles come first: ${rule}`,
    secret: credential?.key ?? credential?.token ?? credential?.["access"],
  }));
}

function variablePlaces({ env = {} }: Situation, { provider }: ModelRef): Place[] {
  return credentialVariables(provider).map((name) => ({
    source: "environment",
    name,
    problem: env[name]?.trim() ? null : "not set",
    rule: "no profile serves; variables come before the configuration's key",
    secret: env[name],
  }));
}

function configPlaces(key: string, block: { readonly [field: string]: Json }, { env = {} }: Situation): Place[] {
  const name = formatPointer(["models", "providers", key, "apiKey"]);
  const place = (problem: string | null, rule: string): Place => ({ source: "config", name, problem, rule });
  const { apiKey, baseUrl } = block;
  if (isObject(apiKey)) {
    const variable = apiKey["source"] === "env" ? (text(apiKey["id"]) ?? "") : undefined;
    return [
      variable !== undefined && !env[variable]?.trim()
        ? place(`it refers to the variable ${variable}, which is not set`, "")
        : place(null, `a reference (${text(apiKey["source"]) ?? ""}) that OpenClaw resolves when it starts`),
    ];
  }
  if (typeof apiKey === "string" && apiKey.trim() !== "") {
    const asked = /^\$\{([A-Z_][A-Z0-9_]*)\}$/.exec(apiKey.trim())?.[1];
    if (asked !== undefined)
      return [
        env[asked]
          ? place(null, `the provider block's key, from the variable ${asked}`)
          : place(`it asks for the variable ${asked}, which is not set`, ""),
      ];
    if (isKeyVariable(apiKey.trim())) {
      const set = hasMember(env, apiKey.trim()) && env[apiKey.trim()]?.trim();
      return [
        set
          ? place(null, `the text is a variable's name: its value is taken`)
          : place("it names a variable that is not set", ""),
      ];
    }
    if (markers.has(apiKey.trim())) return [{ ...place(null, "it says that no key is needed"), keyless: true }];
    return [place(null, "the provider block's own key: no profile and no variable serves")];
  }
  if (typeof baseUrl === "string" && isPrivateBase(baseUrl))
    return [{ ...place(null, "no key is set, and a server in the own network needs none"), keyless: true }];
  return [place("not set", "")];
}
