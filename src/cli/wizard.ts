/** What onboarding asks on a terminal: which provider, which of its choices, what a choice needs, which default model. */

import { chooseFrom } from "../core/card.js";
import { slotModels } from "../core/model-slot.js";
import type { Card, CardParameter, OpenClawConfig, Setup } from "../types.js";
import { type Answer, askRequired, type Check, choose, type Terminal } from "./ask.js";
import { allChoices, type CardAndChoice } from "./choice.js";
import type { EndpointOptions } from "./onboard-endpoint.js";

/** Asks for the provider group, then, when it has several, for the choice. Groups are searched by everything in them. */
export async function pickChoice(terminal: Terminal, cards: readonly Card[]): Promise<CardAndChoice> {
  const groups = new Map<string, CardAndChoice[]>();
  for (const member of allChoices(cards)) {
    const { id } = member.card.group;
    groups.set(id, [...(groups.get(id) ?? []), member]);
  }
  const answers = [...groups].map(([id, members]) => groupAnswer(id, members));
  const id = await choose(terminal, "Which provider?", answers.toSorted(byLabel));
  const members = groups.get(id) ?? [];
  const choice = await choose(terminal, "Which way in?", members.map(choiceAnswer));
  return members.find((member) => member.choice.id === choice) as CardAndChoice;
}

function groupAnswer(value: string, members: readonly CardAndChoice[]): Answer {
  const { label, hint } = (members[0] as CardAndChoice).card.group;
  const words = members.flatMap(({ card, choice }) => [card.id, card.label, choice.id, choice.label, ...card.env]);
  return { value, label, hint: label.includes(hint ?? "") ? undefined : hint, words: words.join(" ") };
}

function choiceAnswer({ choice: { id, label, hint } }: CardAndChoice): Answer {
  return { value: id, label, hint };
}

function byLabel(one: Answer, other: Answer): number {
  return one.label.localeCompare(other.label, "en");
}

/**
 * Asks where a server of the user's own is, what it serves and whose protocol it speaks. What has a default is asked only
 * of who picked the provider on the terminal, and not with `--yes`.
 */
export async function askEndpoint<Options extends EndpointOptions & { yes?: boolean }>(
  terminal: Terminal,
  { card, choice }: CardAndChoice,
  options: Options,
  picked: boolean,
): Promise<Options> {
  const { endpoint } = choice;
  if (!endpoint) return options;
  const { baseUrl, defaultModel } = chooseFrom(card, choice);
  const model = defaultModel?.startsWith(`${card.id}/`) ? defaultModel.slice(card.id.length + 1) : undefined;
  const settle = async (given: string | undefined, label: string, initial: string | undefined, check: Check) => {
    if (given?.trim()) return { given };
    if (initial !== undefined && (!picked || options.yes)) return {};
    return { given: await askRequired(terminal, label, initial, check) };
  };
  const address = await settle(options.customBaseUrl, "Address of the server", baseUrl, notAnAddress);
  const served = await settle(options.customModelId, "Model it serves", model, () => undefined);
  const asksKind = endpoint.rule === "custom" && options.customCompatibility === undefined && picked && !options.yes;
  const kind = asksKind ? { customCompatibility: await choose(terminal, "Which protocol?", protocols) } : {};
  return {
    ...options,
    ...(address.given === undefined ? {} : { customBaseUrl: address.given }),
    ...(served.given === undefined ? {} : { customModelId: served.given }),
    ...kind,
  };
}

const protocols = [
  { value: "openai", label: "OpenAI", hint: "chat completions" },
  { value: "anthropic", label: "Anthropic", hint: "messages" },
] as const;

function notAnAddress(typed: string): string | undefined {
  return /^https?:\/\/[^\s/]+/i.test(typed.trim()) ? undefined : "An address begins with http:// or https://.";
}

/** Asks for what a choice needs beside the key and nobody has given yet. */
export async function askParameters(
  terminal: Terminal | null,
  parameters: readonly CardParameter[],
  given: (parameter: CardParameter) => string | undefined,
): Promise<{ [name: string]: string }> {
  const values: { [name: string]: string } = {};
  for (const parameter of parameters) {
    const value = given(parameter) ?? (terminal && (await askRequired(terminal, parameter.label)));
    if (value) values[parameter.name] = value;
  }
  return values;
}

/**
 * Asks whether the provider's default model becomes the primary when another one is; the setup without its model when the
 * present one is kept. Fallbacks stay either way.
 */
export async function askDefaultModel(terminal: Terminal, setup: Setup, config: OpenClawConfig): Promise<Setup> {
  const { model, ...kept } = setup;
  const { primary, fallbacks } = slotModels(config.agents?.defaults?.model);
  const offered = model?.primary;
  if (offered === undefined || primary === undefined || primary === offered) return setup;
  const hint = fallbacks.length === 0 ? "this provider's default" : `fallbacks stay: ${fallbacks.join(", ")}`;
  const answer = await choose(terminal, "Which default model?", [
    { value: "new", label: offered, hint },
    { value: "keep", label: `Keep ${primary}`, hint: "as it is now" },
  ]);
  return answer === "keep" ? kept : setup;
}
