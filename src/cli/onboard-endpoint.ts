/** The part of `onboard` about servers of the user's own: their flags, and the card that a request stands for. */

import { type Command, InvalidArgumentError } from "commander";
import { chooseFrom } from "../core/card.js";
import type { ResolvedKey } from "../core/credential-steps.js";
import { atEndpoint } from "../core/endpoint.js";
import type { EndpointCard } from "../core/endpoint-shapes.js";
import { requestProblem } from "../core/problem.js";
import { serverAddress } from "../core/server-endpoint.js";
import type { ModelDefinition, Problem } from "../types.js";
import type { CardAndChoice } from "./choice.js";
import { keyText } from "./key-text.js";
import type { ProbePlace } from "./probe.js";

/** What the flags say; all of it belongs to servers of the user's own. */
export interface EndpointOptions {
  customBaseUrl?: string;
  customModelId?: string;
  customProviderId?: string;
  customCompatibility?: string;
  customImageInput?: boolean;
  customTextInput?: boolean;
  contextWindow?: number;
  probe?: boolean;
}

/** `--custom-*`, `--context-window`, `--probe`. */
export function endpointOptions(command: Command): Command {
  return command
    .option("--custom-base-url <url>", "address of a server of your own")
    .option("--custom-model-id <id>", "the model it serves")
    .option("--custom-provider-id <id>", "what the provider is called (default: made of its address)")
    .option("--custom-compatibility <kind>", "whose protocol it speaks: openai or anthropic (default: openai)")
    .option("--custom-image-input", "the model sees images")
    .option("--custom-text-input", "the model takes text alone")
    .option("--context-window <tokens>", "how many tokens the model takes", tokens)
    .option("--probe", "ask the server for its models, or which address takes the key");
}

/** True when an address or a model is given, which alone means a custom provider. */
export function namesEndpoint({ customBaseUrl, customModelId }: EndpointOptions): boolean {
  return [customBaseUrl, customModelId].some((text) => text?.trim());
}

/**
 * The card a request stands for: the catalog's own; at a server of the user's own made by the choice's rule; with
 * `--probe` after asking. A problem of severity error: it cannot be done.
 */
export async function requestedCard(
  { card, choice }: CardAndChoice,
  key: ResolvedKey | null,
  options: EndpointOptions & { readonly agent: readonly string[] },
  place: ProbePlace,
): Promise<EndpointCard> {
  const { workspace } = place;
  const text = options.probe ? keyText(key, options.agent, workspace) : undefined;
  const { endpoint } = choice;
  if (!endpoint) {
    const unused = unusedOptions(options);
    const probed = options.probe ? await probedCard({ card, choice }, text, place) : { card, problems: [] };
    return { card: probed.card, provider: {}, problems: [...unused, ...probed.problems] };
  }
  const asked = options.probe && choice.probe?.rule === "models" ? await found() : null;
  const made = atEndpoint(
    card,
    choice,
    endpoint,
    {
      baseUrl: options.customBaseUrl,
      modelId: options.customModelId,
      providerId: options.customProviderId,
      compatibility: options.customCompatibility,
      image: options.customTextInput ? false : options.customImageInput,
      contextWindow: options.contextWindow,
      key: key && "key" in key ? key.key : key && "keyRef" in key ? key.keyRef : undefined,
      keyed: key !== null,
      found: asked?.models ?? null,
      asked: asked !== null,
    },
    workspace.value,
  );
  return { ...made, problems: [...(asked?.problems ?? []), ...made.problems] };

  async function found(): Promise<{ models: readonly ModelDefinition[] | null; problems: Problem[] }> {
    const { askServer } = await import("./probe.js");
    const address = options.customBaseUrl?.trim() || chooseFrom(card, choice).baseUrl || "";
    const api = choice.probe?.rule === "models" ? choice.probe.api : "openai";
    const protocol = options.customCompatibility === "anthropic" ? "anthropic-messages" : undefined;
    const baseUrl = serverAddress(address, endpoint ?? { rule: "server" });
    return askServer({ api, baseUrl, key: text, protocol, endpoint: endpoint ?? { rule: "server" } }, place);
  }
}

async function probedCard(
  { card, choice }: CardAndChoice,
  key: string | undefined,
  place: ProbePlace,
): Promise<{ card: CardAndChoice["card"]; problems: Problem[] }> {
  if (choice.probe?.rule !== "first" || key === undefined) {
    const why = choice.probe ? "there is no key to ask with" : `${card.label} has nothing to ask about`;
    return { card, problems: [requestProblem("warning", "not-probed", `nothing was asked: ${why}`, "")] };
  }
  const { probedChoice } = await import("./probe.js");
  const { choice: made, problems } = await probedChoice(card, choice, choice.probe.candidates, key, place);
  return { card: { ...card, choices: card.choices.map((one) => (one === choice ? made : one)) }, problems };
}

function unusedOptions(options: EndpointOptions): Problem[] {
  const flags: [string, unknown][] = [
    ["--custom-base-url", options.customBaseUrl],
    ["--custom-model-id", options.customModelId],
    ["--custom-provider-id", options.customProviderId],
    ["--custom-compatibility", options.customCompatibility],
    ["--custom-image-input", options.customImageInput],
    ["--custom-text-input", options.customTextInput],
    ["--context-window", options.contextWindow],
  ];
  return flags.flatMap(([flag, value]) =>
    value === undefined
      ? []
      : [requestProblem("warning", "unused-flag", `${flag} means nothing to this auth choice`, "")],
  );
}

function tokens(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError("A whole number of tokens is expected.");
  return value;
}
