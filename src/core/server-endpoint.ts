/** A choice whose address and model come with the request -> the card it stands for: rule `server` (vLLM, Ollama, …). */

import type { Card, CardChoice, CardEndpoint, ModelDefinition, Problem, SetupProvider } from "../types.js";
import type { EndpointCard, EndpointRequest } from "./endpoint-shapes.js";
import { closest } from "./nearest.js";
import { requestProblem } from "./problem.js";

/** Rule `server`: the card's provider at an address of the user's own, with the models it has or the one that is named. */
export function serverEndpoint(
  card: Card,
  choice: CardChoice,
  endpoint: CardEndpoint,
  request: EndpointRequest,
): EndpointCard {
  const problems: Problem[] = [];
  const baseUrl = serverAddress(request.baseUrl?.trim() || card.baseUrl || "", endpoint);
  if (!isWebAddress(baseUrl)) problems.push(notAnAddress(baseUrl));
  const wanted = ownModel(request.modelId, card.id);
  const suggested = ownModel(choice.defaultModel ?? card.defaultModel, card.id);
  const { found = null, asked = false } = request;
  const named = found && (present(found, wanted) ?? (wanted?.endsWith(":cloud") ? wanted : undefined));
  const id = found ? (named ?? present(found, suggested) ?? found[0]?.id) : (wanted ?? suggested);
  if (found && wanted !== undefined && named === undefined) problems.push(notThere(baseUrl, wanted, found));
  else if (id === undefined) problems.push(found ? nothingThere(baseUrl) : noModel(card, asked));
  if (!found && id !== undefined) problems.push(assumption(baseUrl, id, asked));
  const defined = found?.some((model) => model.id === id);
  const listed = found ? [...found].sort((a, b) => first(b, suggested) - first(a, suggested)) : [];
  const models = [...listed, ...(defined || id === undefined ? [] : [assumed(id, endpoint)])].map((model) =>
    model.id === id && request.contextWindow !== undefined ? narrowed(model, request.contextWindow) : model,
  );
  return {
    card: {
      ...card,
      ...keyFields(endpoint, request.keyed),
      baseUrl,
      models,
      ...(id === undefined ? {} : { defaultModel: `${card.id}/${id}` }),
    },
    provider: {},
    problems,
  };
}

/** How many of a server's models are named where another one was asked for. */
const mostNamed = 10;

function notThere(baseUrl: string, wanted: string, found: readonly ModelDefinition[]): Problem {
  const ids = found.map(({ id }) => id);
  const near = ids.length > mostNamed ? closest(wanted, ids) : [];
  const meant = near.length > 0 ? `Did you mean ${near.join(" or ")}? ` : "";
  const more = ids.length > mostNamed ? `, and ${ids.length - mostNamed} more` : "";
  const hint =
    ids.length === 0 ? "It has none: load it first." : `It has: ${ids.slice(0, mostNamed).join(", ")}${more}.`;
  const message = `the server at ${baseUrl} has no model "${wanted}"`;
  return requestProblem("error", "model-not-found", message, meant + hint);
}

function nothingThere(baseUrl: string): Problem {
  const hint = "Load one first. Without --probe, --custom-model-id names one that is not there yet.";
  return requestProblem("error", "missing-model", `the server at ${baseUrl} has no models`, hint);
}

function noModel({ label }: Card, asked: boolean): Problem {
  const hint = `Give --custom-model-id ID${asked ? "" : ", or let --probe ask the server"}.`;
  return requestProblem("error", "missing-model", `${label} needs to be told which model it serves`, hint);
}

function assumption(baseUrl: string, id: string, asked: boolean): Problem {
  const message = `${asked ? `${baseUrl} told nothing of` : `nobody asked ${baseUrl} about`} "${id}": that it is there, and its limits, are assumed`;
  const hint = "--context-window says how many tokens the model takes.";
  return requestProblem("warning", "limits-assumed", message, asked ? hint : `--probe asks the server; ${hint}`);
}

/**
 * The card for a provider that a setup declares: an address of its own as it is given, the models it names, else the
 * card's default one. Null when there is no model.
 */
export function declaredServer(
  card: Card,
  choice: CardChoice,
  { models: named = [] }: SetupProvider,
  keyed: boolean,
): Card | null {
  const { endpoint } = choice;
  if (!endpoint) return card;
  const suggested = ownModel(choice.defaultModel ?? card.defaultModel, card.id);
  const ids = named.length > 0 ? named.map(({ id }) => id) : suggested === undefined ? [] : [suggested];
  if (ids.length === 0) return null;
  return { ...card, ...keyFields(endpoint, keyed), models: ids.map((id) => assumed(id, endpoint)) };
}

/** The fields of the block that say how the key is found. */
function keyFields(endpoint: CardEndpoint, keyed: boolean): Pick<Card, "keyMarker" | "block"> {
  const { apiKey, ...block } = (keyed ? endpoint.withKey : endpoint.withoutKey) ?? {};
  return {
    ...(typeof apiKey === "string" ? { keyMarker: apiKey } : {}),
    ...(Object.keys(block).length > 0 ? { block } : {}),
  };
}

/** The address as the block has it: no slash at the end, none of the endings, then the path. A host alone is http. */
export function serverAddress(typed: string, { strip = [], path = "" }: CardEndpoint): string {
  const url = /^https?:\/\//i.test(typed) || path === "" ? typed : `http://${typed}`;
  const plain = url.replace(/\/+$/, "");
  const ending = strip.find((end) => plain.toLowerCase().endsWith(end));
  return (ending === undefined ? plain : plain.slice(0, -ending.length)) + path;
}

/** True for what a request can be sent to. */
export function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** What to say about an address that is none. */
export function notAnAddress(typed: string): Problem {
  return requestProblem(
    "error",
    "base-url",
    `"${typed}" is not an address`,
    "Give --custom-base-url with http:// or https:// in front.",
  );
}

/** A definition of which only the id is known. */
function assumed(id: string, { model = {} }: CardEndpoint): ModelDefinition {
  return { id, name: id, ...structuredClone(model) };
}

/** Tokens as the user says; an answer cannot be longer than all of it. */
function narrowed(model: ModelDefinition, contextWindow: number): ModelDefinition {
  const { maxTokens = contextWindow, contextTokens } = model;
  return {
    ...model,
    contextWindow,
    ...(typeof contextTokens === "number" ? { contextTokens: Math.min(contextTokens, contextWindow) } : {}),
    maxTokens: Math.min(maxTokens, contextWindow),
  };
}

/** The id of a model without its provider in front. */
function ownModel(typed: string | undefined, provider: string): string | undefined {
  const id = typed?.trim() ?? "";
  const own = id.toLowerCase().startsWith(`${provider}/`) ? id.slice(provider.length + 1).trim() : id;
  return own === "" ? undefined : own;
}

/** 1 for the suggested model, which OpenClaw lists first. */
function first({ id }: ModelDefinition, suggested: string | undefined): number {
  return id === suggested || id === `${suggested}:latest` ? 1 : 0;
}

/** The id as the server has it: Ollama calls `gemma4` also `gemma4:latest`. */
function present(models: readonly ModelDefinition[], id: string | undefined): string | undefined {
  return models.find((model) => model.id === id || model.id === `${id}:latest`)?.id;
}
