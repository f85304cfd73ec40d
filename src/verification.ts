/** A model -> one real request, and what its answer means. Floor 4. */

import { createScrubber, mask, maskLooks } from "./core/redact.js";
import { substitute } from "./core/variables.js";
import { secretOf } from "./credentials.js";
import { readChat } from "./net/chat-answer.js";
import { chatRequest, configuredHeaders } from "./net/chat-request.js";
import { type HttpOptions, request, shownUrl } from "./net/http.js";
import { type Verdict, verdictOn } from "./net/verdict.js";
import { explain } from "./policy/explain.js";
import { blockOf } from "./policy/model.js";
import type { RequestExplanation, Situation } from "./policy/nouns.js";
import type { JsonObject } from "./types.js";

/** A verdict on one model. */
export interface Verification extends Verdict {
  readonly ref: string;
  /** Where it was asked, as it may be shown; `""` when it was not. */
  readonly url: string;
  readonly credential: { readonly source: string; readonly name: string };
  /** Null without an answer. */
  readonly status: number | null;
  /** The provider's own words on a failure, without what may be secret. */
  readonly said: string;
  /** From the question to the last byte. */
  readonly milliseconds: number;
}

/** The longest of a provider's words that are repeated. */
const longest = 300;

/** Asks the model, and with `all` its fallbacks side by side. Sends nothing where OpenClaw would send nothing. Never rejects. */
export async function verify(
  ref: string,
  { all, ...options }: Pick<HttpOptions, "clock" | "timeoutMs" | "signal"> & { readonly all: boolean },
  situation: Situation,
): Promise<Verification[]> {
  const explanation = explain(ref, situation);
  const chain = [explanation, ...(all ? explanation.fallbacks : [])];
  return Promise.all(chain.map(async (one) => verifyOne(one, options, situation)));
}

async function verifyOne(
  explanation: RequestExplanation,
  options: Pick<HttpOptions, "clock" | "timeoutMs" | "signal">,
  situation: Situation,
): Promise<Verification> {
  const { clock } = options;
  const { ref, provider, model, api, credential: choice } = explanation;
  const credential = { source: choice.source, name: choice.name };
  const start = clock.now();
  const report = (verdict: Verdict, more: Partial<Verification> = {}): Verification => ({
    ref,
    ...verdict,
    url: "",
    credential,
    status: null,
    said: "",
    milliseconds: clock.now() - start,
    ...more,
  });
  const unsent = (code: string, message: string, hint: string): Verification =>
    report({ ok: false, code, message, hint });
  if (api === "")
    return unsent("unknown-model", `OpenClaw does not know ${ref}`, "clawform models list shows the models at hand.");
  const key = secretOf(choice, situation);
  if (choice.source === "none")
    return unsent("no-key", `no key for ${provider}: OpenClaw sends nothing`, keyHint(explanation));
  const env = situation.env ?? {};
  const block = substitute(blockOf(situation.config, provider)?.block ?? {}, env).value as JsonObject;
  const own = configuredHeaders(block, model);
  const isKeyed = Object.entries(explanation.headers).some(
    ([name, value]) => value.includes(mask) && own[name.toLowerCase()] === undefined,
  );
  if (isKeyed && key === null) {
    return unsent(
      "key-unread",
      `the key of ${provider} (${choice.name}) is for OpenClaw alone to read`,
      "Nothing was sent. Ask OpenClaw itself: openclaw models status --probe.",
    );
  }
  const asked = chatRequest(explanation, key, own);
  if (!asked)
    return unsent(
      "unsupported-api",
      `requests of ${api} are signed or need a login`,
      "Ask OpenClaw itself: openclaw models status --probe.",
    );
  const scrub = createScrubber([...(key === null ? [] : [key]), ...secretsAmong(own)]);
  const url = shownUrl(asked.url);
  const outcome = await request(asked, { env, ...options });
  if (!outcome.ok) {
    const { kind, message, hint } = outcome.failure;
    return report({ ok: false, code: kind, message, hint }, { url });
  }
  const chat = readChat(outcome.answer.text);
  const words = `${choice.source} ${choice.name}`;
  const verdict = verdictOn({ ref, provider, model, api, credential: words }, outcome.answer, chat);
  const said = verdict.ok ? "" : (chat?.error ?? "");
  return report(
    { ...verdict, message: scrub(verdict.message), hint: scrub(verdict.hint) },
    { url, status: outcome.answer.status, said: maskLooks(scrub(said)).slice(0, longest) },
  );
}

function keyHint({ credential }: RequestExplanation): string {
  const variables = credential.candidates.filter(({ source }) => source === "environment").map(({ name }) => name);
  return `Store one with clawform onboard or a setup${variables.length > 0 ? `, or set ${variables.join(" or ")}` : ""}.`;
}

/** Header values that are no plain word: they may be keys, and a server may say them back. */
function secretsAmong(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers).flatMap(([name, value]) => (name === "user-agent" ? [] : [value]));
}
