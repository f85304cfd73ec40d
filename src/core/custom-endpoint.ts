/** Rule `custom`: any OpenAI or Anthropic compatible endpoint as a provider of its own, as `--auth-choice custom-api-key`. */

import { normalizeProviderId } from "../ids.js";
import { isObject } from "../json.js";
import type {
  Card,
  CardChoice,
  CardEndpoint,
  JsonObject,
  ModelDefinition,
  OpenClawConfig,
  Problem,
  ProviderBlock,
  SecretInput,
} from "../types.js";
import { type AzurePlace, azurePlace, reasonsOnAzure, sameHost } from "./azure.js";
import { customProviderId, freeProviderId } from "./custom-id.js";
import type { EndpointCard, EndpointRequest } from "./endpoint-shapes.js";
import { seesImages } from "./model-sight.js";
import { requestProblem } from "./problem.js";
import { isWebAddress, notAnAddress } from "./server-endpoint.js";

/** Tokens below which OpenClaw takes no context window, and the one it assumes (measured on 2026.5.6). */
const leastContext = 4000;

const protocols: ReadonlyMap<string, string> = new Map([
  ["openai", "openai-completions"],
  ["anthropic", "anthropic-messages"],
]);

/** The provider of its own that the request describes, over what the configuration has under its id. */
export function customEndpoint(
  choice: CardChoice,
  endpoint: CardEndpoint,
  request: EndpointRequest,
  config: OpenClawConfig,
): EndpointCard {
  const typed = request.baseUrl?.trim() ?? "";
  const modelId = request.modelId?.trim() ?? "";
  const compatibility = request.compatibility?.trim().toLowerCase() || "openai";
  const problems: Problem[] = [];
  if (typed === "" || modelId === "") problems.push(missing(typed === "", modelId === ""));
  else if (!URL.canParse(typed)) problems.push(notAnAddress(typed));
  else if (!isWebAddress(typed)) problems.push({ ...notAnAddress(typed), severity: "warning" });
  if (!protocols.has(compatibility)) problems.push(unknownCompatibility(compatibility));
  const azure = azurePlace(typed);
  const baseUrl = azure?.baseUrl ?? typed;
  const wanted = customProviderId(request.providerId, baseUrl);
  if (wanted === "") problems.push(noProviderId(request.providerId ?? ""));
  const blocks = config.models?.providers ?? {};
  const id = freeProviderId(wanted, blocks, (block) => isSame(block, baseUrl, azure));
  if (id !== wanted) problems.push(renamed(wanted, id));
  const former = blockOf(blocks, id);
  const present = models(former).find((model) => model.id === modelId);
  const found = request.found?.find((model) => model.id === modelId);
  const made = definition(modelId, endpoint, azure, request, found);
  const { contextWindow } = present ? { contextWindow: contextOf(present, request) } : made;
  if (contextWindow === leastContext && request.contextWindow === undefined)
    problems.push(smallContext(modelId, request.asked ?? false));
  const headerKey = request.key ?? presentKey(former);
  const ref = modelId.toLowerCase().startsWith(`${id}/`) ? modelId : `${id}/${modelId}`;
  const card: Card = {
    id,
    label: id,
    group: { id: "custom", label: "Custom Provider" },
    env: [],
    baseUrl,
    api: azure?.openai ? "azure-openai-responses" : (protocols.get(compatibility) as string),
    fill: "missing",
    models: [made],
    defaultModel: ref,
    choices: [choice],
    ...(azure ? { authHeader: false } : {}),
    ...(azure && headerKey !== undefined ? { block: { headers: { "api-key": headerKey } } as JsonObject } : {}),
  };
  return {
    card,
    provider: present ? { models: [{ id: modelId, ...changes(present, made, request, azure) }] } : {},
    ...(request.key === undefined ? {} : { inline: request.key }),
    ...(azure && reasonsOnAzure(modelId) ? { params: { thinking: "medium" } } : {}),
    problems,
  };
}

function definition(
  id: string,
  { model = {} }: CardEndpoint,
  azure: AzurePlace | null,
  { image, contextWindow }: EndpointRequest,
  found: ModelDefinition | undefined,
): ModelDefinition {
  const reasoning = azure !== null && reasonsOnAzure(id);
  const sees = image ?? (azure ? reasoning : seesImages(id));
  return {
    ...structuredClone(model),
    id,
    name: `${id} (Custom Provider)`,
    input: sees ? ["text", "image"] : ["text"],
    ...(azure ? { contextWindow: 400_000, maxTokens: 16_384, reasoning, compat: { supportsStore: false } } : {}),
    ...(found?.contextWindow === undefined ? {} : { contextWindow: found.contextWindow }),
    ...(contextWindow === undefined ? {} : { contextWindow }),
  };
}

/** What changes in a definition that is there: gaps are filled, what the request says is set, on Azure its rules are. */
function changes(
  present: ModelDefinition,
  made: ModelDefinition,
  request: EndpointRequest,
  azure: AzurePlace | null,
): Partial<ModelDefinition> {
  const { input, reasoning, compat } = made;
  const gaps = { name: made.name, cost: made.cost, maxTokens: made.maxTokens };
  const filled = Object.entries(gaps).filter(([field]) => present[field] === undefined || present[field] === null);
  return {
    ...(azure ? { input, reasoning, compat } : {}),
    ...(request.image === undefined ? {} : { input }),
    ...Object.fromEntries(filled),
    contextWindow: contextOf(present, request),
  };
}

/** Whole tokens, never below the least that OpenClaw takes. */
function contextOf({ contextWindow }: ModelDefinition, request: EndpointRequest): number {
  if (request.contextWindow !== undefined) return request.contextWindow;
  const whole = typeof contextWindow === "number" && Number.isFinite(contextWindow) ? Math.floor(contextWindow) : 0;
  return Math.max(whole, leastContext);
}

function isSame(block: ProviderBlock, baseUrl: string, azure: AzurePlace | null): boolean {
  if (!block.baseUrl || block.baseUrl === baseUrl) return true;
  return azure !== null && sameHost(block.baseUrl, baseUrl);
}

function blockOf(blocks: { [id: string]: ProviderBlock }, id: string): ProviderBlock | undefined {
  const key = Object.hasOwn(blocks, id)
    ? id
    : Object.keys(blocks).find((one) => normalizeProviderId(one) === normalizeProviderId(id));
  return key === undefined ? undefined : blocks[key];
}

/** The key that stands in a block: Azure wants it in a header too. */
function presentKey(block: ProviderBlock | undefined): SecretInput | undefined {
  const key = block?.apiKey;
  return typeof key === "string" ? key.trim() || undefined : isObject(key) ? key : undefined;
}

function models(block: ProviderBlock | undefined): readonly ModelDefinition[] {
  return Array.isArray(block?.models) ? block.models : [];
}

function missing(url: boolean, model: boolean): Problem {
  const flags = [...(url ? ["--custom-base-url"] : []), ...(model ? ["--custom-model-id"] : [])];
  const message = `a custom provider needs ${url ? "an address" : ""}${url && model ? " and " : ""}${model ? "a model" : ""}`;
  return requestProblem("error", "missing-endpoint", message, `Give ${flags.join(" and ")}.`);
}

function unknownCompatibility(compatibility: string): Problem {
  const message = `--custom-compatibility knows openai and anthropic, not "${compatibility}"`;
  return requestProblem("error", "compatibility", message, "Most servers speak OpenAI's protocol: openai.");
}

function noProviderId(typed: string): Problem {
  const message = `"${typed.trim()}" leaves nothing for a provider id`;
  return requestProblem("error", "provider-id", message, "Give --custom-provider-id letters, digits and -.");
}

function renamed(wanted: string, id: string): Problem {
  const message = `a provider "${wanted}" with another address is there; this one becomes "${id}"`;
  return requestProblem("warning", "provider-renamed", message, "Give --custom-provider-id to name it yourself.");
}

function smallContext(model: string, asked: boolean): Problem {
  return requestProblem(
    "warning",
    "small-context",
    `the context window of ${model} is not known: ${leastContext} tokens are assumed, and conversations are cut to that`,
    `--context-window TOKENS says how many it takes${asked ? "" : ", --probe asks the server"}.`,
  );
}
