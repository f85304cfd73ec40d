/** Value + schema -> findings. The validators are compiled ahead of time from `schemas/`; ajv itself never loads. */

import { formatPointer, parsePointer } from "../pointer.js";
import { fits } from "./fits.generated.js";
import { closest } from "./nearest.js";
import { allValidators, type SchemaError } from "./validators.js";
import type { Pointer, Problem, Severity } from "../types.js";

/** What is wrong at one place, in words for people. */
export interface Finding {
  readonly code: "unknown-key" | "missing-key" | "wrong-type" | "invalid-value";
  readonly pointer: Pointer;
  readonly message: string;
  readonly hint: string;
}

/** All findings of a value against `schemas/<schema>.json`; empty when it is valid. Throws when there is no such schema. */
export function findings(schema: string, value: unknown): Finding[] {
  // What fits, as nearly everything does, needs no words.
  if (fits[schema]?.(value)) return [];
  const validate = allValidators()[schema];
  if (!validate) throw new Error(`no schema named ${schema}`);
  if (validate(value)) return [];
  const errors = readable(validate.errors ?? []);
  const unique = new Map(
    errors.map((error) => [`${error.instancePath} ${error.keyword} ${JSON.stringify(error.params)}`, error]),
  );
  return [...unique.values()].map(toFinding);
}

/** A finding as a problem of a file. */
export function toProblem(finding: Finding, file: string, severity: Severity): Problem {
  return { ...finding, file, severity };
}

/** A failed `anyOf` says little where one of its branches got further: the deepest errors are the ones to read. */
function readable(errors: readonly SchemaError[]): SchemaError[] {
  const choices = errors.filter(({ keyword }) => keyword === "anyOf" || keyword === "oneOf" || keyword === "if");
  return errors.filter((error) => {
    const below = (place: string): boolean =>
      errors.some((other) => other !== error && other.instancePath.startsWith(`${place}/`));
    const isChoice = choices.includes(error);
    if (error.keyword === "if" || error.keyword === "propertyNames") return false;
    if (isChoice) return !below(error.instancePath);
    const choice = choices.find(
      (other) => other.instancePath === error.instancePath && error.schemaPath.startsWith(other.schemaPath),
    );
    return choice === undefined || choice.keyword === "if";
  });
}

function toFinding({ instancePath, keyword, params, message, propertyName }: SchemaError): Finding {
  const pointer = propertyName === undefined ? instancePath : `${instancePath}${formatPointer([propertyName])}`;
  const place = placeOf(pointer);
  switch (keyword) {
    case "additionalProperties": {
      const key = String(params["additionalProperty"]);
      const known = (params["known"] ?? []) as string[];
      const near = closest(key, known);
      return {
        code: "unknown-key",
        pointer: `${pointer}${formatPointer([key])}`,
        message: `unknown key "${key}"`,
        hint:
          near.length > 0
            ? `Did you mean ${near.map((name) => `"${name}"`).join(" or ")}?`
            : known.length > 0
              ? `Known keys: ${known.join(", ")}.`
              : "",
      };
    }
    case "required":
      return {
        code: "missing-key",
        pointer,
        message: `"${String(params["missingProperty"])}" is missing in ${place}`,
        hint: "",
      };
    case "type":
      return { code: "wrong-type", pointer, message: `${place} must be ${expected(params["type"])}`, hint: "" };
    case "anyOf":
    case "oneOf":
      return { code: "wrong-type", pointer, message: `${place} has none of the accepted forms`, hint: "" };
    case "enum": {
      const allowed = (params["allowedValues"] as unknown[]).map(String);
      return { code: "invalid-value", pointer, message: `${place} must be one of ${allowed.join(", ")}`, hint: "" };
    }
    case "pattern":
    case "not": {
      const means = typeof params["means"] === "string" ? params["means"] : "";
      return { code: "invalid-value", pointer, message: `${place} is not what it has to be`, hint: means };
    }
    case "minLength":
    case "minItems":
    case "minProperties":
      return { code: "invalid-value", pointer, message: `${place} must not be empty`, hint: "" };
    default:
      return { code: "invalid-value", pointer, message: `${place} ${message ?? `fails ${keyword}`}`, hint: "" };
  }
}

/** The last name of a pointer; an item of a list goes by the list's name. */
function placeOf(pointer: Pointer): string {
  const [name, holder] = parsePointer(pointer).toReversed();
  if (name === undefined) return "the document";
  return holder !== undefined && /^\d+$/.test(name) ? `${holder}[${name}]` : name;
}

function expected(type: unknown): string {
  const names = (Array.isArray(type) ? type : [type]).map((name) =>
    /^[aeio]/.test(String(name)) ? `an ${name}` : `a ${name}`,
  );
  return names.join(" or ").replace("a null", "null");
}
