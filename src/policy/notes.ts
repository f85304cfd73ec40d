/** What a request alone does not say: where a provider's page and the measured release differ, and what will fail. */

import { normalizeProviderId } from "../ids.js";
import { cacheMarkers } from "./cache.js";
import { isProxyLike } from "./hosts.js";
import type { Body, Call, Note, RequestExplanation, Thinking } from "./nouns.js";

/** A finished request, and what it was made from. */
export interface Finished {
  readonly call: Call;
  readonly body: Body;
  readonly headers: { readonly [name: string]: string };
  readonly credential: RequestExplanation["credential"];
  readonly thinking: Thinking;
  readonly registry: boolean;
}

interface NoteRule {
  readonly note: Note;
  readonly when: (finished: Finished) => boolean;
}

const provider = ({ call }: Finished, id: string): boolean => normalizeProviderId(call.model.provider) === id;
const headerOf = ({ headers }: Finished, name: string): string | undefined =>
  Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
const gateway = (finished: Finished): boolean => provider(finished, "openrouter") || provider(finished, "kilocode");
const kimiCoding = ({ call }: Finished): boolean => call.model.baseUrl.startsWith("https://api.kimi.com/coding");
const nativeOnly = ["serviceTier", "fastMode", "text_verbosity"];

const rules: readonly NoteRule[] = [
  {
    when: ({ credential }) => credential.source === "none",
    note: {
      code: "no-credential",
      message: "no credential serves: OpenClaw sends nothing and takes the next fallback",
      source: "measured",
    },
  },
  {
    when: ({ credential }) =>
      credential.candidates.some(({ reason }) => reason.startsWith("it refers to the variable")),
    note: {
      code: "reference-unset",
      message: "a reference to a variable that is not set stops the run before anything is sent",
      source: "measured",
    },
  },
  {
    when: ({ call, thinking }) => !thinking.supported.includes(call.level),
    note: {
      code: "level-refused",
      message: "the model does not take this thinking level: OpenClaw refuses the run and names the levels it takes",
      source: "measured",
    },
  },
  {
    when: ({ registry }) => !registry,
    note: {
      code: "no-plugin-registry",
      message:
        "there is no plugins/installs.json: OpenClaw recognises no provider's host, so attribution and native fields are left out (openclaw doctor --fix makes the file)",
      source: "measured",
    },
  },
  {
    when: (finished) =>
      provider(finished, "openrouter") && headerOf(finished, "http-referer") === "https://openclaw.ai",
    note: {
      code: "openrouter-categories",
      message: "the page names the category cli-agent alone; seven are sent",
      source: "page: openrouter",
    },
  },
  {
    when: (finished) => provider(finished, "openrouter") && headerOf(finished, "http-referer") === "https://pi.dev",
    note: {
      code: "openrouter-sdk-attribution",
      message:
        "the page says that no attribution goes to another base URL; the embedded SDK's own does (https://pi.dev, pi)",
      source: "page: openrouter",
    },
  },
  {
    when: ({ call }) =>
      call.model.provider === "openrouter" && call.host !== "openrouter" && cacheMarkers(call).length > 0,
    note: {
      code: "markers-anywhere",
      message:
        "the page says that cache markers go to openrouter.ai alone; the embedded SDK sets them for any base URL",
      source: "page: openrouter",
    },
  },
  {
    when: (finished) =>
      provider(finished, "openrouter") &&
      "reasoning" in finished.body &&
      /^(openrouter\/auto|x-ai\/.*)$/i.test(finished.call.model.id),
    note: {
      code: "reasoning-sent",
      message: "the page says that this model gets no reasoning payload; the embedded SDK sends one",
      source: "page: openrouter",
    },
  },
  {
    when: (finished) => /hunter-alpha/.test(finished.call.model.id) && !("reasoning" in finished.body),
    note: { code: "reasoning-left-out", message: "Hunter Alpha gets no reasoning payload", source: "page: openrouter" },
  },
  {
    when: (finished) =>
      provider(finished, "kilocode") &&
      (finished.call.model.id === "kilo/auto" || /^x-ai\//i.test(finished.call.model.id)),
    note: {
      code: "reasoning-left-out",
      message: "the reasoning payload is left out for kilo/auto and for x-ai/*, which refuse it",
      source: "page: kilocode",
    },
  },
  {
    when: (finished) => provider(finished, "kilocode"),
    note: {
      code: "kilo-discovery",
      message:
        "the page says that models are discovered at start; OpenClaw asks the gateway only for a model that the configuration does not settle, without a key, at a fixed address",
      source: "page: kilocode",
    },
  },
  {
    when: (finished) =>
      gateway(finished) &&
      /^anthropic\//i.test(finished.call.model.id) &&
      finished.call.params["cacheRetention"] !== undefined,
    note: {
      code: "retention-ignored",
      message: "cacheRetention has no effect behind a gateway; it counts for the API anthropic-messages",
      source: "measured",
    },
  },
  {
    when: ({ call }) =>
      isProxyLike(call.host) && nativeOnly.some((name) => name in call.params) && call.model.provider !== "anthropic",
    note: {
      code: "native-only",
      message: "service tier, fast mode and verbosity are for the provider's own host: they are not sent here",
      source: "page: openrouter",
    },
  },
  {
    when: ({ call }) =>
      typeof call.params["provider"] === "object" &&
      !(call.model.provider === "openrouter" && call.model.baseUrl.includes("openrouter.ai")),
    note: {
      code: "routing-not-sent",
      message: "params.provider is OpenRouter's routing: it is sent by provider openrouter to openrouter.ai alone",
      source: "measured",
    },
  },
  {
    when: (finished) =>
      kimiCoding(finished) &&
      finished.call.model.api === "openai-completions" &&
      headerOf(finished, "user-agent") === undefined,
    note: {
      code: "kimi-user-agent",
      message:
        'no User-Agent is set: Kimi For Coding answers 403 "only available for Coding Agents" (headers: { "User-Agent": "KimiCLI/0.77" } in the model)',
      source: "page: kimi-code",
    },
  },
  {
    when: (finished) => kimiCoding(finished) && finished.call.model.compat.supportsDeveloperRole === false,
    note: {
      code: "developer-role-default",
      message: "supportsDeveloperRole: false is what OpenClaw does for every base URL of one's own; it does no harm",
      source: "page: kimi-code",
    },
  },
  {
    when: (finished) => provider(finished, "kimi") && finished.credential.source === "environment",
    note: {
      code: "kimi-variable-wins",
      message: "a variable of provider kimi beats the block's apiKey: kimi-code counts as kimi for credentials",
      source: "page: kimi-code",
    },
  },
  {
    when: ({ call }) => call.model.origin === "synthesised",
    note: {
      code: "model-synthesised",
      message: "the provider block does not list this model: its limits are those of the block's first model",
      source: "measured",
    },
  },
  {
    when: ({ call }) => call.model.origin === "openrouter",
    note: {
      code: "model-asked-for",
      message:
        "OpenClaw asks openrouter.ai for this model's limits when it first uses it; shown is what counts without an answer",
      source: "measured",
    },
  },
];

/** The notes on a request. */
export function notesOn(finished: Finished): Note[] {
  return rules.filter(({ when }) => when(finished)).map(({ note }) => note);
}
