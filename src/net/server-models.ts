/** The models a server of the user's own has, asked as OpenClaw's setup asks for them (measured on 2026.5.6). */

import type { CardEndpoint, JsonObject, ModelDefinition } from "../types.js";
import { type Ask, askJson, listOf } from "./ask.js";
import { lmstudioModel } from "./lmstudio.js";
import { ollamaModels } from "./ollama.js";

/** What is asked, and how. */
export interface ServerQuestion {
  readonly api: "openai" | "ollama" | "lmstudio";
  /** As the block has it. */
  readonly baseUrl: string;
  readonly key?: string | undefined;
  /** The block's protocol: Anthropic's own header carries the key there. */
  readonly protocol?: string | undefined;
  readonly endpoint: CardEndpoint;
  /** How long all of it may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** The models, of `untold` of which the server said no more in time; or why there are none, in words. */
export type ServerModels =
  | { readonly models: readonly ModelDefinition[]; readonly untold: number }
  | { readonly why: string };

/** Asks a server for its models. Never throws. */
export async function serverModels(ask: Ask, question: ServerQuestion): Promise<ServerModels> {
  const { api, baseUrl, endpoint, timeoutMs } = question;
  const headers = keyHeaders(question);
  const plain = baseUrl.replace(/\/+$/, "");
  if (api === "ollama") return ollamaModels(ask, plain, headers, endpoint, timeoutMs);
  const url = api === "lmstudio" ? `${plain.replace(/\/v1$/, "")}/api/v1/models` : `${plain}/models`;
  const answer = await askJson(ask, { url, headers });
  if ("why" in answer) return answer;
  const listed = listOf(answer.value[api === "lmstudio" ? "models" : "data"]);
  const models = listed.flatMap(
    (entry) => (api === "lmstudio" ? lmstudioModel(entry) : openaiModel(entry, endpoint)) ?? [],
  );
  return { models, untold: 0 };
}

function keyHeaders({ key, protocol }: ServerQuestion): Readonly<Record<string, string>> {
  if (!key) return {};
  return protocol === "anthropic-messages"
    ? { "x-api-key": key, "anthropic-version": "2023-06-01" }
    : { authorization: `Bearer ${key}` };
}

/** vLLM says `max_model_len`, others `context_length` or `context_window`. */
function openaiModel(entry: JsonObject, { model = {} }: CardEndpoint): ModelDefinition | null {
  const id = typeof entry["id"] === "string" ? entry["id"].trim() : "";
  if (id === "") return null;
  const told = ["max_model_len", "context_length", "context_window"].map((name) => entry[name]);
  const contextWindow = told.find((tokens): tokens is number => Number.isInteger(tokens) && Number(tokens) > 0);
  const made: ModelDefinition = { id, name: id, ...structuredClone(model), reasoning: /r1|reason|think/i.test(id) };
  if (contextWindow === undefined) return made;
  return { ...made, contextWindow, maxTokens: Math.min(made.maxTokens ?? contextWindow, contextWindow) };
}
