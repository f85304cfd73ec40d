/** Asking one thing, and reading the JSON of a good answer. */

import { isObject } from "../json.js";
import type { Json, JsonObject } from "../types.js";
import type { Cancellation, HttpOutcome, HttpRequest } from "./http.js";

/** Sends a request, which `until` ends early: `request` of http.ts with its options in it; tests give one that answers by itself. */
export type Ask = (request: HttpRequest, until?: Cancellation) => Promise<HttpOutcome>;

/** The object a good answer holds; else why there is none, in words. */
export type Answered = { readonly value: JsonObject } | { readonly why: string };

/** Asks for a JSON object. Never throws. */
export async function askJson(ask: Ask, request: HttpRequest, until?: Cancellation): Promise<Answered> {
  const outcome = await ask(request, until);
  if (!outcome.ok) return { why: outcome.failure.message };
  const { status, text, place } = outcome.answer;
  if (status < 200 || status > 299) return { why: `${place} answers with status ${status}` };
  const value = parsed(text);
  return isObject(value) ? { value } : { why: `${place} does not answer with a JSON object` };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The objects of a list. */
export function listOf(value: Json | undefined): JsonObject[] {
  return (Array.isArray(value) ? value : []).filter((entry): entry is JsonObject => isObject(entry));
}
