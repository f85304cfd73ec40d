/** An answer -> its JSON, or why it is none. */

import type { Json } from "../types.js";
import type { HttpAnswer } from "./http.js";

/** Why an answer is not what was asked for. */
export interface AnswerFailure {
  readonly kind: "status" | "html" | "not-json";
  readonly status: number;
  readonly message: string;
  readonly hint: string;
}

/** The value in an answer. */
export type JsonAnswer =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly failure: AnswerFailure };

/** Reads an answer of status 2xx as JSON. Never throws; nothing of the answer's own text is in the failure. */
export function readJson({ status, headers, text, place, keyWithheld }: HttpAnswer): JsonAnswer {
  const fail = (kind: AnswerFailure["kind"], message: string, hint: string): JsonAnswer => ({
    ok: false,
    failure: { kind, status, message, hint },
  });
  if (status < 200 || status > 299) {
    const hint = keyWithheld
      ? "A redirect led to another host, where the key is not sent: write the final address into baseUrl."
      : (hints.get(status) ?? (status >= 500 ? "The provider has a problem: try again later." : "Check baseUrl."));
    return fail("status", `${place} answered with status ${status}`, hint);
  }
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch {
    const isPage = /html/i.test(headers.get("content-type") ?? "") || /^\s*<(?:!doctype|html)/i.test(text);
    if (isPage)
      return fail(
        "html",
        `${place} answered with a web page, not with JSON`,
        "baseUrl is not the API's address (often /v1 is missing at its end), or a login page stands in between.",
      );
    return fail("not-json", `the answer of ${place} is not JSON, or breaks off`, "Check baseUrl, and try again.");
  }
}

const hints: ReadonlyMap<number, string> = new Map([
  [401, "The key is missing or not accepted."],
  [402, "The account has no credit left."],
  [403, "The key is not allowed to do this."],
  [404, "There is no such address: check baseUrl."],
  [429, "Too many requests: wait a little and try again."],
]);
