/** What OpenClaw changes in every body after the provider's plugin: 2026.5.6, measured, in its order. */

import { isObject } from "../json.js";
import { hostClass, isOpenAIHost } from "./hosts.js";
import type { Body, Call } from "./nouns.js";

/** Providers for whom the Responses API may keep answers. */
const keepers: ReadonlySet<string> = new Set(["openai", "openai-codex", "azure-openai", "azure-openai-responses"]);
const parallelApis: ReadonlySet<string> = new Set([
  "openai-completions",
  "openai-responses",
  "openai-codex-responses",
  "azure-openai-responses",
]);
/** Tokens. */
const leastCompaction = 1000;

/** Changes the body in place. */
export function finish(body: Body, call: Call): void {
  const { model, params, host } = call;
  if (model.api.endsWith("responses")) finishResponses(body, call);
  if (model.api === "anthropic-messages" && model.provider.startsWith("minimax"))
    body["thinking"] ??= { type: "disabled" };
  if (model.api === "openai-completions") {
    const kwargs = params["chat_template_kwargs"];
    if (isObject(kwargs) && Object.keys(kwargs).length > 0)
      body["chat_template_kwargs"] = {
        ...(isObject(body["chat_template_kwargs"]) ? body["chat_template_kwargs"] : {}),
        ...kwargs,
      };
    if (isObject(params["extra_body"])) Object.assign(body, params["extra_body"]);
    if (!isOpenAIHost(host) && host !== "default") delete body["store"];
  }
  if (parallelApis.has(model.api) && typeof params["parallel_tool_calls"] === "boolean")
    body["parallel_tool_calls"] = params["parallel_tool_calls"];
}

function finishResponses(body: Body, { model, params }: Call): void {
  // The one place that knows OpenAI's hosts without a plugin registry (measured).
  const host = hostClass(model.baseUrl, true);
  const native = isOpenAIHost(host);
  const keeps =
    native &&
    keepers.has(model.provider) &&
    model.api !== "openai-codex-responses" &&
    model.compat.supportsStore !== false;
  if (keeps) body["store"] = true;
  else if (model.compat.supportsStore === false) delete body["store"];
  if (
    model.compat.supportsPromptCacheKey === false ||
    (!native && host !== "default" && !model.compat.supportsPromptCacheKey)
  )
    delete body["prompt_cache_retention"];
  const compacts = params["responsesServerCompaction"];
  if (keeps && compacts !== false && (compacts === true || model.provider === "openai")) {
    const threshold = params["responsesCompactThreshold"];
    body["context_management"] = [
      {
        type: "compaction",
        compact_threshold:
          typeof threshold === "number" && threshold > 0
            ? Math.floor(threshold)
            : Math.max(leastCompaction, Math.floor(model.contextWindow * 0.7)),
      },
    ];
  }
  const { reasoning } = body;
  if (isObject(reasoning) && reasoning["effort"] === "none" && !(native && takesNone(model.id)))
    delete body["reasoning"];
}

/** OpenAI's models from 5.1 on can be told not to reason. */
function takesNone(id: string): boolean {
  return /^gpt-5\.[1-9]/.test(id) && !/-(pro|codex)/.test(id);
}
