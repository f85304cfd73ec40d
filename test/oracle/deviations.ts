/**
 * Recordings with a difference of their own: the refusal, or a rule that makes clawform's result out of the real one.
 * COMPATIBILITY.md gives each in words, by its id. What is explained neither here nor in kept.ts must be equal.
 */

import type { Rule } from "./kept.js";
import * as rules from "./own-rules.js";

/** Why some recordings differ. */
export interface Deviation {
  /** None: both refuse. */
  readonly id?: string;
  /** What the real one does; where both refuse, why. */
  readonly why: string;
  /** Names of recordings; patterns for the runs of test/openclaw, whose starting points are called `live …`. */
  readonly of: readonly (string | RegExp)[];
  /** Part of the refusal; nothing is written then. */
  readonly refused?: string;
  readonly rule?: Rule;
  /** Holds only when the run names the agent (true), or only when it does not (false). */
  readonly withAgent?: boolean;
}

/** A deviation of that run. */
export function explains({ of }: Deviation, name: string): boolean {
  return of.some((one) => (typeof one === "string" ? one === name : one.test(name)));
}

/** Which agent the real one stored the key for where that was not main. */
export const defaultAgents: { readonly [recording: string]: string } = {
  "agents-default-ops kilocode-api-key": "ops",
  "agents-default-ops-store kilocode-api-key": "ops",
  "agents-ops-dir openrouter-api-key": "ops",
  "agents-two-defaults kilocode-api-key": "a",
  "agents-no-default kilocode-api-key": "work",
  "agents-odd-id kilocode-api-key": "work-x",
  "agents-ops-own-store kilocode-api-key": "ops",
};

const refusal = (id: string, why: string, refused: string, ...of: (string | RegExp)[]): Deviation => ({ id, why, refused, of });
const byBoth = (why: string, refused: string, ...of: (string | RegExp)[]): Deviation => ({ why, refused, of });
const result = (id: string, why: string, rule: Rule, ...of: (string | RegExp)[]): Deviation => ({ id, why, rule, of });

const skipped = "the plugin is off, denied or not allowed: all is skipped, exit 0";
const nothing = "a choice that writes nothing, exit 0";
const included = "refuses to write the file, but has stored the key by then";

/** All of them. */
export const deviations: readonly Deviation[] = [
  byBoth("no key anywhere", "no key for", "env-key-blank kilocode-api-key", "env-ref-unset kilocode-api-key"),
  byBoth("no key anywhere", "no key for", "no-key kilocode-api-key"),
  byBoth("the sister provider's profile does not serve", "no key for", "existing-profile-one-catalog opencode-go"),
  byBoth("the profile is the other region's", "no key for", "existing-profile stepfun-plan-api-key-intl"),
  byBoth("not the first variable", "unless MOONSHOT_API_KEY is set", "env-ref-second-flag moonshot-api-key"),
  byBoth("not the first variable", "unless ANTHROPIC_API_KEY is set", "env-ref-flag-first apiKey"),
  byBoth("the account is missing", "accountId", "no-account cloudflare-ai-gateway-api-key"),
  byBoth("the key is blank", "blank", "blank-flag kilocode-api-key"),

  refusal("D10", skipped, "plugins.entries.kilocode.enabled", "profiles kilocode-api-key"),
  refusal("D10", skipped, "plugins.entries.stepfun.enabled", "plugin-off stepfun-plan-api-key-intl"),
  refusal("D10", skipped, "plugins.deny", "plugin-denied kimi-code-api-key"),
  refusal("D10", skipped, "plugins.allow", "plugin-not-allowed openrouter-api-key", "profiles xai-api-key"),
  refusal("D10", skipped, "plugins.entries.", /^live plugin-off /),
  refusal("D10", skipped, "plugins.enabled", "plugins-off apiKey"),
  refusal("D11", nothing, "--alibaba-model-studio-api-key", "fresh alibaba-model-studio-api-key", /^live .* alibaba-model-studio-api-key$/),
  refusal("D11", nothing, "--runway-api-key", "fresh runway-api-key", /^live .* runway-api-key$/),
  refusal("D12", "a token is overwritten", "a key would take its place", "kinds-own-id kilocode-api-key"),
  refusal("D13", "the id is taken over", 'belongs to provider "o', "profile-elsewhere kilocode-api-key"),
  result("D14", included, rules.includedModels, "include-models kilocode-api-key"),
  result("D14", included, rules.includedBase, "include-root openrouter-api-key"),

  result(
    "D15",
    "of two spellings the first overwrites the canonical block",
    rules.canonicalStays,
    "both-spellings kilocode-api-key",
    "both-spellings zai-global",
    "both-spellings zai-api-key",
    "both-spellings kimi-code-api-key",
    "both-spellings qwen-standard-api-key",
  ),
  result(
    "D16",
    "the choice keeps the user's address, but not under another spelling",
    rules.addressStays,
    "spelling zai-api-key",
    "spelling litellm-api-key",
    "spelling qianfan-api-key",
  ),
  result("D17", "minimax overwrites the alias", rules.aliasStays, "alias-there minimax-global-api", /^live models minimax-/),
  result("D18", "minimax misses another spelling", rules.minimaxMoves, "spelling minimax-global-api"),
  result("D19", "minimax does not trim the block's key", rules.minimaxKeyStays, "spaced-key minimax-global-api"),
  result("D19", "minimax drops the word minimax as a key", rules.minimaxKeyStays, "marker-key minimax-global-api"),
  result("D20", "stores `export X=…` as it is typed", rules.keyIs("sk-test-q"), "export-key kilocode-api-key"),
  {
    ...result(
      "D21",
      "the default agent gets the key, main not",
      rules.mainGetsKey,
      ...Object.keys(defaultAgents),
      /^live agents-ops /,
    ),
    withAgent: false,
  },
  {
    id: "D22",
    why: "main's keys are copied into that agent's file",
    of: ["agents-default-ops-store kilocode-api-key", "agents-ops-own-store kilocode-api-key"],
    rule: rules.notCopied,
    withAgent: true,
  },
  result(
    "D23",
    "a stored profile is used, but the configuration names other ids",
    rules.ownIdNamed,
    "existing-profile kilocode-api-key",
    "existing-profile openrouter-api-key",
    "existing-profile-ref kilocode-api-key",
    "existing-profile-own-catalog opencode-go",
    "profile-ref-mode kilocode-api-key",
  ),
  result(
    "D24",
    "a variable beats the stored profile and becomes a second one",
    rules.inTurn(rules.storeStays, rules.ownIdNamed),
    "env-and-profile kilocode-api-key",
  ),
  result(
    "D25",
    "stored tokens, and any profile of minimax, are passed over",
    rules.inTurn(rules.asInEmptyHome, rules.storeStays, rules.ownIdNamed),
    "existing-profile-token kilocode-api-key",
    "existing-profile minimax-global-api",
  ),
  result(
    "D26",
    "refuses a file that holds a key or value it does not know",
    rules.asInEmptyHome,
    "unknown-keys kilocode-api-key",
    "no-name-model kilocode-api-key",
  ),
  result("D27", "`plugins.installs` goes to another file", rules.installsStay, "plugin-installs kilocode-api-key"),
];
