/** A patch that may be shown. */

import { deepEqual, isObject, setMember } from "../json.js";
import type { Json, JsonObject, Operation } from "../types.js";
import { applyOperation, type Draft } from "./patch.js";
import { mask, maskSpans } from "./redact-patterns.js";
import { type DocumentKind, namesOf, type Root, rootOf, secretSpansAt } from "./redact-place.js";
import { createScrubber, secretValues } from "./redact-scrub.js";

/**
 * The patch as it may be printed: secrets it adds or replaces are masked; a guard whose value is or holds a secret is
 * left out, so that the patch still applies to the document it was made for. With that document given, secrets of it
 * that a value elsewhere repeats are masked too, and a guard of what has been masked before it goes as well; `secrets`
 * are others that are known, of other files.
 */
export function redactPatch(
  operations: readonly Operation[],
  document: DocumentKind,
  documentValue?: Json,
  secrets: readonly string[] = [],
): Operation[] {
  const known = [
    ...secrets,
    ...(documentValue === undefined ? [] : secretValues(document, documentValue)),
    ...operations.flatMap((operation) =>
      "value" in operation ? secretValues(document, operation.value, namesOf(operation.path)) : [],
    ),
  ];
  const scrub = createScrubber(known);
  const redacted = operations.flatMap((operation): Operation[] => {
    if (!("value" in operation)) return [operation];
    const value = maskValue(operation.value, namesOf(operation.path), document, scrub);
    if (operation.op === "test") return deepEqual(value, operation.value) ? [operation] : [];
    return [{ ...operation, value }];
  });
  return documentValue === undefined ? redacted : withoutFailedGuards(documentValue, redacted);
}

/** A value with its secrets masked; `names` lead to it. */
export function maskValue(
  value: Json,
  names: readonly string[],
  document: DocumentKind,
  scrub: (text: string) => string = (text) => text,
): Json {
  const root = rootOf(document);
  return maskAt(value, [...root.names, ...names], root.kind, scrub);
}

function maskAt(
  value: Json,
  names: readonly string[],
  kind: Root["kind"],
  scrub: (text: string) => string,
  previous?: Json,
): Json {
  if (typeof value === "number") return secretSpansAt(kind, { names, value, previous }).length > 0 ? mask : value;
  if (typeof value === "string") {
    const scrubbed = scrub(value);
    return maskSpans(scrubbed, secretSpansAt(kind, { names, value: scrubbed, previous }));
  }
  if (Array.isArray(value)) return value.map((item, index) => maskAt(item, names, kind, scrub, value[index - 1]));
  if (!isObject(value)) return value;
  const masked: JsonObject = {};
  for (const [name, member] of Object.entries(value))
    setMember(masked, name, maskAt(member, [...names, name], kind, scrub));
  return masked;
}

function withoutFailedGuards(documentValue: Json, operations: readonly Operation[]): Operation[] {
  const draft: Draft = { root: documentValue, owned: new Set() };
  return operations.filter((operation, index) => {
    try {
      applyOperation(draft, operation, index);
      return true;
    } catch (error) {
      if (operation.op !== "test") throw error;
      return false;
    }
  });
}
