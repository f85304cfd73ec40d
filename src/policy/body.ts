/**
 * The fields of a request's body that policy decides, as OpenClaw 2026.5.6 sends them (measured): what its SDK writes for
 * the API, then what the provider's plugin and OpenClaw itself change, in that order. Messages, tools and `stream` are left out.
 */

import { anthropicBody } from "./body-anthropic.js";
import { completionsBody } from "./body-completions.js";
import { googleBody } from "./body-google.js";
import { mistralBody } from "./body-mistral.js";
import { ollamaBody } from "./body-ollama.js";
import { responsesBody } from "./body-responses.js";
import { finish } from "./finish.js";
import type { Body, Call } from "./nouns.js";
import { providerShapes } from "./shapes.js";

const bodies: ReadonlyMap<string, (call: Call) => Body> = new Map([
  ["openai-completions", completionsBody],
  ["openai-responses", responsesBody],
  ["openai-codex-responses", responsesBody],
  ["azure-openai-responses", responsesBody],
  ["anthropic-messages", anthropicBody],
  ["google-generative-ai", googleBody],
  ["google-vertex", googleBody],
  ["ollama", ollamaBody],
  ["mistral-conversations", mistralBody],
]);

/** A body for an API no rule is known about has the model alone. */
export function bodyOf(call: Call): Body {
  const { before, shape } = providerShapes(call);
  const sent = before(call);
  const body = (bodies.get(sent.model.api) ?? onlyModel)(sent);
  for (const change of shape) change(body, sent);
  finish(body, sent);
  return body;
}

function onlyModel({ model }: Call): Body {
  return { model: model.id };
}
