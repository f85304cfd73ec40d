/**
 * Compiles the schemas for their tests, as strictly as ajv can, and boils its findings down to the ones that say
 * something.
 */

import { readFileSync } from "node:fs";
import type { ErrorObject } from "ajv";
import { Ajv } from "ajv";

/** The schemas of this room, by file name without `.json`. */
export const schemaNames = [
  "model",
  "setup",
  "openclaw",
  "auth-profiles",
  "plan",
  "plan-output",
  "homes-output",
  "history-entry",
  "explain-output",
] as const;

/** A schema as it stands in the file. */
export interface SchemaNode {
  readonly [keyword: string]: unknown;
}

/** Reads a schema of `schemas/`. */
export function readSchema(name: string): SchemaNode {
  return JSON.parse(readFileSync(new URL(`../../schemas/${name}.json`, import.meta.url), "utf8")) as SchemaNode;
}

/** An ajv that holds every schema of this room under its file name; strict mode throws. */
export function createAjv(): Ajv {
  const ajv = new Ajv({ strict: true, allErrors: true });
  for (const name of schemaNames) ajv.addSchema(readSchema(name), `${name}.json`);
  return ajv;
}

/** One finding as `pointer keyword`, with what is missing, too much or misnamed in brackets. */
function finding(error: ErrorObject): string {
  const { additionalProperty, missingProperty } = error.params as {
    additionalProperty?: string;
    missingProperty?: string;
  };
  const detail = error.propertyName ?? additionalProperty ?? missingProperty;
  return `${error.instancePath} ${error.keyword}${detail === undefined ? "" : `(${detail})`}`;
}

/** Findings sorted by their text, so that lists of them compare. */
export function inOrder(findings: Iterable<unknown>): string[] {
  return [...findings].map(String).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Keywords that only repeat that something inside them failed. */
const wrappers: ReadonlySet<string> = new Set(["if", "anyOf", "propertyNames"]);

/** Validates against `<schema>.json`, or a definition of it (`model.json#/definitions/api`); sorted findings, no repeats. */
export function createChecker(schema: string): (value: unknown) => string[] {
  const validate = createAjv().getSchema(schema.includes(".json") ? schema : `${schema}.json`);
  if (!validate) throw new Error(`no schema ${schema}`);
  return (value) => {
    if (validate(value) === true) return [];
    const findings = (validate.errors ?? []).filter((error) => !wrappers.has(error.keyword)).map(finding);
    if (findings.length === 0) throw new Error("refused without a finding");
    return inOrder(new Set(findings));
  };
}

/** A document and what is found in it; nothing: it is accepted. */
export type Case = readonly [name: string, document: unknown, ...findings: string[]];
