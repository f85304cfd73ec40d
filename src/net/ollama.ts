/** Ollama's models: `/api/tags`, then what `/api/show` says of each (measured on OpenClaw 2026.5.6). */

import { isObject } from "../json.js";
import type { CardEndpoint, JsonObject, ModelDefinition } from "../types.js";
import { type Ask, askJson, listOf } from "./ask.js";
import { askEach } from "./ask-each.js";

/** Asks Ollama for its models; what it does not say of them within `timeoutMs` milliseconds is assumed. Never throws. */
export async function ollamaModels(
  ask: Ask,
  base: string,
  headers: Readonly<Record<string, string>>,
  endpoint: CardEndpoint,
  timeoutMs: number,
): Promise<{ readonly models: readonly ModelDefinition[]; readonly untold: number } | { readonly why: string }> {
  const until = AbortSignal.timeout(timeoutMs);
  const answer = await askJson(ask, { url: `${base}/api/tags`, headers });
  if ("why" in answer) return answer;
  const names = listOf(answer.value["models"]).flatMap(({ name }) => (typeof name === "string" && name ? [name] : []));
  const shown = await askEach(names, until, async (name) => {
    const sent = {
      method: "POST" as const,
      url: `${base}/api/show`,
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ name }),
    };
    const about = await askJson(ask, sent, until);
    return "value" in about ? about.value : undefined;
  });
  return {
    models: names.map((name, at) => defined(name, shown[at] ?? {}, endpoint)),
    untold: until.aborted ? shown.filter((one) => one === undefined).length : 0,
  };
}

function defined(id: string, shown: JsonObject, { model = {} }: CardEndpoint): ModelDefinition {
  const contextWindow = contextOf(shown);
  const given = shown["capabilities"];
  const can = Array.isArray(given) ? given : null;
  const { compat } = model;
  return {
    id,
    name: id,
    ...structuredClone(model),
    reasoning: can ? can.includes("thinking") : /r1|reason|think/i.test(id),
    input: can?.includes("vision") ? ["text", "image"] : ["text"],
    ...(contextWindow === null ? {} : { contextWindow }),
    compat: {
      ...(isObject(compat) ? compat : {}),
      ...(can ? { supportsTools: can.includes("tools") } : {}),
    },
  };
}

/** What the model was made for, or `num_ctx` of its parameters where that is more; null when neither is said. */
function contextOf({ model_info: info, parameters }: JsonObject): number | null {
  const made = Object.entries(isObject(info) ? info : {}).find(
    ([name, tokens]) => name.endsWith(".context_length") && Number(tokens) >= 1,
  );
  const set = [...(typeof parameters === "string" ? parameters : "").matchAll(/^\s*num_ctx\s+(\d+)\b/gm)].at(-1);
  const most = Math.max(Math.floor(Number(made?.[1] ?? 0)), Number(set?.[1] ?? 0));
  return most > 0 ? most : null;
}
