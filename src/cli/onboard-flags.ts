/** What `onboard`'s flags mean for the choice that was made. */

import { type Command, InvalidArgumentError, Option } from "commander";
import { customProviderId } from "../core/custom-id.js";
import type { ResolvedKey } from "../core/credential-steps.js";
import { parseDuration } from "../core/duration.js";
import { requestProblem } from "../core/problem.js";
import { tokenProfileId } from "../core/token-profile.js";
import { normalizeProviderId } from "../ids.js";
import type { Card, CardChoice, Problem } from "../types.js";
import type { Workspace } from "../workspace.js";
import { allChoices, type CardAndChoice, customKeyFlag, unusedFlags } from "./choice.js";
import type { EndpointOptions } from "./onboard-endpoint.js";

/** The value of a flag by its name with dashes. */
export type Given = (flag: string) => string | undefined;

/** Adds every provider's flags, each once, and returns those that carry a key. */
export function providerFlags(command: Command, cards: readonly Card[]): string[] {
  const keys = new Map<string, string>();
  const parameters = new Map<string, string>();
  for (const { card, choice } of allChoices(cards)) {
    if (!keys.has(choice.flag)) keys.set(choice.flag, choice.endpoint ? "a server of your own" : card.label);
    for (const { flag, label } of choice.parameters ?? []) parameters.set(flag, label);
  }
  for (const { long } of command.options) if (long) keys.delete(long);
  for (const [flag, label] of keys) command.option(`${flag} <key>`, `key for ${label}`);
  for (const [flag, label] of parameters) command.option(`${flag} <value>`, label);
  return [...keys.keys()];
}

/** Commander's name for an option's value. */
export function attribute(flag: string): string {
  return new Option(`${flag} <value>`).attributeName();
}

/** The flag that carries the key: the choice's own; for a server of the user's own `--custom-api-key` too. */
export function keyFlag({ choice }: CardAndChoice, given: Given): string {
  return choice.endpoint && given(choice.flag) === undefined && given(customKeyFlag) !== undefined
    ? customKeyFlag
    : choice.flag;
}

/** Warnings about flags that the choice does not take. */
export function unused(
  shelf: CardAndChoice,
  flags: readonly string[],
  { tokenExpiresIn, tokenProvider }: { tokenExpiresIn?: number; tokenProvider?: string },
): Problem[] {
  const isOthers =
    tokenProvider !== undefined && normalizeProviderId(tokenProvider) !== normalizeProviderId(shelf.card.id);
  const extra = [
    ...unusedFlags(shelf, flags),
    ...(tokenExpiresIn !== undefined && shelf.choice.credential !== "token" ? ["--token-expires-in"] : []),
    ...(isOthers ? [`--token-provider ${tokenProvider}`] : []),
  ];
  return extra.map((flag) =>
    requestProblem(
      "warning",
      "unused-flag",
      `${flag} means nothing to ${shelf.choice.id}`,
      "Set up one provider at a time.",
    ),
  );
}

/** The warning that `--token` is left aside for the choice's own flag. */
export function twoKeys(flag: string): Problem {
  return requestProblem("warning", "unused-flag", `--token is not used: ${flag} gives the key`, "Give one of them.");
}

/** Variables that may hold a custom provider's key: those of the provider it is called like, then its own. */
export function customVariables(
  { card }: CardAndChoice,
  { customProviderId: named, customBaseUrl }: EndpointOptions,
  { catalog }: Workspace,
): readonly string[] {
  const id = customProviderId(named, customBaseUrl?.trim() ?? "");
  const known = catalog.card(id) ?? catalog.card(normalizeProviderId(id));
  return [...new Set([...(known?.env ?? []), ...card.env])];
}

/** The profile id that is asked for; a choice without profiles has none. */
export function profileFor(typed: string | undefined, { profiles }: CardChoice): { profile?: string } {
  const [own] = profiles;
  return typed === undefined || !own ? {} : { profile: tokenProfileId(typed, own.provider) };
}

/** The key by the provider's id, with the end of a token; nothing where there is no key. */
export function keysFor(
  id: string,
  key: ResolvedKey | null,
  { credential }: CardChoice,
  expires: number | undefined,
): Map<string, ResolvedKey> {
  if (key === null) return new Map();
  const ends = credential === "token" && expires !== undefined && ("key" in key || "keyRef" in key);
  return new Map([[id, ends ? { ...key, expires } : key]]);
}

/** Milliseconds from now. */
export function duration(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds === null)
    throw new InvalidArgumentError("A length of time is expected, such as 365d, 12h or 1d12h.");
  return milliseconds;
}

/** Refuses a second value: two choices are two commands. */
export function onlyOne(value: string, previous: string | undefined): string {
  if (previous !== undefined && previous !== value)
    throw new InvalidArgumentError(`It is given twice, as ${previous} too: set up one provider at a time.`);
  return value;
}
