/** What an answer to a real request means, and what to do about it. Pure; the reference, runtime 10, says what OpenClaw makes of it. */

import type { ChatAnswer } from "./chat-answer.js";
import type { HttpAnswer } from "./http.js";

/** A verdict on one request. */
export interface Verdict {
  readonly ok: boolean;
  /** Stable, kebab-case: `answered`, `unauthorized`, … */
  readonly code: string;
  readonly message: string;
  /** What to do next; `""` when it is well. */
  readonly hint: string;
}

/** What was asked, as far as a verdict needs it. */
export interface Asked {
  readonly ref: string;
  readonly provider: string;
  readonly model: string;
  readonly api: string;
  /** The credential in words, such as `profile kilocode:default`. */
  readonly credential: string;
}

/** The verdict on an answer of any status; `chat` is null when there is no JSON in it. */
export function verdictOn(asked: Asked, answer: HttpAnswer, chat: ChatAnswer | null): Verdict {
  const said = chat?.error ?? "";
  const isGood = answer.status >= 200 && answer.status <= 299;
  if (isGood && isPage(answer)) return page(answer);
  if (isGood && said !== "" && !chat?.content)
    return fail(
      "provider-error",
      `${asked.provider} answered with an error inside its answer`,
      providerHint(said, asked),
    );
  if (!isGood) return onStatus(asked, answer, said);
  if (!chat)
    return fail(
      "not-json",
      `${answer.place} answered with something that is not JSON, or breaks off`,
      "Check baseUrl and try again; a proxy in between may cut streams.",
    );
  if (chat.form !== null && !isFormOf(chat.form, asked.api)) {
    return fail(
      "wrong-api",
      `the answer has the form of ${chat.form}, the configuration says ${asked.api}`,
      `Set "api": "${chat.form}" in the provider's block.`,
    );
  }
  if (chat.content.trim() !== "") return { ok: true, code: "answered", message: "it answers", hint: "" };
  if (chat.reasoning.trim() !== "")
    return { ok: true, code: "answered-reasoning", message: "it answers, in its reasoning alone", hint: "" };
  if (chat.cut)
    return fail(
      "cut-short",
      "the answer ended at the output limit before it said anything",
      "Raise the model's maxTokens, or lower the thinking level.",
    );
  if (chat.form === null)
    return fail(
      "wrong-api",
      `${answer.place} answered with JSON that no chat API of OpenClaw's has`,
      `Check baseUrl, and whether the server speaks ${asked.api}.`,
    );
  return fail("empty-answer", "the answer is empty", "Try again; if it stays, try another model of the provider.");
}

const fail = (code: string, message: string, hint: string): Verdict => ({ ok: false, code, message, hint });

function isPage({ headers, text }: HttpAnswer): boolean {
  return /html/i.test(headers.get("content-type") ?? "") || /^\s*<(?:!doctype|html)/i.test(text);
}

function page({ place }: HttpAnswer): Verdict {
  return fail(
    "html",
    `${place} answered with a web page, not with JSON`,
    "baseUrl is not the API's address (often /v1 is missing at its end), or a login page or proxy stands in between.",
  );
}

/** Mistral's own API answers as OpenAI's does; both of OpenAI's hosts answer in one form. */
function isFormOf(form: string, api: string): boolean {
  if (form === "openai-completions") return api === form || api === "mistral-conversations";
  return form === "openai-responses" ? api.endsWith("-responses") : form === api;
}

const coding = /only available for coding agents/i;

function onStatus(asked: Asked, answer: HttpAnswer, said: string): Verdict {
  const { status, place, keyWithheld } = answer;
  const { provider, model, api, credential } = asked;
  if (keyWithheld)
    return fail(
      "redirected",
      `${place} refused (${status}) after a redirect to another host, where the key is not sent`,
      "Write the final address into baseUrl.",
    );
  if (status === 401)
    return fail(
      "unauthorized",
      `${provider} does not accept the key (401; ${credential})`,
      "Store a valid key; clawform explain shows which one is sent and why.",
    );
  if (status === 402)
    return fail(
      "no-credit",
      `the account at ${provider} has no credit left, or the plan does not cover ${model} (402)`,
      "Top it up, choose another model, or add a fallback.",
    );
  if (status === 403 && coding.test(`${said} ${answer.text.slice(0, 4000)}`)) {
    return fail(
      "coding-agents-only",
      `${provider} serves coding agents alone (403): the model sends no User-Agent it knows`,
      'Add headers: { "User-Agent": "KimiCLI/0.77" } to the model in models.providers.',
    );
  }
  if (status === 403)
    return fail(
      "forbidden",
      `${provider} does not let this key use ${model} (403; ${credential})`,
      "Check the key's permissions, the model's terms, and whether the provider serves your region.",
    );
  if (isPage(answer)) {
    const found = page(answer);
    return { ...found, message: `${found.message} (${status})` };
  }
  if (status === 404 || status === 405) {
    const isModel = /model|endpoint/i.test(said);
    return isModel
      ? fail(
          "no-such-model",
          `${provider} has no model ${model} (${status})`,
          `clawform models list --provider ${provider} shows those it has.`,
        )
      : fail(
          "no-such-address",
          `there is no ${api} at ${place} (${status})`,
          `Check baseUrl (often /v1 is missing, or stands there twice), the api, and that ${model} exists: clawform models list --provider ${provider}.`,
        );
  }
  if (status === 413)
    return fail(
      "too-long",
      `${provider} finds the request too large (413)`,
      "Check the model's contextWindow and maxTokens.",
    );
  if (status === 429) {
    const after = answer.headers.get("retry-after");
    return fail(
      "rate-limited",
      `${provider} wants fewer requests, or the quota is used up (429)`,
      `Wait${after === undefined ? " a little" : after.match(/^\d{1,6}$/) ? ` ${after} s` : ` until ${after.slice(0, 40)}`} and try again; a fallback helps meanwhile.`,
    );
  }
  if (status === 408 || status === 504)
    return fail("provider-timeout", `${provider} ran out of time (${status})`, "Try again later; add a fallback.");
  if (status === 503 || status === 529)
    return fail("overloaded", `${provider} is overloaded or down (${status})`, "Try again later; add a fallback.");
  if (status >= 500)
    return fail(
      "provider-down",
      `${provider} has a problem of its own (${status})`,
      "Try again later; add a fallback. If it stays, check baseUrl and the model.",
    );
  return fail("refused", `${provider} does not take the request (${status})`, providerHint(said, asked));
}

/** What helps against words that providers are known for. */
function providerHint(said: string, { provider, api }: Asked): string {
  if (/role|order|alternat/i.test(said))
    return 'Set compat: { supportsDeveloperRole: false } on the model; "Message ordering conflict" has the same cause.';
  if (/model/i.test(said)) return `clawform models list --provider ${provider} shows its models.`;
  if (/credit|balance|quota|billing/i.test(said)) return "Check the account's credit and plan.";
  return `Check that the server speaks ${api}, and the model's compat and params.`;
}
