/** One matcher for every transform's test: before + input -> after, on frozen documents. */

import { expect } from "vitest";
import { checkStep } from "../../src/core/checks.js";
import { findings } from "../../src/core/validate.js";
import type { AuthStore, Documents, JsonObject, OpenClawConfig } from "../../src/types.js";
import { registry } from "../../transforms/registry.js";

/** Documents in short: a configuration, and the store of agent main where it matters. */
export interface Before {
  config?: OpenClawConfig;
  auth?: { [agent: string]: AuthStore };
}

/** Runs a transform by its name on deep-frozen documents; its input must fit its schema. */
export function run(name: string, input: object, before: Before): Documents {
  expect(findings(`transforms/${name}`, input)).toEqual([]);
  const documents = deepFreeze({
    config: structuredClone(before.config ?? {}),
    auth: structuredClone(before.auth ?? {}),
  });
  const edit = registry.get(name)?.transform(deepFreeze(structuredClone(input)) as JsonObject);
  if (!edit) throw new Error(`no transform ${name}`);
  const after = edit(documents);
  expect(edit(after), "a second run changes nothing").toEqual(after);
  return after;
}

/** Codes of what is said before a transform runs. */
export function codes(name: string, input: object, before: Before): string[] {
  return checkStep(name, input as JsonObject, { config: before.config ?? {}, auth: before.auth ?? {} }).map(
    ({ code, severity }) => `${severity} ${code}`,
  );
}

export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}
