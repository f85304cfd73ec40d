/**
 * Recordings with a difference of their own: the refusal, or a rule that makes clawform's result out of the real one.
 * COMPATIBILITY.md gives each in words, by its id. What is explained neither here nor in kept.ts must be equal.
 */

import type { Rule } from "./kept.js";
import * as endpoints from "./endpoint-rules.js";
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
  "agents-default-ops github-copilot": "ops",
  "agents-default-ops setup-token": "ops",
  "agents-default-ops vllm": "ops",
};

const refusal = (id: string, why: string, refused: string, ...of: (string | RegExp)[]): Deviation => ({
  id,
  why,
  refused,
  of,
});
const byBoth = (why: string, refused: string, ...of: (string | RegExp)[]): Deviation => ({ why, refused, of });
const result = (id: string, why: string, rule: Rule, ...of: (string | RegExp)[]): Deviation => ({ id, why, rule, of });

/** Choices that need a login, refused by both; and choices for which the real one does nothing. */
const logins = [
  "anthropic-cli",
  "chutes",
  "copilot-proxy",
  "google-gemini-cli",
  "microsoft-foundry-apikey",
  "microsoft-foundry-entra",
  "minimax-cn-oauth",
  "minimax-global-oauth",
  "openai-codex",
  "openai-codex-device-code",
];
const gone = ["codex", "groq-api-key", "google-vertex-api-key", "stepfun-api-key", "stepfun-plan-api-key", "skip"];

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

  byBoth("no address or no model", "a custom provider needs", "no-url custom-api-key", "no-model custom-api-key"),
  byBoth("no address or no model", "a custom provider needs", "nothing custom-api-key"),
  byBoth("no address or no model", "a custom provider needs", "inferred-key-only custom-api-key"),
  byBoth("no address", "is not an address", "bad-url custom-api-key"),
  byBoth("no id", "leaves nothing for a provider id", "bad-id custom-api-key"),
  byBoth("no such protocol", "knows openai and anthropic", "bad-compatibility custom-api-key"),
  byBoth("two choices", "several providers' keys", "inferred-two custom-api-key"),
  byBoth("the variable is not set", "unless CUSTOM_API_KEY is set", "env-ref-flag-unset custom-api-key"),
  byBoth("the variable is not set", "unless COPILOT_GITHUB_TOKEN is set", "env-ref-flag-unset github-copilot"),
  byBoth("no key anywhere", "no key for", "no-key github-copilot", "no-token setup-token"),
  byBoth("no model", "which model it serves", "no-model vllm", "no-model sglang"),
  byBoth("no setup-token", "is cut off", "short setup-token"),
  byBoth("no setup-token", "is no Anthropic setup-token", "wrong setup-token"),
  byBoth("the plugin is off", "plugins.entries.anthropic.enabled", "plugin-off setup-token"),
  byBoth("needs a login", "needs a login", ...logins.map((choice) => `fresh ${choice}`)),
  byBoth("has another name now", "is no choice any more", "fresh claude-cli", "fresh codex-cli"),

  refusal("D10", skipped, "plugins.entries.github-copilot.enabled", "plugin-off github-copilot"),
  refusal("D10", skipped, "plugins.entries.vllm.enabled", "plugin-off vllm"),
  refusal("D10", skipped, "plugins.entries.sglang.enabled", "plugin-off sglang"),
  refusal("D10", skipped, "plugins.allow", "plugin-not-allowed sglang"),
  refusal("D10", skipped, "plugins.entries.kilocode.enabled", "profiles kilocode-api-key"),
  refusal("D10", skipped, "plugins.entries.stepfun.enabled", "plugin-off stepfun-plan-api-key-intl"),
  refusal("D10", skipped, "plugins.deny", "plugin-denied kimi-code-api-key"),
  refusal("D10", skipped, "plugins.allow", "plugin-not-allowed openrouter-api-key", "profiles xai-api-key"),
  refusal("D10", skipped, "plugins.entries.", /^live plugin-off /),
  refusal("D10", skipped, "plugins.enabled", "plugins-off apiKey"),
  refusal("D11", nothing, "is no choice any more", ...gone.map((choice) => `fresh ${choice}`)),
  refusal("D11", nothing, "--auth-choice is missing", "inferred-id-only custom-api-key"),
  refusal("D12", "a token is overwritten", "a key would take its place", "kinds-own-id kilocode-api-key"),
  refusal("D13", "the id is taken over", 'belongs to provider "o', "profile-elsewhere kilocode-api-key"),
  result("D14", included, rules.includedModels, "include-models kilocode-api-key"),
  refusal("D12", "a key is overwritten", "a token would take its place", "there-key setup-token"),
  result("D14", included, rules.includedCustom, "include custom-api-key"),
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
  result(
    "D17",
    "minimax overwrites the alias",
    rules.aliasStays,
    "alias-there minimax-global-api",
    /^live models minimax-/,
  ),
  result("D18", "minimax misses another spelling", rules.minimaxMoves, "spelling minimax-global-api"),
  result(
    "D18",
    "local servers and custom providers miss another spelling",
    endpoints.spellingMoves,
    "spelling vllm",
    "spelling sglang",
    "there-spelling custom-api-key",
  ),
  result("D19", "minimax does not trim the block's key", rules.minimaxKeyStays, "spaced-key minimax-global-api"),
  result("D19", "minimax drops the word minimax as a key", rules.minimaxKeyStays, "marker-key minimax-global-api"),
  result("D20", "stores `export X=…` as it is typed", rules.keyIs("sk-test-q"), "export-key kilocode-api-key"),
  result("D20", "stores `export X=…` as it is typed", endpoints.blockKeyIs("sk-test-q"), "export-key custom-api-key"),
  {
    ...result(
      "D21",
      "the default agent gets the key, main not",
      rules.mainGetsKey,
      ...Object.keys(defaultAgents),
      /^live agents-ops (?!custom-api-key$)/,
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
    "D22",
    "a stored key is copied into the block",
    endpoints.keyNotCopied,
    "known-provider-profile custom-api-key",
  ),
  result(
    "D23",
    "a stored profile is copied to the choice's own id",
    rules.inTurn(rules.storeStays, rules.ownIdNamed),
    "existing-profile vllm",
    "existing-profile sglang",
  ),
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
  result("D28", "the block of a local server is replaced whole", endpoints.blockKept, "same vllm", "same sglang"),
  result(
    "D28",
    "on Azure headers and compat are replaced whole",
    endpoints.azureKept,
    "azure-there custom-api-key",
    "azure-there-no-key custom-api-key",
  ),
  result(
    "D29",
    "takes a number for an address that is there",
    endpoints.sameAddress,
    "there-elsewhere-twice custom-api-key",
  ),
  result("D29", "takes an id that means another provider", endpoints.freeId, "there-spelling-own custom-api-key"),
  result("D30", "refuses without a key", endpoints.keyless, "no-key vllm", "no-key sglang"),
  result(
    "D30",
    "refuses when the server does not answer",
    endpoints.unasked,
    "fresh ollama",
    "model ollama",
    "fresh lmstudio",
    "key lmstudio",
  ),
  result(
    "D31",
    "setup-token ignores ref mode",
    endpoints.tokenReferenced,
    "env-ref setup-token",
    /^live ref setup-token$/,
  ),
  result("D32", "fails", endpoints.asKilocode, "token-kilocode token"),
  result(
    "D33",
    "a choice that writes nothing, exit 0",
    endpoints.mediaKey,
    "fresh alibaba-model-studio-api-key",
    "fresh runway-api-key",
    /^live fresh (?:alibaba-model-studio|runway)-api-key$/,
  ),
];
