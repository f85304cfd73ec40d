/** What OpenClaw 2026.5.6 will do with a model: the request it sends, and the same for each fallback. Pure. */

import { substitute } from "../core/variables.js";
import { slotModels } from "../core/model-slot.js";
import { maskLooks, maskValue } from "../core/redact.js";
import type { Json, OpenClawConfig } from "../types.js";
import { bodyOf } from "./body.js";
import { cacheMarkers, cachePolicy } from "./cache.js";
import { credentialOf } from "./credential.js";
import { baseOf, endpointOf } from "./endpoint.js";
import { headersOf } from "./headers.js";
import { hostClass } from "./hosts.js";
import { thinkingOf } from "./levels.js";
import { mediaOf } from "./media.js";
import { refKey } from "./model-ids.js";
import { resolveModel } from "./model.js";
import { notesOn } from "./notes.js";
import type { Body, Call, Explanation, Note, RequestExplanation, Situation, Thinking } from "./nouns.js";
import { mergedParams } from "./params.js";
import { agentEntry, defaultModel, resolveReference, type Resolution } from "./references.js";
import { transcriptOf } from "./transcript.js";
import { truth, word } from "./values.js";

/** Explains the model a text names: an alias, a bare name or a reference, as OpenClaw reads it; `""`: the default model. */
export function explain(asked: string, situation: Situation): Explanation {
  const config = substitute(situation.config as Json, situation.env ?? {}).value as OpenClawConfig;
  const agent = situation.agent ?? "main";
  const blank = asked.trim() === "";
  const resolution = blank ? defaultModel(config, agent) : resolveReference(asked, config);
  const chain = fallbacksOf(config, agent).map((ref) => resolveReference(ref, config));
  const first = request(resolution, { config, situation, fromConfig: blank });
  // A run keeps its level when it goes on to a fallback (measured).
  const level: Thinking = { ...first.thinking, rule: `the run's level, found for ${first.ref}` };
  const fallbacks = unique(chain, resolution).map((one) =>
    request(one, { config, situation, fromConfig: true, level }),
  );
  return { format: 1, asked, ...first, fallbacks, media: mediaOf(config) };
}

/** An agent with a model of its own has its own fallbacks, or none; the others have the defaults'. */
function fallbacksOf(config: OpenClawConfig, agent: string): readonly string[] {
  const own = agentEntry(config, agent)?.["model"];
  return slotModels(own === undefined ? config.agents?.defaults?.model : own).fallbacks;
}

function unique(chain: readonly Resolution[], first: Resolution): Resolution[] {
  const seen = new Set([refKey(first.provider, first.model)]);
  return chain.filter(({ provider, model }) => {
    const key = refKey(provider, model);
    const fresh = !seen.has(key);
    seen.add(key);
    return fresh;
  });
}

interface Asking {
  /** With its variables replaced. */
  readonly config: OpenClawConfig;
  readonly situation: Situation;
  /** A profile after an @ in the configuration is not looked at (measured); typed for one run it is. */
  readonly fromConfig: boolean;
  /** The level of a run that began with another model. */
  readonly level?: Thinking;
}

function request(resolution: Resolution, { config, situation, fromConfig, level }: Asking): RequestExplanation {
  const { provider, model: id, profile, rule } = resolution;
  const ref = refKey(provider, id);
  const credential = credentialOf(situation, {
    provider,
    model: id,
    ...(profile === undefined || fromConfig ? {} : { profile }),
  });
  const { oauth, sent, ...choice } = credential;
  const own = thinkingOf({ ...situation, config }, { provider, model: id });
  const thinking = level ? { ...level, supported: own.supported } : own;
  const resolved: Note = { code: "resolved", message: rule, source: "measured" };
  const found = resolveModel(config, provider, id);
  if (!found) return unknown({ ref, provider, id, choice, thinking, resolved });
  const model = { ...found, baseUrl: baseOf(found) };
  const registry = situation.registry ?? true;
  const agent = situation.agent ?? "main";
  const merged = mergedParams(config, provider, id, agent);
  const call: Call = {
    model,
    level: thinking.level,
    params: { ...merged, fastMode: fastMode(config, ref, agent) },
    host: hostClass(model.baseUrl, registry),
    env: situation.env ?? {},
    oauth,
  };
  const body = bodyOf(call);
  const headers = headersOf(call, sent);
  const finished = { call: { ...call, params: merged }, body, headers, credential: choice, thinking, registry };
  return {
    ref,
    provider,
    model: id,
    api: model.api,
    method: "POST",
    url: maskLooks(endpointOf(model, call.env)),
    credential: choice,
    headers,
    body: maskValue(body, ["agents", "defaults", "params"], "config") as Body,
    cacheMarkers: cacheMarkers(call),
    cache: cachePolicy(call),
    thinking,
    transcript: transcriptOf(model),
    limits: { contextWindow: model.contextWindow, maxTokens: model.maxTokens },
    notes: [resolved, ...notesOn(finished)],
  };
}

/** Fast mode is an agent's or a model's, never a default for all; off where nobody says. */
function fastMode(config: OpenClawConfig, ref: string, agent: string): boolean {
  const own = agentEntry(config, agent)?.["fastModeDefault"];
  if (typeof own === "boolean") return own;
  const params = config.agents?.defaults?.models?.[ref]?.params ?? {};
  const asked = params["fastMode"] ?? params["fast_mode"];
  return word(asked) === "fast" || truth(asked) === true;
}

function unknown(parts: {
  ref: string;
  provider: string;
  id: string;
  choice: RequestExplanation["credential"];
  thinking: Thinking;
  resolved: Note;
}): RequestExplanation {
  const { ref, provider, id, choice, thinking, resolved } = parts;
  const body: Body = {};
  return {
    ref,
    provider,
    model: id,
    api: "",
    method: "",
    url: "",
    credential: choice,
    headers: {},
    body,
    cacheMarkers: [],
    cache: { ttlEligible: false, retention: null, ttl: null, rule: "no request" },
    thinking,
    transcript: [],
    limits: { contextWindow: 0, maxTokens: 0 },
    notes: [
      resolved,
      {
        code: "unknown-model",
        message: `OpenClaw knows no model ${ref}: it answers "Unknown model" and takes the next fallback; give the provider a block with this model`,
        source: "measured",
      },
    ],
  };
}
