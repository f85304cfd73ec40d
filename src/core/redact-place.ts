/** Which values of a document are secrets, by where they stand and by what they are. */

import { isObject } from "../json.js";
import { parsePointer } from "../pointer.js";
import type { DocumentKey, Json, Pointer } from "../types.js";
import { isMarker } from "./redact-markers.js";
import { looksSecret } from "./redact-names.js";
import { kindOfName, secretSpans, type Span } from "./redact-patterns.js";

/** Which of OpenClaw's two documents a value stands in; an included file is the part of the configuration that it holds. */
export type DocumentKind = "config" | "auth" | DocumentKey;

/** A scalar of a document, the names of the members that lead to it (array indexes left out), and the list item before it. */
export interface Scalar {
  readonly names: readonly string[];
  readonly value: string | number;
  readonly previous: Json | undefined;
}

const credentialFields: ReadonlySet<string> = new Set(["key", "token", "access", "refresh", "idToken"]);
const referenceParts: ReadonlySet<string> = new Set(["source", "provider", "id"]);
/** Maps from providers to ids of profiles: a provider may be called `x-token-plan`, and its profile `x-token-plan:default`. */
const idMaps: ReadonlySet<string> = new Set(["order", "lastGood"]);
/** Where a secret may be an object by mistake, or of another release: what is in it is secret, references excepted. */
const secretHolder = /^(?:\w*(?:apiKey|Token)|apikey|api_key|key|token|password|passphrase|secret)$/;
/** Members whose own members carry names of the user's choice: a provider may be called `token`. */
const userNamed: ReadonlySet<string> = new Set(["providers", "profiles", "entries", "servers", "accounts", "channels"]);
const scheme = /^(?:bearer|basic|token)\s+\S/i;
/** A number is only a secret as a password: everything else that counts tokens is a number too. */
const numericSecret = /^(?:password|passwd|passphrase|passcode|secret|pin)$/i;

/**
 * True when a value of a document is a secret: in a credential store its `key`, `token`, `access`, `refresh` and
 * `idToken`; everywhere what is named like a secret (`apiKey`, `gateway.auth.token`, `env.vars.X_TOKEN`, an
 * Authorization-like header, `tls.key`). Never a SecretRef or its parts, `${VAR}`, blank text or a marker of
 * OpenClaw's (`ollama-local`, `VLLM_API_KEY`). Of a URL with a password in it only a part is secret: see `secretSpansAt`.
 */
export function isSecret(document: DocumentKind, pointer: Pointer, value: Json): boolean {
  return isSecretAt(document, namesOf(pointer), value);
}

/** As `isSecret`, by the names that lead to the value. */
export function isSecretAt(document: DocumentKind, names: readonly string[], value: Json): boolean {
  if (typeof document === "object") {
    if (document.kind === "include") return isSecretAt("config", [...namesOf(document.at), ...names], value);
    return isSecretAt(document.kind, names, value);
  }
  const name = names.at(-1) ?? "";
  if (typeof value === "number") return numericSecret.test(name);
  if (typeof value !== "string" || isMarker(value, name)) return false;
  const parent = names.at(-2) ?? "";
  if (idMaps.has(parent) && value.startsWith(`${name}:`)) return false;
  if (document === "auth" && isInCredential(names)) return true;
  if (/headers$/i.test(parent)) return looksSecret(name, "header") || name === "value" || scheme.test(value.trim());
  if (/^(?:env|vars|environment)$/i.test(parent)) return looksSecret(name, "variable") || name === "value";
  if (secretHolder.test(parent) && !userNamed.has(names.at(-3) ?? "") && !referenceParts.has(name)) return true;
  if (name === "value" && parent === "auth") return true;
  return name === "key" || looksSecret(name, kindOfName(name));
}

/** The secret parts of a scalar: all of it, or a password, a parameter, a key-like run within it. Sorted, apart. */
export function secretSpansAt(document: DocumentKind, { names, value, previous }: Scalar): Span[] {
  const text = String(value);
  if (isSecretAt(document, names, value)) return [{ start: 0, end: text.length }];
  if (typeof value !== "string") return [];
  return isOptionValue(value, previous) ? [{ start: 0, end: text.length }] : secretSpans(text);
}

/** Every string and number in a value that stands where `names` lead. */
export function* scalarsOf(value: Json, names: readonly string[] = [], previous?: Json): Generator<Scalar> {
  if (typeof value === "string" || typeof value === "number") yield { names, value, previous };
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* scalarsOf(item, names, value[index - 1]);
  else if (isObject(value))
    for (const [name, member] of Object.entries(value)) yield* scalarsOf(member, [...names, name]);
}

/** The names in a pointer; a list's indexes are none. */
export function namesOf(pointer: Pointer): string[] {
  return parsePointer(pointer).filter((token) => !/^(?:-|0|[1-9]\d*)$/.test(token));
}

/** Below a credential's secret fields, whatever shape a hand gave them; the parts of a reference excepted. */
function isInCredential(names: readonly string[]): boolean {
  const fields = names.slice(names[0] === "profiles" ? 2 : 1);
  const at = fields.findIndex((name) => credentialFields.has(name));
  return at >= 0 && (at === fields.length - 1 || !referenceParts.has(fields.at(-1) as string));
}

/** `"--api-key", "..."` of a command line. */
function isOptionValue(value: string, previous: Json | undefined): boolean {
  if (typeof previous !== "string" || !/^--?[A-Za-z][\w-]*$/.test(previous)) return false;
  return looksSecret(previous, "variable") && !isMarker(value, "") && !value.startsWith("-");
}
