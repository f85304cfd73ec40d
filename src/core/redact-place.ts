/** Which values of a document are secrets, by where they stand and by what they are. */

import { isObject } from "../json.js";
import { parsePointer } from "../pointer.js";
import type { DocumentKey, Json, Pointer } from "../types.js";
import { isMarker, withoutScheme } from "./redact-markers.js";
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
const secretHolders: ReadonlySet<string> = new Set([
  "apikey",
  "api_key",
  "key",
  "token",
  "password",
  "passphrase",
  "secret",
]);
const secretHolder = /^\w*(?:apiKey|Token)$/;
/** Members whose own members carry names of the user's choice: a provider may be called `token`. */
const userNamed: ReadonlySet<string> = new Set(["providers", "profiles", "entries", "servers", "accounts", "channels"]);
const environments: ReadonlySet<string> = new Set(["env", "vars", "environment"]);
/** A number is only a secret as a password: everything else that counts tokens is a number too. */
const numericSecrets: ReadonlySet<string> = new Set(["password", "passwd", "passphrase", "passcode", "secret", "pin"]);

/**
 * True when a value of a document is a secret: in a credential store its `key`, `token`, `access`, `refresh` and
 * `idToken`; everywhere what is named like a secret (`apiKey`, `gateway.auth.token`, `env.vars.X_TOKEN`, an
 * Authorization-like header, `tls.key`). Never a SecretRef or its parts, `${VAR}`, blank text or a marker of
 * OpenClaw's (`ollama-local`, `VLLM_API_KEY`). Of a URL with a password in it only a part is secret: see `secretSpansAt`.
 */
export function isSecret(document: DocumentKind, pointer: Pointer, value: Json): boolean {
  const { kind, names } = rootOf(document);
  return isSecretAt(kind, [...names, ...namesOf(pointer)], value);
}

/** A document as its root: an included file begins where the configuration includes it. */
export interface Root {
  readonly kind: "config" | "auth";
  /** The names that lead to it; a fresh list. */
  readonly names: string[];
}

/** Which document it is, and the names that lead to its root. */
export function rootOf(document: DocumentKind): Root {
  if (typeof document === "string") return { kind: document, names: [] };
  if (document.kind === "include") return { kind: "config", names: namesOf(document.at) };
  return { kind: document.kind, names: [] };
}

/** As `isSecret`, by the names that lead to the value, those of the root among them. */
export function isSecretAt(kind: Root["kind"], names: readonly string[], value: Json): boolean {
  const name = names.at(-1) ?? "";
  if (typeof value === "number") return numericSecrets.has(name.toLowerCase());
  if (typeof value !== "string" || !isSecretPlace(kind, names, value)) return false;
  return !isMarker(value, name) && !(idMaps.has(names.at(-2) ?? "") && value.startsWith(`${name}:`));
}

/** True when all of a scalar is secret: by its place, or as an option's value. */
export function isSecretScalar(kind: Root["kind"], { names, value, previous }: Scalar): boolean {
  return isSecretAt(kind, names, value) || (typeof value === "string" && isOptionValue(value, previous));
}

/** The secret parts of a scalar: all of it, or a password, a parameter, a key-like run within it. Sorted, apart. */
export function secretSpansAt(kind: Root["kind"], scalar: Scalar): Span[] {
  const { value } = scalar;
  if (isSecretScalar(kind, scalar)) return [{ start: 0, end: String(value).length }];
  return typeof value === "string" ? secretSpans(value) : [];
}

/** Calls `visit` with every string and number in a value that stands where `names` lead; the names it sees change afterwards. */
export function visitScalars(value: Json, names: string[], visit: (scalar: Scalar) => void, previous?: Json): void {
  if (typeof value === "string" || typeof value === "number") visit({ names, value, previous });
  else if (Array.isArray(value)) value.forEach((item, index) => visitScalars(item, names, visit, value[index - 1]));
  else if (isObject(value)) {
    for (const name of Object.keys(value)) {
      names.push(name);
      visitScalars(value[name] as Json, names, visit);
      names.pop();
    }
  }
}

/** The names in a pointer; a list's indexes are none. */
export function namesOf(pointer: Pointer): string[] {
  return parsePointer(pointer).filter((token) => !/^(?:-|0|[1-9]\d*)$/.test(token));
}

function isSecretPlace(kind: Root["kind"], names: readonly string[], value: string): boolean {
  const name = names.at(-1) ?? "";
  const parent = names.at(-2) ?? "";
  const holder = parent.toLowerCase();
  if (kind === "auth" && isInCredential(names)) return true;
  if (holder.endsWith("headers"))
    return looksSecret(name, "header") || name === "value" || withoutScheme(value) !== value.trim();
  if (environments.has(holder)) return looksSecret(name, "variable") || name === "value";
  if (isSecretHolder(parent) && !userNamed.has(names.at(-3) ?? "") && !referenceParts.has(name)) return true;
  if (name === "value" && parent === "auth") return true;
  return name === "key" || looksSecret(name, kindOfName(name));
}

function isSecretHolder(name: string): boolean {
  return secretHolders.has(name) || ((name.endsWith("apiKey") || name.endsWith("Token")) && secretHolder.test(name));
}

/** Below a credential's secret fields, whatever shape a hand gave them; the parts of a reference excepted. */
function isInCredential(names: readonly string[]): boolean {
  const last = names.length - 1;
  for (let at = names[0] === "profiles" ? 2 : 1; at <= last; at++) {
    if (credentialFields.has(names[at] as string)) return at === last || !referenceParts.has(names[last] as string);
  }
  return false;
}

/** `"--api-key", "..."` of a command line. */
function isOptionValue(value: string, previous: Json | undefined): boolean {
  if (typeof previous !== "string" || !previous.startsWith("-") || !/^--?[A-Za-z][\w-]*$/.test(previous)) return false;
  return looksSecret(previous, "variable") && !isMarker(value, "") && !value.startsWith("-");
}
