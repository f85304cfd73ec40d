/** Asks a provider which models it has. */

import type { DiscoveryEndpoint } from "../core/discovery-source.js";
import { ollamaModel } from "../core/model-readers.js";
import { modelsFrom, type ModelsFound } from "../core/models-from.js";
import { createScrubber } from "../core/redact.js";
import type { ModelDefinition } from "../types.js";
import { askEach } from "./ask-each.js";
import { type Cancellation, eitherOf, type HttpOptions, request } from "./http.js";
import { readJson } from "./json-answer.js";

/** Whom to ask, and with what. */
export interface DiscoveryRequest {
  readonly endpoint: DiscoveryEndpoint;
  /** Null: without. */
  readonly key: string | null;
  /** Those of the configuration; they win. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The models, or why there are none; `message` and `hint` hold nothing secret. */
export type DiscoveryOutcome =
  | {
      readonly ok: true;
      readonly models: readonly ModelDefinition[];
      readonly skipped: number;
      /** Of how many the server said no more than their names before the time was up: the rest is assumed. */
      readonly untold: number;
    }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly hint: string };

/**
 * Asks once, as `request` does; whatever else has to be asked then has to end within the same time limit. An empty list is
 * a failure too, as OpenClaw takes it. Never throws.
 */
export async function discover(
  { endpoint, key, headers = {} }: DiscoveryRequest,
  options: HttpOptions,
): Promise<DiscoveryOutcome> {
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const bearer = key === null ? {} : { authorization: `Bearer ${key}` };
  const sent = { accept: "application/json", ...bearer, ...own };
  const until = AbortSignal.timeout(options.timeoutMs ?? 5000);
  const outcome = await request({ url: endpoint.url, headers: sent }, options);
  if (!outcome.ok) return { ...outcome.failure, ok: false, code: outcome.failure.kind };
  const read = readJson(outcome.answer);
  if (!read.ok) return { ...read.failure, ok: false, code: read.failure.kind };
  const found = withoutKey(modelsFrom(endpoint.shape, read.value), Object.values({ ...bearer, ...own }));
  const { place } = outcome.answer;
  if (!found) return noList(place, "answered with JSON that is no list of models");
  if (found.models.length === 0) return noList(place, "lists no models");
  if (endpoint.shape !== "ollama") return { ok: true, ...found, untold: 0 };
  return { ok: true, ...found, ...(await askOllama(found.models, endpoint.url, sent, until, options)) };
}

/** A server may say the key back: then it is masked in names, and a model whose very id holds it is none. */
function withoutKey(found: ModelsFound | null, sent: readonly string[]): ModelsFound | null {
  if (!found) return null;
  const scrub = createScrubber(sent);
  const models = found.models.filter(({ id }) => scrub(id) === id);
  return {
    models: models.map((model) => ({ ...model, name: scrub(model.name ?? model.id) })),
    skipped: found.skipped + found.models.length - models.length,
  };
}

function noList(place: string, what: string): DiscoveryOutcome {
  return { ok: false, code: "no-models", message: `${place} ${what}`, hint: "Check baseUrl and the provider's id." };
}

/**
 * Ollama tells limits and abilities of one model at a time; a model it does not tell of keeps the defaults. `untold`: how
 * many it did not tell of before the signal.
 */
async function askOllama(
  models: readonly ModelDefinition[],
  tags: string,
  headers: Readonly<Record<string, string>>,
  until: Cancellation,
  options: HttpOptions,
): Promise<{ models: ModelDefinition[]; untold: number }> {
  const url = tags.replace(/tags$/, "show");
  const signal = eitherOf(options.signal, until);
  const told = await askEach(models, signal, async ({ id }) => {
    const body = JSON.stringify({ model: id });
    const sent = { method: "POST" as const, url, body, headers: { ...headers, "content-type": "application/json" } };
    const outcome = await request(sent, { ...options, signal });
    const read = outcome.ok ? readJson(outcome.answer) : null;
    return read?.ok ? read.value : undefined;
  });
  return {
    models: models.map((model, at) => (told[at] === undefined ? model : ollamaModel(model.id, told[at]))),
    untold: until.aborted ? told.filter((one) => one === undefined).length : 0,
  };
}
